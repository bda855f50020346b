internal import CEL
public import Catalogue
internal import Diagnostics
public import Governance

/// One entity on a page: where it is declared, its fields, its relations both ways, what was found about it.
public enum EntityPage {
  /// What was found, and where it was looked for.
  public enum Findings: Sendable {
    case notLookedFor
    /// In the estate; what initiatives bring is not among it.
    case inEstate([Finding])
    /// In the view of one initiative.
    case inView([Finding])
    /// In the estate and in every open initiative's view.
    case everywhere([Finding])

    var all: [Finding] {
      switch self {
      case .notLookedFor: []
      case .inEstate(let found), .inView(let found), .everywhere(let found): found
      }
    }
  }

  /// - Parameters:
  ///   - triage: the lane, of an initiative.
  ///   - width: columns of the terminal; nil: lines are as long as they become.
  public static func text(
    _ row: Int32, _ estate: Estate, _ findings: Findings, triage: Triage? = nil, width: Int? = nil
  ) -> String {
    let kind = estate.kind(of: row)
    let identity = estate.identity(row)
    var result = PageHeading(style: .plain, width: width).text(estate.name(row), [identity])
    if case .string(let summary) = estate.value("summary", of: row) {
      let line = escapedForTerminal(summary.replacing("\n", with: " ").trimmed)
      result += (width.map { TableLayout.wrapped(line, width: $0) } ?? [line]).joined(separator: "\n") + "\n"
    }
    if let place = estate.place(of: row) { result += "declared at \(escapedForTerminal(place.range.described))\n" }
    if let triage { result += "lane: \(escapedForTerminal(triage.words))\n" }
    var fields: [(String, String)] = []
    var relations: [(String, String)] = []
    for id in kind.order {
      let field = estate.metamodel.fields[Int(id)]
      guard let line = line(field, row, estate) else { continue }
      if isRelation(field) { relations.append(line) } else { fields.append(line) }
    }
    result += table("fields", fields, width) + table("relations", relations, width)
    let touching = initiatives(of: row, estate)
    result += touching.text + "\nfindings\n"
    if case .notLookedFor = findings { return result + "  not looked for\n" }
    // What initiatives inherit is the estate's.
    var known: Set<String> = []
    let about = findings.all.filter {
      ($0.target == identity || $0.key.contains(identity)) && known.insert($0.identity).inserted
    }
    if about.isEmpty { result += "  none\n" }
    for finding in about {
      let word = finding.outcome == .failed ? finding.severity.name : finding.outcome.name
      result +=
        "  \(finding.shortName) \(word)[\(finding.rule)] \(escapedForTerminal(finding.message))\(TextReport.suffix(finding.standing))\n"
    }
    if case .inEstate = findings, let first = touching.names.first {
      let more = touching.names.count > 1 ? " (and so for each of the \(touching.names.count))" : ""
      result += "  of the estate; what initiatives bring: triglyph show \(identity) --with \(first)\(more)\n"
    }
    return result
  }

  private static func isRelation(_ field: Field) -> Bool {
    if field.isRelation { return true }
    if case .derived = field.shape, field.type.elementType != nil { return true }
    return false
  }

  private static func line(_ field: Field, _ row: Int32, _ estate: Estate) -> (String, String)? {
    switch field.shape {
    case .structure, .expression, .lifecycle, .record: return nil
    case .common(.id), .common(.kind), .common(.name), .common(.summary): return nil
    default: break
    }
    let value = estate.value(field.path, of: row)
    if case .unknown = value {
      // A field that nobody need record is not shown as a gap.
      switch field.shape {
      case .common, .phaseDate: return nil
      default: return (field.path, "(not recorded)")
      }
    }
    if let view = value.listView {
      let awaited = estate.awaited(by: row, in: field).map {
        "\(estate.identity($0.target)) (initiative:\($0.initiative.id) would add it)"
      }
      if view.count == 0, view.open == nil, awaited.isEmpty { return nil }
      if !field.isRelation, !isRelation(field) { return (field.path, ValueText.exact(value, estate)) }
      let items = (0..<view.count).map { index -> String in
        let item = ValueText.exact(view[index], estate)
        return view.reason(at: index) == nil ? item : "\(item) (perhaps)"
      }
      let more = view.open == nil ? [] : ["(more, not recorded)"]
      return (field.path, (items + awaited + more).joined(separator: "\n"))
    }
    var text = ValueText.message(value, estate)
    if case .entity(let target) = value { text = estate.identity(target) }
    if estate.isDefault(Fact(row: row, field: field.id)) { text += " (default)" }
    return (field.path, text)
  }

  private static func table(_ title: String, _ lines: [(String, String)], _ columns: Int?) -> String {
    guard !lines.isEmpty else { return "" }
    let width = lines.map(\.0.count).max() ?? 0
    var result = "\n\(title)\n"
    for (name, text) in lines {
      let padding = String(repeating: " ", count: width - name.count)
      let parts = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { part in
        let shown = escapedForTerminal(String(part))
        return columns.map { TableLayout.wrapped(shown, width: max(24, $0 - width - 4)) } ?? [shown]
      }
      for (index, part) in parts.enumerated() {
        let head = index == 0 ? name + padding : String(repeating: " ", count: width)
        result += "  \(head)  \(part)\n"
      }
    }
    return result
  }
}
