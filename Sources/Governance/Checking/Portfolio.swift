internal import CEL
public import Catalogue
internal import Synchronization

/// All open initiatives, each in its own view.
public struct Portfolio: Sendable {
  /// In the order of the initiatives' rows.
  public internal(set) var checks: [InitiativeCheck]
  /// The rules that ran, in the order of `InitiativeCheck.counts`.
  public let rules: [Rule]

  /// How many targets were looked at, in bases and views together.
  public var targetCount: Int { checks.reduce(0) { $0 + $1.work.reduce(0) { $0 + $1.targets } } }
  /// How many times a rule was evaluated at all its targets.
  public var wholeCount: Int { checks.reduce(0) { $0 + $1.work.reduce(0) { $0 + $1.wholes } } }

  /// What a rule took in all views.
  public func work(_ id: String) -> RuleWork {
    guard let place = rules.firstIndex(where: { $0.id == id }) else { return RuleWork() }
    return checks.reduce(into: RuleWork()) { $0.add($1.work[place]) }
  }

  /// Whether a rule selected nothing in any view.
  public func looksAtNothing(_ id: String) -> Bool {
    guard let place = rules.firstIndex(where: { $0.id == id }) else { return true }
    return checks.allSatisfy { check in
      let counts = check.counts[place]
      return counts.total == counts[.notApplicable] + counts[.passedWithNothing]
    }
  }

  /// Checks every open initiative, or those named; the result does not depend on the number of tasks.
  ///
  /// - Parameter assessment: the estate's. Those of its findings that name what an initiative reaches, and stay, are what
  ///   it inherits.
  public static func run(
    _ rules: [Rule], on estate: Estate, beside assessment: Assessment? = nil, only names: Set<String> = [],
    alone: Bool = false, tasks: Int = 2,
    whateverStatus: Bool = false, isIncremental: Bool = true
  ) async -> Portfolio {
    await run(
      rules, on: estate, beside: assessment, only: names, alone: alone, tasks: tasks, whateverStatus: whateverStatus,
      isIncremental ? .heavyTargets : .nothing)
  }

  /// What is looked at again.
  package enum Effort: Sendable {
    /// Everything: nothing is told from what changed.
    case nothing
    /// What a change can affect; of targets that are dear it is asked first whether anything is otherwise.
    case heavyTargets
    /// Likewise, asked of every target.
    case allTargets
  }

  package static func run(
    _ rules: [Rule], on estate: Estate, beside assessment: Assessment?, only names: Set<String> = [],
    alone: Bool = false, tasks: Int = 2, whateverStatus: Bool = false, _ effort: Effort
  ) async -> Portfolio {
    let active = rules.filter { whateverStatus || $0.status == .active }
    let views = estate.initiativeViews(alone: alone).filter { names.isEmpty || names.contains($0.initiative.id) }
    // What differs between one day and the next is little: views of days close together are made one after the other.
    let order = views.indices.sorted { (views[$0].date, $0) < (views[$1].date, $1) }
    let collisions = IntegrityRules.collisions(estate)
    let known = FindingsByName(
      views.isEmpty ? [] : assessment?.findings ?? [], estate, naming: views.flatMap(\.initiative.reached))
    let heavy = assessment?.heavy ?? [:]
    let position = Position()
    let count = max(1, min(tasks, views.count))
    // Compiling all rules again takes as long as some dozen views of a small estate; two tasks that share what is compiled
    // wait for one another's counting of references, which is felt in many.
    let isShared = views.count < Self.fewViews
    let plan = views.first.map { AffectedTargets.Plan($0) }
    let shared = plan.map { RuleWays(active, $0, estate) }
    // Tasks that share them ask for the same ones at the same time.
    if isShared, tasks > 1, effort != .nothing { shared?.workOut() }
    let done = await withTaskGroup(of: [(Int, InitiativeCheck)].self) { group in
      for task in 0..<count {
        group.addTask {
          let own = isShared || task == count - 1 ? active : active.map { $0.recompiled(for: estate) }
          let ways = isShared ? shared : plan.map { RuleWays(own, $0, estate) }
          return check(views, position, order) {
            InitiativeChecker(own, estate, collisions: collisions, known: known, heavy: heavy, ways: ways, effort)
          }
        }
      }
      var all: [(Int, InitiativeCheck)] = []
      for await part in group { all += part }
      return all
    }
    return Portfolio(checks: done.sorted { $0.0 < $1.0 }.map(\.1), rules: active)
  }

  private static let fewViews = 16

  // Not in the frame of what awaits: a checker is large, and Swift 6.3 wrote beyond the end of such frames.
  @inline(never)
  private static func check(
    _ views: [InitiativeView], _ position: Position, _ order: [Int], _ make: () -> InitiativeChecker
  ) -> [(Int, InitiativeCheck)] {
    var checker = make()
    var results: [(Int, InitiativeCheck)] = []
    while true {
      let index = position.next()
      guard index < views.count else { return results }
      let place = order[index]
      results.append((place, checker.check(views[place])))
      // Hundreds of views would else hold all their days' graphs to the end.
      views[place].forget()
    }
  }

  /// Hands out positions, each once.
  private final class Position: Sendable {
    private let position = Atomic(0)
    func next() -> Int { position.add(1, ordering: .relaxed).oldValue }
  }
}
