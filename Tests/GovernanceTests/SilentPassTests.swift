import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// One test for each class of `docs/silent-passes.md`, without the command: a check that lies by saying nothing.
@Suite struct SilentPassTests {
  static let system = "{kind: system, id: a, name: A, classification: secret}"

  private func mistakes(_ text: String, _ documents: String = system) async -> [String] {
    await Checked([documents, rule("r", text)]).diagnostics.map(\.id)
  }

  @Test func `S1 a slip in a field is an error`() async {
    #expect(await mistakes("require: self.clasification != \"public\"") == ["unknown-field"])
    #expect(await mistakes("require: self.platform.clasification != \"public\"") == ["unknown-field"])
  }

  @Test func `S2 has and optional selection know the fields, and nothing is dynamic`() async {
    #expect(await mistakes("require: has(self.clasification)") == ["unknown-field"])
    #expect(await mistakes("require: self.?clasification.orValue(\"public\") == \"public\"") == ["unknown-field"])
    #expect(await mistakes("require: dyn(self).clasification == \"public\"") != [])
    #expect(await mistakes("require: self.labels.anything == \"public\"") != [])
  }

  @Test func `S3 a slip in a value is an error`() async {
    for text in [
      "self.classification == \"oficial\"", "self.classification in [\"oficial\"]",
      "(self.mfa ? \"oficial\" : \"public\") == self.classification",
    ] {
      #expect(await mistakes("require: '\(text)'") == ["unknown-enum-value"], "\(text)")
    }
    let document = await Checked([
      "{kind: system, id: a, name: A, classification: oficial}", rule("r", "require: true"),
    ])
    #expect(document.diagnostics.map(\.id) == ["wrong-value"])
  }

  @Test func `S4 a slip in an id is an error`() async {
    #expect(await mistakes("require: self.supplier.exists(s, s == \"acme\")") == ["unknown-entity"])
    #expect(await mistakes("for: sistem\nrequire: true") == ["unknown-kind"])
    #expect(await mistakes("require: every(sistem).size() == 0") != [])
  }

  @Test func `S5 a fact that is missing is undecided, never passed`() async {
    for text in [
      "self.mfa", "!self.mfa", "self.cost > 1", "self.platform.mfa", "self.locations.all(l, l.country == \"JE\")",
    ] {
      let result = await checked(Self.system, rule("r", "require: '\(text)'"))
      #expect(result.count(.undecided) == 1, "\(text)")
      #expect(result.findings.first?.missing.isEmpty == false, "\(text)")
    }
  }

  @Test func `S6 and S7 an error is an error, also where or, and, exists or all would hide it`() async {
    for text in [
      "1 / 0 > 0", "1 / self.cost > 0 || true", "!(1 / self.cost > 0 && false)", "[0, 1].exists(n, 1 / n > 0)",
    ] {
      let result = await checked("{kind: system, id: a, name: A, cost: 0}", rule("r", "require: '\(text)'"))
      #expect(result.count(.error) == 1, "\(text)")
    }
  }

  @Test func `S8 a rule that selects nothing is told`() async {
    let result = await checked(Self.system, rule("r", "when: self.classification == \"public\"\nrequire: false"))
    #expect(result.result(of: "r")?.isIdle == true)
  }

  @Test func `S9 a pass over nothing is counted apart`() async {
    let result = await checked(Self.system, rule("r", "each: d in self.holds\nrequire: false"))
    #expect(result.count(.passedWithNothing) == 1)
    #expect(result.count(.passed) == 0)
  }

  @Test func `S10 every document under rules must be something`() async {
    let result = await Checked([
      Self.system, "id: r\nrequire: true\n---\nkind: rul\nid: s\nrequire: true\n---\njust text",
    ])
    #expect(result.diagnostics.map(\.id) == ["missing-key", "unknown-kind", "wrong-shape"])
    #expect(result.book.documentCount == 0)
  }

  @Test func `S11 a file that cannot be read as YAML is an error`() async {
    let result = await Checked(
      [SourceText(name: "0.yaml", text: vocabulary), SourceText(name: "1.yaml", bytes: [0xFF, 0xFE, 0x61, 0])],
      asOf: "2026-01-01",
      tasks: 1)
    #expect(result.diagnostics.count == 1)
  }

  @Test func `S12 an unknown key is an error everywhere in a rule`() async {
    for text in [
      "require: true\nallowempty: true",
      "require: true\nseverity: [{when: self.mfa, is: major, because: x}, {is: minor}]",
      "require: true\nparams: {p: {type: integer, default: 1, minimum: 0}}",
    ] {
      #expect(await mistakes(text) == ["unknown-key"], "\(text)")
    }
    let functions = await Checked([
      Self.system, "kind: functions\nid: f\nname: F\nfunctions:\n  one: {params: {}, is: '1', returns: integer}",
    ])
    #expect(functions.diagnostics.map(\.id) == ["unknown-key"])
  }

  @Test func `S13 a message that fails changes no verdict, and a wrong one is an error when loaded`() async {
    let result = await checked(Self.system, rule("r", "require: false\nmessage: ${1 / 0} of ${self.cost / 0}"))
    #expect(result.count(.failed) == 1)
    #expect(result.findings.first?.message.hasPrefix("? of ") == true)
    #expect(await mistakes("require: false\nmessage: ${self.nme}") == ["unknown-field"])
  }

  @Test func `S14 a rule without examples that can tell is told`() async {
    let result = await checked(Self.system, rule("r", "require: true"))
    #expect(await ExampleRunner(result.estate, result.book).run().incomplete.count == 2)
  }

  @Test func `S15 a severity that is not known is not taken for a lighter one`() async {
    let result = await checked(
      Self.system, rule("r", "require: false\nseverity:\n  - {when: self.mfa, is: minor}\n  - {is: blocker}"))
    #expect(result.findings.map(\.severity) == [.blocker])
    #expect(await mistakes("require: false\nseverity: info") == ["wrong-value"])
  }

  @Test func `S16 a waiver covers what it names, for its time, and tells when it hides nothing`() async {
    let two = failing + "---\n" + failing.replacing("id: a", with: "id: b")
    func lines(_ text: String, asOf: String = "2026-06-01") async -> [String] {
      await Resolving([text + decision()], asOf: asOf).lines
    }
    #expect(await lines(two + waiver()) == ["waived mfa|system:a", "open mfa|system:b"])
    #expect(await lines(failing + waiver(), asOf: "2026-09-01") == ["open mfa|system:a"])
    let fixed = failing.replacing("mfa: false", with: "mfa: true")
    #expect(await lines(fixed + waiver()) == ["open waiver-unused|waiver:w"])
  }

  @Test func `S17 two rules or functions of one name are an error`() async {
    let result = await Checked([Self.system, rule("r", "require: true"), rule("r", "require: false")])
    #expect(result.diagnostics.map(\.id) == ["duplicate"])
    let functions = "kind: functions\nid: f\nname: F\nfunctions:\n  one: {params: {}, is: '1'}"
    let twice = await Checked([Self.system, functions, functions.replacing("id: f", with: "id: g")])
    #expect(twice.diagnostics.map(\.id) == ["duplicate"])
  }
}
