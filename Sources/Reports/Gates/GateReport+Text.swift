internal import Catalogue
public import Diagnostics
internal import Governance

extension GateReport {
  /// For a terminal.
  public func text(style: TextStyle = .plain, isQuiet: Bool = false) -> String {
    var lines: [String] = []
    if !isQuiet {
      lines.append(
        "\(escapedForTerminal(heading)), as of \(estate.asOf.text); fails on \(failOn.name) and above")
      if let gate {
        lines.append(escapedForTerminal(gate.name + (gate.summary.map { ": \($0)" } ?? "")))
      }
    }
    if let triage { lines.append("lane: \(escapedForTerminal(triage.words))") }
    if !isQuiet {
      lines.append("")
      let renderer = SnippetRenderer(style: style)
      for error in inputErrors { lines.append(renderer.render(error)) }
      let width = "\(items.count)".count
      for (place, item) in items.enumerated() {
        if place == 0 || items[place - 1].step != item.step {
          if place > 0 { lines.append("") }
          lines.append(style.apply(.emphasis, to: "\(item.step.title):"))
        }
        let number = String(repeating: " ", count: width - "\(place + 1)".count) + "\(place + 1)."
        lines += self.lines(item, number, style)
      }
      if !items.isEmpty { lines.append("") }
      lines += asideLines.map { escapedForTerminal($0) }
    }
    lines.append("done already: \(doneLine)")
    lines.append(escapedForTerminal(verdict))
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(_ item: GateItem, _ number: String, _ style: TextStyle) -> [String] {
    let finding = item.finding
    let role: TextStyle.Role = finding.outcome == .undecided ? .note : finding.severity >= .major ? .error : .warning
    let margin = String(repeating: " ", count: number.count + 3)
    var lines = [
      "  \(number) \(style.apply(role, to: "\(finding.word)[\(finding.rule)]")): \(escapedForTerminal(finding.message))"
    ]
    func add(_ name: String, _ text: String) { lines.append("\(margin)\(name): \(escapedForTerminal(text))") }
    if let who = who(item) { add("who", who) }
    let remedy = remedy(item)
    if !remedy.isEmpty { add("do", remedy) }
    if let range = finding.place?.range { add("where", range.described) }
    for path in finding.paths { add("path", Finding.words(path)) }
    for remark in finding.remarks { add("note", remark) }
    if !item.isDue { add("note", "not asked yet at \(question.current ?? "its stage")") }
    return lines
  }
}
