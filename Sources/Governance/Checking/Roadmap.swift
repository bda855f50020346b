public import CEL
public import Catalogue
public import Diagnostics

/// From when to when rules fail in the estate with every approved initiative applied: every day on which something
/// changes is looked at, and equal findings of days that follow one another are one.
public struct Roadmap: Sendable {
  /// The days from one to, not with, another on which a finding has one outcome and one severity.
  public struct Span: Sendable {
    public var from: CivilDate
    /// Nil: to the end of the roadmap.
    public var until: CivilDate?
    /// As on the first of these days.
    public var finding: Finding
  }

  /// The estate on the first day.
  public let estate: Estate
  /// The initiatives that are applied, in the order of their rows.
  public let initiatives: [Initiative]
  public let start: CivilDate
  /// The first day beyond it; `never` where the settings have no horizon.
  public let end: CivilDate
  /// The days that were looked at, ascending; between them nothing was found to change.
  public let days: [CivilDate]
  /// By their first day, then by severity, the worst first, then by identity.
  public internal(set) var spans: [Span]
  /// Derived fields that could not be worked out on some day, sorted for printing.
  public let diagnostics: [Diagnostic]
  /// How many targets were looked at, and how many times a rule at all its targets.
  public let targetCount: Int
  public let wholeCount: Int

  /// What is there from the first day to the end.
  public var lasting: [Span] { spans.filter { $0.from == start && $0.until == nil } }
  /// What comes, goes, or both.
  public var changing: [Span] { spans.filter { $0.from != start || $0.until != nil } }

  /// Walks from the day of the run to the horizon.
  ///
  /// Where a rule computes with the date otherwise than by comparing it with a recorded day, it can turn on a day that is
  /// not looked at: that is told of the next one that is.
  /// The result does not depend on the number of tasks.
  public static func run(_ rules: [Rule], on estate: Estate, tasks: Int = 2) async -> Roadmap {
    await run(rules, on: estate, tasks: tasks, isIncremental: true)
  }

  /// - Parameter isIncremental: whether only those targets are looked at that what changed can affect.
  static func run(_ rules: [Rule], on estate: Estate, tasks: Int, isIncremental: Bool) async -> Roadmap {
    let active = rules.filter { $0.status == .active && !$0.mentionsInitiative }
    precondition(active.allSatisfy { estate.canRead($0.reads) }, "the derived fields that rules read are worked out")
    let (days, end) = RoadmapWalk.schedule(active, estate)
    let count = max(1, min(tasks, active.count))
    let parts = await withTaskGroup(of: Part.self) { group in
      for task in 0..<count {
        group.addTask {
          // Each task has its own rules, and a view of its own.
          let own = stride(from: task, to: active.count, by: count).map { active[$0] }
          var walk = RoadmapWalk(
            task == 0 ? own : own.map { $0.recompiled(for: estate) }, estate, days, isOfIntegrity: task == 0,
            isIncremental: isIncremental)
          walk.run()
          return Part(
            task: task, first: walk.first, spans: walk.spans, problems: walk.problems, targetCount: walk.targetCount,
            wholeCount: walk.wholeCount)
        }
      }
      var all: [Part] = []
      for await part in group { all.append(part) }
      return all.sorted { $0.task < $1.task }
    }
    let problems = parts.reduce(into: [String: Diagnostic]()) { $0.merge($1.problems) { a, _ in a } }
    return Roadmap(
      estate: parts.first?.first ?? estate, initiatives: estate.initiatives.filter(\.isCommitted), start: estate.asOf,
      end: end, days: days.all, spans: parts.flatMap(\.spans).sorted(by: precedes),
      diagnostics: problems.sorted { $0.key < $1.key }.map(\.value).sortedForPrinting(),
      targetCount: parts.reduce(0) { $0 + $1.targetCount }, wholeCount: parts.reduce(0) { $0 + $1.wholeCount })
  }

  /// What one task found.
  private struct Part: Sendable {
    var task: Int
    var first: Estate
    var spans: [Span]
    var problems: [String: Diagnostic]
    var targetCount: Int
    var wholeCount: Int
  }

  static func precedes(_ a: Span, _ b: Span) -> Bool {
    if a.from != b.from { return a.from < b.from }
    if a.finding.severity != b.finding.severity { return a.finding.severity > b.finding.severity }
    if a.finding.identity != b.finding.identity { return a.finding.identity < b.finding.identity }
    return (a.until ?? .never) < (b.until ?? .never)
  }
}
