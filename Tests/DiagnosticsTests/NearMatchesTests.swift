import Diagnostics
import Testing

@Suite struct NearMatchesTests {
  static let names = ["owner", "summary", "supplier", "classification", "holds", "phase-out"]

  @Test(arguments: [
    ("ownr", ["owner"]), ("onwer", ["owner"]), ("Owner", ["owner"]), ("sumary", ["summary"]), ("suplier", ["supplier"]),
    ("phase_out", ["phase-out"]), ("clasification", ["classification"]), ("xyz", []), ("", []), ("hold", ["holds"]),
    ("owner", []),
  ])
  func `a misspelt name finds its neighbours and not itself`(name: String, expected: [String]) {
    #expect(nearMatches(to: name, among: Self.names) == expected)
  }

  @Test func `the nearest come first, at most three, each once`() {
    #expect(nearMatches(to: "aaaa", among: ["aabb", "aaab", "aaac", "aaad", "aaab"]) == ["aaab", "aaac", "aaad"])
  }

  @Test func `a suggestion reads as a question`() {
    #expect(suggestion(for: "x", among: ["owner"]) == nil)
    #expect(suggestion(for: "ownr", among: ["owner"]) == "did you mean `owner`?")
    #expect(suggestion(for: "aaaa", among: ["aaab", "aaac", "aaad"]) == "did you mean `aaab`, `aaac` or `aaad`?")
  }

  @Test(arguments: [
    ("payment", ["payment-page", "payment-page/customer-register", "card-payments"]),
    ("customer reg", ["customer-register"]),
    ("register", ["customer-register"]), ("ay", []), ("yment", []),
    ("payment-page", ["payment-page/customer-register"]),
  ])
  func `who remembers a part of an id is told of those that have it`(part: String, expected: [String]) {
    let ids = ["card-payments", "payment-page/customer-register", "payment-page", "payment-page", "customer-register"]
    #expect(
      namesHaving(
        part: part, among: part == "register" || part == "customer reg" ? ids.filter { !$0.contains("/") } : ids)
        == expected)
    #expect(suggestion(for: part, among: ["card-payments"]) == nil)
  }

  @Test func `a slip is nearer than a part, and a space is a hyphen`() {
    #expect(suggestion(forID: "pag", among: ["page", "payment-page"]) == "did you mean `page`?")
    #expect(suggestion(forID: "pay", among: ["card-payments"]) == "did you mean `card-payments`?")
    #expect(suggestion(forID: "Payment page", among: ["payment-page", "x"]) == "did you mean `payment-page`?")
  }

  @Test func `very long names cost little`() {
    let long = String(repeating: "a", count: 1_000_000)
    #expect(nearMatches(to: long, among: [long + "b"]).count == 1)
  }
}
