import Catalogue
import Testing

@testable import Governance

@Suite struct MessageTests {
  static let estate = """
    kind: system
    id: a
    name: The first
    classification: secret
    rto: 90m
    cost: 3
    supplier: acme
    feeds: [b, c, d, e, f, g, h, i]
    tags: [x, y]
    ---
    {kind: organisation, id: acme, name: Acme & Co}
    """ + ["b", "c", "d", "e", "f", "g", "h", "i"].map { "\n---\n{kind: system, id: \($0), name: N\($0)}" }.joined()

  @Test(arguments: [
    ("${self}", "The first"), ("${self.classification}", "SECRET"), ("${self.supplier}", "Acme & Co"),
    ("${self.feeds}", "Nb, Nc, Nd, Ne, Nf and 3 more"), ("${self.feeds.filter(f, f.id < \"d\")}", "Nb and Nc"),
    ("${self.tags}", "x and y"), ("${self.fedBy}", "nothing"), ("${self.mfa}", "(not recorded)"),
    ("${self.platform}", "(not recorded)"), ("${self.locations}", "(not recorded)"), ("${self.rto}", "1h30m"),
    ("${self.cost} of ${self.cost + 1}", "3 of 4"), ("${today}", "2026-01-01"), ("${1 / 0}", "?"),
    ("${self.cost / (self.cost - 3)}!", "?!"), ("costs $5 {really}", "costs $5 {really}"),
    ("${{\"a\": 1}.a} ${\"}\"} $", "1 } $"), ("${self.id == \"a\" ? 'yes' : 'no'}", "yes"),
    ("${params.who}", "Nb"), ("${2.5} ${3.0}", "2.5 3"),
    ("${[self.tags, self.tags]}", "x and y and x and y"),
  ])
  func `a hole prints its value for people`(template: String, text: String) async {
    let params = template.contains("params") ? "params: {who: {type: system, default: b}}\n" : ""
    let result = await checked(
      Self.estate,
      rule("r", "when: self.id == \"a\"\nrequire: false\n\(params)message: |\n  \(template)"))
    #expect(result.findings.map(\.message) == [text])
  }

  @Test func `a message of several lines is one sentence`() async {
    let result = await checked(
      Self.estate, rule("r", "when: self.id == \"a\"\nrequire: false\nmessage: |\n  one\n  two ${self}\n\n"))
    #expect(result.findings.map(\.message) == ["one two The first"])
  }

  @Test func `a list that may have more says so`() async {
    let result = await checked(
      """
      {kind: location, id: here, name: Here}
      ---
      {kind: system, id: a, name: A, locations: [here], feeds: [b]}
      ---
      {kind: system, id: b, name: B}
      """,
      rule(
        "r",
        "when: self.id == \"a\"\nrequire: false\nmessage: ${self.locations + self.feeds.map(f, f.locations).flatten()}; ${self.feeds.filter(f, f.mfa)}"
      ))
    #expect(result.findings.map(\.message) == ["Here and perhaps more; perhaps B"])
  }
}
