import Testing

@testable import Catalogue

/// Levels of recursive cells: what reads others stands higher, whatever changes, and what stands on a circle is told.
@Suite struct CellOrderTests {
  private static func cell(_ row: Int32) -> RecursiveCell { RecursiveCell(field: 7, row: row) }

  /// Each of the first four reads the one before; the fifth stands on a circle, the sixth is not there.
  private static var order: CellOrder {
    var order = CellOrder()
    order.set(7, from: 10, [0, 1, 2, 3, CellOrder.circular, CellOrder.absent])
    return order
  }

  private static func readers(_ cell: RecursiveCell) -> [RecursiveCell] {
    (10..<13).contains(cell.row) ? [self.cell(cell.row + 1)] : []
  }

  private static func levels(_ order: CellOrder) -> [Int32] { (10...15).map { order.level(cell($0)) } }

  /// Nil: it stands on a circle.
  private static func raised(
    _ order: CellOrder, _ reads: [Int32: [Int32]], _ readers: (RecursiveCell) -> [RecursiveCell]? = Self.readers
  ) -> [Int32]? {
    var order = order
    let cells = Dictionary(uniqueKeysWithValues: reads.map { (cell($0), $1.map(cell)) })
    return order.raise(cells, readers) ? levels(order) : nil
  }

  @Test func `What reads something higher rises, and what reads it with it`() {
    #expect(Self.raised(Self.order, [11: [10, 15], 15: []]) == [0, 1, 2, 3, CellOrder.circular, 0])
    // What is new reads the lowest, and the third reads what is new.
    let third = Self.raised(Self.order, [15: [10], 12: [15, 11]])
    #expect(third == [0, 1, 2, 3, CellOrder.circular, 1])
    // The lowest reads what is new.
    let first = Self.raised(Self.order, [10: [15], 15: []])
    #expect(first == [1, 2, 3, 4, CellOrder.circular, 0])
  }

  @Test func `What is not there is no reason to rise far`() {
    #expect(Self.raised(Self.order, [11: [15]]) == [0, 1, 2, 3, CellOrder.circular, CellOrder.absent])
    #expect(Self.raised(Self.order, [10: [15]]) == [1, 2, 3, 4, CellOrder.circular, CellOrder.absent])
  }

  @Test func `A circle has no levels, nor has what reads one`() {
    #expect(Self.raised(Self.order, [10: [13]]) == nil)
    #expect(Self.raised(Self.order, [10: [10]]) == nil)
    #expect(Self.raised(Self.order, [11: [14]]) == nil)
    #expect(Self.raised(Self.order, [14: []]) == nil)
    #expect(Self.raised(Self.order, [10: [12]]) { _ in nil } == nil)
  }

  @Test func `Of what is lost nothing is known any more`() {
    var order = Self.order
    order.lose([Self.cell(12), Self.cell(13)])
    #expect(Self.levels(order).prefix(4) == [0, 1, CellOrder.circular, CellOrder.circular])
    #expect(Self.raised(order, [11: [13]]) == nil)
    #expect(order.level(RecursiveCell(field: 8, row: 10)) == CellOrder.circular)
    #expect(order.level(Self.cell(99)) == CellOrder.circular)
  }
}
