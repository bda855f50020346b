internal import Catalogue
public import Diagnostics
internal import Governance

extension DifferenceReport {
  /// For a terminal.
  public func text(style: TextStyle = .plain, isQuiet: Bool = false, isVerbose: Bool = false) -> String {
    var writer = Writer(style: style, isVerbose: isVerbose)
    writer.line("\(sides { escapedForTerminal($0) }), as of \(asOf.text); \(judge { escapedForTerminal($0) })")
    if !isQuiet {
      for kind in EntityChange.Kind.allCases { entities(kind, &writer) }
      consumers(&writer)
      governance(&writer)
      found(&writer)
    }
    if isEmpty { writer.line("", "nothing differs in what the documents say") }
    writer.line("", tally)
    if !isComplete { writer.line("not compared completely: a rule met an error; `triglyph check` shows it") }
    return writer.text
  }

  private struct Writer {
    let style: TextStyle
    let isVerbose: Bool
    private(set) var text = ""

    mutating func line(_ lines: String...) { for line in lines { text += line + "\n" } }
    mutating func heading(_ words: String) { line("", style.apply(.emphasis, to: words)) }

    init(style: TextStyle, isVerbose: Bool) {
      self.style = style
      self.isVerbose = isVerbose
    }
  }

  private func entities(_ kind: EntityChange.Kind, _ writer: inout Writer) {
    let changes = changes(kind)
    if changes.isEmpty { return }
    writer.heading(kind.rawValue)
    for change in changes {
      writer.line("  " + head(change))
      for field in change.fields {
        let places = DifferenceWords.places(field.after?.range, field.before?.range)
        writer.line("      \(escapedForTerminal("\(field.path): \(DifferenceWords.value(field)) (\(places))"))")
      }
      for edit in change.edits {
        let places = DifferenceWords.places(edit.afterPlace, edit.beforePlace)
        writer.line("      \(escapedForTerminal("\(DifferenceWords.edit(edit)) (\(places))"))")
      }
      if change.followedCount > 0 { writer.line("      \(DifferenceWords.followed(change.followedCount))") }
    }
  }

  private func head(_ change: EntityChange) -> String {
    let (row, estate) = owner(of: change)
    let name = name(change)
    let place = estate.place(of: row).map { DifferenceWords.place($0.range) } ?? ""
    let was = change.after == nil ? "was " : ""
    let identity =
      change.kind == .renamed
      ? "\(change.before?.identity ?? "") is now \(change.identity)" : change.identity
    return escapedForTerminal("\(identity)\(name.isEmpty ? "" : " (\(name))") --> \(was)\(place)")
  }

  private func consumers(_ writer: inout Writer) {
    if uses.isEmpty { return }
    writer.heading("who uses what differs")
    let limit = writer.isVerbose ? Int.max : 5
    for use in uses {
      var items = use.consumers.prefix(limit).map { "\($0.identity) (\($0.relation))" }
      if use.consumers.count > items.count { items.append("and \(use.consumers.count - items.count) more") }
      writer.line(
        "  " + escapedForTerminal("\(use.identity), \(use.kind.rawValue): \(items.joined(separator: ", "))"))
    }
  }

  private func governance(_ writer: inout Writer) {
    if governance.isEmpty { return }
    writer.heading("governance changes")
    for change in governance {
      let role = change.loosens ? TextStyle.Role.warning : .note
      let place = (change.place ?? change.former).map { " --> \(DifferenceWords.place($0))" } ?? ""
      writer.line(
        "  \(writer.style.apply(role, to: change.kind.rawValue)) "
          + escapedForTerminal("\(change.subject): \(change.summary)\(place)"))
    }
  }

  private func found(_ writer: inout Writer) {
    if findings.new.isEmpty, findings.worse.isEmpty, findings.fixed.isEmpty, !writer.isVerbose { return }
    writer.heading("findings")
    for change in findings.new { writer.line("  new    " + line(change.finding, former(change), writer.style)) }
    for change in findings.worse { writer.line("  worse  " + line(change.finding, former(change), writer.style)) }
    for finding in findings.fixed { writer.line("  fixed  " + line(finding, nil, writer.style)) }
    if writer.isVerbose {
      for finding in findings.unchanged { writer.line("  same   " + line(finding, nil, writer.style)) }
    }
  }

  private func line(_ finding: Finding, _ former: String?, _ style: TextStyle) -> String {
    let words = TextReport(style: style)
    let head = style.apply(words.role(finding), to: "\(words.word(finding))[\(finding.rule)]")
    let notes = self.notes(finding, former)
    let place = finding.place.map { " --> \(DifferenceWords.place($0.range))" } ?? ""
    return "\(head) \(finding.shortName): "
      + escapedForTerminal("\(finding.message)\(notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")\(place)")
  }

  // MARK: Shared with Markdown

  /// The row that a change is told by, and the estate that has it.
  func owner(of change: EntityChange) -> (row: Int32, estate: Estate) {
    change.after.map { ($0.row, difference.head) } ?? (change.before?.row ?? 0, difference.base)
  }

  /// The name, where it is not the id.
  func name(_ change: EntityChange) -> String {
    let (row, estate) = owner(of: change)
    let name = estate.name(row)
    return name == estate.entity(row).id ? "" : name
  }

  /// What a finding was, where that is another.
  func former(_ change: FindingsDifference.Change) -> String? {
    change.former.flatMap { Self.former($0, of: change.finding) }
  }

  static func former(_ former: Finding, of finding: Finding) -> String? {
    if former.outcome != finding.outcome { return "was \(former.outcome.name)" }
    if former.severity != finding.severity { return "was \(former.severity.name)" }
    guard let measure = former.measure, measure != finding.measure else { return nil }
    return "measure \(finding.measure.map(ValueText.number) ?? "?"), was \(ValueText.number(measure))"
  }

  func notes(_ finding: Finding, _ former: String?) -> [String] {
    var notes = [former].compactMap(\.self)
    if let inView = finding.inView { notes.append("\(inView.comparison.rawValue) by \(inView.initiative)") }
    switch finding.standing {
    case .waived(let waiver, let until): notes.append("waived by \(waiver) until \(until.text)")
    case .baselined: notes.append("in the baseline")
    case .open, .known: break
    }
    return notes
  }
}
