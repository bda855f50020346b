public import CEL
internal import Synchronization

/// For which targets a rule's expressions can give another value in an initiative's view than in its base.
public struct AffectedTargets {
  /// Made once for a catalogue, used for every rule and every initiative.
  public final class Plan: Sendable {
    let incremental: IncrementalPlan

    /// The ways of parts of expressions, by their numbers.
    private let parts = Mutex<[Question: FieldPaths]>([:])
    private struct Question: Hashable {
      var part: Int
      var question: DifferenceQuestion
    }

    public init(_ estate: Estate) { incremental = IncrementalPlan(estate.universe, estate.derived) }

    /// What the view itself is worked out by.
    public init(_ view: InitiativeView) { incremental = view.view.plan }

    func paths(_ part: DifferencePart, _ question: DifferenceQuestion) -> FieldPaths {
      let key = Question(part: part.serial, question: question)
      if let known = parts.withLock({ $0[key] }) { return known }
      let made = incremental.paths(question == .isSame ? part.paths : part.elementPaths)
      parts.withLock { $0[key] = made }
      return made
    }
  }

  /// The ways of one rule's expressions, whose target is in slot 0.
  public struct Paths: Sendable {
    let fields: FieldPaths

    public init(_ paths: AccessPaths, _ plan: Plan) { fields = plan.incremental.paths(paths) }

    /// Whether the date of the view is read itself, by the rule or by a derived field that is read in its place.
    public var readsDate: Bool { fields.paths.readsDate }
  }

  public enum Answer: Sendable {
    /// Whatever the rule looks at.
    case all
    /// Ascending.
    case rows([Int32])
  }

  /// The entities of which functions tell that the initiative adds, changes or retires them, ascending.
  public let named: [Int32]
  private var walk: BackwardWalk
  private let here: ChangedFacts
  private let everywhere: ChangedFacts
  /// Whether changes come into effect on other days than the view's.
  private let hasOtherDates: Bool

  /// - Parameters:
  ///   - before: the base's graph at the view's date, with derived fields.
  ///   - after: the view's, likewise.
  public init(_ view: InitiativeView, before: Graph, after: Graph, _ plan: Plan) {
    let universe = view.view.universe
    // What was worked out from the base tells what it was worked out from, too.
    var facts: ChangedFacts
    if let known = view.view.derived(at: view.date).changes {
      facts = known
    } else {
      facts = Patches.changes(from: view.base.patches(at: view.date), to: view.view.patches(at: view.date), universe)
      facts.formUnion(Self.derivedChanges(before, after, plan.incremental))
    }
    let told = view.functionFacts
    named = told.rows.values.reduce(into: Set<Int32>()) { $0.formUnion($1) }.sorted()
    facts.formUnion(told)
    here = facts
    hasOtherDates = view.hasOtherDates
    let all = plan.incremental.everywhere
    if hasOtherDates {
      facts.formUnion(all.facts.facts(of: view.initiative.changes))
      facts.formUnion(all.facts.facts(ofAdding: view.initiative.added))
    }
    everywhere = facts
    walk = BackwardWalk(
      universe, along: before, against: after, otherEdges: all.edges, plan.incremental.definitions)
  }

  /// For what can be otherwise in one view from a date to a later one. An expression that reads the date itself may give
  /// another value whatever changes: `Paths.readsDate`.
  ///
  /// What an expression reads at a third date, the same from both, cannot be the first to differ; but a way to what
  /// differs may lead through edges of such a date.
  public init(in view: View, from start: CivilDate, to end: CivilDate, _ days: ViewDays, _ plan: Plan) {
    named = []
    here = view.changes(from: start, to: end)
    everywhere = here
    hasOtherDates = false
    walk = BackwardWalk(
      view.universe, along: view.graph(at: start), against: view.graph(at: end), otherEdges: days.otherEdges,
      plan.incremental.definitions)
  }

  public mutating func answer(_ paths: Paths) -> Answer {
    let looksElsewhere = paths.fields.looksElsewhere
    // Which derived edges there were on other days nobody can tell without working them out.
    if paths.fields.isCoarse || hasOtherDates && paths.fields.readsDerivedElsewhere, !everywhere.isEmpty { return .all }
    switch walk.walk(paths.fields, from: looksElsewhere ? everywhere : here) {
    case .all: return .all
    case .rows(let rows): return .rows(rows[0, default: []].sorted())
    }
  }

  /// What differs between the view and its base at the view's date.
  public func differences(_ plan: Plan, before: Graph, after: Graph) -> ViewDifferences {
    ViewDifferences(plan, walk, here, before, after)
  }

  /// Derived fields whose stored values differ.
  private static func derivedChanges(_ before: Graph, _ after: Graph, _ plan: IncrementalPlan) -> ChangedFacts {
    var facts = ChangedFacts()
    for group in plan.groups {
      for field in group.fields { compare(field, before, after, plan, &facts) }
    }
    return facts
  }

  private static func compare(
    _ field: Field, _ before: Graph, _ after: Graph, _ plan: IncrementalPlan, _ facts: inout ChangedFacts
  ) {
    var (old, new) = (Frame(graph: before, slotCount: 1), Frame(graph: after, slotCount: 1))
    guard let declaration = plan.universe.metamodel.field(field.path, ofKind: field.kind) else { return }
    for row in after.members.rows(ofKind: field.kind) {
      guard before.members.contains(row) else {
        note(field, row, .entities([]), new.read(declaration, of: row), after, &facts)
        continue
      }
      let (x, y) = (old.read(declaration, of: row), new.read(declaration, of: row))
      if !x.isSame(as: y) { note(field, row, x, y, after, &facts) }
    }
  }

  private static func note(
    _ field: Field, _ row: Int32, _ old: Value, _ new: Value, _ graph: Graph, _ facts: inout ChangedFacts
  ) {
    facts.insert(field.id, row)
    var rows: Set<Int32> = []
    for value in [old, new] {
      if case .entity(let target) = value { rows.insert(target) }
      if let view = value.listView {
        for index in 0..<view.count { if let target = view.row(at: index) { rows.insert(target) } }
      }
    }
    for target in rows {
      if let inverse = field.inverses[graph.kind(of: target)] { facts.insert(Int32(inverse), target) }
    }
  }
}

extension InitiativeView {
  /// What functions of rules tell in the view and not in the base.
  var functionFacts: ChangedFacts {
    var facts = ChangedFacts()
    let (old, new) = (base.patches(at: date), view.patches(at: date))
    facts.insert(FunctionFact.added, new.added.subtracting(old.added))
    facts.insert(FunctionFact.retired, view.retired)
    facts.insert(FunctionFact.touched, view.touched)
    let universe = view.universe
    // A flow is touched with its integration.
    for row in view.touched {
      guard let flows = universe.metamodel.kinds[universe.raw.kind(of: row)].members["flows"] else { continue }
      for graph in [base.raw(at: date), view.raw(at: date)] {
        facts.insert(FunctionFact.touched, graph.adjacencies[Int(flows)].targets(of: row))
      }
    }
    return facts
  }

  /// Whether the view and the base can differ otherwise on other days than on the view's own: on those on which its own
  /// changes come into effect, and those of others' changes.
  var hasOtherDates: Bool {
    // What the initiative adds is there before it changes it.
    let changesAdditions = view.applied.contains { place in
      view.universe.initiatives[place].changes.contains { view.added.contains($0.entity) }
    }
    return base.changeDates.contains(date) || changesAdditions || view.changeDates.contains { $0 != date }
  }
}
