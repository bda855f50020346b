/// Turns libyaml's code-point indexes into byte offsets.
///
/// Indexes come nearly in order, so that one pass over the bytes serves them all. libyaml's lines and columns are of no
/// use: U+0085 and U+2028 are line breaks to it.
struct OffsetCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Where the parser began.
  private let base: Int
  private let isASCII: Bool
  private var index = 0
  private var offset: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool) {
    self.bytes = bytes
    self.base = base
    self.isASCII = isASCII
    offset = base
  }

  mutating func offset(of wanted: Int) -> Int {
    if isASCII { return min(base + wanted, bytes.count) }
    while index < wanted, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      index += 1
    }
    while index > wanted, offset > base {
      offset -= 1
      while offset > base, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      index -= 1
    }
    return offset
  }
}
