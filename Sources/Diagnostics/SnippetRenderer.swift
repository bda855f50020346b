/// Prints diagnostics for people: the place, the line with carets below it, related places, notes and fixes.
///
/// ```
///   --> catalogue/systems/warehouse.yaml:7:17
///    |
///  7 | classification: official
///    |                 ^^^^^^^^ this system
///    = note: …
///    = help: …
/// ```
public struct SnippetRenderer: Sendable {
  public var style: TextStyle
  /// Columns that a source line may take, gutter included; labels may go beyond.
  public var width: Int

  public init(style: TextStyle = .plain, width: Int = 120) {
    self.style = style
    self.width = width
  }

  /// `error[unknown-key]: summary` and the body. Ends with a line break.
  public func render(_ diagnostic: Diagnostic) -> String {
    let head = style.apply(diagnostic.severity.role, to: "\(diagnostic.severity)[\(diagnostic.id)]")
    let summary = style.apply(.emphasis, to: escapedForTerminal(diagnostic.summary))
    return "\(head): \(summary)\n\(body(of: diagnostic))"
  }

  /// Everything but the head line. `details` become ` = name: text` lines between the snippet and the notes. Ends with
  /// a line break unless it is empty.
  public func body(of diagnostic: Diagnostic, details: [(name: String, text: String)] = []) -> String {
    let places = [diagnostic.range].compactMap(\.self) + diagnostic.related.map(\.range)
    let gutter = places.map { "\($0.start.line)".count }.max() ?? 1
    var lines: [String] = []
    if let range = diagnostic.range {
      addSnippet(
        range, label: diagnostic.label, arrow: "-->", mark: "^", role: diagnostic.severity.role, gutter: gutter,
        to: &lines)
    }
    for related in diagnostic.related {
      addSnippet(
        related.range, label: related.label, arrow: ":::", mark: "-", role: .gutter, gutter: gutter, to: &lines)
    }
    for detail in details { addDetail(detail.name, detail.text, gutter: gutter, to: &lines) }
    for note in diagnostic.notes { addDetail("note", note, gutter: gutter, to: &lines) }
    for fix in diagnostic.fixes { addDetail("help", Self.described(fix), gutter: gutter, to: &lines) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func addSnippet(
    _ range: SourceRange, label: String?, arrow: String, mark: String, role: TextStyle.Role, gutter: Int,
    to lines: inout [String]
  ) {
    let start = range.start
    let view = SourceLineView(range, width: width - gutter - 4)
    let blank = String(repeating: " ", count: gutter + 2)
    let bar = style.apply(.gutter, to: "\(blank)|")
    let name = escapedForTerminal(range.source.name)
    lines.append("\(style.apply(.gutter, to: blank.dropLast() + arrow)) \(name):\(start.line):\(start.column)")
    lines.append(bar)
    let number = String(repeating: " ", count: gutter - "\(start.line)".count + 1) + "\(start.line) |"
    let text = view.text.allSatisfy { $0 == " " } ? "" : " \(view.text)"
    lines.append(style.apply(.gutter, to: number) + text)
    let marks = style.apply(role, to: String(repeating: mark, count: view.marked.count))
    let words = label.map { " " + style.apply(role, to: escapedForTerminal($0)) } ?? ""
    lines.append("\(bar) \(String(repeating: " ", count: view.marked.lowerBound))\(marks)\(words)")
  }

  private func addDetail(_ name: String, _ text: String, gutter: Int, to lines: inout [String]) {
    let blank = String(repeating: " ", count: gutter + 2)
    let parts = escapedForTerminal(text, keepingLineBreaks: true)
      .split(separator: "\n", omittingEmptySubsequences: false)
    let sign = style.apply(.gutter, to: "\(blank)=")
    lines.append("\(sign) \(style.apply(.emphasis, to: "\(name):")) \(parts.first ?? "")")
    let indentation = String(repeating: " ", count: gutter + 4)
    for part in parts.dropFirst() { lines.append(part.isEmpty ? "" : indentation + part) }
  }

  /// The summary, with the text to write where that is one line which the summary does not show already.
  private static func described(_ fix: Diagnostic.Fix) -> String {
    guard let text = fix.replacement?.text, text.utf8.count <= 100, !text.contains(where: \.isNewline) else {
      return fix.summary
    }
    let core = text.drop { $0 == " " || $0 == ":" }
    return core.isEmpty || fix.summary.contains(core) ? fix.summary : "\(fix.summary): \(core)"
  }
}
