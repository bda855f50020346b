import CEL
import Catalogue
import Diagnostics
import Governance
import Testing

@testable import Packs

/// Packs of the tests' own beside an authority's documents.
@Suite struct PackedRepositoryTests {
  static let roads = Pack(
    name: "roads", version: 1, summary: "Roads",
    files: [
      .init(
        "catalogue/metamodel/roads.yaml",
        """
        kind: metamodel
        id: roads
        name: Roads
        enums:
          surface: {values: [gravel, asphalt]}
          width: {ordered: true, values: [narrow, wide]}
        kinds:
          road:
            plural: roads
            fields:
              surface: {type: surface, required: true, why: How it wears.}
              width: {type: width}
              lit: {type: boolean}

        """),
      .init(
        "rules/road-lit.yaml",
        """
        kind: rule
        id: road-lit
        name: Lit
        title: A wide road is lit
        for: road
        severity: major
        stage: design
        when: self.width == "wide"
        require: self.lit
        message: ${self} is dark
        remedy: Light it.

        """),
      .init(
        "standards/roads.yaml",
        """
        kind: standard
        id: roads
        name: Roads
        clauses:
          - {id: "1", name: Light, level: must, requirement: Roads are lit.}

        """),
    ])

  static let tracks = Pack(
    name: "tracks", version: 1, summary: "Tracks, which would be roads",
    files: [
      .init(
        "catalogue/metamodel/tracks.yaml",
        """
        kind: metamodel
        id: tracks
        name: Tracks
        enums: {surface: {values: [mud]}}
        kinds:
          road: {plural: roads}

        """),
      .init(
        "rules/road-lit.yaml",
        """
        kind: rule
        id: road-lit
        name: Lit
        title: A track is lit
        for: road
        severity: minor
        stage: design
        require: "true"
        message: dark
        remedy: Light it.

        """),
    ])

  static func load(_ own: [String: String], _ packs: [Pack] = [roads]) async throws -> (
    result: RepositoryReader.Result, book: RuleBook
  ) {
    let files = own.map { SourceText(name: $0.key, text: $0.value) } + packs.flatMap(\.sources)
    let day = try #require(CivilDate(year: 2026, month: 12, day: 1))
    let result = await RepositoryReader.read(files, asOf: day)
    return (result, RuleBook(result.estate))
  }

  static func summaries(_ loaded: (result: RepositoryReader.Result, book: RuleBook)) -> [String] {
    (loaded.result.diagnostics + loaded.book.diagnostics).filter { $0.severity == .error }.map {
      "\($0.id) \($0.range?.described ?? "-"): \($0.summary)"
    }
  }

  static let high = "kind: road\nid: high\nname: High Street\nsurface: asphalt\nwidth: wide\nlit: false\n"

  @Test func `a rule of a pack judges the authority's documents, and points into the pack's memory`() async throws {
    let loaded = try await Self.load(["catalogue/roads.yaml": Self.high])
    #expect(Self.summaries(loaded) == [])
    let assessment = await Assessment.run(loaded.book.rules, on: loaded.result.estate)
    #expect(assessment.findings.map(\.message) == ["High Street is dark"])
    let rule = try #require(loaded.book.rules.first)
    #expect(rule.pack == "roads/1")
    #expect(rule.node.first("id")?.range.described == "pack:roads/1/rules/road-lit.yaml:2:5")
    #expect(loaded.result.estate.summary.files == 1)
    #expect(loaded.result.estate.summary.documents == 1)
    #expect(loaded.book.adoption.shares.map(\.pack) == ["roads/1", nil])
    #expect(loaded.book.adoption.shares.map(\.totalCount) == [1, 0])
    let broken = Diagnostic("x", .error, "wrong", at: rule.node.first("id")?.range)
    #expect(SnippetRenderer().render(broken).contains("--> pack:roads/1/rules/road-lit.yaml:2:5\n"))
    #expect(SnippetRenderer().render(broken).contains("2 | id: road-lit\n"))
  }

  // MARK: One id twice

  @Test(arguments: ["rules/a.yaml", "zz/a.yaml"])
  func `an own document with a pack's id is an error, and the pack's stands`(file: String) async throws {
    let own =
      "kind: rule\nid: road-lit\nname: Mine\ntitle: x\nfor: road\nseverity: minor\nstage: design\nrequire: 'false'\nmessage: x\nremedy: x\n"
    let loaded = try await Self.load([file: own, "catalogue/roads.yaml": Self.high])
    #expect(Self.summaries(loaded) == ["pack-mistake \(file):2:5: roads/1 has rule:road-lit already"])
    #expect(loaded.book.rules.map(\.pack) == ["roads/1"])
    let diagnostic = try #require(loaded.result.diagnostics.first)
    #expect(diagnostic.related.map(\.range.described) == ["pack:roads/1/rules/road-lit.yaml:2:5"])
    #expect(
      diagnostic.notes == [
        "another id stands beside the pack's; with `overrides: roads/1` this one stands in its place"
      ])
  }

  @Test func `an own document that says overrides takes the place of the pack's`() async throws {
    let own = """
      kind: rule
      id: road-lit
      overrides: roads/1
      name: Lit
      title: Every road is lit
      for: road
      severity: blocker
      stage: design
      require: self.lit
      message: ${self} is dark, and ours
      remedy: Light it.

      """
    let loaded = try await Self.load(["rules/a.yaml": own, "catalogue/roads.yaml": Self.high])
    #expect(Self.summaries(loaded) == [])
    let assessment = await Assessment.run(loaded.book.rules, on: loaded.result.estate)
    #expect(assessment.findings.map(\.message) == ["High Street is dark, and ours"])
    let adoption = loaded.book.adoption
    #expect(adoption.replacements.map(\.document) == ["rule:road-lit"])
    #expect(adoption.replacements.map(\.pack) == ["roads/1"])
    #expect(adoption.replacements.first?.range.described == "rules/a.yaml:3:12")
  }

  @Test func `a standard can be replaced with its clauses`() async throws {
    let own =
      "kind: standard\nid: roads\noverrides: roads/1\nname: Ours\nclauses:\n  - {id: '7', name: x, level: must, requirement: y.}\n"
    let loaded = try await Self.load(["standards/a.yaml": own])
    #expect(Self.summaries(loaded) == [])
    #expect(loaded.result.estate.rows(ofKind: "clause").map { loaded.result.estate.entity($0).id } == ["roads/7"])
  }

  @Test(arguments: [
    ("road-lit", "raods/1", "`overrides` names a pack that triglyph.yaml uses, and `raods/1` is none"),
    ("road-lti", "roads/1", "it overrides nothing: roads/1 has no rule:road-lti"),
  ])
  func `an overrides that overrides nothing is an error at its place`(id: String, pack: String, summary: String)
    async throws
  {
    let own =
      "kind: rule\nid: \(id)\noverrides: \(pack)\nname: x\ntitle: x\nfor: road\nseverity: minor\nstage: design\nrequire: self.lit\nmessage: x\nremedy: x\n"
    let loaded = try await Self.load(["rules/a.yaml": own])
    #expect(Self.summaries(loaded) == ["pack-mistake rules/a.yaml:3:12: \(summary)"])
    #expect(loaded.result.diagnostics.first?.notes.first?.hasPrefix("did you mean") == true)
    let alone = try await Self.load(["rules/a.yaml": own], [])
    #expect(Self.summaries(alone).contains { $0.contains("rules/a.yaml:3:12: `overrides` names a pack") })
  }

  @Test func `two packs that define one thing are an error that names both`() async throws {
    let loaded = try await Self.load([:], [Self.tracks, Self.roads])
    let errors = loaded.result.diagnostics.filter { $0.severity == .error }
    #expect(
      errors.map(\.summary) == [
        "the enumeration surface is there already", "the kind road is there already",
        "roads/1 and tracks/1 both have rule:road-lit: they cannot be used together",
      ])
    for error in errors {
      let words = ([error.summary] + error.notes).joined()
      #expect(words.contains("roads/1 and tracks/1 both"), "\(words)")
      #expect(error.range?.source.pack == "tracks/1")
      #expect(error.related.map(\.range.source.pack) == ["roads/1"])
    }
  }

  // MARK: Additions

  @Test func `an authority adds fields to a pack's kind and values to its enumeration`() async throws {
    let loaded = try await Self.load([
      "catalogue/metamodel/a.yaml":
        "kind: metamodel\nid: aaa\nname: Ours\nenums: {surface: {adds: [{id: cobbles, title: Cobbles}]}}\nkinds:\n  road: {fields: {costCentre: {type: string}}}\n",
      "catalogue/roads.yaml": "kind: road\nid: old\nname: Old Road\nsurface: cobbles\ncostCentre: c7\n",
    ])
    #expect(Self.summaries(loaded) == [])
    let estate = loaded.result.estate
    let row = try #require(estate.rows(ofKind: "road").first)
    #expect(ValueText.exact(estate.value("surface", of: row), estate) == "cobbles")
    #expect(ValueText.message(estate.value("surface", of: row), estate) == "Cobbles")
    #expect(ValueText.exact(estate.value("costCentre", of: row), estate) == "c7")
  }

  @Test(arguments: [
    (
      "kinds: {road: {plural: roads, fields: {a: {type: string}}}}",
      "road is a kind of roads/1, and what is added to it has no `plural`"
    ),
    ("kinds: {road: {role: component}}", "road is a kind of roads/1, and what is added to it has no `role`"),
    ("kinds: {road: {fields: {lit: {type: boolean}}}}", "`lit` on road is there already"),
    ("enums: {surface: {adds: [gravel]}}", "the value gravel is there already"),
    ("enums: {surface: {values: [gravel]}}", "the enumeration surface is there already"),
    (
      "enums: {width: {adds: [wider]}}",
      "the values of width are in an order, and rules of roads/1 compare them: none can be added"
    ),
    ("enums: {surfaec: {adds: [x]}}", "`adds` adds to an enumeration of a pack, and `surfaec` is none"),
    ("enums: {stage: {adds: [x]}}", "`adds` adds to an enumeration of a pack, and `stage` is none"),
    (
      "enums: {surface: {adds: [x], ordered: true}}",
      "`ordered` beside `adds` would change what roads/1 says of surface"
    ),
    ("enums: {surface: {adds: x}}", "`adds` is a list, and this is a single value"),
  ])
  func `what is no addition is refused at its place`(text: String, summary: String) async throws {
    let loaded = try await Self.load(["catalogue/a.yaml": "kind: metamodel\nid: aaa\nname: Ours\n\(text)\n"])
    let errors = loaded.result.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.summary) == [summary])
    #expect(errors.first?.range?.source.name == "catalogue/a.yaml")
  }

  // MARK: Nobody writes into a pack

  @Test func `a rename of what a pack has is refused`() async throws {
    let loaded = try await Self.load(["catalogue/roads.yaml": Self.high])
    let estate = loaded.result.estate
    let row = try #require(estate.rows(ofKind: "rule").first)
    let files = Self.roads.sources + [SourceText(name: "catalogue/roads.yaml", text: Self.high)]
    let rename = EntityRename.prepare(row, to: "road-bright", estate, files)
    #expect(rename.changes.isEmpty)
    #expect(rename.problems.map(\.summary) == ["rule:road-lit is in the pack roads/1, which nobody writes here"])
  }

  @Test func `a judge's packs judge, whatever the other side uses`() async throws {
    let own = [SourceText(name: "catalogue/roads.yaml", text: Self.high)]
    let day = try #require(CivilDate(year: 2026, month: 12, day: 1))
    let judged = await RepositoryReader.read(own, judgedBy: own + Self.roads.sources, asOf: day)
    #expect(judged.diagnostics.filter { $0.severity == .error }.isEmpty)
    #expect(RuleBook(judged.estate).rules.map(\.id) == ["road-lit"])
  }
}
