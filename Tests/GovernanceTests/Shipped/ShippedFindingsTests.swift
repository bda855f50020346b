import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What holds of the findings on the shipped repository, whatever they are.
@Suite struct ShippedFindingsTests {
  /// Everything about a finding but where it stands.
  static func substance(_ finding: Finding) -> String {
    let path = finding.path.map { "\($0.from) \($0.relation ?? "") \($0.carrier ?? "") \($0.to)" }
    return [
      finding.identity, finding.outcome.name, finding.severity.name, finding.message, finding.target ?? "",
      "\(finding.key)",
      "\(path)", finding.clause?.described ?? "", finding.remedy, "\(finding.measure ?? 0)",
      "\(finding.missing.map(\.name))",
      "\(finding.defaults)", finding.label ?? "", finding.field ?? "", "\(finding.related.map(\.label))",
    ].joined(separator: "\n")
  }

  static func place(_ finding: Finding) -> String {
    "\(finding.place?.range.described ?? "") \(finding.related.map(\.range.described)) \(finding.path.map { $0.range?.described ?? "" })"
  }

  @Test func `the shipped repository is free of mistakes and its rules' examples hold`() async {
    let shipped = await ShippedRepository.shared.value
    #expect(shipped.diagnostics.map(\.line) == [])
    #expect(shipped.book.diagnostics.map(\.line) == [])
    let report = await ExampleRunner(shipped.estate, shipped.book).run()
    #expect(report.failures.map { "\($0.rule): \($0.diagnostic.line)" } == [])
    #expect(report.incomplete.map(\.line) == [])
    #expect(report.mistakes.map(\.line) == [])
    #expect(report.ruleCount >= 12)
  }

  @Test func `findings are ordered by what stands beside them as by themselves`() async {
    let shipped = await ShippedRepository.shared.value
    let found = await Assessment.run(shipped.book.rules, on: shipped.estate, tasks: 1).findings
    let mixed = found.sorted { ($0.message, $0.identity) < ($1.message, $1.identity) }
    #expect(Set(found.map(\.rule)).count > 3 && Set(found.map(\.outcome)).count > 1)
    #expect(mixed.map(\.identity) != found.map(\.identity))
    #expect(Finding.inOrder(mixed).map(\.identity) == mixed.sorted(by: Finding.precedes).map(\.identity))
    #expect(Finding.inOrder([]).isEmpty)
  }

  @Test func `one task and eight find the same`() async {
    let shipped = await ShippedRepository.shared.value
    let one = await Assessment.run(shipped.book.rules, on: shipped.estate, tasks: 1)
    let again = await RepositoryReader.read(shipped.files.reversed(), asOf: ShippedRepository.asOf, tasks: 8)
    let eight = await Assessment.run(RuleBook(again.estate).rules, on: again.estate, tasks: 8)
    #expect(!one.findings.isEmpty)
    #expect(one.findings.map(Self.substance) == eight.findings.map(Self.substance))
    #expect(one.findings.map(Self.place) == eight.findings.map(Self.place))
    #expect(one.counts == eight.counts)
    #expect(
      IntegrityRules.findings(shipped.estate).map(Self.substance)
        == IntegrityRules.findings(again.estate).map(Self.substance))
  }

  @Test func `with only the derived fields that rules read they find the same`() async {
    let shipped = await ShippedRepository.shared.value
    let all = await Assessment.run(shipped.book.rules, on: shipped.estate, tasks: 1)
    let bare = await RepositoryReader.read(shipped.files, asOf: ShippedRepository.asOf, derives: false)
    let book = RuleBook(bare.estate)
    let estate = bare.estate.deriving(toRead: book.reads)
    #expect(!bare.estate.canRead(book.reads))
    #expect(estate.canRead(book.reads))
    let some = await Assessment.run(book.rules, on: estate)
    #expect(all.findings.map(Self.substance) == some.findings.map(Self.substance))
    #expect(all.counts == some.counts)
  }

  @Test(arguments: 1...4)
  func `documents shuffled among files find the same`(seed: UInt64) async {
    let shipped = await ShippedRepository.shared.value
    let first = await Assessment.run(shipped.book.rules, on: shipped.estate, tasks: 1)
    var random = SplitMix(state: seed)
    var documents = shipped.parsed.flatMap { file in
      file.documents.map { document -> [UInt8] in
        Array("---\n".utf8) + file.source.bytes[document.utf8Range].drop { $0 == UInt8(ascii: "-") }
      }
    }
    documents.shuffle(using: &random)
    let count = Int.random(in: 1...90, using: &random)
    var texts: [[UInt8]] = Array(repeating: [], count: count)
    for document in documents {
      let index = Int.random(in: 0..<count, using: &random)
      texts[index] += document + [UInt8(ascii: "\n")]
    }
    let files = texts.filter { !$0.isEmpty }.enumerated().map { SourceText(name: "catalogue/\($0).yaml", bytes: $1) }
    let result = await RepositoryReader.read(files, asOf: ShippedRepository.asOf, tasks: 2)
    let book = RuleBook(result.estate)
    #expect(result.diagnostics.map(\.line) == [])
    #expect(book.diagnostics.map(\.line) == [])
    let second = await Assessment.run(book.rules, on: result.estate, tasks: 2)
    #expect(first.findings.map(Self.substance) == second.findings.map(Self.substance))
    #expect(first.counts == second.counts)
    #expect(first.results.map(\.counts) == second.results.map(\.counts))
    #expect(
      IntegrityRules.findings(shipped.estate).map(Self.substance)
        == IntegrityRules.findings(result.estate).map(Self.substance))
  }

  @Test func `every place is right: the file holds there what the finding points at`() async throws {
    let shipped = await ShippedRepository.shared.value
    let estate = shipped.estate
    let assessment = await Assessment.run(shipped.book.rules, on: estate, tasks: 2)
    var lines: [String: [String]] = [:]
    for file in shipped.files {
      lines[file.name] = String(decoding: file.bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
    }
    /// The text from a range's line and column on, as a reader of the file would find it.
    func text(_ range: SourceRange) throws -> String {
      let start = range.start
      let line = try #require(lines[range.source.name])[start.line - 1]
      return String(String.UnicodeScalarView(line.unicodeScalars.dropFirst(start.column - 1)))
    }
    func ids(_ row: Int32) -> [String] {
      [estate.entity(row).id] + estate.entity(row).id.split(separator: "/").map(String.init)
    }
    var places: [String: [Int32]] = [:]
    for row in estate.entities.indices where estate.entities[row].node != nil {
      if let place = estate.place(of: Int32(row)) { places[place.range.described, default: []].append(Int32(row)) }
    }
    var checked = 0
    for finding in assessment.findings {
      let place = try #require(finding.place, "\(finding.identity)")
      let found = try text(place.range)
      if place.isAbsent || finding.field == nil {
        // An entity: its id, or what stands for it, begins there. Of a field that is not written, the owner's.
        let named = finding.missing.map(\.name) + finding.key + (finding.target.map { [$0] } ?? []) + [finding.rule]
        let words = named.flatMap { $0.split { ":/.".contains($0) }.map(String.init) }
        let all =
          words
          + finding.key.compactMap { key -> [Int32]? in
            guard case .found(let row) = estate.find(key) else { return nil }
            return [row]
          }.joined().flatMap { ids($0) }
        #expect(
          all.contains { found.hasPrefix($0) || found.hasPrefix("\"\($0)") },
          "\(finding.identity) at \(place.range.described): \(found)")
      } else {
        // A field: its key stands on this line, or (for an item of a list) at a line before it.
        let field = try #require(finding.field?.split(separator: ".").last.map(String.init))
        let above = try #require(lines[place.range.source.name]).prefix(place.range.start.line).suffix(30)
        #expect(
          above.contains { $0.contains("\(field):") }, "\(finding.identity) at \(place.range.described): \(found)")
        let value = place.range.text
        #expect(found.hasPrefix(value.prefix { $0 != "\n" }), "\(finding.identity)")
        #expect(!value.isEmpty)
      }
      for fact in finding.missing {
        guard let range = fact.range else { continue }
        let owner = fact.name.prefix { $0 != "." }.split { ":/".contains($0) }.map(String.init)
        let there = try text(range)
        #expect(
          owner.contains { there.hasPrefix($0) } || there.hasPrefix("unknown"),
          "\(fact.name) at \(range.described): \(there)")
      }
      for hop in finding.path {
        guard let range = hop.range else { continue }
        // What carries the hop is declared there: an integration of one of its ends, or one that passes them.
        let carriers = places[range.described, default: []]
        #expect(!carriers.isEmpty, "\(finding.identity): hop at \(range.described)")
        let ends = carriers.flatMap { row -> [String] in
          ["from", "to", "via"].flatMap { (path: String) -> [String] in
            let value = estate.value(path, of: row)
            if case .entity(let end) = value { return [estate.entity(end).id] }
            guard let view = value.listView else { return [] }
            return (0..<view.count).compactMap { view.row(at: $0) }.map { estate.entity($0).id }
          }
        }
        #expect(
          ends.contains(hop.from) && ends.contains(hop.to), "\(finding.identity): \(hop.from) to \(hop.to) of \(ends)")
      }
      checked += 1
    }
    #expect(checked == assessment.findings.count && checked > 20)
  }
}
