import CEL
import Testing

@testable import Catalogue

@Suite struct ReferenceTests {
  static func system(_ id: String, _ lines: String = "") -> String {
    "kind: system\nid: \(id)\nname: \(id)\nclassification: public\n\(lines)\n---\n"
  }

  @Test func `A dangling reference is a finding with its near match, and reads as unknown`() async throws {
    let loaded = try await TestEstate(Self.system("a", "owner: trust") + "kind: organisation\nid: trusts\nname: T\n")
    #expect(loaded.problems.isEmpty)
    #expect(loaded.findings == ["dangling-reference a.yaml:5:8 there is no organisation `trust`"])
    let finding = try #require(loaded.estate.integrity.first)
    #expect(finding.entity == "system:a")
    #expect(finding.field == "owner")
    #expect(finding.reference == "trust")
    #expect(finding.diagnostic.notes == ["did you mean `trusts`?"])
    #expect(try loaded.read("system:a", "owner") == "unknown(a.owner)")
  }

  @Test func `A reference by an alias works, with a finding and the text to write`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", "owner: old") + "kind: organisation\nid: new\nname: N\naliases: [old]\n")
    #expect(loaded.findings == ["alias-used a.yaml:5:8 `old` is called `new` now"])
    #expect(loaded.estate.integrity[0].diagnostic.fixes[0].replacement?.text == "new")
    #expect(try loaded.read("system:a", "owner") == "new")
    #expect(loaded.estate.identity(try loaded.row("organisation:old")) == "organisation:new")
  }

  @Test(arguments: ["a", "old"])
  func `An alias that is taken is reported with the place of the other`(_ alias: String) async throws {
    let loaded = try await TestEstate(
      "kind: dataset\nid: a\nname: A\naliases: [old]\n---\nkind: dataset\nid: b\nname: B\naliases: [\(alias)]\n")
    #expect(loaded.problems == ["duplicate a.yaml:9:11 dataset:\(alias) is there already"])
    #expect(loaded.diagnostics[0].related.map { $0.range.described } == ["a.yaml:2:5"])
  }

  @Test func `An id of two allowed kinds must be written with its kind`() async throws {
    let others = "kind: dataset\nid: x\nname: X\n---\nkind: organisation\nid: x\nname: X\n"
    let bare = try await TestEstate(Self.system("a", "about: [x]") + others)
    #expect(bare.problems == ["wrong-value a.yaml:5:9 `x` is dataset:x and organisation:x; write the kind before it"])
    let written = try await TestEstate(Self.system("a", "about: ['organisation:x']") + others)
    #expect(written.problems.isEmpty)
    #expect(try written.read("organisation:x", "subjectOf") == "[a]")
    #expect(try written.read("dataset:x", "subjectOf") == "[]")
  }

  @Test func `Inverses of relations of one name on several kinds are one list`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", "supplier: o")
        + "kind: service\nid: s\nname: S\nsupplier: o\n---\nkind: organisation\nid: o\nname: O\n")
    #expect(loaded.problems.isEmpty)
    #expect(
      try loaded.read("organisation:o", "supplies") == "[s, a]" || loaded.read("organisation:o", "supplies") == "[a, s]"
    )
  }

  @Test func `A part may stand inside its owner or as a document of its own`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", "integrations:\n  - {to: b, style: api}\n  - {id: second, to: b}")
        + Self.system("b", "aliases: [bold]")
        + "kind: integration\nfrom: a\nid: feed\nto: b\n---\nkind: integration\nfrom: system:b\nto: a\n"
        + "---\nkind: integration\nfrom: bold\nid: late\nto: a\n")
    #expect(loaded.problems.isEmpty)
    #expect(loaded.findings == ["alias-used a.yaml:25:7 `bold` is called `b` now"])
    #expect(try loaded.read("system:a", "integrations") == "[a/b, a/feed, a/second]")
    #expect(try loaded.read("system:b", "integrations") == "[b/a, b/late]")
    #expect(try loaded.read("integration:b/a", "from") == "b")
    #expect(try loaded.read("integration:a/feed", "name") == "'a/feed'")
    #expect(try loaded.read("system:b", "incoming") == "[a/b, a/feed, a/second]")
  }

  @Test func `A part whose owner is not there is a dangling reference`() async throws {
    let loaded = try await TestEstate(Self.system("a") + "kind: integration\nfrom: nobody\nid: x\nto: a\n")
    #expect(loaded.findings == ["dangling-reference a.yaml:8:7 there is no system `nobody`"])
    #expect(try loaded.read("integration:nobody/x", "from") == "unknown(nobody/x.from)")
  }

  @Test func `A part cannot be owned by a kind that has no such parts`() async throws {
    let loaded = try await TestEstate(
      Self.system("a") + "kind: dataset\nid: d\nname: D\n---\nkind: integration\nfrom: dataset:d\nid: x\nto: a\n")
    #expect(loaded.problems == ["wrong-value a.yaml:12:7 `from` does not lead to a dataset"])
    #expect(try loaded.read("integration:d/x", "from") == "unknown(d/x.from)")
  }

  @Test(.timeLimit(.minutes(2))) func `Many dangling references into a large kind stay cheap`() async throws {
    let datasets = (0..<5000).map { "kind: dataset\nid: data-\($0)\nname: D\n---\n" }.joined()
    let wrong = (0..<200).map { "data-x\($0)" }.joined(separator: ", ")
    let loaded = try await TestEstate(datasets + Self.system("a", "holds: [\(wrong)]"))
    #expect(loaded.findings.count == 200)
  }
}
