public import CEL

/// An open initiative's view, what it is compared with, and when.
public struct InitiativeView: Sendable {
  public let initiative: Initiative
  public let base: View
  public let view: View
  /// The day on which it goes live; of one that does not say, or should have, the day of the run.
  public let date: CivilDate
  /// Whether the date is another than the go-live.
  public let isWithoutGoLive: Bool
  /// The views that these are worked out from.
  let anchors: [View]

  /// Lets go of the graphs that no other initiative needs.
  public func forget() {
    view.forget()
    if !anchors.contains(where: { $0 === base }) { base.forget() }
  }
}

extension Estate {
  /// The catalogue with every approved initiative applied.
  public func committedView() -> View {
    let committed = universe.initiatives.indices.filter { universe.initiatives[$0].isCommitted }
    let own = view.applied.isEmpty ? view : View(universe, applying: [], today: asOf, derived: derived)
    if committed.isEmpty { return own }
    let plan = IncrementalPlan(universe, derived)
    return View(universe, applying: committed, today: asOf, derived: derived, anchor: own, plan)
  }

  /// What a relation that may await names without that it is in the view, as it is written, and who would add it.
  public func awaited(by row: Int32, in field: Field) -> [(target: Int32, initiative: Initiative)] {
    universe.conditional.filter {
      $0.isAwaited && $0.source == row && $0.field == field.id && !graph.members.contains($0.target)
    }.compactMap { reference in
      initiatives.first { $0.added.contains(reference.target) }.map { (reference.target, $0) }
    }
  }

  /// The views of all open initiatives, in the order of their rows.
  ///
  /// - Parameter alone: without the others that are approved.
  public func initiativeViews(alone: Bool = false) -> [InitiativeView] {
    let committed = alone ? [] : universe.initiatives.indices.filter { universe.initiatives[$0].isCommitted }
    let plan = IncrementalPlan(universe, derived)
    let own = view.applied.isEmpty ? view : View(universe, applying: [], today: asOf, derived: derived)
    let shared = View(universe, applying: committed, today: asOf, derived: derived, anchor: own, plan)
    return universe.initiatives.indices.filter { universe.initiatives[$0].isOpen }.map { place in
      let initiative = universe.initiatives[place]
      let others = committed.filter { $0 != place }
      let base =
        others.count == committed.count
        ? shared : View(universe, applying: others, today: asOf, derived: derived, anchor: shared, plan)
      let view = View(
        universe, applying: others + [place], of: place, base: base, today: asOf, derived: derived, anchor: base,
        twin: committed.contains(place) ? shared : nil, plan)
      let date = max(initiative.goLive ?? asOf, asOf)
      return InitiativeView(
        initiative: initiative, base: base, view: view, date: date, isWithoutGoLive: date != initiative.goLive,
        anchors: [own, shared])
    }
  }
}
