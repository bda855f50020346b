import Diagnostics
import Foundation
import Testing

@testable import Catalogue
@testable import Governance
@testable import Reports

/// The page of a check: what is in it, and what nobody's text can do in it.
@Suite struct CheckPageTests {
  private func findings(_ html: String) throws -> [Markup.Element] {
    try Markup.elements(of: html).filter { $0.attributes["class"] == "finding" }
  }

  @Test func `an identity is one element with its id, wherever it is found`() async throws {
    let report = await reportWithInitiative()
    let elements = try findings(CheckFormat.html.written(report))
    let names = Set(report.allFindings.map(\.shortName))
    #expect(elements.compactMap { $0.attributes["id"] }.count == names.count && elements.count == names.count)
    #expect(Set(elements.compactMap { $0.attributes["id"] }) == names)
    // The warehouse: open in the estate, and put right by the annexe.
    let warehouse = try #require(elements.first { $0.attributes["data-at"]?.contains("resolved") == true })
    #expect(warehouse.attributes["data-at"] == "open@ resolved@initiative:annexe")
    #expect(warehouse.attributes["data-counts"] == "yes" && warehouse.attributes["data-initiative"] == "")
    #expect(warehouse.attributes["data-standard"] == "data" && warehouse.attributes["data-severity"] == "blocker")
    let own = try #require(elements.first { $0.attributes["data-at"]?.contains("introduced") == true })
    #expect(own.attributes["data-initiative"] == "initiative:annexe")
  }

  @Test func `the choices are those that are there, with how many each has`() async throws {
    let elements = try Markup.elements(of: CheckFormat.html.written(await reportWithInitiative()))
    let options = elements.filter { $0.name == "option" && $0.attributes["data-name"] != nil }.map(\.text)
    for text in ["blocker (3)", "open (1)", "introduced (1)", "resolved (1)", "data (3)", "nobody is recorded (3)"] {
      #expect(options.contains(text), "\(text) is not among \(options)")
    }
    #expect(!options.contains { $0.hasPrefix("waived") || $0.hasPrefix("minor") })
  }

  @Test func `what stands before a finding is a state of it`() async throws {
    var report = await reportWithInitiative()
    let place = try #require(report.findings.firstIndex { $0.outcome == .failed })
    report.findings[place].standing = .waived(by: "waiver:w1", until: .never)
    let name = report.findings[place].shortName
    let element = try #require(try findings(CheckFormat.html.written(report)).first { $0.attributes["id"] == name })
    #expect(element.attributes["data-counts"] == "no")
    #expect(element.attributes["data-at"]?.hasPrefix("waived@") == true)
  }

  @Test func `the state of the catalogue is told where it is known`() async {
    let report = await reportWithInitiative()
    let setting = CheckFormat.Setting(version: "0.1.0", wayFromGitRoot: "", provenance: .revision("0123456789"))
    #expect(
      CheckFormat.html.written(report, setting).contains(
        "<p class=\"declared\">as declared in the catalogue at revision 0123456789 on 2026-01-01</p>"))
    #expect(
      CheckFormat.html.written(report).contains("<p class=\"declared\">as declared in the catalogue on 2026-01-01</p>"))
  }

  // MARK: What it may do

  @Test func `one script runs, that of the policy, and nothing is asked of a network`() async throws {
    let html = CheckFormat.html.written(await reportWithInitiative())
    #expect(html.components(separatedBy: "<script").count == 2)
    let start = try #require(html.range(of: "<script>")?.upperBound)
    let end = try #require(html.range(of: "</script>")?.lowerBound)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap { place -> UInt8? in
      UInt8(SHA256.hex(String(html[start..<end])).dropFirst(place).prefix(2), radix: 16)
    }
    let policy =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-\(Data(bytes).base64EncodedString())'; base-uri 'none'; form-action 'none'"
    #expect(html.contains("<meta http-equiv=\"Content-Security-Policy\" content=\"\(policy)\">"))
    for word in ["http://", "https://", "src=", "@import", "url(", "<link", "<iframe", "<img", "style=\"", "innerHTML"]
    {
      #expect(!html.contains(word), "\(word)")
    }
    for element in try Markup.elements(of: html) {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
      if let link = element.attributes["href"] { #expect(link.hasPrefix("#f-"), "\(link)") }
    }
  }

  private static let known: Set = [
    "body", "header", "main", "footer", "h1", "h2", "h3", "p", "div", "section", "table", "thead", "tbody", "tr", "th",
    "td", "ul", "li", "span", "code", "a", "dl", "dt", "dd", "pre", "details", "summary", "form", "label", "input",
    "select", "option", "button",
  ]

  @Test(arguments: HostileText.names)
  func `a hostile name does nothing`(name: HostileName) async throws {
    var report = await reportWithInitiative()
    let source = SourceText(name: "catalogue/\(name.text).yaml", text: "\(name.text)\n")
    let range = SourceRange(source, 0..<min(1, source.bytes.count))
    var hostile = finding(0, rule: name.text, message: name.text, name: "system:\(name.text)", at: range)
    hostile.remedy = name.text
    hostile.paths = [
      [Finding.Hop(from: name.text, relation: name.text, carrier: name.text, range: range, to: name.text)]
    ]
    hostile.clause = Finding.Clause(id: name.text, level: name.text, title: name.text)
    hostile.related = [Diagnostic.Related(name.text, at: range)]
    hostile.remarks = [name.text]
    hostile.missing = [Finding.MissingFact(name: name.text, range: range)]
    hostile.standing = .waived(by: name.text, until: .never)
    report.findings.append(hostile)
    let html = CheckFormat.html.written(report)
    #expect(HostileText.unseen(in: html) == [])
    let elements = try Markup.elements(of: html)
    #expect(Set(elements.map(\.name)).subtracting(Self.known) == [])
    #expect(html.components(separatedBy: "<script").count == 2 && html.components(separatedBy: "</script").count == 2)
    for element in elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" || $0 == "src" })
      if let link = element.attributes["href"] { #expect(link.hasPrefix("#f-")) }
    }
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `every colour can be told from what it stands on`() async throws {
    let html = CheckFormat.html.written(await reportWithInitiative())
    #expect(try Markup.hasContrast(html, schemes: ":root {") == 3)
    #expect(try Markup.hasContrast(html, schemes: ":root[data-theme=light] {") == 1)
    #expect(try Markup.hasContrast(html, schemes: ":root[data-theme=dark] {") == 1)
    #expect(try Markup.hasContrast(html, schemes: ":root[data-theme] {") == 1)
  }

  @Test func `every control has a label, every table a head, and headings go down one by one`() async throws {
    let elements = try Markup.elements(of: CheckFormat.html.written(try await FullFinding.report()))
    let labels = Set(elements.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
    for element in elements where ["input", "select"].contains(element.name) {
      #expect(labels.contains(element.attributes["id"] ?? ""), "\(element)")
    }
    #expect(elements.filter { $0.name == "th" }.allSatisfy { ["col", "row"].contains($0.attributes["scope"]) })
    #expect(elements.count { $0.name == "table" } == elements.count { $0.name == "thead" })
    let levels = elements.compactMap { ["h1": 1, "h2": 2, "h3": 3][$0.name] }
    #expect(levels.first == 1 && zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 && $1 > 1 })
    #expect(elements.contains { $0.attributes["id"] == "count" && $0.attributes["aria-live"] == "polite" })
  }
}
