import CEL
import Testing

@testable import Catalogue

/// A wrong text, what is reported and at which place; the near match or the fix is in a note or a fix.
struct BadInput: CustomTestStringConvertible, Sendable {
  var name: String
  var text: String
  var expected: String
  var hint: String?

  init(_ name: String, _ text: String, _ expected: String, hint: String? = nil) {
    self.name = name
    self.text = text
    self.expected = expected
    self.hint = hint
  }

  var testDescription: String { name }

  /// In a system that is right otherwise; the lines begin at 5.
  static func inSystem(_ name: String, _ lines: String, _ expected: String, hint: String? = nil) -> BadInput {
    BadInput(name, "kind: system\nid: a\nname: A\nclassification: public\n" + lines + "\n", expected, hint: hint)
  }
}

@Suite struct BadInputTests {
  static let documents: [BadInput] = [
    BadInput("no mapping", "- a", "wrong-shape a.yaml:1:1 a document is a mapping, and this is a list"),
    BadInput("no kind", "id: a", "missing-key a.yaml:1:1 a document needs `kind`"),
    BadInput(
      "unknown kind", "kind: sistem\nid: a", "unknown-kind a.yaml:1:7 there is no kind `sistem`",
      hint: "did you mean `system`?"),
    BadInput(
      "kind is a list", "kind: [system]\nid: a", "wrong-shape a.yaml:1:7 `kind` is a single value, and this is a list"),
    BadInput("derived kind", "kind: flow\nid: a", "not-written a.yaml:1:7 the engine derives every flow"),
    BadInput("no id", "kind: dataset\nname: A", "missing-key a.yaml:1:1 a dataset needs `id`"),
    BadInput("upper case id", "kind: dataset\nname: A\nid: Abc", "bad-id a.yaml:3:5 `Abc` cannot be an id"),
    BadInput("double hyphen", "kind: dataset\nname: A\nid: a--b", "bad-id a.yaml:3:5 `a--b` cannot be an id"),
    BadInput(
      "id is a list", "kind: dataset\nname: A\nid: [a]",
      "wrong-shape a.yaml:3:5 what stands for the id is a single value, and this is a list"),
    BadInput(
      "part without owner", "kind: integration\nid: x\nto: a",
      "missing-key a.yaml:2:5 an integration that stands as a document of its own needs `from`"),
    BadInput(
      "part with a bad owner", "kind: integration\nfrom: A b\nid: x\nto: a", "bad-id a.yaml:2:7 `A b` cannot be an id"),
  ]

  static let fields: [BadInput] = [
    .inSystem(
      "unknown key", "clasification: public", "unknown-key a.yaml:5:1 a system has no `clasification`",
      hint: "did you mean `classification`?"),
    .inSystem(
      "derived key", "failsWith: [a]", "not-written a.yaml:5:1 `failsWith` of a system is derived; nobody writes it"),
    .inSystem(
      "inverse key", "incoming: [a]", "not-written a.yaml:5:1 `incoming` of a system is derived; nobody writes it"),
    .inSystem("text as list", "text: [a]", "wrong-shape a.yaml:5:7 `text` is a single value, and this is a list"),
    .inSystem("integer", "count: many", "wrong-value a.yaml:5:8 `many` is not a whole number"),
    .inSystem(
      "integer too big", "count: 9223372036854775808",
      "wrong-value a.yaml:5:8 `9223372036854775808` is not a whole number"),
    .inSystem("number", "ratio: x", "wrong-value a.yaml:5:8 `x` is not a number"),
    .inSystem("hexadecimal number", "ratio: 0x10", "wrong-value a.yaml:5:8 `0x10` is not a number"),
    .inSystem("infinite number", "ratio: 1e999", "wrong-value a.yaml:5:8 `1e999` is not a number"),
    .inSystem("boolean", "flag: yes", "wrong-value a.yaml:5:7 `yes` is not true or false"),
    .inSystem("date", "date: 2026-02-30", "wrong-value a.yaml:5:7 `2026-02-30` is not a date", hint: "YYYY-MM-DD"),
    .inSystem("duration", "rto: 4w", "wrong-value a.yaml:5:6 `4w` is not a duration", hint: "4h"),
    .inSystem("duration too long", "rto: 99999999999d", "wrong-value a.yaml:5:6 `99999999999d` is not a duration"),
    .inSystem("period", "keep: 4h", "wrong-value a.yaml:5:7 `4h` is not a period", hint: "7y"),
    .inSystem("money", "spend: lots", "wrong-value a.yaml:5:8 `lots` is not an amount", hint: "GBP 450000"),
    .inSystem(
      "url", "link: example.org",
      "wrong-value a.yaml:5:7 `example.org` is not a link that begins with http:// or https://"),
    .inSystem(
      "item of a list", "tags: [a, {b: c}]", "wrong-shape a.yaml:5:11 `tags` is a single value, and this is a mapping"),
    .inSystem("record as text", "dpia: done", "wrong-shape a.yaml:5:7 `dpia` is a mapping, and this is a single value"),
    .inSystem(
      "record's unknown key", "dpia: {status: api, dat: 2026-01-01}", "unknown-key a.yaml:5:21 `dpia` has no `dat`",
      hint: "did you mean `date`?"),
    .inSystem("record's missing key", "dpia: {date: 2026-01-01}", "missing-key a.yaml:5:7 `dpia` needs `status`"),
    .inSystem(
      "records as mapping", "reviews: {by: x}", "wrong-shape a.yaml:5:10 `reviews` is a list, and this is a mapping"),
    .inSystem(
      "records' missing key", "reviews: [{date: 2026-01-01}]",
      "missing-key a.yaml:5:11 an item of `reviews` needs `by`"),
    .inSystem("to-one as list", "owner: [a]", "wrong-shape a.yaml:5:8 `owner` is one reference, and this is a list"),
    .inSystem(
      "to-many as mapping", "holds: {a: b}",
      "wrong-shape a.yaml:5:8 `holds` is a list of references, and this is a mapping"),
    .inSystem(
      "item of a relation", "holds: [[a]]", "wrong-shape a.yaml:5:9 `holds` is a reference, and this is a list"),
    .inSystem(
      "wrong kind", "holds: [system:a]", "wrong-value a.yaml:5:9 `holds` does not lead to a system",
      hint: "it leads to: dataset"),
    .inSystem(
      "parts as mapping", "integrations: {to: a}",
      "wrong-shape a.yaml:5:15 `integrations` is a list, and this is a mapping"),
    .inSystem(
      "part as text", "integrations: [a]",
      "wrong-shape a.yaml:5:16 an integration is a mapping, and this is a single value"),
    .inSystem(
      "part without id or key", "integrations: [{style: api}]",
      "missing-key a.yaml:5:17 an integration needs `id` or `to`"),
    .inSystem(
      "unknown key in a part", "integrations: [{to: a, stile: api}]",
      "unknown-key a.yaml:5:24 an integration has no `stile`", hint: "did you mean `style`?"),
    .inSystem(
      "second part without an id", "integrations:\n  - {to: a}\n  - {to: a}",
      "duplicate a.yaml:7:10 integration:a/a is there already", hint: "name this one: add `id: …` to it"),
    .inSystem(
      "part inside that names another owner",
      "integrations: [{to: a, from: b}]\n---\nkind: system\nid: b\nname: B\nclassification: public",
      "wrong-value a.yaml:5:30 `b` is not what owns this part", hint: "it stands inside system:a"),
    .inSystem(
      "phase", "lifecycle: activ", "wrong-value a.yaml:5:12 `activ` is not a phase", hint: "did you mean `active`?"),
    .inSystem(
      "unknown phase", "lifecycle: {activ: 2026-01-01}", "unknown-key a.yaml:5:13 a lifecycle has no `activ`",
      hint: "did you mean `active`?"),
    .inSystem(
      "phases out of order", "lifecycle: {active: 2026-01-02, retired: 2026-01-01}",
      "wrong-value a.yaml:5:42 `2026-01-01` is not on or after the first day of active"),
    .inSystem(
      "value of an enumeration", "dpia: {status: apy}", "wrong-value a.yaml:5:16 `apy` is not a value of style",
      hint: "did you mean `api`?"),
  ]

  @Test(
    "Each mistake in a document is reported once, at its place, with what was probably meant",
    arguments: documents + fields)
  func reportsMistake(_ input: BadInput) async throws {
    let loaded = try await TestEstate(input.text)
    #expect(loaded.problems == [input.expected])
    if let hint = input.hint {
      let hints = loaded.diagnostics.flatMap { $0.notes + $0.fixes.map(\.summary) }
      #expect(hints.contains { $0.contains(hint) }, "\(hints)")
    }
  }

  @Test func `A null value is the reader's to report, and leaves a list open`() async throws {
    let loaded = try await TestEstate("kind: system\nid: a\nname: A\nclassification: public\nholds:\ntags: ~\n")
    #expect(loaded.diagnostics.count == 2)
    #expect(try loaded.read("system:a", "holds") == "[…]")
    #expect(try loaded.read("system:a", "tags") == "unknown(a.tags)")
    #expect(loaded.findings.isEmpty)
  }

  @Test func `One file with three mistakes and a dangling reference elsewhere: all are reported, the rest loads`()
    async throws
  {
    let loaded = try await TestEstate([
      "a.yaml": """
      kind: dataset
      id: one
      name: One
      colour: red
      ---
      kind: dataset
      id: two
      name: [Two
      ---
      kind: dataset
      id: one
      name: Again
      ---
      kind: dataset
      id: three
      name: Three
      """,
      "b.yaml": "kind: system\nid: s\nname: S\nclassification: public\nholds: [one, two, three, fuor]\n",
    ])
    #expect(
      loaded.diagnostics.map(\.id).filter { ["unknown-key", "duplicate"].contains($0) }.sorted() == [
        "duplicate", "unknown-key",
      ])
    #expect(loaded.diagnostics.count == 3)
    #expect(loaded.findings == ["dangling-reference b.yaml:5:26 there is no dataset `fuor`"])
    #expect(loaded.estate.summary.referencesToBroken == 1)
    #expect(try loaded.read("system:s", "holds") == "[one, three, …]")
  }

  @Test func `A repeated document loses its parts without a word about them`() async throws {
    let system = "kind: system\nid: a\nname: A\nclassification: public\nintegrations: [{to: a}]\n"
    let loaded = try await TestEstate(["b.yaml": system, "a.yaml": system])
    #expect(loaded.problems == ["duplicate b.yaml:2:5 system:a is there already"])
    #expect(loaded.diagnostics[0].related.map { $0.range.described } == ["a.yaml:2:5"])
    #expect(loaded.estate.rows(ofKind: "integration").count == 1)
  }
}
