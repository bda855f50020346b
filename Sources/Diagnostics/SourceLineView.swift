/// One line of a text as it is printed, and where a range of it stands in columns.
struct SourceLineView {
  /// The line, tabs expanded, unsafe characters escaped, cut to the width with `…` where something is left out.
  private(set) var text = ""
  /// 0-based display columns in `text` that the range covers; at least one.
  private(set) var marked = 0..<1

  private struct Cell {
    var text: String
    var columns: Range<Int>
  }

  /// Whether the line goes on before and behind the bytes that were looked at.
  private var isContinued = (before: false, behind: false)

  /// Columns from one tab stop to the next.
  private static let tabWidth = 4

  /// The first line of a range; a range that goes on below is marked to the line's end.
  init(_ range: SourceRange, width: Int) {
    let source = range.source
    let bytes = source.bytes
    var start = min(max(range.utf8Range.lowerBound, 0), bytes.count)
    if start > 0, start < bytes.count, bytes[start] == 0x0A, bytes[start - 1] == 0x0D { start -= 1 }
    let whole = source.lineRange(at: start)
    let end = min(max(range.utf8Range.upperBound, start), whole.upperBound)
    let line = Self.surroundings(of: start, in: whole, bytes, bytesAround: max(width, 20) * 16)
    var cells: [Cell] = []
    var column = 0
    var first: Int?
    var last: Int?
    var offset = line.lowerBound
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes[line].makeIterator()
    while true {
      let scalar: Unicode.Scalar
      let length: Int
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): (scalar, length) = (Unicode.UTF8.decode(encoded), encoded.count)
      case .error(let count): (scalar, length) = ("\u{FFFD}", count)
      case .emptyInput: (scalar, length) = ("\0", 0)
      }
      if first == nil, offset + length > start || length == 0 { first = column }
      if last == nil, offset >= end || length == 0 { last = column }
      if length == 0 { break }
      let cell = Self.cell(scalar, at: column)
      cells.append(cell)
      column = cell.columns.upperBound
      offset += length
    }
    let from = first ?? column
    isContinued = (line.lowerBound > whole.lowerBound, line.upperBound < whole.upperBound)
    cut(cells, total: column, marking: from..<max(last ?? column, from + 1), width: max(width, 20))
  }

  /// The part of a line that can be shown, so that a line of megabytes costs no more than another.
  private static func surroundings(
    of offset: Int, in line: Range<Int>, _ bytes: [UInt8], bytesAround count: Int
  ) -> Range<Int> {
    var start = max(line.lowerBound, offset - count)
    while start > line.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    var end = min(line.upperBound, offset + count)
    while end < line.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return start..<max(start, end)
  }

  private static func cell(_ scalar: Unicode.Scalar, at column: Int) -> Cell {
    if scalar == "\t" {
      let width = tabWidth - column % tabWidth
      return Cell(text: String(repeating: " ", count: width), columns: column..<column + width)
    }
    let text = isUnsafeForTerminal(scalar) ? escapeSequence(for: scalar) : String(scalar)
    return Cell(text: text, columns: column..<column + displayWidth(of: text))
  }

  /// Keeps a window of a long line: its beginning where the range ends in it, else what surrounds the range's start.
  private mutating func cut(_ cells: [Cell], total: Int, marking range: Range<Int>, width: Int) {
    if total <= width, !isContinued.before, !isContinued.behind {
      text = cells.map(\.text).joined()
      marked = range
      return
    }
    let start = range.upperBound < width && !isContinued.before ? 0 : max(0, range.lowerBound - width / 3)
    let hasHead = start > 0 || isContinued.before
    let room = hasHead ? width - 2 : width - 1
    let kept = cells.filter { $0.columns.lowerBound >= start && $0.columns.upperBound <= start + room }
    let from = kept.first?.columns.lowerBound ?? start
    let to = kept.last?.columns.upperBound ?? start
    let shift = hasHead ? 1 : 0
    text = (shift == 1 ? "…" : "") + kept.map(\.text).joined() + (to < total || isContinued.behind ? "…" : "")
    let lower = min(max(range.lowerBound, from), to) - from + shift
    let upper = min(max(range.upperBound, from), to) - from + shift
    marked = lower..<max(upper, lower + 1)
  }
}
