internal import Diagnostics

/// A replacement of some bytes of a text.
struct TextSplice: Equatable {
  var range: Range<Int>
  var bytes: [UInt8]

  init(_ range: Range<Int>, _ text: String) {
    self.range = range
    bytes = Array(text.utf8)
  }

  static func insertion(_ text: String, at offset: Int) -> TextSplice { TextSplice(offset..<offset, text) }

  /// The bytes with splices applied, which do not overlap; of two insertions at one place the first given comes first.
  static func apply(_ splices: [TextSplice], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + splices.reduce(0) { $0 + $1.bytes.count })
    var position = 0
    let order = splices.indices.sorted {
      (splices[$0].range.lowerBound, $0) < (splices[$1].range.lowerBound, $1)
    }
    for index in order {
      let splice = splices[index]
      let start = min(max(splice.range.lowerBound, position), bytes.count)
      result += bytes[position..<start]
      result += splice.bytes
      position = min(max(splice.range.upperBound, start), bytes.count)
    }
    return result + bytes[position...]
  }
}

extension SourceText {
  func lineStart(at offset: Int) -> Int { lineRange(at: offset).lowerBound }
  /// The end of the line without its break.
  func lineEnd(at offset: Int) -> Int { lineRange(at: offset).upperBound }

  /// The beginning of the next line; the end of the text where there is none.
  func nextLine(after offset: Int) -> Int {
    let end = lineEnd(at: offset)
    guard end < bytes.count else { return end }
    let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
    return end + (isPair ? 2 : 1)
  }

  /// The line break that the text uses: that of its first line.
  var lineBreak: String {
    let end = lineEnd(at: 0)
    guard end < bytes.count, bytes[end] == 0x0D else { return "\n" }
    return nextLine(after: 0) - end == 2 ? "\r\n" : "\r"
  }

  /// How far from its line's beginning a place is, where only spaces stand between; else nil.
  func indentation(at offset: Int) -> Int? {
    let start = lineStart(at: offset)
    return bytes[start..<max(start, offset)].allSatisfy { $0 == 0x20 } ? offset - start : nil
  }
}
