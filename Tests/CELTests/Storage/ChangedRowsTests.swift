import Testing

@testable import CEL

@Suite struct ChangedRowsTests {
  @Test func `no row that changed is passed over, and others have nothing`() {
    var state: UInt64 = 7
    for count in [0, 1, 2, 7, 8, 9, 64, 65, 1_000] {
      var rows: [Int32: Int] = [:]
      while rows.count < count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        rows[Int32(state >> 33)] = rows.count
      }
      if count > 2 { (rows[0], rows[.max]) = (-1, -2) }
      let changed = ChangedRows(rows)
      for (row, value) in rows { #expect(changed[row] == value) }
      for row in Int32(0)..<2_000 where rows[row] == nil { #expect(changed[row] == nil) }
    }
  }

  @Test func `a step is remembered where it was asked, at either end of a page too`() {
    let memory = StepMemory(rows: 10..<700)
    let kept: [Int32] = [10, 137, 138, 265, 266, 699]
    for row in kept {
      memory.keep(
        row, Remembered(value: .int(Int64(row)), absorbed: nil, defaults: nil, namesHops: false, cost: 1))
    }
    for row in Int32(0)..<710 {
      guard case .int(let number)? = memory.value(row, isTraced: false) else {
        #expect(!kept.contains(row))
        continue
      }
      #expect(number == Int64(row) && kept.contains(row))
    }
    #expect(memory.count == 690)
    #expect(StepMemory(rows: 5..<5).value(5, isTraced: false) == nil)
  }
}
