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
      let gone = Set((0..<next(6)).map { _ in next(16) })
      let come = Set((0..<next(6)).map { _ in next(16) })
      let changed = Adjacency.Edges(Array(targets)).changing(without: gone, with: come)
      #expect(changed.targets == targets.subtracting(gone).union(come).sorted())
    }
  }
}
