import Diagnostics
import Foundation
import Testing

@testable import Governance
@testable import Reports

/// What each format says of a small estate with an initiative, on one day.
@Suite struct FormatTests {
  @Test(arguments: [CheckFormat.sarif, .junit, .github, .gitlab, .markdown, .csv])
  func `a format of a small estate`(format: CheckFormat) async {
    let text = format.written(await reportWithInitiative()).replacing("\r\n", with: "\n")
    TextReportTests.expect(text, snapshot: "../Formats/Snapshots/small.\(format.rawValue)")
  }

  @Test func `the list of formats is what can be written`() {
    #expect(CheckFormat.list == "text, json, sarif, junit, github, gitlab, markdown, csv and html")
    #expect(CheckFormat.allCases.filter(\.isOfRoadmaps) == [.text, .json])
  }

  // MARK: Standing

  /// The report with the estate's failure taken out of the verdict, one standing after the other.
  static let standings: [Finding.Standing] = [
    .waived(by: "waiver:w1", until: .never), .baselined, .known,
  ]

  @Test(arguments: standings)
  func `what stands apart raises no alert, and is counted`(standing: Finding.Standing) async throws {
    var report = await reportWithInitiative()
    let place = try #require(report.findings.firstIndex { $0.outcome == .failed })
    let name = report.findings[place].shortName
    report.findings[place].standing = standing
    #expect(!report.counts(report.findings[place]))
    for format in [CheckFormat.sarif, .github, .gitlab] {
      let text = format.written(report)
      #expect(!text.contains(name), "\(format)")
      if format != .gitlab { #expect(text.contains(standing.name), "\(format)") }
    }
    let sarif = try JSONReportTests.object(CheckFormat.sarif.written(report))
    let run = try #require((sarif["runs"] as? [[String: Any]])?.first)
    #expect((run["properties"] as? [String: Any])?[standing.name] as? Int == 1)
    let junit = CheckFormat.junit.written(report)
    #expect(junit.contains("<skipped type=\"blocker\" message=\"\(standing.words): Warehouse"))
    #expect(junit.contains("failures=\"1\""), "the initiative's own is left")
    for format in [CheckFormat.markdown, .csv, .html] {
      let text = format.written(report)
      #expect(text.contains(name) && text.contains(standing.name), "\(format)")
    }
  }

  // MARK: Runs that are not complete

  static let broken = (name: "catalogue/broken.yaml", text: "{kind: system, id: b, name: B, clasification: secret}\n")

  @Test(arguments: CheckFormat.allCases)
  func `no format of an incomplete run looks like a pass`(format: CheckFormat) async throws {
    let dear = (
      name: "rules/dear.yaml",
      text: inherits.text.replacing("self.classification >= d.classification", with: "1 / 0 > 0").replacing(
        "id: data-inherits", with: "id: data-dear")
    )
    for (more, words) in [([Self.broken], "clasification"), ([dear], "division"), ([Self.broken, dear], "division")] {
      let report = await reportWithInitiative(more)
      #expect(report.outcome == .incomplete)
      let text = format.written(report)
      #expect(text.contains(words), "\(format): \(words)")
      switch format {
      case .sarif:
        let run = try #require((try JSONReportTests.object(text)["runs"] as? [[String: Any]])?.first)
        let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
        #expect(invocation["executionSuccessful"] as? Bool == false && invocation["exitCode"] as? Int == 2)
      case .junit:
        #expect(text.contains("<error type=\"incomplete\" message=\"not evaluated completely\">"))
      case .github: #expect(text.hasPrefix("::error "))
      case .gitlab: #expect(text.contains("\"severity\": \"blocker\""))
      case .markdown: #expect(text.hasPrefix("## Triglyph: not evaluated completely\n"))
      case .csv: #expect(text.contains("\ninput error,") || text.contains(",error,") || text.contains("input error"))
      case .json: #expect(text.contains("\"outcome\": \"incomplete\""))
      case .html: #expect(text.contains("<h1>Check of the catalogue: not evaluated completely</h1>"))
      case .text: #expect(text.contains("not evaluated completely"))
      }
    }
  }

  @Test func `an estate without any document is an error in every format`() async {
    let (report, _) = await report([])
    for format in CheckFormat.allCases {
      let text = format.written(report)
      #expect(text.contains("there is no document under catalogue, standards or rules"), "\(format)")
    }
  }

  @Test func `what makes no run incomplete is told as well`() async {
    let note = Diagnostic("yaml-line-separator", .warning, "a line separator @all", at: nil)
    let (small, _) = await report([metamodel, standard, inherits, estate])
    let report = CheckReport(
      estate: small.estate, assessment: small.assessment, diagnostics: [note], ruleDocumentCount: 1, failOn: .major,
      failsOnUndecided: false)
    #expect(report.outcome == .findings)
    for format in CheckFormat.allCases { #expect(format.written(report).contains("a line separator"), "\(format)") }
    #expect(CheckFormat.sarif.written(report).contains("\"executionSuccessful\": true"))
    #expect(CheckFormat.github.written(report).contains("::warning title=yaml-line-separator::a line separator"))
    #expect(!CheckFormat.junit.written(report).contains("<error"))
  }

  @Test func `a clean run is clean in every format`() async throws {
    let fine = (name: estate.name, text: "{kind: system, id: hub, name: Hub, classification: secret}\n")
    let (report, _) = await report([metamodel, standard, inherits, fine])
    #expect(report.outcome == .clean)
    #expect(CheckFormat.gitlab.written(report) == "[]\n")
    let github = CheckFormat.github.written(report)
    #expect(github.hasPrefix("::notice title=Triglyph::") && github.split(separator: "\n").count == 1)
    let sarif = CheckFormat.sarif.written(report)
    #expect(sarif.contains("\"results\": []") && sarif.contains("\"executionSuccessful\": true"))
    #expect(CheckFormat.csv.written(report).split(separator: "\r\n").count == 1)
    #expect(CheckFormat.markdown.written(report).hasPrefix("## Triglyph: nothing counts\n"))
    let html = CheckFormat.html.written(report)
    #expect(
      html.contains("<h1>Check of the catalogue: nothing counts</h1>") && html.contains("<p>Nothing was found.</p>"))
    let junit = CheckFormat.junit.written(report)
    #expect(junit.contains("failures=\"0\" errors=\"0\">") && junit.contains("looked at nothing"))
  }

  @Test func `a rule that fails in a view alone, or has no room, is no case that passes`() async {
    let fine = (name: estate.name, text: estate.text.replacing("holds: [cases, notes]", with: "holds: []"))
    var report = await reportWithInitiative()
    report.findings = []
    #expect(!report.viewFindings.isEmpty)
    for text in [JUnitReport.text(report, here), JUnitReport.text(report, here, byteLimit: 0)] {
      #expect(!text.contains("name=\"A system is classified as high as its data\""))
      #expect(!text.contains("name=\"initiative:annexe\"/>") && !text.contains("classname=\"initiative\""))
      #expect(text.contains("<failure "))
    }
    let (clean, _) = await ReportsTests.report([metamodel, standard, inherits, fine])
    #expect(CheckFormat.junit.written(clean).contains("name=\"A system is classified as high as its data\""))
  }

  // MARK: Identity and places

  @Test func `an identity is one alert, however many initiatives bring it`() async throws {
    var report = await reportWithInitiative()
    var own = try #require(report.viewFindings.first { $0.inView?.comparison == .introduced })
    let name = own.shortName
    own.inView = nil
    own.severity = .minor
    report.findings.append(own)
    for format in [CheckFormat.sarif, .gitlab, .github] {
      let text = format.written(report)
      let count = text.components(separatedBy: "explain \(name)").count - 1
      #expect(count == 1, "\(format)")
      #expect(text.contains("also in the estate"), "\(format)")
    }
  }

  @Test func `the way from the Git root stands before each path of a forge's format`() async {
    let report = await reportWithInitiative()
    let setting = CheckFormat.Setting(version: "1", wayFromGitRoot: "my architecture/")
    let place = "catalogue/estate.yaml"
    #expect(CheckFormat.sarif.written(report, setting).contains("\"uri\": \"my%20architecture/\(place)\""))
    #expect(CheckFormat.github.written(report, setting).contains("::error file=my architecture/\(place),line=8"))
    #expect(CheckFormat.gitlab.written(report, setting).contains("\"path\": \"my architecture/\(place)\""))
    #expect(CheckFormat.junit.written(report, setting).contains("file=\"my architecture/\(place)\""))
    #expect(!CheckFormat.csv.written(report, setting).contains("my architecture"))
  }

  @Test func `a place in no file is no place of a forge's`() async {
    let (empty, _) = await report([metamodel, standard, inherits])
    var report = empty
    let source = SourceText(name: "<expression>", text: "1 + 1")
    report.findings = [finding(1, at: SourceRange(source, 0..<1)), finding(2)]
    for format in [CheckFormat.sarif, .github, .gitlab, .junit] {
      #expect(!format.written(report).contains("expression"), "\(format)")
    }
  }

  @Test func `a path of very many hops is cut, and says so`() async {
    let (empty, _) = await report([metamodel, standard, inherits, estate])
    var report = empty
    report.findings[0].paths = [
      (0..<5_000).map { Finding.Hop(from: "s\($0)", relation: "feeds", carrier: nil, range: nil, to: "s\($0 + 1)") }
    ]
    for format in CheckFormat.allCases where format != .text && format != .json {
      let text = format.written(report)
      #expect(text.contains("and 4900 more hops"), "\(format)")
      #expect(text.utf8.count < 1_000_000, "\(format)")
    }
  }

  @Test(arguments: [CheckFormat.sarif, .github, .gitlab, .junit])
  func `a place at a revision is a path, and the revision is said in words`(format: CheckFormat) async {
    let (empty, _) = await report([metamodel, standard, inherits])
    let source = SourceText(path: "rules/old rule.yaml", at: "main", bytes: Array("kind: rule\nid: x\n".utf8))
    let range = SourceRange(source, 11..<16)
    var old = finding(1, at: range)
    old.related = [Diagnostic.Related("this", at: range)]
    old.paths = [[Finding.Hop(from: "a", relation: "feeds", carrier: nil, range: range, to: "b")]]
    func written(_ diagnostics: [Diagnostic], _ findings: [Finding]) -> String {
      var report = CheckReport(
        estate: empty.estate, assessment: empty.assessment, diagnostics: diagnostics, ruleDocumentCount: 1,
        failOn: .major, failsOnUndecided: false)
      report.findings = findings
      return format.written(report, CheckFormat.Setting(version: "1", wayFromGitRoot: "archive/"))
    }
    for text in [
      written([], [old]), written([Diagnostic("rule-removed", .warning, "it is removed", at: range)], []),
      written([Diagnostic("broken", .error, "it is broken", at: range)], []),
    ] {
      let path = format == .sarif ? "archive/rules/old%20rule.yaml" : "archive/rules/old rule.yaml"
      #expect(text.contains(path), "\(text)")
      #expect(text.contains("main:rules/old rule.yaml:2"), "\(text)")
      for wrong in ["archive/main", "main%3A", "file=main:", "file=\"main:", "path\": \"main:"] {
        #expect(!text.contains(wrong), "\(wrong)")
      }
    }
    // What two revisions call one mistake is one mistake.
    let other = SourceText(path: source.path, at: "v1", bytes: source.bytes)
    #expect(
      Diagnostic("d", .error, "s", at: range).identity
        == Diagnostic("d", .error, "s", at: SourceRange(other, 11..<16)).identity)
  }
}
