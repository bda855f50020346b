public import Diagnostics

/// A table of texts, as RFC 4180 writes it: a row of names, then rows with as many cells.
public struct CSVTable: Sendable {
  /// A place in the text; its quotes count.
  public struct Cell: Sendable, Hashable {
    var start: Int32
    var end: Int32
    var isQuoted: Bool

    public var utf8Range: Range<Int> { Int(start)..<Int(end) }
  }

  public struct Row: Sendable {
    /// As spreadsheets count: the names are row 1, and rows without content count.
    public var number: Int
    /// The place of its first cell among all.
    var first: Int
  }

  public struct Limits: Sendable {
    public var bytes: Int
    public var columns: Int
    public var cells: Int
    /// Of the rows that do not fit so many are told one by one.
    public var problems: Int

    public init(bytes: Int = 64 << 20, columns: Int = 1_000, cells: Int = 5_000_000, problems: Int = 1_000) {
      self.bytes = bytes
      self.columns = columns
      self.cells = cells
      self.problems = problems
    }
  }

  public let source: SourceText
  /// In the order of the text. Empty where nothing can be read.
  public let header: [Cell]
  /// Those with as many cells as there are names.
  public let rows: [Row]
  private let cells: [Cell]
  /// Rows without content, which are passed over.
  public let emptyRowCount: Int
  /// Rows that do not fit.
  public let badRowCount: Int
  /// Why nothing can be read at all, and what is wrong with rows. Sorted for printing.
  public let problems: [Diagnostic]

  /// Reads a text; see `CSVReader`.
  ///
  /// - Parameter separator: an ASCII character other than the quote and line breaks.
  public init(_ source: SourceText, separator: UInt8 = UInt8(ascii: ","), limits: Limits = Limits()) {
    var reader = CSVReader(source, separator: separator, limits: limits)
    reader.read()
    self.source = source
    header = reader.header
    rows = reader.rows
    cells = reader.cells
    emptyRowCount = reader.emptyRowCount
    badRowCount = reader.badRowCount
    problems = reader.problems.sortedForPrinting()
  }

  /// A cell of a row by its column, `0..<header.count`.
  public func cell(_ column: Int, of row: Row) -> Cell { cells[row.first + column] }

  /// What a cell says: without its quotes, doubled ones once.
  public func text(_ cell: Cell) -> String {
    if !cell.isQuoted { return source.text(in: cell.utf8Range) }
    let inner = source.bytes[cell.utf8Range].dropFirst().dropLast()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(inner.count)
    var index = inner.startIndex
    while index < inner.endIndex {
      bytes.append(inner[index])
      let isPair =
        inner[index] == CSVReader.quote && index + 1 < inner.endIndex && inner[index + 1] == CSVReader.quote
      index += isPair ? 2 : 1
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same without spaces, tabs and no-break spaces at its ends.
  public func trimmed(_ cell: Cell) -> String { Self.trimmed(text(cell)) }

  static func trimmed(_ text: String) -> String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\t" || scalar == "\u{A0}" || scalar == "\n" || scalar == "\r"
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
      let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  public func range(_ cell: Cell) -> SourceRange { SourceRange(source, cell.utf8Range) }
}
