internal import CEL
internal import Synchronization

/// On which days an expression that is evaluated as of other days can turn because a change comes into effect: from the
/// changes' own facts, walked back to what the expression's variables hold. Made once for a catalogue.
final class Relevance: Sendable {
  /// A day on which some changes of an initiative come into effect.
  private struct Turn: Hashable {
    var initiative: Int
    var date: CivilDate
  }

  /// By slot, then by row.
  private typealias Turns = [Int: [Int32: [Turn]]]

  private let universe: Universe
  private let definitions: Definitions
  private let edges: OtherEdges
  private let facts: [(turn: Turn, facts: ChangedFacts)]
  /// Whatever any initiative can make otherwise.
  private let all: ChangedFacts
  /// By the argument's number.
  private let known = Mutex<[Int: Known]>([:])

  /// What is known of an argument, once one task has worked it out: another that asks meanwhile waits.
  private final class Known: Sendable {
    /// Nil: nobody asked yet. Nil in it: it turns with whatever changes.
    let turns = Mutex<Turns??>(nil)
  }

  /// - Parameters:
  ///   - edges: of all initiatives.
  ///   - maker: likewise.
  init(_ universe: Universe, _ definitions: Definitions, _ edges: OtherEdges, _ maker: InitiativeFacts) {
    self.universe = universe
    self.definitions = definitions
    self.edges = edges
    var facts: [(turn: Turn, facts: ChangedFacts)] = []
    for (place, initiative) in universe.initiatives.enumerated() {
      let dated = Dictionary(grouping: initiative.changes.filter { $0.date != nil }) { $0.date ?? .never }
      for (date, changes) in dated.sorted(by: { $0.key < $1.key }) {
        facts.append((Turn(initiative: place, date: date), maker.facts(of: changes)))
      }
    }
    self.facts = facts
    var all = ChangedFacts()
    for initiative in universe.initiatives {
      all.formUnion(maker.facts(of: initiative.changes))
      all.formUnion(maker.facts(ofAdding: initiative.added))
    }
    self.all = all
  }

  /// The days on which an argument can turn in a view, ascending; nil: on every day on which anything changes.
  func days(_ argument: DeferredArgument, _ view: View, _ frame: borrowing Frame) -> [CivilDate]? {
    guard case let turns? = turns(argument) else { return nil }
    var days: Set<CivilDate> = []
    for (slot, byRow) in turns {
      guard frame.slots.indices.contains(slot), let rows = frame.slots[slot].heldRows else { return nil }
      for row in rows {
        for turn in byRow[row] ?? [] where view.applies(turn.initiative) { days.insert(turn.date) }
      }
    }
    return days.sorted()
  }

  private func turns(_ argument: DeferredArgument) -> Turns? {
    let known = known.withLock { all in
      if let known = all[argument.serial] { return known }
      let known = Known()
      all[argument.serial] = known
      return known
    }
    return known.turns.withLock { turns in
      if let turns { return turns }
      let made = made(argument)
      turns = .some(made)
      return made
    }
  }

  private func made(_ argument: DeferredArgument) -> Turns? {
    guard case .raw = universe.plan.need(of: argument.footprint) else { return nil }
    let paths = FieldPaths(argument.accessPaths(), definitions, isOtherDay: true)
    var walk = BackwardWalk(universe, along: universe.raw, otherEdges: edges, definitions)
    walk.isElsewhere = true
    walk.timeless = TimelessConditions(universe, all)
    guard let reached = walk.walk(paths, fromEach: facts.map(\.facts)) else { return nil }
    var result: Turns = Dictionary(uniqueKeysWithValues: paths.paths.starts.map { ($0.slot, [:]) })
    for (slot, rows) in reached { result[slot] = rows.mapValues { places in places.map { facts[$0].turn } } }
    return result
  }
}
