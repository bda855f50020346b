import CEL
import Testing

@testable import Catalogue

/// What a field reads as when a document says nothing: each way of declaring it.
@Suite struct PresenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var declared: String
    var line: String
    var path: String
    var value: String
    var testDescription: String { "\(declared): `\(line)`" }
  }

  @Test(
    "What is written and what is not reads as the declaration says",
    arguments: [
      Case(declared: "required", line: "", path: "classification", value: "public"),
      Case(declared: "default", line: "", path: "rto", value: "3600s"),
      Case(declared: "default", line: "rto: 4h", path: "rto", value: "14400s"),
      Case(declared: "default", line: "rto: unknown", path: "rto", value: "unknown(a.rto)"),
      Case(declared: "to-one, absent: none", line: "", path: "supplier", value: "[]"),
      Case(declared: "to-one, absent: none", line: "supplier: o", path: "supplier", value: "[o]"),
      Case(declared: "to-one, absent: none", line: "supplier: unknown", path: "supplier", value: "[…]"),
      Case(declared: "to-one", line: "", path: "owner", value: "unknown(a.owner)"),
      Case(declared: "to-one", line: "owner: o", path: "owner", value: "o"),
      Case(declared: "to-one", line: "owner: unknown", path: "owner", value: "unknown(a.owner)"),
      Case(declared: "to-many", line: "", path: "holds", value: "[]"),
      Case(declared: "to-many", line: "holds: [d]", path: "holds", value: "[d]"),
      Case(declared: "to-many", line: "holds: d", path: "holds", value: "[d]"),
      Case(declared: "to-many", line: "holds: [d, d]", path: "holds", value: "[d]"),
      Case(declared: "to-many", line: "holds: unknown", path: "holds", value: "[…]"),
      Case(declared: "list", line: "", path: "tags", value: "[]"),
      Case(declared: "list", line: "tags: [x, y]", path: "tags", value: "['x', 'y']"),
      Case(declared: "list", line: "tags: unknown", path: "tags", value: "unknown(a.tags)"),
      Case(declared: "list, absent: unknown", line: "", path: "zones", value: "unknown(a.zones)"),
      Case(declared: "list, absent: unknown", line: "zones: []", path: "zones", value: "[]"),
      Case(declared: "parts", line: "", path: "integrations", value: "[]"),
      Case(declared: "parts", line: "integrations: unknown", path: "integrations", value: "[…]"),
      Case(declared: "inverse", line: "", path: "usedBy", value: "[]"),
      Case(declared: "anything else", line: "", path: "text", value: "unknown(a.text)"),
      Case(declared: "anything else", line: "text: \"unknown\"", path: "text", value: "'unknown'"),
      Case(declared: "a version keeps its zero", line: "text: 1.10", path: "text", value: "'1.10'"),
      Case(declared: "a country is no boolean", line: "tags: [NO]", path: "tags", value: "['NO']"),
      Case(declared: "record", line: "", path: "dpia", value: "{unknown(a.dpia.status), unknown(a.dpia.date)}"),
      Case(declared: "record", line: "dpia: {status: api}", path: "dpia", value: "{api, unknown(a.dpia.date)}"),
      Case(declared: "record", line: "dpia: {status: api}", path: "dpia.status", value: "api"),
      Case(declared: "records", line: "", path: "reviews", value: "[]"),
      Case(declared: "records", line: "reviews: [{by: x}]", path: "reviews", value: "[{'x', unknown(a.reviews)}]"),
      Case(declared: "money", line: "spend: GBP 1250.5", path: "spend", value: "1250.5"),
      Case(declared: "period", line: "keep: 1y6m", path: "keep", value: "1y6m"),
      Case(declared: "ISO duration", line: "rto: PT1H30M", path: "rto", value: "5400s"),
      Case(declared: "date", line: "date: never", path: "date", value: "never"),
      Case(declared: "labels", line: "labels: unknown", path: "labels", value: "unknown(a.labels)"),
    ])
  func reads(_ input: Case) async throws {
    let loaded = try await TestEstate(
      "kind: system\nid: a\nname: A\nclassification: public\n\(input.line)\n---\nkind: organisation\nid: o\nname: O\n---\nkind: dataset\nid: d\nname: D\n"
    )
    #expect(loaded.problems.isEmpty)
    #expect(loaded.findings.isEmpty)
    #expect(try loaded.read("system:a", input.path) == input.value)
  }

  @Test func `A required field that is missing is a finding with its reason and its fix`() async throws {
    let loaded = try await TestEstate("kind: system\nid: a\nname: A\n")
    #expect(loaded.problems.isEmpty)
    #expect(loaded.findings == ["required-field-missing a.yaml:2:5 system:a does not say its `classification`"])
    #expect(loaded.estate.integrity[0].diagnostic.notes == ["why: Decides the controls."])
    #expect(try loaded.read("system:a", "classification") == "unknown(a.classification)")
  }

  @Test func `An admitted gap satisfies a required field`() async throws {
    let loaded = try await TestEstate("kind: system\nid: a\nname: A\nclassification: unknown\n")
    #expect(loaded.findings.isEmpty)
    #expect(try loaded.read("system:a", "classification") == "unknown(a.classification)")
  }

  @Test func `A name is required of documents, and a part without one is called by its id`() async throws {
    let loaded = try await TestEstate("kind: system\nid: a\nclassification: public\nintegrations: [{to: a}]\n")
    #expect(loaded.findings == ["required-field-missing a.yaml:2:5 system:a does not say its `name`"])
    #expect(try loaded.read("integration:a/a", "name") == "'a/a'")
  }
}
