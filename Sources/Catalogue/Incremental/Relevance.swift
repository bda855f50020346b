internal import CEL
internal import Dispatch
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
    // Two tasks, each for half of the days on which something comes into effect.
    let halves = [facts[..<(facts.count / 2)], facts[(facts.count / 2)...]]
    let results = Mutex<[Turns?]>([nil, nil])
    DispatchQueue.concurrentPerform(iterations: halves.count) { half in
      let turns = turns(paths, halves[half])
      results.withLock { $0[half] = turns }
    }
    let (first, second) = results.withLock { ($0[0], $0[1]) }
    guard let first, let second else { return nil }
    return first.merging(second) { $0.merging($1) { $0 + $1 } }
  }

  private func turns(_ paths: FieldPaths, _ facts: ArraySlice<(turn: Turn, facts: ChangedFacts)>) -> Turns? {
    var walk = BackwardWalk(universe, along: universe.raw, otherEdges: edges, definitions)
    walk.isElsewhere = true
    walk.timeless = TimelessConditions(universe, all)
    var result: Turns = Dictionary(uniqueKeysWithValues: paths.paths.starts.map { ($0.slot, [:]) })
    for (turn, facts) in facts {
      guard case .rows(let slots) = walk.walk(paths, from: facts) else { return nil }
      for (slot, rows) in slots {
        for row in rows { result[slot, default: [:]][row, default: []].append(turn) }
      }
    }
    return result
  }
}
