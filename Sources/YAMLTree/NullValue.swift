/// A null that stands as a value, and the two changes that put it right.
struct NullValue {
  /// What to point at: `~` or `null` itself, or the key or dash that has nothing behind it.
  let place: Range<Int>
  /// Nil for an item of a sequence.
  let key: Range<Int>?
  /// The range that `unknown` takes the place of, and the text with the blank or colon that it needs.
  let unknown: (range: Range<Int>, text: String)
  /// The line to take away; nil where the entry does not have a line of its own.
  let removal: Range<Int>?

  init(_ range: Range<Int>, key: Range<Int>?, isFlow: Bool, _ bytes: UnsafeBufferPointer<UInt8>) {
    self.key = key
    let start = range.lowerBound
    if range.isEmpty {
      var text = start > 0 && TextLines.isBlank(bytes[start - 1]) ? "unknown" : " unknown"
      if let key, key.upperBound <= start, !bytes[key.upperBound..<start].contains(UInt8(ascii: ":")) {
        text = ": unknown"
      }
      unknown = (range, text)
      place = key ?? max(0, start - 1)..<start
    } else {
      unknown = (range, "unknown")
      place = range
    }
    if isFlow {
      removal = nil
      return
    }
    let lines = TextLines(bytes: bytes)
    let line = lines.lineStart(at: start)
    let head = key?.lowerBound ?? start
    let rest = lines.skipBlanks(from: range.upperBound)
    let endsLine = rest == bytes.count || TextLines.isBreak(bytes[rest]) || bytes[rest] == UInt8(ascii: "#")
    let before = head >= line ? bytes[line..<head].filter { !TextLines.isBlank($0) } : [0]
    let isAlone = key == nil ? before == [UInt8(ascii: "-")] : before.isEmpty
    removal = endsLine && isAlone ? line..<lines.nextLine(after: start) : nil
  }
}
