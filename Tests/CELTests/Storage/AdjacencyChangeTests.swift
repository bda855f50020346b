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
}
