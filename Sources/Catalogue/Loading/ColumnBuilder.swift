internal import CEL
internal import YAMLTree

/// Fills one column, cell by cell. Of the arrays the one that the type needs is in use.
final class ColumnBuilder {
  let rows: Range<Int32>
  private(set) var isPresent: [Bool]
  private(set) var numbers: [Int32] = []
  private var longs: [Int64] = []
  private var doubles: [Double] = []
  private var flags: [Bool] = []
  private var values: [Value] = []
  private let width: Width

  private enum Width { case int32, int64, double, bool, values }

  init(_ type: ValueType, rows: Range<Int32>) {
    self.rows = rows
    isPresent = Array(repeating: false, count: rows.count)
    switch type {
    case .string, .enumeration, .entity, .date:
      width = .int32
      numbers = Array(repeating: 0, count: rows.count)
    case .int, .duration, .period:
      width = .int64
      longs = Array(repeating: 0, count: rows.count)
    case .double:
      width = .double
      doubles = Array(repeating: 0, count: rows.count)
    case .bool:
      width = .bool
      flags = Array(repeating: false, count: rows.count)
    default:
      width = .values
      values = Array(repeating: .null, count: rows.count)
    }
  }

  /// A symbol, an ordinal, a row or a day.
  func set(_ row: Int32, number: Int32) {
    let index = Int(row - rows.lowerBound)
    numbers[index] = number
    isPresent[index] = true
  }

  /// Puts a symbol, an ordinal, a row or a day into each cell for which there is one.
  func fill(_ number: (Int32) -> Int32?) {
    let first = rows.lowerBound
    numbers.withUnsafeMutableBufferPointer { numbers in
      isPresent.withUnsafeMutableBufferPointer { isPresent in
        for index in numbers.indices {
          guard let number = number(first + Int32(index)) else { continue }
          numbers[index] = number
          isPresent[index] = true
        }
      }
    }
  }

  /// The row, the symbol or the like that stands in a cell.
  func number(_ row: Int32) -> Int32? {
    let index = Int(row - rows.lowerBound)
    return width == .int32 && isPresent[index] ? numbers[index] : nil
  }

  /// - Precondition: the value is of the column's type, or unknown.
  func set(_ row: Int32, _ value: Value, _ symbols: inout SymbolTable) {
    let index = Int(row - rows.lowerBound)
    switch (value, width) {
    case (.string(let text), .int32): numbers[index] = symbols.intern(text)
    case (.enumeration(_, let ordinal), .int32): numbers[index] = ordinal
    case (.entity(let target), .int32): numbers[index] = target
    case (.date(let date), .int32): numbers[index] = date.days
    case (.int(let number), .int64), (.duration(let number), .int64): longs[index] = number
    case (.period(let period), .int64):
      longs[index] = Int64(period.months) << 32 | Int64(UInt32(bitPattern: period.days))
    case (.double(let number), .double): doubles[index] = number
    case (.bool(let flag), .bool): flags[index] = flag
    case (_, .values): values[index] = value
    default: preconditionFailure("a value is put into a column of its type")
    }
    isPresent[index] = true
  }

  /// Gives symbols other numbers: the one at their place.
  func renumber(_ numbers: [Int32]) {
    for index in isPresent.indices where isPresent[index] { self.numbers[index] = numbers[Int(self.numbers[index])] }
  }

  /// Takes the cells of another column of the field, from a row on.
  func absorb(_ other: ColumnBuilder, from row: Int32) {
    for index in max(0, Int(row - rows.lowerBound))..<max(0, Int(row - rows.lowerBound), rows.count)
    where other.isPresent[index] {
      isPresent[index] = true
      switch width {
      case .int32: numbers[index] = other.numbers[index]
      case .int64: longs[index] = other.longs[index]
      case .double: doubles[index] = other.doubles[index]
      case .bool: flags[index] = other.flags[index]
      case .values: values[index] = other.values[index]
      }
    }
  }

  /// - Parameter absent: rows that the catalogue's own graph does not hold.
  func finished(ignoring absent: Set<Int32> = []) -> Column {
    let cells: Column.Cells =
      switch width {
      case .int32: .int32(numbers)
      case .int64: .int64(longs)
      case .double: .double(doubles)
      case .bool: .bool(flags)
      case .values: .values(values)
      }
    return Column(firstRow: rows.lowerBound, cells: cells, isPresent: isPresent, ignoring: absent)
  }
}

/// Strings, each stored once.
struct SymbolTable {
  private(set) var all: [String] = []
  private var places = NameTable()

  mutating func intern(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  mutating func intern(_ node: YAMLNode) -> Int32 { node.withUTF8 { intern($0) } }

  private mutating func intern(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if let known = places.find(bytes) { return known }
    let place = Int32(all.count)
    all.append(String(decoding: bytes, as: UTF8.self))
    places.insert(bytes, place)
    return place
  }
}
