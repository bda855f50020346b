import Testing

@testable import Diagrams

@Suite struct LayerOrderTests {
  @Test("lines lead from one layer to a later one, and each box is in one")
  func layers() {
    let lines = [(from: 0, to: 1), (from: 1, to: 2), (from: 0, to: 2), (from: 3, to: 2), (from: 2, to: 0)]
    let order = LayerOrder(count: 5, lines: lines)
    #expect(order.layers.map { $0.sorted() } == [[0, 4], [1, 3], [2]])
  }

  @Test("neighbours stand in the order of what they are joined to")
  func crossings() {
    let lines = [(from: 0, to: 5), (from: 1, to: 4), (from: 2, to: 3)]
    let order = LayerOrder(count: 6, lines: lines)
    let places = order.layers.map { layer in Dictionary(uniqueKeysWithValues: layer.enumerated().map { ($1, $0) }) }
    #expect(lines.allSatisfy { places[0][$0.from] == places[1][$0.to] })
  }

  @Test("the order of lines changes nothing, and neither does one that is there twice or leads back to itself")
  func stable() {
    let lines = [(from: 0, to: 3), (from: 1, to: 3), (from: 1, to: 4), (from: 2, to: 4), (from: 4, to: 1)]
    let reference = LayerOrder(count: 5, lines: lines).layers
    #expect(LayerOrder(count: 5, lines: lines.reversed() + [(from: 0, to: 3), (from: 2, to: 2)]).layers == reference)
    #expect(LayerOrder(count: 0, lines: []).layers.isEmpty)
  }
}
