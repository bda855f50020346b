import Testing

@testable import CEL

/// What comes to a row's targets and goes from them.
@Suite struct AdjacencyChangeTests {
  @Test func `Targets are those before without what goes and with what comes`() {
    var state: UInt64 = 7
    func next(_ limit: UInt64) -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32((state >> 33) % limit)
    }
    for _ in 0..<500 {
      let targets = Set((0..<next(12)).map { _ in next(16) })
      let maybe = Set((0..<next(6)).map { _ in next(16) }).subtracting(targets)
      let gone = Set((0..<next(6)).map { _ in next(16) })
      let come = Set((0..<next(6)).map { _ in next(16) })
      let edges = Adjacency.Edges(Array(targets), possible: maybe.sorted().map { ($0, Unknown(facts: [])) })
      let changed = edges.changing(
        gone.union(come).sorted().map { ($0, come.contains($0)) }, possible: [(99, Unknown(facts: []))])
      #expect(changed.targets == targets.subtracting(gone).union(come).sorted())
      // What is known for certain now is no longer only possible.
      #expect(changed.possible.map(\.target) == maybe.subtracting(gone).subtracting(come).sorted() + [99])
    }
  }

  /// A long list is put together only when somebody asks, and changes over changes are put together once.
  @Test(arguments: [20, 300, 2_000])
  func `Changes over changes are all there, whoever asks in between`(_ count: Int32) {
    var state: UInt64 = 11
    func next(_ limit: Int32) -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32((state >> 33) % UInt64(limit))
    }
    for round in 0..<40 {
      // The row's own part of a relation stands behind another's.
      let first = (0..<count).filter { _ in next(3) > 0 }
      let adjacency = Adjacency(
        rows: 0..<2, offsets: [0, 3, Int32(3 + first.count)], targets: [1, 2, 3] + first)
      var edges = adjacency.edges(of: 1)
      var expected = Set(first)
      for step in 0..<6 {
        let changed = Set((0..<next(20)).map { _ in next(count + 4) }).sorted().map { ($0, next(2) == 0) }
        edges = edges.changing(changed)
        for (target, isThere) in changed {
          if isThere { expected.insert(target) } else { expected.remove(target) }
        }
        if (round + step) % 3 == 0 { #expect(edges.targets == expected.sorted()) }
      }
      let after = adjacency.changing([1: edges])
      #expect(Array(after.targets(of: 1)) == expected.sorted())
      let view = after.value(of: 1).listView
      #expect((0..<(view?.count ?? 0)).compactMap { view?.row(at: $0) } == expected.sorted())
      #expect(Array(after.targets(of: 0)) == [1, 2, 3])
      #expect(edges.hasSameTargets(as: Adjacency.Edges(Array(expected))))
    }
  }
}
