internal import Diagnostics
internal import Governance

/// What settings changed of the judge, in lines of plain text: which rules are adopted, what is set in them, and which
/// settings have another value. For the header of a check, and what stands for it elsewhere.
struct AdoptionWords {
  struct Line {
    var text: String
    var range: SourceRange?
    /// Whether it goes with the line before it.
    var isDetail = false
  }

  let lines: [Line]

  /// - Parameter isLong: rules that a list merely leaves out are named, too.
  init(_ report: CheckReport, isLong: Bool) {
    var lines: [Line] = []
    if let adoption = report.adoption {
      if let origin = Self.origin(adoption) { lines.append(Line(text: origin)) }
      lines += Self.lines(adoption, isLong: isLong)
    }
    for change in report.settingChanges {
      let former = change.former.map { ", not \($0)" } ?? ""
      lines.append(Line(text: "setting \(change.name) is \(change.value)\(former)", range: change.range))
    }
    self.lines = lines
  }

  /// `20 of 108 rules adopted`.
  static func count(_ adoption: Adoption) -> String {
    "\(adoption.adoptedCount) of \(adoption.totalCount) \(adoption.totalCount == 1 ? "rule" : "rules") adopted"
  }

  /// `108 rules of public-sector/1, 3 of your own`; nil where no pack brings any.
  static func origin(_ adoption: Adoption) -> String? {
    var parts: [String] = []
    for share in adoption.shares {
      let count = share.totalCount
      if let pack = share.pack {
        parts.append(parts.isEmpty ? "\(Verdict.number(count, "rule", "rules")) of \(pack)" : "\(count) of \(pack)")
      } else {
        parts.append("\(count == 0 ? "none" : "\(count)") of your own")
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Those of rules alone.
  static func lines(_ adoption: Adoption, isLong: Bool) -> [Line] {
    var lines: [Line] = []
    if adoption.mode != .all {
      lines.append(Line(text: count(adoption), range: adoption.range))
      for exclusion in adoption.exclusions {
        guard let reason = exclusion.reason else { continue }
        lines.append(Line(text: "not adopted: \(exclusion.rule): \(reason)", range: exclusion.range, isDetail: true))
      }
      if isLong {
        for exclusion in adoption.exclusions where exclusion.reason == nil {
          lines.append(Line(text: "not adopted: \(exclusion.rule)", isDetail: true))
        }
      }
      for (rule, status) in adoption.idle {
        lines.append(
          Line(text: "\(rule) is listed, but it is \(status.rawValue), so it does not run", isDetail: true))
      }
    }
    for replacement in adoption.replacements {
      lines.append(
        Line(text: "\(replacement.document) stands in place of that of \(replacement.pack)", range: replacement.range))
    }
    for change in adoption.changes { lines.append(Line(text: words(change), range: change.range)) }
    return lines
  }

  /// `cont-x: severity is blocker, not major, by decision:d: for a reason`.
  static func words(_ change: Adoption.Change) -> String {
    let former = change.former.map { ", not \($0)" } ?? ""
    return "\(change.rule): \(change.key) is \(change.value)\(former), by \(change.decision): \(change.reason)"
  }

  /// For a terminal, each with its line in the file.
  var text: String {
    lines.map { line in
      let place = line.range.map { " (\($0.source.name):\($0.start.line))" } ?? ""
      return "\(line.isDetail ? "  " : "")\(escapedForTerminal(line.text))\(place)\n"
    }.joined()
  }
}
