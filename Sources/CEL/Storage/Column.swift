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

  private enum Width { case int32, int64, double, bool, values }

  public let firstRow: Int32
  private let width: Width
  // One of these holds the cells: what is taken out of an enumeration is counted each time.
  private let int32s: [Int32]
  private let int64s: [Int64]
  private let doubles: [Double]
  private let bools: [Bool]
  private let values: [Value]
  /// Whether a cell holds a value; elsewhere the field is unknown.
  private let isPresent: [Bool]
  /// Cells that are otherwise than the arrays say, by row; `.pending`: nothing is recorded.
  let patch: ChangedRows<Value>?
  /// The rows without a value, ascending, where they are few; nil where they are many.
  let absentRows: [Int32]?
  private static let absentLimit = 64

  /// - Parameter ignoring: rows that no graph with this column holds: what is missing of them is no gap.
  public init(firstRow: Int32, cells: Cells, isPresent: [Bool], ignoring: Set<Int32> = []) {
    self.firstRow = firstRow
    self.isPresent = isPresent
    switch cells {
    case .int32(let cells): (width, int32s, int64s, doubles, bools, values) = (.int32, cells, [], [], [], [])
    case .int64(let cells): (width, int32s, int64s, doubles, bools, values) = (.int64, [], cells, [], [], [])
    case .double(let cells): (width, int32s, int64s, doubles, bools, values) = (.double, [], [], cells, [], [])
    case .bool(let cells): (width, int32s, int64s, doubles, bools, values) = (.bool, [], [], [], cells, [])
    case .values(let cells): (width, int32s, int64s, doubles, bools, values) = (.values, [], [], [], [], cells)
    }
    patch = nil
    var absent: [Int32]? = []
    for (index, isThere) in isPresent.enumerated() where !isThere {
      if !ignoring.isEmpty, ignoring.contains(firstRow + Int32(index)) { continue }
      absent?.append(firstRow + Int32(index))
      if absent?.count == Self.absentLimit + 1 {
        absent = nil
        break
      }
    }
    absentRows = absent
  }

  private init(_ base: Column, patch: ChangedRows<Value>?, absentRows: [Int32]?) {
    firstRow = base.firstRow
    width = base.width
    int32s = base.int32s
    int64s = base.int64s
    doubles = base.doubles
    bools = base.bools
    values = base.values
    isPresent = base.isPresent
    self.patch = patch
    self.absentRows = absentRows
  }

  /// The same column with other values in some rows; nil: nothing is recorded there. Costs what is changed, not what
  /// the column holds.
  /// - Precondition: the values are of the column's type.
  public func changing(_ values: [Int32: Value?]) -> Column {
    if values.isEmpty { return self }
    var patch = patch?.all ?? [:]
    var absent = absentRows.map { Set($0) }
    for (row, value) in values {
      patch[row] = value ?? .pending
      if value == nil { absent?.insert(row) } else { absent?.remove(row) }
    }
    let few = absent.flatMap { $0.count > Self.absentLimit ? nil : $0.sorted() }
    return Column(self, patch: ChangedRows(patch), absentRows: few)
  }

  /// Whether something is recorded in a row.
  public func isRecorded(_ row: Int32) -> Bool {
    if let patch, let value = patch[row] { return !value.isPending }
    let index = Int(row - firstRow)
    return index >= 0 && index < isPresent.count && isPresent[index]
  }
}

extension Value {
  var isPending: Bool { if case .pending = self { true } else { false } }

  /// A symbol aside, what a column of 32-bit cells would hold.
  fileprivate var int32: Int32? {
    switch self {
    case .enumeration(_, let ordinal): ordinal
    case .entity(let row): row
    case .date(let date): date.days
    default: nil
    }
  }
}

extension Column {
  func copied() -> Column {
    let cells: Cells =
      switch width {
      case .int32: .int32(int32s.map { $0 })
      case .int64: .int64(int64s.map { $0 })
      case .double: .double(doubles.map { $0 })
      case .bool: .bool(bools.map { $0 })
      case .values: .values(values.map { $0 })
      }
    let copy = Column(firstRow: firstRow, cells: cells, isPresent: isPresent.map { $0 })
    return Column(copy, patch: patch, absentRows: absentRows)
  }

  /// A cell as a number; `Int64.min` where nothing is recorded or the cells are no whole numbers.
  func number(of row: Int32) -> Int64 {
    if let patch, let value = patch[row] {
      switch value {
      case .int(let number), .duration(let number): return number
      case .bool(let flag): return flag ? 1 : 0
      default: return value.int32.map { Int64($0) } ?? .min
      }
    }
    let index = Int(row - firstRow)
    guard index >= 0, index < isPresent.count, isPresent[index] else { return .min }
    switch width {
    case .int32: return Int64(int32s[index])
    case .int64: return int64s[index]
    case .bool: return bools[index] ? 1 : 0
    case .double, .values: return .min
    }
  }

  /// An ordinal, a row or a day; nil where nothing is recorded.
  /// - Precondition: the column is not one of strings.
  public func int32(of row: Int32) -> Int32? {
    if let patch, let value = patch[row] { return value.int32 }
    let index = Int(row - firstRow)
    guard index >= 0, index < isPresent.count, isPresent[index], width == .int32 else { return nil }
    return int32s[index]
  }

  func bool(of row: Int32) -> Bool? {
    if let patch, let value = patch[row] { return if case .bool(let flag) = value { flag } else { nil } }
    let index = Int(row - firstRow)
    guard index >= 0, index < isPresent.count, isPresent[index], width == .bool else { return nil }
    return bools[index]
  }

  /// The text in a cell of a column of strings.
  public func string(of row: Int32, _ symbols: [String]) -> String? {
    if let patch, let value = patch[row] { return if case .string(let text) = value { text } else { nil } }
    let index = Int(row - firstRow)
    guard index >= 0, index < isPresent.count, isPresent[index], width == .int32 else { return nil }
    return symbols[Int(int32s[index])]
  }

  /// A cell's value on a graph, read as the field's type says; nil where nothing is recorded.
  public func value(of row: Int32, _ type: ValueType, in graph: Graph) -> Value? {
    guard let value = value(of: row, type, graph.symbols) else {
      guard let number = int32(of: row) else { return bool(of: row).map { .bool($0) } }
      switch type {
      case .enumeration(let type): return .enumeration(type: type.index, ordinal: number)
      case .entity: return .entity(number)
      default: return nil
      }
    }
    return value
  }

  /// A cell's value, read as the field's type says; nil where nothing is recorded.
  func value(of row: Int32, _ type: ValueType, _ symbols: [String]) -> Value? {
    if let patch, let value = patch[row] { return value.isPending ? nil : value }
    let index = Int(row - firstRow)
    guard index >= 0, index < isPresent.count, isPresent[index] else { return nil }
    switch width {
    case .int32:
      let value = int32s[index]
      switch type {
      case .date: return .date(CivilDate(days: value))
      case .string: return .string(symbols[Int(value)])
      // Those have a way of their own.
      case .bool, .enumeration, .entity: return nil
      default: return .int(Int64(value))
      }
    case .int64:
      let value = int64s[index]
      switch type {
      case .duration: return .duration(value)
      case .period:
        return .period(Period(months: Int32(truncatingIfNeeded: value >> 32), days: Int32(truncatingIfNeeded: value)))
      default: return .int(value)
      }
    case .double: return .double(doubles[index])
    case .bool: return .bool(bools[index])
    case .values: return values[index]
    }
  }
}
