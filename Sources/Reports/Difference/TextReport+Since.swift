internal import Diagnostics
internal import Governance

/// A check beside a revision: who judges, and what differs in that.
extension TextReport {
  /// Beside a revision an initiative is told where there is something new in it.
  func isTold(_ check: InitiativeCheck, _ report: CheckReport) -> Bool {
    isVerbose || report.since == nil || check.findings.contains { $0.inView?.comparison.isOwn == true && isTold($0) }
  }

  static func scope(_ since: Since) -> String {
    let commit = since.commit == since.revision ? "" : " (\(since.commit))"
    let revision = escapedForTerminal(since.revision) + commit
    let judge = since.trust == .base ? "the revision's" : "those at hand"
    return
      "only what is new since \(revision) counts; the standards, rules, settings, waivers and decisions that judge are \(judge)\n"
  }

  /// Each difference with its place, what may let something pass first.
  func governance(_ report: CheckReport, _ renderer: SnippetRenderer) -> String {
    guard let since = report.since, !since.governance.isEmpty else { return "" }
    if isQuiet { return "" }
    var result = ""
    for change in since.governance {
      let head = style.apply(change.loosens ? .warning : .note, to: "governance[\(change.kind.rawValue)]")
      result += "\(head) \(escapedForTerminal(change.subject)): \(escapedForTerminal(change.summary))\n"
      let diagnostic = Diagnostic(
        change.kind.rawValue, .note, change.summary, at: change.place ?? change.former,
        label: change.place == nil ? "was here" : nil)
      result += renderer.body(of: diagnostic, details: []) + "\n"
    }
    return result
  }

  /// For the summary.
  func governanceLines(_ report: CheckReport) -> [String] {
    guard let since = report.since, !since.governance.isEmpty else { return [] }
    let loosening = since.governance.count { $0.loosens }
    let all = since.governance.count
    let verdict = since.trust == .base ? "not in this verdict" : "this verdict rests on them"
    return [
      "\(all) governance \(all == 1 ? "change" : "changes") since \(escapedForTerminal(since.revision)), "
        + "\(loosening) of which may let more pass; \(verdict)"
    ]
  }
}

extension JSONReport {
  /// The revision that is compared with, and what differs in how the two sides judge.
  static func revision(_ since: Since, _ writer: inout JSONWriter) {
    writer.key("since")
    writer.object { writer in
      writer.field("revision", since.revision)
      writer.field("commit", since.commit)
      writer.field("judge", since.trust.rawValue)
    }
    governance(since.governance, &writer)
  }

  static func governance(_ changes: [GovernanceChange], _ writer: inout JSONWriter) {
    writer.objects("governance", of: changes) { change, writer in
      writer.field("kind", change.kind.rawValue)
      writer.field("subject", change.subject)
      writer.field("summary", change.summary)
      writer.field("loosens", change.loosens)
      place(change.place, &writer)
      place(change.former, named: "formerPlace", &writer)
    }
  }
}
