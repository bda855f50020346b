import CEL
import Catalogue
import Diagnostics
import Testing
import YAMLTree

@testable import Governance

/// Papers of the board that hide something: each is told at its place, with what it meant to hide.
@Suite struct BadPapersTests {
  /// The shipped repository with some text replaced, and what is found there.
  static func check(
    _ changes: [(file: String, old: String, new: String)], only initiative: String
  ) async throws -> [Finding] {
    let files = try ShippedRepositoryTexts.files(changes)
    let result = await RepositoryReader.read(files, asOf: ShippedRepository.asOf, tasks: 2)
    let book = RuleBook(result.estate)
    #expect((result.diagnostics + book.diagnostics).filter { $0.severity == .error }.map(\.summary) == [])
    let estate = result.estate.deriving(toRead: book.reads)
    let rules = book.rules.filter { $0.id.hasPrefix("gov-") }
    let portfolio = await Portfolio.run(rules, on: estate, only: [initiative])
    let assessment = await Assessment.run(rules, on: estate)
    return portfolio.checks.flatMap(\.findings).filter { $0.inView?.comparison.isOwn == true }
      + assessment.findings + IntegrityRules.findings(estate)
  }

  static func line(_ finding: Finding) -> String {
    guard let range = finding.place?.range else { return "nowhere" }
    return "\(range.source.name): \(range.text)"
  }

  static let notices = "catalogue/initiatives/planning-notices.yaml"
  static let decisions = "catalogue/governance/decisions.yaml"

  @Test func `a decision that approves an initiative that was since changed`() async throws {
    let found = try await Self.check([(Self.notices, "persist: false", "persist: true")], only: "planning-notices")
    let drift = try #require(found.first { $0.rule == "gov-design-drift-after-approval" })
    #expect(drift.severity == .blocker && drift.outcome == .failed)
    #expect(drift.message.contains("new or changed: add integration:planning-applications/notices"))
    #expect(Self.line(drift) == "\(Self.notices): notices")
    #expect(drift.related.contains { $0.range.source.name == Self.decisions })
    // The words of others do not hold for it either.
    #expect(
      found.count { $0.rule == "gov-attestation-holds" && $0.message.contains("and not for add integration:") } == 2)
  }

  @Test func `an attestation that has lapsed`() async throws {
    let found = try await Self.check(
      [(Self.notices, "until: 2029-10-20", "until: 2026-12-01")], only: "planning-notices")
    let words = found.filter { $0.rule == "gov-attestation-holds" }
    #expect(words.count == 1)
    let word = try #require(words.first)
    #expect(word.message.contains("vouched for “") && word.message.contains("until 2026-12-01"))
    #expect(Self.line(word) == "\(Self.notices): 2026-12-01")
    #expect(word.related.contains { $0.range.source.name == "standards/data.yaml" })
  }

  @Test func `a condition without a date`() async throws {
    let found = try await Self.check(
      [(Self.decisions, "    due: 2027-08-31\n", "")], only: "its-payroll-and-procurement")
    let gap = try #require(
      found.first { $0.rule == "required-field-missing" && $0.target == "condition:board-2026-09-its/reconciliation" })
    #expect(gap.severity == .major)
    #expect(Self.line(gap) == "\(Self.decisions): reconciliation")
    let open = try #require(found.first { $0.rule == "gov-condition-due" && $0.outcome == .undecided })
    #expect(open.missing.map(\.name) == ["condition:board-2026-09-its/reconciliation.due"])
    #expect(Self.line(open) == "\(Self.decisions): reconciliation")
    #expect(open.related.contains { $0.range.text == "board-2026-09-its" })
  }

  @Test func `a condition that is overdue, and one whose day is moved by no decision`() async throws {
    let overdue = "    due: 2026-11-30\n"
    for new in [overdue, "    due: 2026-11-30\n    extendedTo: 2027-11-30\n"] {
      let found = try await Self.check(
        [(Self.decisions, "    due: 2027-08-31\n", new)], only: "its-payroll-and-procurement")
      let late = try #require(
        found.first { $0.rule == "gov-condition-due" && $0.key == ["condition:board-2026-09-its/reconciliation"] })
      #expect(late.outcome == .failed && late.severity == .blocker)
      #expect(late.message.contains("“Migration reconciled”") && late.message.contains("by 2026-11-30"))
      #expect(Self.line(late) == "\(Self.decisions): 2026-11-30")
    }
  }

  @Test func `a clause that two standards define`() async throws {
    let again = SourceText(
      name: "standards/zz.yaml",
      text:
        "kind: standard\nid: data\nname: Data again\nclauses:\n  - {id: \"3\", name: Another, level: may, requirement: Weaker.}\n"
    )
    let files = try ShippedRepositoryTexts.files([]) + [again]
    let result = await RepositoryReader.read(files, asOf: ShippedRepository.asOf, tasks: 2)
    let told = result.diagnostics.filter { $0.severity == .error }
    #expect(told.map(\.summary) == ["standard:data is there already", "clause:data/3 is there already"])
    for item in told {
      #expect(item.range?.source.name == "standards/zz.yaml")
      #expect(item.related.map { "\($0.range.source.name) \($0.label)" } == ["standards/data.yaml first here"])
    }
  }
}

/// The shipped repository's texts, some of them changed.
enum ShippedRepositoryTexts {
  struct NotThere: Error { var text: String }

  static func files(_ changes: [(file: String, old: String, new: String)]) throws -> [SourceText] {
    var texts = Dictionary(
      uniqueKeysWithValues: ShippedRepository.readFiles().map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    for (file, old, new) in changes {
      guard let text = texts[file], text.contains(old) else { throw NotThere(text: old) }
      texts[file] = text.replacing(old, with: new)
    }
    return texts.sorted { $0.key < $1.key }.map { SourceText(name: $0.key, text: $0.value) }
  }
}
