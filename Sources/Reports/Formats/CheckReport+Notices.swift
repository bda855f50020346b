internal import Diagnostics

extension CheckReport {
  /// What kept the run from being complete.
  var mistakes: [Diagnostic] { inputErrors.filter { $0.severity == .error } }

  /// What a reader has to know besides findings, and what makes no run incomplete.
  var notices: [Diagnostic] {
    inputErrors.filter { $0.severity != .error }
      + (since?.governance ?? []).map { change in
        Diagnostic(
          change.kind.rawValue, change.loosens ? .warning : .note, "\(change.subject): \(change.summary)",
          at: change.place ?? change.former)
      }
  }
}

extension Diagnostic {
  /// What tells one mistake from another in every run, but for several of one text.
  var identity: String { "\(id)|\(range?.source.name ?? "")|\(summary)" }

  /// The summary, its notes and what would put it right.
  var lines: [String] { [summary] + notes + fixes.map(\.summary) }
}
