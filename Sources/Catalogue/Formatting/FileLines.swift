/// The lines of a file as they are cut between keys, each with its break. Lines are counted from 0.
struct FileLines {
  private let bytes: [UInt8]
  let ranges: [Range<Int>]
  private let places: [Int: Int]

  init(_ bytes: [UInt8]) {
    var ranges: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      ranges.append(start..<index + 1)
      start = index + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    self.bytes = bytes
    self.ranges = ranges
    places = Dictionary(uniqueKeysWithValues: ranges.enumerated().map { ($1.lowerBound, $0) })
  }

  var endsWithBreak: Bool { bytes.last == UInt8(ascii: "\n") }

  func line(startingAt offset: Int) -> Int? { places[offset] }

  private func starts(_ line: Int, with text: String) -> Bool { bytes[ranges[line]].starts(with: text.utf8) }

  /// A comment that begins with the line.
  private func isComment(_ line: Int) -> Bool { starts(line, with: "#") }

  private func isBlank(_ line: Int) -> Bool {
    bytes[ranges[line]].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// Whether a line tells an editor something of the file.
  func isForEditors(_ line: Int) -> Bool {
    ["# yaml-language-server:", "# vim:", "# -*-"].contains { starts(line, with: $0) }
  }

  /// `---` or `...` at the beginning, with nothing or a space behind.
  private func isMarker(_ line: Int) -> Bool {
    guard starts(line, with: "---") || starts(line, with: "...") else { return false }
    let rest = bytes[ranges[line]].dropFirst(3)
    return rest.first.map { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D } ?? true
  }

  /// The first of the comments that stand right above a line.
  func firstOfComments(above line: Int) -> Int {
    var first = line
    while first > 0, isComment(first - 1) { first -= 1 }
    return first
  }

  /// The first line that is no longer of the document that a line is of.
  func endOfDocument(from line: Int) -> Int {
    var end = line + 1
    while end < ranges.count, !isMarker(end) { end += 1 }
    return end
  }

  /// The first of the blank lines and comments that a document ends with.
  func firstOfTail(before end: Int) -> Int {
    var first = end
    while first > 0, isBlank(first - 1) || isComment(first - 1) { first -= 1 }
    return first
  }

  /// The first comment that begins with a line.
  func comment(in lines: Range<Int>) -> Int? { lines.first { isComment($0) } }
}
