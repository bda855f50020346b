/// Lines and columns of many places in one text: the text is gone through once, and a place then costs no more than the
/// bytes since the nearest mark, wherever it is and however long its line.
struct PositionTable: Sendable {
  private struct Mark {
    var line: Int32
    var column: Int32
  }

  /// Where the text begins: behind a byte order mark.
  private let start: Int
  /// The positions of `start` and of every so many bytes behind it.
  private var marks: [Mark] = []
  private static let distance = 256

  init(_ bytes: [UInt8]) {
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var mark = Mark(line: 1, column: 1)
    marks.reserveCapacity((bytes.count - start) / Self.distance + 1)
    marks.append(mark)
    for index in start..<bytes.count {
      Self.step(&mark, over: index, bytes)
      if (index + 1 - start) % Self.distance == 0 { marks.append(mark) }
    }
  }

  /// - Parameter bytes: those that the table was made of.
  func position(at utf8Offset: Int, in bytes: [UInt8]) -> SourcePosition {
    let offset = min(max(utf8Offset, start), bytes.count)
    let block = min((offset - start) / Self.distance, marks.count - 1)
    var mark = marks[block]
    for index in (start + block * Self.distance)..<offset { Self.step(&mark, over: index, bytes) }
    return SourcePosition(line: Int(mark.line), column: Int(mark.column))
  }

  private static func step(_ mark: inout Mark, over index: Int, _ bytes: [UInt8]) {
    let byte = bytes[index]
    if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
      mark.line += 1
      mark.column = 1
    } else if byte != 0x0D, byte & 0xC0 != 0x80 {
      mark.column += 1
    }
  }
}
