import CEL
import Testing

@testable import Catalogue

/// What one metamodel document adds to a kind that another one declares.
@Suite struct AddedMemberTests {
  static let kind = "{kind: metamodel, id: m, name: M, kinds: {thing: {plural: things, title: Thing}}}"
  static let more =
    "{kind: metamodel, id: n, name: N, kinds: {thing: {fields: {tier: {type: integer}}, relations: {up: {to: thing}}}}}"
  private static let thing = "{kind: thing, id: a, name: A, tier: 2}"

  @Test(arguments: [[kind, more], [more, kind]])
  func `it does not matter which of the two is read first`(documents: [String]) async throws {
    let loaded = try await TestEstate((documents + [Self.thing]).joined(separator: "\n---\n"), metamodel: nil)
    #expect(loaded.problems == [])
    #expect(loaded.estate.metamodel.kind(named: "thing")?.plural == "things")
  }
}
