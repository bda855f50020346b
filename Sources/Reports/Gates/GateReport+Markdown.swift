internal import Catalogue
internal import Diagnostics
internal import Governance

extension GateReport {
  /// For a pull request: as many rows as a comment holds.
  public func markdown(limit: Int = 60_000) -> String {
    var page = "## Triglyph: gate \(escapedForMarkdown(question.stage)) of \(escapedForMarkdown(initiativeName))\n\n"
    page += escapedForMarkdown("\(verdict), as of \(estate.asOf.text)") + "\n"
    if let triage { page += "\nlane: \(escapedForMarkdown(triage.words))\n" }
    if !inputErrors.isEmpty {
      page += "\n| what is wrong | where | what it is |\n|:--|:--|:--|\n"
      for error in inputErrors.prefix(50) {
        let place = error.range.map { codeForMarkdown($0.pathAndLine) } ?? ""
        page += "| \(escapedForMarkdown(error.summary)) | \(place) | \(codeForMarkdown(error.id)) |\n"
      }
      if inputErrors.count > 50 { page += "\nand \(inputErrors.count - 50) more input errors\n" }
    }
    var end = "\n" + asideLines.map { escapedForMarkdown($0) + "<br>\n" }.joined()
    end += escapedForMarkdown("done already: \(doneLine)") + "\n"
    if !items.isEmpty {
      page += "\n| | to do | what is missing | who | where |\n|--:|:--|:--|:--|:--|\n"
      for (place, item) in items.enumerated() {
        let row = row(item, place + 1)
        guard page.utf8.count + row.utf8.count + end.utf8.count + 100 <= limit else {
          page += "\nand \(items.count - place) more\n"
          break
        }
        page += row
      }
    }
    return page + end
  }

  private func row(_ item: GateItem, _ number: Int) -> String {
    let finding = item.finding
    var lines = ["**\(finding.word)** \(escapedForMarkdown(finding.message))"]
    let remedy = remedy(item)
    if !remedy.isEmpty { lines.append(escapedForMarkdown("do: \(remedy)")) }
    lines += finding.paths.map { escapedForMarkdown("path: \(Finding.words($0))") }
    lines += finding.remarks.map { escapedForMarkdown("note: \($0)") }
    let place = finding.place.map { codeForMarkdown($0.range.pathAndLine) } ?? ""
    return "| \(number) | \(escapedForMarkdown(item.step.title)) | \(lines.joined(separator: "<br>")) | "
      + "\(who(item).map { escapedForMarkdown($0) } ?? "") | \(place)<br>\(codeForMarkdown(finding.rule)) |\n"
  }
}
