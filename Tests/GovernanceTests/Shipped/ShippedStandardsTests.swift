import CEL
import Catalogue
import Diagnostics
import Foundation
import Testing
import YAMLTree

@testable import Governance

/// The shipped standards: every clause is checked, attested, or known to be neither.
@Suite struct ShippedStandardsTests {
  @Test func `every clause is checked by rules, attested, or one of those that nobody looks at yet`() async {
    let shipped = await ShippedRepository.shared.value
    let coverage = ClauseCoverage(shipped.estate, shipped.book.rules)
    #expect(coverage.entries.count == 72)
    #expect(coverage.unchecked.map { shipped.estate.entity($0).id } == [])
    #expect(RepeatedClauses.diagnostics(shipped.estate).isEmpty)
  }

  @Test func `every clause has sources`() async {
    let shipped = await ShippedRepository.shared.value
    for clause in shipped.estate.rows(ofKind: "clause") {
      let count = shipped.estate.value("sources", of: clause).listView?.count ?? 0
      #expect(count > 0, "\(shipped.estate.entity(clause).id)")
    }
  }

  @Test func `the first twenty of docs/adopting.md are rules, and can be adopted as they stand there`() async throws {
    let shipped = await ShippedRepository.shared.value
    let page = try String(
      contentsOf: ShippedRepository.root.appendingPathComponent("docs/adopting.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
      $0.components(separatedBy: "```").first
    }
    let root = { (text: String) in YAMLFile.parse(SourceText(name: "triglyph.yaml", text: text)).documents.first?.root }
    let first = try #require(blocks.first.flatMap(root))
    var diagnostics: [Diagnostic] = []
    let choice = RuleChoiceReader.read(rules: first.first("rules"), overrides: nil, shipped.estate, &diagnostics)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.summary))")
    let book = RuleBook(shipped.estate, choice)
    #expect(book.adoption.adoptedCount == 20 && book.rules.count == 20)
    #expect(book.adoption.totalCount == shipped.book.rules.count)
    #expect(page.contains("20 of \(shipped.book.rules.count) rules adopted"))
    // What the other blocks name is there, too; the decision of the override is the reader's own.
    for block in blocks.dropFirst() {
      var told: [Diagnostic] = []
      let node = try #require(root(block))
      let other = RuleChoiceReader.read(
        rules: node.first("rules"), overrides: node.first("overrides"), shipped.estate, &told)
      #expect(told.map(\.summary).filter { !$0.hasPrefix("there is no decision") } == [])
      _ = RuleBook(shipped.estate, other)
    }
  }
}
