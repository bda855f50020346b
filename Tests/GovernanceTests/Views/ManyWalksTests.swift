import Testing

@testable import CEL
@testable import Catalogue
@testable import Governance

/// Ways back from many changes are walked together; they lead where they lead from each of them alone.
@Suite struct ManyWalksTests {
  @Test func `Walking from many changes at once leads where walking from each does`() async throws {
    var (reached, everything) = (0, 0)
    for seed in 0..<20 {
      let checked = await RandomRepository(seed: UInt64(seed), usesViews: true).checked()
      let universe = checked.estate.universe
      let definitions = checked.estate.view.plan.definitions
      let edges = OtherEdges(universe, of: Array(universe.initiatives.indices))
      var random = SplitMix(state: UInt64(seed))
      for rule in checked.book.rules {
        let paths = FieldPaths(rule.accessPaths(), definitions, isOtherDay: true)
        // More than a word has bits.
        let changes = Self.changes(70, paths, universe, &random)
        var all = ChangedFacts()
        for facts in changes { all.formUnion(facts) }
        func walk() -> BackwardWalk {
          var walk = BackwardWalk(universe, along: universe.raw, otherEdges: edges, definitions)
          walk.isElsewhere = true
          walk.timeless = TimelessConditions(universe, all)
          return walk
        }
        var (one, many) = (walk(), walk())
        var expected: [Int: [Int32: [Int]]]? = [:]
        for (place, facts) in changes.enumerated() {
          guard case .rows(let slots) = one.walk(paths, from: facts) else {
            expected = nil
            break
          }
          for (slot, rows) in slots {
            for row in rows { expected?[slot, default: [:]][row, default: []].append(place) }
          }
        }
        #expect(many.walk(paths, fromEach: changes) == expected, "seed \(seed), \(rule.id)")
        if let expected { reached += expected.values.reduce(0) { $0 + $1.count } } else { everything += 1 }
      }
    }
    #expect(reached > 1_000 && everything > 0, "\(reached) \(everything)")
  }

  private static func changes(
    _ count: Int, _ paths: FieldPaths, _ universe: Universe, _ random: inout SplitMix
  ) -> [ChangedFacts] {
    let fields = paths.readings.keys.filter { $0 >= 0 }.sorted()
    return (0..<count).map { _ in
      var facts = ChangedFacts()
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        guard let field = fields.randomElement(using: &random),
          let row = universe.raw.kindRanges[universe.metamodel.fields[Int(field)].kind].randomElement(using: &random)
        else { continue }
        if Bool.random(using: &random) {
          facts.insert(field, row)
        } else {
          facts.insert(field, row, elements: [Int32.random(in: 0..<Int32(universe.entities.count), using: &random)])
        }
      }
      return facts
    }
  }
}
