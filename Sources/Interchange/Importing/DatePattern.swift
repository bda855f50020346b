internal import CEL

/// A way of writing dates: `DD/MM/YYYY`.
struct DatePattern {
  private enum Part {
    case year, month, day
    case literal(UInt8)
  }

  let text: String
  private let parts: [Part]

  /// Nil where the pattern does not have YYYY, MM and DD once each, with `/`, `.`, `-` or a space between them.
  init?(_ text: String) {
    var parts: [Part] = []
    var counts = (year: 0, month: 0, day: 0)
    var rest = text.utf8[...]
    while let byte = rest.first {
      if rest.starts(with: "YYYY".utf8) {
        parts.append(.year)
        counts.year += 1
        rest = rest.dropFirst(4)
      } else if rest.starts(with: "MM".utf8) {
        parts.append(.month)
        counts.month += 1
        rest = rest.dropFirst(2)
      } else if rest.starts(with: "DD".utf8) {
        parts.append(.day)
        counts.day += 1
        rest = rest.dropFirst(2)
      } else if "/.- ".utf8.contains(byte) {
        parts.append(.literal(byte))
        rest = rest.dropFirst()
      } else {
        return nil
      }
    }
    guard counts == (1, 1, 1) else { return nil }
    self.text = text
    self.parts = parts
  }

  /// The date in ISO 8601 that a text written so means. A day or a month may have one digit where something other than a
  /// digit follows.
  func date(of text: String) -> String? {
    var rest = text.utf8[...]
    var numbers = (year: 0, month: 0, day: 0)
    let isDivided = parts.contains { if case .literal = $0 { true } else { false } }
    func number(_ count: Int) -> Int? {
      let digits = rest.prefix(count).prefix { (0x30...0x39).contains($0) }
      guard digits.count == count || isDivided && count == 2 && digits.count == 1 else { return nil }
      rest = rest.dropFirst(digits.count)
      return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    for part in parts {
      switch part {
      case .literal(let byte):
        guard rest.popFirst() == byte else { return nil }
      case .year:
        guard let read = number(4) else { return nil }
        numbers.year = read
      case .month:
        guard let read = number(2) else { return nil }
        numbers.month = read
      case .day:
        guard let read = number(2) else { return nil }
        numbers.day = read
      }
    }
    guard rest.isEmpty else { return nil }
    return CivilDate(year: numbers.year, month: numbers.month, day: numbers.day)?.text
  }
}
