public import Governance

/// What took how long in a run of `check`. It differs from run to run.
public enum RunStatistics {
  /// A part of a run, and how long it took.
  public struct Phase: Sendable {
    let name: String
    let time: Duration

    public init(_ name: String, _ time: Duration) {
      self.name = name
      self.time = time
    }
  }

  /// A line for each phase, in the order given.
  public static func text(_ phases: [Phase]) -> String {
    phases.map { columns(number($0.time), $0.name) + "\n" }.joined()
  }

  /// A line for each rule that took a tenth of a millisecond or more, the longest first.
  public static func text(_ assessment: Assessment, _ portfolio: Portfolio) -> String {
    let preparation = portfolio.checks.reduce(Duration.zero) { $0 + $1.preparation }
    var lines = [
      "preparing views: \(number(preparation)) ms, all tasks together",
      columns("estate ms", "targets", "views ms", "targets", "whole", "rule"),
    ]
    let rows = assessment.results.map { (id: $0.rule.id, estate: $0.work, views: portfolio.work($0.rule.id)) }
    for row in rows.sorted(by: { ($1.estate.time + $1.views.time, $0.id) < ($0.estate.time + $0.views.time, $1.id) })
    where row.estate.time + row.views.time >= .microseconds(100) {
      lines.append(
        columns(
          number(row.estate.time), "\(row.estate.targets)", number(row.views.time), "\(row.views.targets)",
          "\(row.views.wholes)", row.id))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func columns(_ parts: String...) -> String {
    parts.dropLast().map { String(repeating: " ", count: max(0, 9 - $0.utf8.count)) + $0 }.joined(separator: " ") + "  "
      + (parts.last ?? "")
  }

  /// Milliseconds with one decimal.
  private static func number(_ duration: Duration) -> String {
    let tenths = duration / .microseconds(100)
    return "\(Int(tenths) / 10).\(Int(tenths) % 10)"
  }
}
