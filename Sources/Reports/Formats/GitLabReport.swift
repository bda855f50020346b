internal import Catalogue
internal import Diagnostics
internal import Governance

/// GitLab's code quality report: an array of what is wrong, with a fingerprint each.
enum GitLabReport {
  static func text(_ report: CheckReport, _ setting: CheckFormat.Setting) -> String {
    var writer = JSONWriter()
    writer.array { writer in
      var seen: [String: Int] = [:]
      for diagnostic in report.mistakes + report.notices {
        let name = diagnostic.identity
        seen[name, default: 0] += 1
        let isError = diagnostic.severity == .error
        item(
          Item(
            check: diagnostic.id,
            description: (isError ? "input error: " : "") + diagnostic.linesWithRevision.joined(separator: "; "),
            severity: isError ? "blocker" : "minor",
            fingerprint: "\(name)|\(seen[name] ?? 1)", range: diagnostic.range), setting, &writer)
      }
      // Where it is always the same entry, only a change of the choice is a change of the report.
      if let adoption = report.adoption, adoption.mode != .all {
        let words = AdoptionWords.lines(adoption, isLong: false).map(\.text).joined(separator: "; ")
        item(
          Item(
            check: "adoption", description: words, severity: "info", fingerprint: "adoption|\(words)",
            range: adoption.range), setting, &writer)
      }
      for alert in Alert.all(in: report) {
        let finding = alert.finding
        var words = [finding.message] + finding.details(others: alert.others)
        if let line = finding.place?.range.revisionLine { words.append(line) }
        words.append("triglyph explain \(finding.shortName)")
        if finding.outcome != .failed { words[0] = "\(finding.outcome.name): \(words[0])" }
        item(
          Item(
            check: finding.rule, description: words.joined(separator: "; "), severity: severity(alert),
            fingerprint: finding.identity, range: finding.place?.range), setting, &writer)
      }
    }
    return writer.text
  }

  private struct Item {
    var check: String
    var description: String
    var severity: String
    /// What is made a fingerprint of.
    var fingerprint: String
    var range: SourceRange?
  }

  private static func item(_ item: Item, _ setting: CheckFormat.Setting, _ writer: inout JSONWriter) {
    writer.separate()
    writer.object { writer in
      writer.field("description", escapedForTerminal(item.description))
      writer.field("check_name", item.check)
      writer.field("fingerprint", SHA256.hex(item.fingerprint))
      writer.field("severity", item.severity)
      writer.key("location")
      writer.object { writer in
        let range = item.range.flatMap { $0.isInFile ? $0 : nil }
        writer.field("path", setting.wayFromGitRoot + (range?.source.path ?? CheckFormat.placeOfNone))
        let line = range?.start.line ?? 1
        writer.key("lines")
        writer.object { $0.field("begin", line) }
      }
    }
  }

  /// Of five, from `info` to `blocker`.
  private static func severity(_ alert: Alert) -> String {
    switch alert.finding.outcome {
    case .error: return "blocker"
    case .undecided where !alert.counts: return "info"
    default:
      switch alert.finding.severity {
      case .advisory: return "info"
      case .minor: return "minor"
      case .major: return "major"
      case .blocker: return "blocker"
      }
    }
  }
}
