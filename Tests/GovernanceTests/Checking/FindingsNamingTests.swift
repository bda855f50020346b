import CEL
import Catalogue
import Testing

@testable import Governance

/// What names one entity is found without looking at everything.
@Suite struct FindingsNamingTests {
  @Test func `for the entities of the shipped catalogue it is what a whole run finds`() async throws {
    let shipped = await ShippedRepository.shared.value
    let (estate, book) = (shipped.estate, shipped.book)
    let waivers = WaiverBook(estate, book)
    let whole = await Assessment.run(book.rules, on: estate).findings
    #expect(whole.count > 50)
    var named = 0
    for row in estate.entities.indices.map({ Int32($0) })
    where estate.entity(row).node != nil && estate.graph.members.contains(row) {
      let identity = estate.identity(row)
      let wanted = whole.filter { $0.target == identity || $0.key.contains(identity) }.map(\.identity)
      // Some are enough, fewer of those that nothing names.
      if row % (wanted.isEmpty ? 53 : 4) != 0 { continue }
      named += wanted.isEmpty ? 0 : 1
      let integrity = IntegrityRules.findings(estate) + IntegrityRules.differences(estate)
      let known = Set(integrity.map(\.identity))
      let found = await FindingsNaming(row, estate, book, waivers).findings(on: estate, waivers, nil, tasks: 1)
      #expect(found.map(\.identity).filter { !known.contains($0) } == wanted, "\(identity)")
    }
    #expect(named > 15)
  }
}
