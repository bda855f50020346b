import CEL
import Diagnostics
import Testing

@testable import Catalogue
@testable import Governance

/// What the check of an initiative told is what its merge does to the estate.
@Suite struct ShippedMergingTests {
  /// The estate on a day, with everything that is found there and is about no initiative.
  struct Checked {
    let result: RepositoryReader.Result
    let book: RuleBook
    let found: Set<String>
    let differences: [String]

    init(_ files: [SourceText], _ day: CivilDate) async {
      result = await RepositoryReader.read(files, asOf: day, tasks: 2)
      book = RuleBook(result.estate)
      let assessment = await Assessment.run(book.rules, on: result.estate, tasks: 2)
      found = Set(
        (assessment.findings + IntegrityRules.findings(result.estate)).filter { !Self.isOfInitiative($0) }.map(
          Self.text))
      differences = IntegrityRules.differences(result.estate).map(\.identity)
    }

    static func text(_ finding: Finding) -> String {
      "\(finding.identity) \(finding.outcome.name) \(finding.severity.name) \(finding.measure ?? 0)"
    }

    /// A rule about an initiative has nothing to say once that is live.
    static func isOfInitiative(_ finding: Finding) -> Bool { finding.key.contains { $0.hasPrefix("initiative:") } }
  }

  @Test(arguments: [
    ("duty-on-arrival", "2027-11-01"), ("its-payroll-and-procurement", "2027-07-01"),
    ("parking-permits-online", "2027-03-01"), ("planning-notices", "2027-02-01"),
    ("school-admissions-boundary", "2027-04-01"),
  ])
  func `findings go and come as was told, and nothing is left to merge`(_ id: String, _ goLive: String) async throws {
    let day = try #require(CivilDate(goLive))
    // In the estate every rule is in force, so let every rule bind the initiative before.
    let files = await ShippedRepository.shared.value.files.map { file in
      guard file.name.hasSuffix("/\(id).yaml") else { return file }
      let text = String(decoding: file.bytes, as: UTF8.self)
      return SourceText(name: file.name, text: text.replacing(#/\nstage: \w+\n/#, with: "\nstage: transition\n"))
    }
    let before = await Checked(files, day)
    let portfolio = await Portfolio.run(before.book.rules, on: before.result.estate, only: [id], alone: true)
    // A rule with a measure alone fails where that rises: the estate, which is what it is, has no finding of it.
    // Nor does the estate know what came with an initiative, or what changed; and a live one owes more than one that is
    // not there yet.
    let transition = try #require(before.book.rules.first { $0.id == "rec-migration-reconciled" }).stage
    let others = Set(
      before.book.rules.filter { $0.requirement == nil || $0.comparesWithBase || $0.stage > transition }.map(\.id))
    let told = try #require(portfolio.checks.first).findings.filter {
      !Checked.isOfInitiative($0) && !others.contains($0.rule)
    }
    guard case .found(let row) = before.result.estate.find("initiative:\(id)") else {
      Issue.record("there is no \(id)")
      return
    }
    let merge = await CheckedMerge.run(
      row,
      CheckedMerge.Repository(
        files: files, estate: before.result.estate, diagnostics: before.result.diagnostics, isVocabularyWhole: true),
      tasks: 2)
    #expect(merge.problems.map(\.line) == [] && !merge.changes.isEmpty)
    let names = Set(merge.changes.map(\.name))
    let after = await Checked(
      files.filter { !names.contains($0.name) } + merge.changes.map { SourceText(name: $0.name, bytes: $0.after) }, day)

    let comes = told.filter { $0.inView?.comparison != .inherited && $0.inView?.comparison != .resolved }
    func asked(_ found: Set<String>) -> Set<String> {
      found.filter { text in !others.contains { text.hasPrefix("\($0)|") } }
    }
    #expect(asked(after.found.subtracting(before.found)).sorted() == comes.map(Checked.text).sorted())
    let gone = asked(before.found.subtracting(after.found)).count
    let changed = comes.count { $0.inView?.comparison == .worsened || $0.inView?.comparison == .improved }
    let resolved = told.filter { $0.inView?.comparison == .resolved }.map(Checked.text)
    #expect(gone == resolved.count + changed)
    #expect(before.found.subtracting(after.found).isSuperset(of: resolved))
    #expect(after.differences == before.differences)
  }
}

extension Rule {
  /// Whether it asks what is otherwise than in the base.
  fileprivate var comparesWithBase: Bool {
    let paths = accessPaths()
    return paths.contexts.contains { $0.contains("before") || $0.contains("changed") }
      || paths.steps.contains { [FunctionFact.added, FunctionFact.retired, FunctionFact.touched].contains($0.field) }
  }
}
