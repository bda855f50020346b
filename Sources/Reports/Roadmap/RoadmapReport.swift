internal import CEL
internal import Diagnostics
public import Governance

/// A roadmap as text, and how its run ended.
public struct RoadmapReport: Sendable {
  public let roadmap: Roadmap
  /// Of the estate on the first day.
  public let check: CheckReport

  /// - Parameter roadmap: with what stands before its findings; see `Roadmap.standing`.
  public init(_ roadmap: Roadmap, _ check: CheckReport) {
    self.roadmap = roadmap
    self.check = check
  }

  /// What is found on the first day counts as in a check; what begins later is told only, but where a rule could not be
  /// evaluated on a later day, the run is not complete.
  public var outcome: CheckReport.Outcome {
    roadmap.spans.contains { $0.finding.outcome == .error } ? .incomplete : check.outcome
  }

  public var json: String { JSONReport.text(check, roadmap: self) }
}
