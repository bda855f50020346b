internal import Catalogue
public import Governance

/// What stands open in an estate or in one initiative's view, counted by what it is about.
public struct OpenFindings: Equatable, Sendable {
  /// How many there are of each weight.
  public struct Tally: Equatable, Sendable {
    /// By `Severity.rawValue`.
    var failures = Array(repeating: 0, count: Severity.allCases.count)
    /// What could not be decided, or not evaluated.
    var undecided = 0

    var heaviest: Severity? { Severity.allCases.last { failures[$0.rawValue] > 0 } }

    /// `2 blocker, 1 major`, the heaviest first.
    var words: String {
      var parts = Severity.allCases.reversed().filter { failures[$0.rawValue] > 0 }
        .map { "\(failures[$0.rawValue]) \($0.name)" }
      if undecided > 0 { parts.append("\(undecided) undecided") }
      return parts.isEmpty ? "no open findings" : parts.joined(separator: ", ")
    }

    static func + (a: Tally, b: Tally) -> Tally {
      Tally(failures: zip(a.failures, b.failures).map { $0 + $1 }, undecided: a.undecided + b.undecided)
    }
  }

  /// By `kind:id` of the target; the empty text is the whole view.
  private(set) var tallies: [String: Tally] = [:]

  /// - Parameters:
  ///   - estate: what was found in the estate as it stands.
  ///   - view: what became of it in the view that is drawn; empty: the estate itself is drawn.
  public init(estate: [Finding], view: [Finding] = []) {
    var standing: [String: Finding] = [:]
    for finding in estate { standing[finding.identity] = finding }
    for finding in view {
      standing[finding.identity] = finding.inView?.comparison == .resolved ? nil : finding
    }
    for finding in standing.values where finding.standing == .open {
      switch finding.outcome {
      case .failed: add(finding.target ?? "", severity: finding.severity)
      case .undecided, .error: add(finding.target ?? "", severity: nil)
      default: continue
      }
    }
  }

  /// Counts one more; without a severity one that is not decided.
  mutating func add(_ target: String, severity: Severity?) {
    if let severity {
      tallies[target, default: Tally()].failures[severity.rawValue] += 1
    } else {
      tallies[target, default: Tally()].undecided += 1
    }
  }

  /// What is about each row that `place` knows, itself or a part of it, and what is about nothing of these.
  func tallies(in estate: Estate, _ place: (Int32) -> Int?) -> (placed: [Int: Tally], elsewhere: Tally) {
    var placed: [Int: Tally] = [:]
    var elsewhere = Tally()
    for (target, tally) in tallies {
      var position: Int?
      if !target.isEmpty, case .found(var row) = estate.find(target) {
        position = place(row)
        while position == nil, estate.entity(row).owner >= 0 {
          row = estate.entity(row).owner
          position = place(row)
        }
      }
      if let position {
        placed[position, default: Tally()] = placed[position, default: Tally()] + tally
      } else {
        elsewhere = elsewhere + tally
      }
    }
    return (placed, elsewhere)
  }
}
