internal import Diagnostics
internal import Governance

extension CheckPage {
  /// The findings by rule, the rule with the worst first.
  var list: String {
    if entries.isEmpty {
      return Page.Block.paragraph(
        report.outcome == .incomplete ? "Nothing was found in what could be evaluated." : "Nothing was found."
      ).html
    }
    var order: [String] = []
    var groups: [String: [Int]] = [:]
    for (place, entry) in entries.enumerated() {
      let rule = entry.finding.rule
      if groups[rule] == nil { order.append(rule) }
      groups[rule, default: []].append(place)
    }
    var result = "<div id=\"list\">\n"
    for rule in order {
      let places = groups[rule] ?? []
      result +=
        "<section><h3><span>\(htmlText(label(ofRule: rule)))</span> <span class=\"n\">(\(places.count))</span></h3>\n"
      for place in places { result += element(entries[place], owners[place]) }
      result += "</section>\n"
    }
    return result + "</div>\n"
  }

  /// `sec-mfa: People sign in with two factors`.
  func label(ofRule id: String) -> String { rules[id].map { "\(id): \($0.title)" } ?? id }

  // MARK: One

  private func element(_ entry: FindingEntry, _ owner: String) -> String {
    let finding = entry.finding
    let place = finding.place?.range
    let tokens = entry.states.map {
      ($0.name.replacing(" ", with: "-") + "@" + ($0.initiative ?? "")).filter { !$0.isWhitespace }
    }
    let attributes = [
      ("severity", finding.severity.name), ("rule", finding.rule), ("standard", standard(finding)), ("owner", owner),
      ("file", place?.source.name ?? ""), ("initiative", finding.inView?.initiative ?? ""),
      ("counts", entry.counts ? "yes" : "no"), ("at", tokens.joined(separator: " ")),
    ].map { " data-\($0)=\"\(htmlText($1))\"" }.joined()
    let about = [
      finding.rule, place.map(\.pathAndLine) ?? "", owner.isEmpty ? "" : owner, states(entry),
    ].filter { !$0.isEmpty }.map { "<span>\(htmlText($0))</span>" }.joined(separator: " ")
    let name = htmlText(finding.shortName)
    return """
      <details class="finding" id="\(name)"\(attributes)>
      <summary><span class="word">\(word(entry))</span> <span class="said">\(htmlText(finding.message))</span> <span class="about">\(about)</span></summary>
      <div class="body">
      \(facts(entry))\(snippet(finding))\(others(entry))</div>
      </details>

      """
  }

  private func word(_ entry: FindingEntry) -> String {
    let finding = entry.finding
    let tone: Page.Tone =
      if finding.inView?.comparison == .resolved {
        .good
      } else if finding.outcome == .undecided {
        .doubt
      } else if finding.standing != .open {
        .waiting
      } else {
        finding.severity >= .major || finding.outcome == .error ? .bad : .doubt
      }
    return Page.Block.mark(htmlText(finding.word), tone)
  }

  /// `open; introduced by one-log-in`, the first few.
  private func states(_ entry: FindingEntry) -> String {
    let words = entry.states.filter { $0.initiative != nil || $0.name != "open" && $0.name != entry.finding.word }.map {
      state in
      state.initiative.map { "\(state.name) by \($0.drop { $0 != ":" }.dropFirst())" } ?? state.name
    }
    let few = words.prefix(3).joined(separator: ", ")
    return words.count > 3 ? "\(few) and \(words.count - 3) more" : few
  }

  private func facts(_ entry: FindingEntry) -> String {
    let finding = entry.finding
    var rows: [(String, String)] = []
    func add(_ name: String, _ text: String?) {
      if let text, !text.isEmpty { rows.append((name, htmlText(text))) }
    }
    rows.append(
      ("finding", "<a href=\"#\(htmlText(finding.shortName))\">\(htmlText(finding.shortName))</a>"))
    add("counts", entry.counts ? "yes" : "no")
    if finding.standing != .open { add("standing", finding.standing.words) }
    add("initiative", finding.initiativeLine)
    add("in this change", finding.onceMergedLine)
    add("target", finding.target)
    for path in finding.paths { add("path", Finding.words(path)) }
    for fact in finding.missing {
      add("not recorded", fact.words(\.pathAndLine))
    }
    if !finding.defaults.isEmpty {
      add("default", finding.defaults.joined(separator: ", ") + " is not recorded; its default was read")
    }
    for remark in finding.remarks { add("note", remark) }
    add("measure", finding.measure.map(ValueText.number))
    if let clause = finding.clause {
      add("clause", clause.described)
      if case .found(let row) = report.estate.find("clause:\(clause.id)") {
        add("requirement", ValueText.message(report.estate.value("requirement", of: row), report.estate))
      }
    }
    add("remedy", finding.remedyLine)
    add("why", rules[finding.rule]?.rationale?.trimmed)
    rows.append(("more", "<code>triglyph explain \(htmlText(finding.shortName))</code>"))
    return "<dl>\n" + rows.map { "<dt>\($0)</dt><dd>\($1)</dd>\n" }.joined() + "</dl>\n"
  }

  private func snippet(_ finding: Finding) -> String {
    let diagnostic = Diagnostic(
      finding.rule, .error, finding.message, at: finding.place?.range, label: finding.label, related: finding.related)
    let text = SnippetRenderer(width: 100).body(of: diagnostic)
    if text.isEmpty { return "" }
    return "<pre tabindex=\"0\" role=\"region\" aria-label=\"Where it is\">"
      + escapedForXML(text, keepingLineBreaks: true) + "</pre>\n"
  }

  /// The same identity elsewhere, where it may weigh otherwise.
  private func others(_ entry: FindingEntry) -> String {
    if entry.others.isEmpty { return "" }
    var table = Page.Table(["also", "stage", "on", "what became of it", "it is", "it says"])
    for other in entry.others {
      let inView = other.inView
      let standing = other.standing == .open ? "" : ", \(other.standing.words)"
      let was = inView?.before.map { ", was \($0)" } ?? ""
      table.rows.append([
        Page.Cell(inView?.initiative ?? "in the estate"), Page.Cell(inView?.stage ?? ""),
        Page.Cell(inView?.date.text ?? ""),
        Page.Cell((inView?.comparison.rawValue ?? "there") + was + standing), Page.Cell(other.word),
        Page.Cell(other.message == entry.finding.message ? "the same" : other.message),
      ])
    }
    return Page.Block.table(table).html
  }
}
