import Diagnostics
import Testing

@testable import Interchange

@Suite struct CSVImportTests {
  static let map = """
    format: 1
    kind: system
    id: {column: Ref}
    fields:
      name: {column: Name}
      classification: {column: Class, values: {P: public, S: secret, "?": unknown}}
    """

  @Test func `rows become documents, in the order of the table`() async throws {
    let result = try await Importing.run("Ref,Name,Class\nb,Second,S\na,First,P\nc,Third,?\n", Self.map)
    #expect(result.problems == [])
    #expect(result.documents.map(\.id) == ["b", "a", "c"])
    #expect(
      result.documents.map(\.text) == [
        "kind: system\nid: b\nname: Second\nclassification: secret\n",
        "kind: system\nid: a\nname: First\nclassification: public\n",
        "kind: system\nid: c\nname: Third\nclassification: unknown\n",
      ])
  }

  @Test func `every kind of field comes out of a cell`() async throws {
    let map = """
      format: 1
      id: {slug: Name}
      fields:
        name: {column: Name}
        summary: {constant: "From: the list"}
        classification: {constant: public}
        mfa: {column: MFA, values: {"Yes": true, "No": false}, empty: unknown}
        cost: {column: Cost, remove: "£,"}
        users: {column: Users}
        rto: {column: RTO}
        site: {column: Site}
        tags: {column: Tags, split: "|"}
        dpia.status: {column: DPIA}
        dpia.date: {column: When, date: DD.MM.YYYY}
        lifecycle.active: {column: When, date: DD.MM.YYYY}
        owner: {column: Owner, by: name}
        contact: {column: Contact}
        feeds: {column: Feeds, split: ";", by: name}
        labels: {column: Tags, values: {"x|y": [one, two]}}
      """
    let csv = """
      Name,MFA,Cost,Users,RTO,Site,Tags,DPIA,When,Owner,Contact,Feeds
      "L’Étacq: café & bar",Yes,"£1,200.50",12,4h,https://x.example/a?b=1,x|y,done,01.02.2024,Tax office,team:tax,Hub;Second
      Second,,,,,,,,,,,
      """
    let result = try await Importing.run(csv, map)
    #expect(result.problems.map(\.summary) == [])
    #expect(
      result.documents.map(\.text) == [
        """
        kind: system
        id: letacq-cafe-bar
        name: 'L’Étacq: café & bar'
        summary: 'From: the list'
        labels: [one, two]
        classification: public
        mfa: true
        cost: 1200.50
        users: 12
        rto: 4h
        site: https://x.example/a?b=1
        tags: [x, 'y']
        dpia: {status: done, date: 2024-02-01}
        lifecycle: {active: 2024-02-01}
        owner: tax
        contact: team:tax
        feeds: [hub, second]

        """,
        "kind: system\nid: second\nname: Second\nsummary: 'From: the list'\nclassification: public\nmfa: unknown\n",
      ])
  }

  @Test(arguments: [
    "unknown", "null", "~", "yes", "- a", "a: b", "#c", "'", "\"", "[x", "{x", "&a", "*a", "!t", "|", ">", "%x", "@x",
    "`x",
    "a\nb", "\u{202E}x", "\u{85}", "\u{7F}", "1e3", "0x10", "1_000", "---", "...", "? a", ":", "a #b", "é\u{301}", "\t",
    String(repeating: "long word ", count: 40), "\u{FEFF}x", "\u{1}",
  ])
  func `whatever a cell says is written as the text that it is`(text: String) async throws {
    let quoted = text.replacing("\"", with: "\"\"")
    let csv = "Ref,Name,Class\na,\"x\(quoted)\",P\nb,\"\(quoted)x\",P\nc,\"\(quoted)\",P\n"
    let result = try await Importing.run(csv, Self.map)
    #expect(result.problems == [])
    let repository = await Importing.repository()
    let read = await Importing.load(repository, result)
    func name(_ id: String) -> String? {
      guard case .found(let row) = read.estate.find("system:\(id)"),
        case .string(let name) = read.estate.value("name", of: row)
      else { return nil }
      return name
    }
    #expect(read.diagnostics == [])
    #expect(name("a").map { Array($0.utf8) } == Array(CSVTable.trimmed("x\(text)").utf8))
    #expect(name("b").map { Array($0.utf8) } == Array(CSVTable.trimmed("\(text)x").utf8))
    let whole = CSVTable.trimmed(text)
    if !whole.isEmpty { #expect(name("c").map { Array($0.utf8) } == Array(whole.utf8)) }
  }

  struct Bad: CustomTestStringConvertible {
    var row: String
    var summary: String
    var at: String
    var testDescription: String { row }
  }

  static let wide = """
    format: 1
    id: {column: Ref}
    fields:
      classification: {column: Class}
      users: {column: Users}
      owner: {column: Owner, by: name}
      contact: {column: Contact}
      feeds: {column: Feeds, split: ";"}
      lifecycle.active: {column: Since, date: DD/MM/YYYY}
    """

  @Test(arguments: [
    Bad(row: "A b,public,,,,,", summary: "column `Ref`: `A b` cannot be an id", at: "A b"),
    Bad(row: ",public,,,,,", summary: "column `Ref`: there is no id", at: ""),
    Bad(
      row: "x,publik,,,,,", summary: "column `Class`: `publik` is not a value of classification, for `classification`",
      at: "publik"),
    Bad(
      row: "x,Public,,,,,", summary: "column `Class`: `Public` is not a value of classification, for `classification`",
      at: "Public"),
    Bad(row: "x,public,1.5,,,,", summary: "column `Users`: `1.5` is not a whole number, for `users`", at: "1.5"),
    Bad(
      row: "x,public,99999999999999999999,,,,",
      summary: "column `Users`: `99999999999999999999` is not a whole number, for `users`", at: "99999999999999999999"),
    Bad(
      row: "x,public,,Tax Office,,,",
      summary: "column `Owner`: there is no organisation called `Tax Office`, for `owner`", at: "Tax Office"),
    Bad(
      row: "x,public,,Office,,,", summary: "column `Owner`: `Office` may be north or south, for `owner`", at: "Office"),
    Bad(
      row: "x,public,,,tax,,", summary: "column `Contact`: `tax` may be organisation:tax or team:tax, for `contact`",
      at: "tax"),
    Bad(
      row: "x,public,,,system:hub,,",
      summary: "column `Contact`: there is no organisation or team `system:hub`, for `contact`", at: "system:hub"),
    Bad(
      row: "x,public,,,,hub;gone,", summary: "column `Feeds`: there is no system `gone`, for `feeds`", at: "hub;gone"),
    Bad(
      row: "x,public,,,,,2024-01-02", summary: "column `Since`: `2024-01-02` is no date written DD/MM/YYYY",
      at: "2024-01-02"),
    Bad(
      row: "x,public,,,,,30/02/2024", summary: "column `Since`: `30/02/2024` is no date written DD/MM/YYYY",
      at: "30/02/2024"),
    Bad(row: "hub,public,,,,,", summary: "column `Ref`: system:hub is there already (d.yaml:9)", at: "hub"),
    Bad(
      row: "old-hub,public,,,,,",
      summary: "column `Ref`: system:old-hub is there already: it is an alias of hub (d.yaml:9)", at: "old-hub"),
    Bad(
      row: "planned,public,,,,,", summary: "column `Ref`: system:planned is there already: initiative:plan adds it",
      at: "planned"),
  ])
  func `what does not fit is told with row, column, value and reason, and nothing is given`(bad: Bad) async throws {
    let csv = "Ref,Class,Users,Owner,Contact,Feeds,Since\nfine,public,,,,,\n\(bad.row)\n"
    let result = try await Importing.run(csv, Self.wide)
    #expect(result.problems.map(\.summary) == ["row 3, " + bad.summary])
    #expect(result.problems.first?.range?.text == bad.at)
    #expect(result.problems.first?.id == "not-imported")
    #expect(result.documents.isEmpty)
    #expect(result.badRowCount == 1)
    let rest = try await Importing.run(csv, Self.wide, skipsBadRows: true)
    #expect(rest.documents.map(\.id) == ["fine"])
    #expect(rest.problems == result.problems || rest.problems.map(\.summary) == result.problems.map(\.summary))
  }

  @Test func `rows of one id are all left out, and none is numbered`() async throws {
    let map = "format: 1\nid: {slug: Name}\nfields: {classification: {constant: public}, name: {column: Name}}\n"
    let csv = "Name\nHub two\nOther\nHub-Two\nHUB TWO!\n"
    let result = try await Importing.run(csv, map, skipsBadRows: true)
    #expect(result.documents.map(\.id) == ["other"])
    #expect(
      result.problems.map(\.summary) == [
        "row 4, column `Name`: the id `hub-two` is that of row 2 too",
        "row 5, column `Name`: the id `hub-two` is that of row 2 too",
      ])
    #expect(result.badRowCount == 3)
  }

  @Test(arguments: [
    ("!!!", "no id can be made of `!!!`"), ("日本", "no id can be made of `日本`: what stands for `日` is not known"),
    (String(repeating: "ab ", count: 30), "the id that is made of this has more than 80 bytes"),
  ])
  func `no id is made where none can be`(name: String, summary: String) async throws {
    let map = "format: 1\nid: {slug: Name}\nfields: {classification: {constant: public}}\n"
    let result = try await Importing.run("Name\n\(name)\n", map)
    #expect(result.problems.map(\.summary) == ["row 2, column `Name`: \(summary)"])
  }

  @Test func `what depends on a row that is left out is left out with it`() async throws {
    let csv =
      "Ref,Class,Users,Owner,Contact,Feeds,Since\na,public,,,,b,\nb,public,,,,c,\nc,bad,,,,,\nd,public,,,,hub,\n"
    let result = try await Importing.run(csv, Self.wide, skipsBadRows: true)
    #expect(result.documents.map(\.id) == ["d"])
    #expect(result.badRowCount == 3)
    #expect(result.problems.contains { $0.summary == "row 3: there is no system `c`" })
    #expect(result.problems.contains { $0.summary == "row 2: there is no system `b`" })
  }

  @Test func `a required field that no cell says is a remark`() async throws {
    let map = "format: 1\nid: {column: Ref}\nfields: {name: {constant: N}, classification: {column: Class}}\n"
    let result = try await Importing.run("Ref,Class\na,\nb,public\n", map)
    #expect(result.documents.count == 2)
    #expect(result.problems == [])
    #expect(result.remarks.map(\.summary) == ["row 2: system:a does not say its `classification`"])
    #expect(result.remarks.first?.range?.text == "a")
  }

  @Test func `a record that lacks what it needs costs its row`() async throws {
    let map = "format: 1\nid: {column: Ref}\nfields: {classification: {constant: public}, dpia.date: {column: On}}\n"
    let csv = "Ref,On\na,2024-01-01\nb,\n"
    let refused = try await Importing.run(csv, map)
    #expect(refused.documents.isEmpty)
    #expect(refused.problems.map(\.summary) == ["row 2: `dpia` needs `status`"])
    let rest = try await Importing.run(csv, map, skipsBadRows: true)
    #expect(rest.documents.map(\.id) == ["b"])
  }

  @Test func `parts name their owner, and may be known by what they lead to`() async throws {
    let map = "format: 1\nfields: {system: {column: From, by: name}, to: {column: To}}\n"
    let result = try await Importing.run("From,To\nHub,hub\n", map, kind: "port")
    #expect(result.problems.map(\.summary) == [])
    #expect(result.documents.map(\.text) == ["kind: port\nsystem: hub\nto: hub\n"])
    let twice = try await Importing.run("From,To\nHub,hub\nHub,hub\n", map, kind: "port")
    #expect(twice.documents.isEmpty)
    #expect(twice.problems.map(\.summary) == ["row 3: port:hub/hub is there already"])
    let ownID = "format: 1\nid: {column: Id}\nfields: {system: {column: From}, to: {column: To}}\n"
    let same = try await Importing.run("Id,From,To\np,hub,hub\np,hub,hub\n", ownID, kind: "port")
    #expect(same.problems.map(\.summary) == ["row 3, column `Id`: the id `hub/p` is that of row 2 too"])
    let missing = try await Importing.run(
      "Id,To\np,hub\n", "format: 1\nid: {column: Id}\nfields: {to: {column: To}}\n", kind: "port")
    #expect(
      missing.problems.map(\.summary) == [
        "port is a part; a map says under `fields` which column has its owner, `system`"
      ])
  }

  @Test func `a table without rows gives nothing`() async throws {
    let result = try await Importing.run("Ref,Name,Class\n,,\n", Self.map)
    #expect(result.documents.isEmpty)
    #expect(result.problems == [])
    #expect(result.emptyRowCount == 1)
  }

  @Test func `ten thousand rows are read in a breath`() async throws {
    let csv = "Ref,Name,Class\n" + (0..<10_000).map { "s\($0),Name \($0),P\n" }.joined()
    let result = try await Importing.run(csv, Self.map)
    #expect(result.documents.count == 10_000)
    #expect(result.problems == [])
  }
}
