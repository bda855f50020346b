internal import Diagnostics

/// Reads RFC 4180 from UTF-8, strictly: cells divided by one character, quotes around a whole cell and doubled inside it,
/// line breaks of any kind. What does not fit is reported, and never repaired.
struct CSVReader {
  static let quote = UInt8(ascii: "\"")

  private let source: SourceText
  private let separator: UInt8
  private let limits: CSVTable.Limits
  private var index = 0
  private var number = 0
  private(set) var cells: [CSVTable.Cell] = []
  private var isFull = false
  private(set) var header: [CSVTable.Cell] = []
  private(set) var rows: [CSVTable.Row] = []
  private(set) var emptyRowCount = 0
  private(set) var badRowCount = 0
  private(set) var problems: [Diagnostic] = []

  init(_ source: SourceText, separator: UInt8, limits: CSVTable.Limits) {
    precondition(
      separator < 0x80 && separator != Self.quote && separator != 0x0A && separator != 0x0D,
      "the separator is an ASCII character that means nothing else")
    self.source = source
    self.separator = separator
    self.limits = limits
  }

  private var bytes: [UInt8] { source.bytes }

  mutating func read() {
    if let refusal = CSVEncoding.refusal(of: source, limit: limits.bytes) {
      problems.append(refusal)
      return
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    while index < bytes.count, !isFull { readRow() }
    if header.isEmpty, problems.isEmpty {
      refuse("there is no row of names: a table begins with the names of its columns", at: 0..<0)
    }
    if isFull { (header, rows, cells) = ([], [], []) }
  }

  // MARK: Rows

  private mutating func readRow() {
    number += 1
    let first = cells.count
    let start = index
    var mistake: (summary: String, place: Int)?
    while true {
      if let found = readCell(), mistake == nil { mistake = found }
      if cells.count - first > limits.columns {
        return stop("a row has more than \(limits.columns) cells", at: start..<index)
      }
      if cells.count > limits.cells { return stop("there are more than \(limits.cells) cells", at: start..<index) }
      guard index < bytes.count, bytes[index] == separator else { break }
      index += 1
    }
    let end = index
    skipLineBreak()
    let count = cells.count - first
    if mistake == nil, (first..<cells.count).allSatisfy({ isBlank(cells[$0]) }) {
      // A sheet has rows below its table, and empty ones in it.
      if header.isEmpty { return refuseEmptyNames(start..<end) }
      emptyRowCount += 1
      cells.removeLast(count)
      return
    }
    if let mistake {
      report(mistake.summary, at: mistake.place..<min(mistake.place + 1, bytes.count))
    } else if header.isEmpty {
      header = Array(cells[first...])
    } else if count != header.count {
      let words = count == 1 ? "is 1 cell" : "are \(count) cells"
      report("there \(words), and \(header.count == 1 ? "1 column" : "\(header.count) columns")", at: start..<end)
    } else {
      rows.append(CSVTable.Row(number: number, first: first))
      return
    }
    cells.removeLast(count)
  }

  private mutating func refuseEmptyNames(_ range: Range<Int>) {
    stop("the first row is empty; it has the names of the columns", at: range)
  }

  private func isBlank(_ cell: CSVTable.Cell) -> Bool {
    let inner = cell.isQuoted ? bytes[cell.utf8Range].dropFirst().dropLast() : bytes[cell.utf8Range]
    return inner.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private mutating func skipLineBreak() {
    guard index < bytes.count else { return }
    index += bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
  }

  // MARK: Cells

  /// Reads up to a separator, a line break or the end; gives what is wrong in the cell, and where.
  private mutating func readCell() -> (String, Int)? {
    let start = index
    guard index < bytes.count, bytes[index] == Self.quote else {
      let end = endOfCell()
      let place = bytes[start..<end].firstIndex(of: Self.quote)
      index = end
      append(start, isQuoted: false)
      return place.map {
        ("there is a quote inside a cell without quotes; put the cell into quotes, and each quote in it twice", $0)
      }
    }
    index += 1
    while true {
      guard let next = bytes[index...].firstIndex(of: Self.quote) else {
        index = bytes.count
        append(start, isQuoted: false)
        return ("the quote that opens this cell is closed nowhere; all that follows is taken for its content", start)
      }
      index = next + 1
      guard index < bytes.count, bytes[index] == Self.quote else { break }
      index += 1
    }
    let close = index
    append(start, isQuoted: true)
    let end = endOfCell()
    index = end
    return close < end ? ("something follows the quote that closes a cell", close) : nil
  }

  private func endOfCell() -> Int {
    var end = index
    while end < bytes.count, bytes[end] != separator, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    return end
  }

  private mutating func append(_ start: Int, isQuoted: Bool) {
    cells.append(CSVTable.Cell(start: Int32(start), end: Int32(index), isQuoted: isQuoted))
  }

  // MARK: Problems

  /// Of a row: the others are read all the same, unless it is the row of names.
  private mutating func report(_ summary: String, at range: Range<Int>) {
    badRowCount += 1
    if problems.count < limits.problems {
      problems.append(Diagnostic("bad-csv", .error, "row \(number): \(summary)", at: SourceRange(source, range)))
    }
    if header.isEmpty { isFull = true }
  }

  private mutating func refuse(_ summary: String, at range: Range<Int>) {
    problems.append(Diagnostic("bad-csv", .error, summary, at: SourceRange(source, range)))
  }

  private mutating func stop(_ summary: String, at range: Range<Int>) {
    refuse(summary, at: range)
    isFull = true
  }
}
