internal import Diagnostics
internal import Governance

/// What several formats say of a finding, unescaped.
extension Finding {
  /// `blocker`, or the outcome of one that is no failure.
  var word: String { outcome == .failed ? severity.name : outcome.name }

  /// What would put a failure right, in one line.
  var remedyLine: String { outcome == .failed ? remedy.trimmed.replacing("\n", with: " ") : "" }

  /// `introduced by one-log-in (design) from 2027-10-01`.
  var initiativeLine: String? { inView.map { "\($0.comparison.rawValue) \(TextReport.text($0, self))" } }

  /// Facts to record, a few of them.
  var missingLine: String? {
    guard !missing.isEmpty else { return nil }
    let told = missing.prefix(Self.factLimit).map { fact in
      fact.words(\.pathAndLine)
    }
    let more = missing.count > Self.factLimit ? " and \(missing.count - Self.factLimit) more" : ""
    return "not recorded: " + told.joined(separator: ", ") + more
  }

  private static let factLimit = 6

  /// Everything but the message, a line each: the initiative, others of the same identity, paths, facts, remarks, the
  /// clause, the remedy.
  func details(others: [Finding] = []) -> [String] {
    var lines: [String] = []
    if let line = initiativeLine { lines.append(line) }
    for other in others.prefix(Self.factLimit) {
      lines.append("also \(other.initiativeLine ?? "in the estate")")
    }
    if others.count > Self.factLimit { lines.append("and so \(others.count - Self.factLimit) more initiatives") }
    for path in paths { lines.append("path: \(Self.words(path))") }
    if let line = missingLine { lines.append(line) }
    if let line = onceMergedLine { lines.append("in this change: \(line)") }
    lines += remarks.map { "note: \($0)" }
    if let clause { lines.append("clause: \(clause.described)") }
    if !remedyLine.isEmpty { lines.append("remedy: \(remedyLine)") }
    return lines
  }

  /// `waived by waiver:x until 2027-04-01; that counts once it is merged`: what the change itself brings.
  var onceMergedLine: String? {
    switch onceMerged {
    case .waived, .baselined: "\(onceMerged.words); that counts once it is merged"
    case .open, .known: nil
    }
  }

  /// A path, as far as anybody reads on.
  static func words(_ path: [Hop]) -> String {
    let text = TextReport.text(Array(path.prefix(hopLimit)))
    return path.count > hopLimit ? "\(text) and \(path.count - hopLimit) more hops" : text
  }

  private static let hopLimit = 100
}

extension Finding.Standing {
  /// `open`, `waived`, `baselined`, `known`.
  var name: String {
    switch self {
    case .open: "open"
    case .waived: "waived"
    case .baselined: "baselined"
    case .known: "known"
    }
  }

  /// The same at length.
  var words: String {
    switch self {
    case .waived(let by, let until): "waived by \(by) until \(until.text)"
    default: name
    }
  }
}

extension SourceRange {
  /// `path:line`, of a place at a revision `revision:path:line`.
  var pathAndLine: String { "\(source.name):\(start.line)" }

  /// Whether it is in a file of the repository, not in a pack's, nor in a text that has a name in angle brackets only.
  var isInFile: Bool { source.pack == nil && !source.path.hasPrefix("<") && !source.path.isEmpty }

  /// Of a place at a revision, whose path alone would name what lies there now: `at main:rules/mfa.yaml:7`. Of a place in
  /// a pack, too, which no path names.
  var revisionLine: String? { source.isAtRevision || source.pack != nil ? "at \(pathAndLine)" : nil }
}
