import Foundation
import Testing

@testable import CEL
@testable import Catalogue

/// Recursive fields of a view are worked out from those of its base: on random estates, circles and gaps among them,
/// each has the value that working out everything gives.
@Suite struct RecursiveFieldTests {
  private static let firstSeed = Int(ProcessInfo.processInfo.environment["VIEWS_FIRST"] ?? "") ?? 0
  private static let fields = ["failsWith", "exposed", "recovery"]
  private static let days = ["2026-06-01", "2027-01-01", "2027-02-01", "2027-06-01", "2028-01-01"]

  private struct Maker {
    var random: SeededGenerator
    let count: Int
    /// Whether a system may need what comes after it: else there is no circle.
    let isTangled: Bool

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    mutating func needs(of place: Int) -> [String] {
      (0..<count).filter { other in
        guard isTangled || other > place else { return false }
        return chance(other - place == 1 ? 60 : 8)
      }.map { "s\($0)" }
    }

    mutating func system(_ place: Int) -> String {
      var lines: [String] = []
      let needed = needs(of: place)
      if !needed.isEmpty { lines.append("needed: [\(needed.joined(separator: ", "))]") }
      if needed.isEmpty { lines.append(chance(20) ? "needed: unknown" : "needed: []") }
      if chance(25) { lines.append("fallback: s\(Int.random(in: 0..<count, using: &random))") }
      if chance(10) { lines.append("open: \(chance(70) ? "true" : "unknown")") }
      if chance(10) { lines.append("rto: unknown") }
      if chance(15) { lines.append("lifecycle: {active: 2026-01-01, retired: 2027-0\(chance(50) ? 2 : 4)-01}") }
      return InitiativeViewTests.system("s\(place)", lines.joined(separator: "\n"))
    }

    mutating func initiative(_ id: String, isApproved: Bool) -> String {
      var entries: [String] = []
      for place in (0..<count).shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)) {
        let other = Int.random(in: 0..<count, using: &random)
        let date = chance(30) ? "date: 2027-03-01, " : ""
        let what =
          switch Int.random(in: 0..<6, using: &random) {
          case 0: "set: {open: \(chance(50))}"
          case 1: "set: {needed: [s\(other)]}"
          case 2: "set: {fallback: s\(other)}"
          case 3: "unset: [needed]"
          case 4: "set: {rto: 5h}"
          default: "set: {needed: [s\(other), \(id)-new]}"
          }
        entries.append("{ref: 'system:s\(place)', \(date)\(what)}")
      }
      let needed = needs(of: 0)
      let new = "kind: system, id: \(id)-new, name: N, classification: public"
      let added = "adds: [{\(new), needed: [\(needed.joined(separator: ", "))]}]"
      let goLive = chance(50) ? "2027-01-01" : "2027-02-01"
      let changes = "changes: [\(entries.joined(separator: ", "))]"
      return InitiativeViewTests.initiative(
        added + "\n" + changes, id: id, goLive: goLive, isApproved: isApproved)
    }
  }

  @Test func `Each has the value that working out everything gives`() async throws {
    var isOtherCount = 0
    for seed in Self.firstSeed..<Self.firstSeed + 20 {
      var maker = Maker(random: SeededGenerator(seed: UInt64(seed)), count: 12, isTangled: seed % 3 == 0)
      var text = (0..<maker.count).map { maker.system($0) }.joined()
      for (place, id) in ["i", "j", "k"].enumerated() { text += maker.initiative(id, isApproved: place == 1) }
      let loaded = try await TestEstate(text)
      let estate = loaded.estate
      for item in estate.initiativeViews() {
        for day in Self.days {
          let date = try #require(CivilDate(day))
          let seen = item.view.derived(at: date).graph
          let whole = item.view.derivedAnew(item.view.raw(at: date).changing(date: date, context: seen.context)).graph
          let base = item.base.derived(at: date).graph
          for field in estate.metamodel.fields where Self.fields.contains(field.path) {
            for row in whole.members.rows(ofKind: field.kind) {
              let (a, b) = (Self.value(field, row, seen), Self.value(field, row, whole))
              #expect(a.isSame(as: b), "seed \(seed), \(day), \(estate.identity(row)).\(field.path): \(a), not \(b)")
              if base.members.contains(row), !Self.value(field, row, base).isSame(as: b) { isOtherCount += 1 }
            }
          }
        }
      }
    }
    #expect(isOtherCount > 30)
  }

  @Test func `What only a circle holds up falls, though what it fell from is not on it`() async throws {
    // Of b nobody asks for more than `aside` while that is open, and `aside` is open because b is; they hold up `mine`, and nothing
    // else does once the source is closed.
    let text =
      InitiativeViewTests.system("b", "needed: [aside, mine]") + InitiativeViewTests.system("aside", "needed: [b]")
      + InitiativeViewTests.system("mine", "needed: [b, source]")
      + InitiativeViewTests.system("source", "needed: []\nopen: true")
      + InitiativeViewTests.initiative("changes: [{ref: 'system:source', set: {open: false}}]")
      + InitiativeViewTests.initiative("changes: [{ref: 'system:b', set: {rto: 5h}}]", id: "j")
    for (initiative, isOpen) in [("i", "false"), ("j", "true")] {
      let seen = try await InitiativeViewTests.Seen(text, initiative)
      for system in ["aside", "b", "mine", "source"] {
        #expect(try seen.read("system:\(system)", "exposed") == isOpen, "\(initiative) \(system)")
      }
    }
  }

  private static func value(_ field: Field, _ row: Int32, _ graph: Graph) -> Value {
    var frame = Frame(graph: graph, slotCount: 1)
    return graph.computed[Int(field.id)](&frame, row)
  }
}
