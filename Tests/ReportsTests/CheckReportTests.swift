import Diagnostics
import Foundation
import Governance
import Testing

@testable import Reports

/// What counts, and the exit status.
@Suite struct CheckReportTests {
  static let clean = (
    name: "catalogue/estate.yaml", text: "{kind: system, id: hub, name: Hub, classification: secret}\n"
  )

  @Test func `nothing counts is 0, something 1, an input error 2`() async {
    #expect(await report([metamodel, standard, inherits, Self.clean]).report.outcome.exitStatus == 0)
    #expect(await report([metamodel, standard, inherits, estate]).report.outcome.exitStatus == 1)
    let broken = (
      name: Self.clean.name, text: Self.clean.text + "---\n{kind: system, id: b, name: B, clasification: secret}\n"
    )
    #expect(await report([metamodel, standard, inherits, broken]).report.outcome.exitStatus == 2)
  }

  @Test func `what is below failOn is listed and does not count`() async {
    let minor = (name: inherits.name, text: inherits.text.replacing("severity: blocker", with: "severity: minor"))
    let low = await report([metamodel, standard, minor, estate]).report
    #expect(low.outcome == .clean)
    #expect(low.count(.minor) == 1)
    #expect(await report([metamodel, standard, minor, estate], failOn: .minor).report.outcome == .findings)
  }

  @Test func `undecided counts only when asked, at its rule's severity`() async {
    let undecided = (
      name: estate.name,
      text:
        "{kind: dataset, id: notes, name: Notes}\n---\n{kind: system, id: w, name: W, classification: public, holds: [notes]}\n"
    )
    let plain = await report([metamodel, standard, inherits, undecided]).report
    #expect(plain.outcome == .clean)
    #expect(plain.undecidedCount == 1)
    #expect(
      await report([metamodel, standard, inherits, undecided], failsOnUndecided: true).report.outcome == .findings)
    let minor = (name: inherits.name, text: inherits.text.replacing("severity: blocker", with: "severity: minor"))
    #expect(await report([metamodel, standard, minor, undecided], failsOnUndecided: true).report.outcome == .clean)
  }

  @Test func `a run-time error is 2, whatever else was found`() async {
    let error = (name: inherits.name, text: inherits.text.replacing("require: ", with: "require: 1 / 0 > 1 || "))
    let report = await report([metamodel, standard, error, estate]).report
    #expect(report.outcome.exitStatus == 2)
    let summary = TextReport(isQuiet: true).text(report)
    #expect(
      summary.contains("2 not evaluated") && summary.hasSuffix("not evaluated completely: a rule met an error\n"),
      "\(summary)")
  }

  @Test func `no rules, no active rules and no documents are 2, with a sentence`() async {
    let none = await report([metamodel, standard, Self.clean]).report
    #expect(none.outcome.exitStatus == 2)
    #expect(none.inputErrors.map(\.id) == ["no-rules"])
    let draft = (name: inherits.name, text: inherits.text + "status: draft\n")
    let drafts = await report([metamodel, standard, draft, Self.clean]).report
    #expect(drafts.outcome.exitStatus == 2)
    #expect(drafts.inputErrors.map(\.id) == ["no-rules"])
    let empty = await report([]).report
    #expect(empty.outcome.exitStatus == 2)
    #expect(empty.inputErrors.map(\.id) == ["nothing-to-check"])
  }

  @Test func `a rule with a mistake is told once, and not as a repository without rules`() async {
    let broken = (name: inherits.name, text: inherits.text.replacing("self.holds", with: "self.hold"))
    let report = await report([metamodel, standard, broken, Self.clean]).report
    #expect(report.inputErrors.map(\.id) == ["unknown-field"])
    let unreadable = (name: inherits.name, text: inherits.text.replacing("each: d", with: "each: [d"))
    let second = await CheckReportTests.ids([metamodel, standard, unreadable, Self.clean])
    #expect(second.count == 1 && second.allSatisfy { $0.hasPrefix("yaml-") }, "\(second)")
  }

  static func ids(_ files: [(name: String, text: String)]) async -> [String] {
    await report(files).report.inputErrors.map(\.id)
  }

  @Test func `four mistakes of four sorts are reported in one run, and everything else is loaded`() async {
    let bad = (
      name: "catalogue/bad.yaml",
      text: """
      {kind: system, id: one, name: One, classification: secret, clasification: secret}
      ---
      {kind: system, id: hub, name: Another, classification: secret}
      ---
      {kind: system, id: two, name: Two, classification: [}
      ---
      {kind: system, id: three, name: Three, classification: public, holds: [cases]}

      """
    )
    let dangling = (
      name: "catalogue/dangling.yaml",
      text: "{kind: system, id: four, name: Four, classification: secret, feeds: [warehose]}\n"
    )
    let all = await report([metamodel, standard, inherits, estate, bad, dangling]).report
    #expect(all.inputErrors.count == 3, "\(all.inputErrors.map { "\($0.id) \($0.range?.described ?? "")" })")
    let ids = all.inputErrors.map(\.id)
    #expect(
      ids.contains("unknown-key") && ids.contains("duplicate") && ids.contains { $0.hasPrefix("yaml-") }, "\(ids)")
    #expect(
      all.findings.contains {
        $0.rule == "dangling-reference" && $0.place?.range.described == "catalogue/dangling.yaml:1:70"
      })
    // The document after the broken one, and the one with the unknown key, were checked.
    #expect(all.findings.contains { $0.identity == "data-inherits|dataset:cases|system:three" })
    #expect(all.estate.find("one").isFound && all.estate.find("three").isFound && !all.estate.find("two").isFound)
    #expect(all.outcome.exitStatus == 2)
    let left = await report([metamodel, standard, inherits, Self.clean, dangling]).report
    #expect(left.inputErrors.isEmpty)
    #expect(left.findings.map(\.rule) == ["dangling-reference"])
    #expect(left.outcome.exitStatus == 1)
  }

  /// Every id that a source file gives a diagnostic has a page.
  @Test func `every diagnostic has a page`() async throws {
    let sources = try #require(Self.sources)
    let pages = Set(ExplainPage.registry.map(\.id))
    let pattern =
      #/Diagnostic\(\s*"([a-z-]+)"|report\(\s*"([a-z-]+)"|(?:Expression|Literal)Problem\(\s*"([a-z-]+)"|problem\(\s*"([a-z-]+)"/#
    var missing: Set<String> = []
    for file in sources {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: pattern) {
        guard let id = match.1 ?? match.2 ?? match.3 ?? match.4 else { continue }
        if !pages.contains(String(id)) { missing.insert("\(id) (\(file.lastPathComponent))") }
      }
    }
    #expect(missing.sorted() == [])
    #expect(ExplainPage.registry.map(\.id) == Set(ExplainPage.registry.map(\.id)).sorted(), "sorted, each id once")
  }

  static var sources: [URL]? {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Sources").path) {
      folder.deleteLastPathComponent()
    }
    let names = FileManager.default.enumerator(atPath: folder.appendingPathComponent("Sources").path)
    return names?.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
      .map { folder.appendingPathComponent("Sources").appendingPathComponent($0) }
  }
}
