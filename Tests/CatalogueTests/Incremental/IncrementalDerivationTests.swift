import Testing

@testable import Catalogue

/// What is worked out from a base's derived fields is what working out everything gives.
@Suite struct IncrementalDerivationTests {
  typealias Seen = InitiativeViewTests.Seen

  @Test func `A list that is open only for what the view does not hold opens what follows from it`() async throws {
    let text =
      InitiativeViewTests.system("a", "needed: [b]") + InitiativeViewTests.system("b")
      + InitiativeViewTests.initiative("changes: [{ref: 'system:a', link: {needed: [x]}}]")
      + InitiativeViewTests.initiative(
        "adds: [{kind: system, id: x, name: X, classification: public}]", id: "k")
    let seen = try await Seen(text)
    #expect(try seen.read("system:a", "needed") == "[b, …]")
    #expect(try seen.read("system:a", "dependsOn") == "[b, …]")
    #expect(try await Seen(text, alone: true).read("system:a", "failsWith") == "[a, b, …]")
  }

  @Test func `A list that is no longer open closes what follows from it`() async throws {
    let text =
      InitiativeViewTests.system("a", "needed: [b, x]") + InitiativeViewTests.system("b")
      + InitiativeViewTests.initiative("changes: [{ref: 'system:a', unlink: {needed: [x]}}]")
      + InitiativeViewTests.initiative(
        "adds: [{kind: system, id: x, name: X, classification: public}]", id: "k")
    let seen = try await Seen(text)
    #expect(try seen.read("system:a", "needed") == "[b]")
    #expect(try seen.read("system:a", "dependsOn") == "[b]")
    #expect(try seen.read("system:a", "failsWith") == "[a, b]")
  }
}
