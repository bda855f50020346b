internal import CEL

/// Fills one column, cell by cell.
struct ColumnBuilder {
  private let firstRow: Int32
  private var cells: Column.Cells
  private(set) var isPresent: [Bool]

  init(_ type: ValueType, rows: Range<Int32>) {
    firstRow = rows.lowerBound
    isPresent = Array(repeating: false, count: rows.count)
    switch type {
    case .string, .enumeration, .entity, .date: cells = .int32(Array(repeating: 0, count: rows.count))
    case .int, .duration, .period: cells = .int64(Array(repeating: 0, count: rows.count))
    case .double: cells = .double(Array(repeating: 0, count: rows.count))
    case .bool: cells = .bool(Array(repeating: false, count: rows.count))
    default: cells = .values(Array(repeating: .null, count: rows.count))
    }
  }

  func has(_ row: Int32) -> Bool { isPresent[Int(row - firstRow)] }

  mutating func set(_ row: Int32, _ value: Value, _ symbols: inout SymbolTable) {
    let index = Int(row - firstRow)
    switch value {
    case .string(let text): set(index, symbols.intern(text))
    case .enumeration(_, let ordinal): set(index, ordinal)
    case .entity(let target): set(index, target)
    case .date(let date): set(index, date.days)
    case .int(let number), .duration(let number): set(index, number)
    case .period(let period):
      set(index, Int64(period.months) << 32 | Int64(UInt32(bitPattern: period.days)))
    case .double(let number):
      if case .double(var values) = cells {
        cells = .bool([])
        values[index] = number
        cells = .double(values)
      }
    case .bool(let flag):
      if case .bool(var values) = cells {
        cells = .bool([])
        values[index] = flag
        cells = .bool(values)
      }
    default:
      if case .values(var values) = cells {
        cells = .bool([])
        values[index] = value
        cells = .values(values)
      }
    }
    isPresent[index] = true
  }

  /// Rows appended after the column was begun (flows) are not known to it.
  private mutating func set(_ index: Int, _ number: Int32) {
    guard case .int32(var values) = cells else { return }
    cells = .bool([])
    values[index] = number
    cells = .int32(values)
  }

  private mutating func set(_ index: Int, _ number: Int64) {
    guard case .int64(var values) = cells else { return }
    cells = .bool([])
    values[index] = number
    cells = .int64(values)
  }

  func finished() -> Column { Column(firstRow: firstRow, cells: cells, isPresent: isPresent) }
}

/// Strings, each stored once.
struct SymbolTable {
  private(set) var all: [String] = []
  private var places: [String: Int32] = [:]

  mutating func intern(_ text: String) -> Int32 {
    if let known = places[text] { return known }
    let place = Int32(all.count)
    all.append(text)
    places[text] = place
    return place
  }
}
