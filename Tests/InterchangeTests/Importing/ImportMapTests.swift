import Catalogue
import Diagnostics
import Testing

@testable import Interchange

@Suite struct ImportMapTests {
  struct Mistake: CustomTestStringConvertible {
    var map: String
    var summary: String
    var testDescription: String { map }
  }

  static func fields(_ text: String) -> String {
    "format: 1\nid: {column: Ref}\nignore: [Name, Class]\nfields:\n  \(text)\n"
  }

  @Test(arguments: [
    Mistake(map: "", summary: "the map is empty"),
    Mistake(map: "[a]", summary: "a map is a mapping, and this is a list"),
    Mistake(
      map: "id: {column: Ref}\nignore: [Name, Class]\nfields: {name: {constant: x}}", summary: "a map needs `format: 1`"
    ),
    Mistake(
      map: "format: 2\nid: {column: Ref}\nignore: [Name, Class]\nfields: {name: {constant: x}}",
      summary: "this version reads maps of format 1"),
    Mistake(
      map: "format: 1\nkind: team\nid: {column: Ref}\nignore: [Name, Class]\nfields: {name: {constant: x}}",
      summary: "this map is for team, not for system"),
    Mistake(
      map: "format: 1\nignore: [Ref, Name, Class]\nfields: {name: {constant: x}}",
      summary: "a map needs `id: {column: …}` or `id: {slug: …}`"),
    Mistake(
      map: "format: 1\nid: {column: Ref, slug: Name}\nignore: [Class]\nfields: {name: {constant: x}}",
      summary: "`id` has either `column` or `slug`"),
    Mistake(map: "format: 1\nid: {column: Ref}\nignore: [Name, Class]", summary: "a map needs `fields`"),
    Mistake(
      map: "format: 1\nid: {column: Ref}\nfields: {name: {column: Name}}",
      summary: "the column `Class` is neither used nor ignored"),
    Mistake(map: fields("name: {column: Nam}"), summary: "there is no column `Nam`"),
    Mistake(map: fields("nam: {column: Name}"), summary: "the kind system has no `nam`"),
    Mistake(map: fields("id: {column: Name}"), summary: "`id` is said outside `fields`"),
    Mistake(map: fields("dpia: {column: Name}"), summary: "`dpia` has members of its own: dpia.status, dpia.date"),
    Mistake(map: fields("ports: {column: Name}"), summary: "`ports` cannot come out of a cell"),
    Mistake(map: fields("notesOf: {column: Name}"), summary: "`notesOf` cannot come out of a cell"),
    Mistake(map: fields("many: {column: Name}"), summary: "`many` cannot come out of a cell"),
    Mistake(map: fields("fedBy: {column: Name}"), summary: "`fedBy` cannot come out of a cell"),
    Mistake(map: fields("name: {colum: Name}"), summary: "`name` has no `colum`"),
    Mistake(map: fields("name: {column: Name, constant: x}"), summary: "`name` has either `column` or `constant`"),
    Mistake(map: fields("name: {column: Name, by: name}"), summary: "`by` is of references, and `name` is none"),
    Mistake(map: fields("owner: {column: Name, by: title}"), summary: "`by` is id or name"),
    Mistake(map: fields("name: {column: Name, split: \";\"}"), summary: "`name` is one value, and is not divided"),
    Mistake(map: fields("tags: {column: Name, split: \"\"}"), summary: "`split` is at least one character"),
    Mistake(map: fields("name: {column: Name, date: DD/MM/YYYY}"), summary: "`name` is no date"),
    Mistake(
      map: fields("lifecycle.active: {column: Name, date: D/M/Y}"),
      summary: "`date` has YYYY, MM and DD, divided by `/`, `.`, `-`, a space or nothing"),
    Mistake(
      map: fields("lifecycle: {column: Name}\n  lifecycle.active: {column: Class}"),
      summary: "`lifecycle.active` and `lifecycle` cannot both be written"),
    Mistake(map: fields("name: {column: Name, values: {a: {b: c}}}"), summary: "a value is a text or a list of texts"),
  ])
  func `a mistake in a map is told at its place, and nothing is imported`(mistake: Mistake) async throws {
    let result = try await Importing.run("Ref,Name,Class\na,b,public\n", mistake.map)
    #expect(result.problems.map(\.summary).contains(mistake.summary), "\(result.problems.map(\.summary))")
    #expect(result.documents.isEmpty)
    #expect(!result.isRead)
  }

  @Test func `columns without a name or with one name are told`() async throws {
    let map = "format: 1\nid: {column: Ref}\nfields: {classification: {column: Class}}\n"
    let twice = try await Importing.run("Ref,Class,Class\na,public,public\n", map)
    #expect(twice.problems.contains { $0.summary == "two columns are called `Class`; give one another name" })
    let nameless = try await Importing.run("Ref,Class,\na,public,x\n", map)
    #expect(nameless.problems.map(\.summary) == ["column 3 has no name, and there is something in it"])
    let empty = try await Importing.run("Ref,Class,\na,public,\n", map)
    #expect(empty.documents.count == 1)
  }

  @Test func `a table that is divided otherwise is hinted at`() async throws {
    let result = try await Importing.run(
      "Ref;Class\na;public\n", "format: 1\nid: {column: Ref}\nfields: {classification: {column: Class}}\n")
    #expect(
      result.problems.contains {
        $0.summary == "the table has one column; it may be divided otherwise: --separator ';'"
      })
  }

  // MARK: Proposals

  static func proposal(_ csv: String, kind: String = "system") async throws -> MapProposal {
    let metamodel = await Importing.repository().estate.metamodel
    let kind = try #require(metamodel.kind(named: kind))
    return MapProposal(SourceText(name: "t.csv", text: csv), kind: kind, metamodel)
  }

  @Test func `a proposal takes names that are equal or alike, and marks each`() async throws {
    let csv =
      "ID,System name,Classificaton,MFA,Owner,Budget: 2026,tags\nx,A,PUBLIC,Yes,Tax office,1,a;b\ny,B,Top,maybe,,2,\n"
    let proposal = try await Self.proposal(csv)
    #expect(proposal.problems == [])
    #expect(
      proposal.text == """
        # A proposal, made of the names of columns and fields alone: confirm or change each line, then look at what it does:
        #   triglyph import csv FILE --kind system --map map.yaml --dry-run
        format: 1
        kind: system
        id: {column: ID}    # confirm; `slug` instead of `column` makes ids of names
        fields:
          name: {column: System name}    # confirm: the names are only alike
          classification:    # confirm: the names are only alike; one of public, secret
            column: Classificaton
            values:
              PUBLIC: public    # confirm
              # Top: …
          mfa:    # confirm; true or false
            column: MFA
            values:
              "Yes": true    # confirm
              # maybe: …
          tags: {column: tags, split: ";"}    # confirm
          owner: {column: Owner, by: name}    # confirm; leads to organisation
        # no column is called like: summary, aliases, notes, labels, lifecycle, lifecycle.planned, lifecycle.active, lifecycle.retired, cost, users, rto, site, dpia.status, dpia.date, contact, feeds
        ignore: []    # columns to leave out; nothing takes these:
        #  - "Budget: 2026"

        """)
  }

  @Test func `nothing is proposed for a table that is divided otherwise`() async throws {
    let proposal = try await Self.proposal("ID;Name\na;b\n")
    #expect(proposal.text == "")
    #expect(
      proposal.problems.map(\.summary) == [
        "the table has one column; it may be divided otherwise: --separator ';'"
      ])
  }

  @Test(arguments: [
    "ID,Name,Class\na,b,c\n", "x\n1\n", "\"a\"\"b\",\"c: d\",\"#e\",\"[f\",\" g\"\n1,2,3,4,5\n",
    "unknown,yes,1,~\na,b,c,d\n",
    "name\n\"a\nb\"\n", "\u{202E}evil,name,classification\nx,y,\"\u{1}]\"\n",
    "owner,mfa,classification\na,unknown,null\n",
  ])
  func `a proposal is YAML, and imports nothing silently`(csv: String) async throws {
    let proposal = try await Self.proposal(csv)
    #expect(proposal.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x202E })
    let result = try await Importing.run(csv, proposal.text)
    #expect(!result.problems.contains { $0.id.hasPrefix("yaml") }, "\(result.problems.map(\.summary)) \(proposal.text)")
  }

  @Test(arguments: [
    ("DD/MM/YYYY", "01/02/2024", "2024-02-01"), ("DD/MM/YYYY", "1/2/2024", "2024-02-01"),
    ("MM/DD/YYYY", "01/02/2024", "2024-01-02"),
    ("YYYYMMDD", "20240229", "2024-02-29"), ("YYYY-MM-DD", "2024-02-01", "2024-02-01"),
    ("DD.MM.YYYY", "31.12.1999", "1999-12-31"),
  ])
  func `a date is read as the map says`(pattern: String, text: String, date: String) throws {
    #expect(try #require(DatePattern(pattern)).date(of: text) == date)
  }

  @Test(arguments: [
    ("DD/MM/YYYY", "1/13/2024"), ("DD/MM/YYYY", "01/02/24"), ("DD/MM/YYYY", "01/02/2024 "),
    ("DD/MM/YYYY", "001/02/2024"),
    ("YYYYMMDD", "2024229"), ("YYYYMMDD", "20230229"), ("DD/MM/YYYY", ""), ("DD/MM/YYYY", "aa/bb/cccc"),
  ])
  func `what is no such date is none`(pattern: String, text: String) throws {
    #expect(try #require(DatePattern(pattern)).date(of: text) == nil)
  }

  @Test(arguments: ["", "DD/MM", "DD/MM/YY", "DD/DD/YYYY", "DDxMMxYYYY", "YYYY"])
  func `a pattern without year, month and day is none`(pattern: String) {
    #expect(DatePattern(pattern) == nil)
  }
}
