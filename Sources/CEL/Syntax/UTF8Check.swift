/// Finds the bytes that are not UTF-8 (Unicode 16, table 3-7).
enum UTF8Check {
  /// The range of the first ill-formed sequence: its first byte and the bytes that could have continued it.
  static func firstFault(in text: [UInt8]) -> Range<Int>? {
    var index = 0
    while index < text.count {
      let lead = text[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      // The second byte's range shuts out overlong forms, surrogates and what lies beyond U+10FFFF.
      let (length, second): (Int, ClosedRange<UInt8>)
      switch lead {
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index..<index + 1
      }
      var end = index + 1
      while end < index + length, end < text.count {
        let allowed = end == index + 1 ? second : 0x80...0xBF
        if !allowed.contains(text[end]) { break }
        end += 1
      }
      if end < index + length { return index..<end }
      index = end
    }
    return nil
  }
}
