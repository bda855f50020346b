/// What is wrong with a file's bytes before any YAML is read from them: at most one fault for each document.
struct ByteCheck {
  struct Fault {
    enum Kind {
      case invalidUTF8
      case controlCharacter(UInt32)
    }

    var kind: Kind
    var range: Range<Int>
  }

  private(set) var isASCII = true
  private(set) var faults: [Fault] = []
  /// U+0085, U+2028 and U+2029, which libyaml takes for line breaks and YAML 1.2 does not; the first few.
  private(set) var separators: [Range<Int>] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int) {
    let lines = TextLines(bytes: bytes)
    var index = start
    while index < bytes.count {
      while index + 8 <= bytes.count, Self.isPlainText(bytes, at: index) { index += 8 }
      guard index < bytes.count else { break }
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
        continue
      }
      if byte == 0x0A || byte == 0x0D || byte == 0x09 {
        index += 1
        continue
      }
      var fault: Fault?
      if byte < 0x80 {
        fault = Fault(kind: .controlCharacter(UInt32(byte)), range: index..<index + 1)
      } else {
        isASCII = false
        let (length, scalar) = Self.decode(bytes, at: index)
        let range = index..<index + max(length, 1)
        if length == 0 {
          fault = Fault(kind: .invalidUTF8, range: range)
        } else if scalar == 0x85 || scalar == 0x2028 || scalar == 0x2029 {
          if separators.count < 10 { separators.append(range) }
        } else if scalar < 0xA0 || scalar == 0xFEFF || (0xFFFE...0xFFFF).contains(scalar) {
          fault = Fault(kind: .controlCharacter(scalar), range: range)
        }
        index = range.upperBound - 1
      }
      index += 1
      guard let fault else { continue }
      faults.append(fault)
      if faults.count >= limit { return }
      index = lines.documentMarker(from: index) ?? bytes.count
    }
  }

  /// Whether eight bytes are all from U+0020 to U+007E or line feeds.
  private static func isPlainText(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    // The high bit of each byte that is this one, exactly; all are ASCII where the sum is asked.
    func places(of byte: UInt64) -> UInt64 {
      let difference = word ^ (ones &* byte)
      return ~((difference & ~highs) &+ ~highs | difference) & highs
    }
    let isControl = ~((word & ~highs) &+ ones &* 0x60) & highs
    return word & highs | isControl & ~places(of: 0x0A) | places(of: 0x7F) == 0
  }

  /// The length and value of the code point at an index; length 0 where the bytes are not UTF-8.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (Int, UInt32) {
    let lead = bytes[index]
    let length: Int
    var scalar: UInt32
    switch lead {
    case 0xC2...0xDF: (length, scalar) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (length, scalar) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (length, scalar) = (4, UInt32(lead & 0x07))
    default: return (0, 0)
    }
    guard index + length <= bytes.count else { return (0, 0) }
    for place in index + 1..<index + length {
      guard bytes[place] & 0xC0 == 0x80 else { return (0, 0) }
      scalar = scalar << 6 | UInt32(bytes[place] & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    guard scalar >= least, Unicode.Scalar(scalar) != nil else { return (0, 0) }
    return (length, scalar)
  }
}
