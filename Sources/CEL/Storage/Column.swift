/// The values of one field of one kind: one cell for each row of the kind, `firstRow` onwards.
///
/// Immutable. A class for the same reason as `Adjacency`.
public final class Column: Sendable {
  public enum Cells: Sendable {
    /// Symbols, ordinals, rows, dates.
    case int32([Int32])
    case int64([Int64])
    case double([Double])
    case bool([Bool])
    /// Lists and records of scalars.
    case values([Value])
  }

  public let firstRow: Int32
  public let cells: Cells
  /// Whether a cell holds a value; elsewhere the field is unknown.
  public let isPresent: [Bool]
  /// The rows without a value, ascending, where they are few; nil where they are many.
  let absentRows: [Int32]?

  public init(firstRow: Int32, cells: Cells, isPresent: [Bool]) {
    self.firstRow = firstRow
    self.cells = cells
    self.isPresent = isPresent
    var absent: [Int32]? = []
    for (index, isThere) in isPresent.enumerated() where !isThere {
      absent?.append(firstRow + Int32(index))
      if absent?.count == 65 {
        absent = nil
        break
      }
    }
    absentRows = absent
  }
}

extension Column {
  func copied() -> Column {
    let cells: Cells =
      switch cells {
      case .int32(let values): .int32(values.map { $0 })
      case .int64(let values): .int64(values.map { $0 })
      case .double(let values): .double(values.map { $0 })
      case .bool(let values): .bool(values.map { $0 })
      case .values(let values): .values(values.map { $0 })
      }
    return Column(firstRow: firstRow, cells: cells, isPresent: isPresent.map { $0 })
  }

  /// A cell as a number; `Int64.min` where nothing is recorded or the cells are no whole numbers.
  func number(of row: Int32) -> Int64 {
    let index = Int(row - firstRow)
    guard isPresent.indices.contains(index), isPresent[index] else { return .min }
    switch cells {
    case .int32(let values): return Int64(values[index])
    case .int64(let values): return values[index]
    case .bool(let values): return values[index] ? 1 : 0
    case .double, .values: return .min
    }
  }

  func int32(of row: Int32) -> Int32? {
    let index = Int(row - firstRow)
    guard isPresent.indices.contains(index), isPresent[index], case .int32(let values) = cells else { return nil }
    return values[index]
  }

  func bool(of row: Int32) -> Bool? {
    let index = Int(row - firstRow)
    guard isPresent.indices.contains(index), isPresent[index], case .bool(let values) = cells else { return nil }
    return values[index]
  }
}
