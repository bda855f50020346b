internal import Catalogue
internal import Diagnostics
internal import Governance

extension DifferenceReport {
  /// For a comment on a pull request: what a reviewer asks first stands first, and all of it fits a forge's limit.
  public var markdown: String {
    var page = MarkdownPage(limit: Self.pageLimit)
    // By this a workflow finds its own comment again.
    page.add("<!-- triglyph diff -->")
    page.add("## What this changes in the architecture")
    page.add("")
    page.add("\(sides(Self.code)), as of \(asOf.text); \(judge(Self.code)).")
    page.add("")
    page.add("**\(verdict)** \(tally).")
    if !isComplete { page.add("\n**Not compared completely**: a rule met an error; `triglyph check` shows it.") }
    if isEmpty { page.add("\nNothing differs in what the documents say.") }
    let news = findings.new.map { ("new", $0) } + findings.worse.map { ("worse", $0) }
    page.section("New findings", news, limit: 40) { line($0.1.finding, former($0.1), $0.0) }
    page.section("Governance changes", governance, limit: 40) { line($0) }
    for kind in EntityChange.Kind.allCases {
      page.section(kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst(), changes(kind), limit: 60) {
        line($0)
      }
    }
    page.section("Who uses what differs", uses, limit: 40) { line($0) }
    page.fenced("mermaid", picture.mermaid, title: "Picture", note: pictureNote)
    page.section("Fixed findings", findings.fixed, limit: 20) { line($0, nil, "fixed") }
    return page.text
  }

  /// GitHub takes 65,536 characters, Bitbucket and Azure more; some room is left for what a workflow adds.
  private static let pageLimit = 60_000

  private static func code(_ text: String) -> String { codeForMarkdown(text) }

  private var verdict: String {
    let open = (findings.new + findings.worse).count { $0.finding.standing == .open && $0.finding.outcome == .failed }
    if open > 0 { return "\(open) \(open == 1 ? "finding" : "findings") new or worse." }
    let loosening = governance.count { $0.loosens }
    if loosening > 0 { return "No new failure; \(loosening) of the governance changes may let more pass." }
    return "No new failure."
  }

  private var pictureNote: String {
    let more = picture.leftOut > 0 ? " \(picture.leftOut) more are not drawn." : ""
    return "A box without a sign stays as it is; thick lines come, dotted ones go.\(more)"
  }

  // MARK: Lines

  private func line(_ finding: Finding, _ former: String?, _ novelty: String) -> String {
    let words = TextReport()
    let notes = notes(finding, former)
    let place = finding.place.map { " — \(codeForMarkdown(DifferenceWords.place($0.range)))" } ?? ""
    return "\(novelty) **\(words.word(finding))** \(codeForMarkdown(finding.rule)) "
      + "\(escapedForMarkdown(DifferenceWords.cut(finding.message)))"
      + (notes.isEmpty ? "" : " (\(escapedForMarkdown(notes.joined(separator: "; "))))")
      + "\(place) `\(finding.shortName)`"
  }

  private func line(_ change: GovernanceChange) -> String {
    let place = (change.place ?? change.former).map { " — \(codeForMarkdown(DifferenceWords.place($0)))" } ?? ""
    let mark = change.loosens ? "**\(change.kind.rawValue)**" : change.kind.rawValue
    return "\(mark) \(codeForMarkdown(change.subject)): \(escapedForMarkdown(change.summary))\(place)"
  }

  private func line(_ change: EntityChange) -> String {
    let (row, estate) = owner(of: change)
    let name = name(change)
    var result =
      codeForMarkdown(change.identity) + (name.isEmpty ? "" : " \(escapedForMarkdown(DifferenceWords.cut(name)))")
    if change.kind == .renamed { result = "\(codeForMarkdown(change.before?.identity ?? "")) is now \(result)" }
    if let place = estate.place(of: row) { result += " — \(codeForMarkdown(DifferenceWords.place(place.range)))" }
    let details =
      change.fields.map { "\(codeForMarkdown($0.path)): \(escapedForMarkdown(DifferenceWords.value($0)))" }
      + change.edits.map { escapedForMarkdown(DifferenceWords.edit($0)) }
      + (change.followedCount > 0 ? [DifferenceWords.followed(change.followedCount)] : [])
    let shown = details.prefix(Self.detailLimit).map { "\n  - \($0)" }.joined()
    let more = details.count - Self.detailLimit
    return result + shown + (more > 0 ? "\n  - and \(more) more" : "")
  }

  private static let detailLimit = 12

  private func line(_ use: Use) -> String {
    var items = use.consumers.prefix(8).map { "\(codeForMarkdown($0.identity)) (\(escapedForMarkdown($0.relation)))" }
    if use.consumers.count > items.count { items.append("and \(use.consumers.count - items.count) more") }
    return "\(codeForMarkdown(use.identity)), \(use.kind.rawValue): \(items.joined(separator: ", "))"
  }
}

/// A page of Markdown that never grows beyond a number of UTF-8 bytes: what has no room is counted.
struct MarkdownPage {
  private(set) var text = ""
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// What is left, less what a last line needs.
  private var room: Int { limit - 200 - text.utf8.count }

  mutating func add(_ line: String) { text += line + "\n" }

  /// A heading and a list; the items behind the limit, or without room, are counted.
  mutating func section<Item>(_ title: String, _ items: [Item], limit: Int, _ line: (Item) -> String) {
    if items.isEmpty { return }
    guard room > 0 else {
      add("- \(items.count) more under \(title.lowercased()) have no room here")
      return
    }
    add("\n### \(title)\n")
    var count = 0
    for item in items.prefix(limit) {
      let text = "- \(line(item))"
      if text.utf8.count > room { break }
      add(text)
      count += 1
    }
    if count < items.count { add("- and \(items.count - count) more") }
  }

  mutating func fenced(_ language: String, _ body: String, title: String, note: String) {
    if body.isEmpty || body.utf8.count + note.utf8.count + 100 > room { return }
    add("\n### \(title)\n\n```\(language)\n\(body)```\n\n\(note)")
  }
}
