internal import CEL
public import Catalogue
internal import Diagnostics
internal import Synchronization

/// All rules at all their targets, in one view.
public struct Assessment: Sendable {
  /// A rule's counters.
  public struct RuleResult: Sendable {
    public let rule: Rule
    public let counts: OutcomeCounts
    /// How many targets the rule's kinds have.
    public let targets: Int
    public let work: RuleWork
    /// Whether the rule selected nothing and does not allow that.
    public var isIdle: Bool {
      !rule.allowsEmpty && counts.total == counts[.notApplicable] + counts[.passedWithNothing]
    }
  }

  /// One for each identity, sorted for printing.
  public let findings: [Finding]
  /// By rule id.
  public let results: [RuleResult]
  /// How many entities rules looked at.
  public let entityCount: Int
  /// Targets that are dear to evaluate, by rule id.
  let heavy: [String: Set<Int32>]

  public var counts: OutcomeCounts {
    results.reduce(into: OutcomeCounts()) { $0.add($1.counts) }
  }

  /// Runs the rules; the result does not depend on the number of tasks.
  public static func run(_ rules: [Rule], on estate: Estate, tasks: Int = 2) async -> Assessment {
    await run(rules, on: estate, tasks: tasks, costLimit: nil)
  }

  private static let fewRows = 5_000

  /// With another limit on what one target may cost; nil is the evaluator's own.
  static func run(
    _ rules: [Rule], on estate: Estate, tasks: Int, costLimit: Int?, whateverStatus: Bool = false
  ) async -> Assessment {
    let active = rules.filter { whateverStatus || $0.status == .active }
    precondition(active.allSatisfy { estate.canRead($0.reads) }, "the derived fields that rules read are worked out")
    let stages = StageTable(estate)
    let pieces = active.indices.flatMap { Self.pieces(of: $0, active[$0], estate) }
    let count = max(1, min(tasks, pieces.count))
    // A task takes the next piece when it is done with one: pieces differ in what they cost.
    let queue = Queue()
    let done = await withTaskGroup(of: [Part].self) { group in
      for task in 0..<count {
        group.addTask {
          // Each task has what it reads to itself; the last one may take the original. Of a small estate that costs more
          // than it saves.
          let isShared = task == count - 1 || estate.graph.rowCount < Self.fewRows
          let graph = isShared ? estate.graph : estate.graph.copied()
          let rules = isShared ? active : active.map { $0.recompiled(for: estate) }
          // What all targets of a rule share is worked out once a task.
          var frame = Frame(graph: graph, slotCount: 0)
          var last = -1
          if let costLimit { frame.costLimit = costLimit }
          var results: [Part] = []
          while true {
            let index = queue.next()
            guard index < pieces.count else { return results }
            if pieces[index].rule != last { frame.forget() }
            last = pieces[index].rule
            let clock = ContinuousClock()
            let start = clock.now
            let run = Self.evaluate(pieces[index], rules[pieces[index].rule], estate, stages, &frame)
            results.append(
              Part(
                piece: index, counts: run.counts, findings: run.findings, heavy: run.heavy, time: clock.now - start))
          }
        }
      }
      var all: [Part] = []
      for await part in group { all += part }
      return all
    }
    var counts = Array(repeating: OutcomeCounts(), count: active.count)
    var byIdentity: [String: Finding] = [:]
    var heavy: [String: Set<Int32>] = [:]
    var work = Array(repeating: RuleWork(), count: active.count)
    for part in done.sorted(by: { $0.piece < $1.piece }) {
      let rule = pieces[part.piece].rule
      counts[rule].add(part.counts)
      work[rule].time += part.time
      work[rule].targets += part.counts.total
      if !part.heavy.isEmpty { heavy[active[rule].id, default: []].formUnion(part.heavy) }
      for finding in part.findings {
        byIdentity[finding.identity] = byIdentity[finding.identity].map { $0.merged(with: finding) } ?? finding
      }
    }
    let results = active.indices.map { index in
      RuleResult(
        rule: active[index], counts: counts[index], targets: targets(active[index], estate).count,
        work: work[index])
    }
    var looked = KindSet.empty
    for rule in active { if case .entities(let kinds) = rule.scope { looked = looked.union(kinds) } }
    return Assessment(
      findings: Finding.inOrder(Array(byIdentity.values)), results: results,
      entityCount: looked.kinds.reduce(0) { $0 + estate.graph.members.count(ofKind: $1) }, heavy: heavy)
  }

  /// What a piece gave.
  private struct Part: Sendable {
    var piece: Int
    var counts: OutcomeCounts
    var findings: [Finding]
    var heavy: [Int32]
    var time: Duration
  }

  /// Hands out positions, each once.
  private final class Queue: Sendable {
    private let position = Atomic(0)
    func next() -> Int { position.add(1, ordering: .relaxed).oldValue }
  }

  private struct Piece: Sendable {
    var rule: Int
    var rows: [Int32]
    var isView: Bool
  }

  static func targets(_ rule: Rule, _ estate: Estate) -> [Int32] {
    guard case .entities(let kinds) = rule.scope else { return [] }
    if rule.mentionsInitiative { return [] }
    let rows = kinds.kinds.flatMap { estate.graph.members.rows(ofKind: $0) }
    // An open initiative is looked at in its own view, and one that was rejected not at all.
    guard let kind = estate.metamodel.kind(named: "initiative")?.index, kinds.contains(kind) else { return rows }
    let others = Set(estate.initiatives.filter(\.isBeforeLive).map(\.row))
    return rows.filter { !others.contains($0) }
  }

  /// Those of some rows that a rule looks at.
  static func targets(_ rule: Rule, among rows: [Int32], _ estate: Estate) -> [Int32] {
    guard case .entities(let kinds) = rule.scope else { return [] }
    let possible = rows.filter { kinds.contains(estate.entity($0).kind) && estate.graph.members.contains($0) }
    if possible.isEmpty { return [] }
    let others = Set(estate.initiatives.filter(\.isBeforeLive).map(\.row))
    return possible.filter { !others.contains($0) }
  }

  private static func pieces(of index: Int, _ rule: Rule, _ estate: Estate) -> [Piece] {
    if case .view = rule.scope { return rule.mentionsInitiative ? [] : [Piece(rule: index, rows: [], isView: true)] }
    let rows = targets(rule, estate)
    let size = 512
    return stride(from: 0, to: rows.count, by: size).map {
      Piece(rule: index, rows: Array(rows[$0..<min($0 + size, rows.count)]), isView: false)
    }
  }

  private static func evaluate(
    _ piece: Piece, _ rule: Rule, _ estate: Estate, _ stages: StageTable, _ frame: inout Frame
  ) -> RuleRun {
    frame.reset(slotCount: rule.slotCount)
    var run = RuleRun(rule, estate, stages)
    if piece.isView { run.run(nil, &frame) }
    for row in piece.rows { run.run(row, &frame) }
    return run
  }
}
