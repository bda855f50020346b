internal import Diagnostics
internal import Governance

extension CheckReport {
  /// What kept the run from being complete.
  var mistakes: [Diagnostic] { inputErrors.filter { $0.severity == .error } }

  /// What a reader has to know besides findings, and what makes no run incomplete.
  var notices: [Diagnostic] {
    inputErrors.filter { $0.severity != .error } + (since?.governance ?? []).map(\.notice)
  }
}

extension GovernanceChange {
  /// The change as a line of an output that knows diagnostics only.
  var notice: Diagnostic {
    Diagnostic(kind.rawValue, loosens ? .warning : .note, "\(subject): \(summary)", at: place ?? former)
  }
}

extension Diagnostic {
  /// What tells one mistake from another in every run, but for several of one text; whatever a revision is called.
  var identity: String { "\(id)|\(range?.source.path ?? "")|\(summary)" }

  /// The summary, its notes and what would put it right.
  var lines: [String] { [summary] + notes + fixes.map(\.summary) }

  /// The same for a format that gives places as paths only.
  var linesWithRevision: [String] { lines + [range?.revisionLine].compactMap(\.self) }
}
