/// Findings by what they weigh and what stands before them.
public struct FindingTally: Sendable, Equatable {
  private var failed = [Int](repeating: 0, count: Severity.allCases.count)
  public private(set) var undecided = 0
  public private(set) var waived = 0
  /// Among those that the authority started with.
  public private(set) var baselined = 0
  public private(set) var notEvaluated = 0

  public init(_ findings: [Finding] = []) { for finding in findings { add(finding) } }

  public mutating func add(_ finding: Finding) {
    switch (finding.standing, finding.outcome) {
    case (.waived, _): waived += 1
    case (.baselined, _): baselined += 1
    case (_, .error): notEvaluated += 1
    case (_, .undecided): undecided += 1
    case (_, .failed): failed[finding.severity.rawValue] += 1
    default: break
    }
  }

  /// Open failures of a severity.
  public subscript(severity: Severity) -> Int { failed[severity.rawValue] }
  /// Open failures of every severity.
  public var failures: Int { failed.reduce(0, +) }
  public var isEmpty: Bool { self == FindingTally() }
}
