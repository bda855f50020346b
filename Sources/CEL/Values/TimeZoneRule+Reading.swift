extension TimeZoneRule {
  /// `std offset [dst [offset] [,start[/time],end[/time]]]`, such as `CET-1CEST,M3.5.0,M10.5.0/3` or `<+03>-3`; offsets
  /// count to the west. Nil for everything else.
  package init?(posix text: some Sequence<UInt8>) {
    var rest = Array(text)[...]
    guard Self.skipName(&rest), let west = Self.time(&rest, hours: 24) else { return nil }
    standard = -west
    if rest.isEmpty {
      daylight = nil
      return
    }
    guard Self.skipName(&rest) else { return nil }
    var offset = standard + 3_600
    if let next = rest.first, next != UInt8(ascii: ",") {
      guard let west = Self.time(&rest, hours: 24) else { return nil }
      offset = -west
    }
    // What POSIX leaves to the system is the United States' rule everywhere.
    if rest.isEmpty { rest = Array(",M3.2.0,M11.1.0".utf8)[...] }
    guard let start = Self.change(&rest), let end = Self.change(&rest), rest.isEmpty else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }

  /// Three letters or more, or digits and signs too in angle brackets.
  private static func skipName(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let isQuoted = rest.first == UInt8(ascii: "<")
    if isQuoted { rest.removeFirst() }
    let name = rest.prefix { byte in
      let isLetter = (0x61...0x7A).contains(byte | 0x20)
      return isLetter || isQuoted && (isDigit(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"))
    }
    rest = rest.dropFirst(name.count)
    guard name.count >= 3 else { return false }
    return !isQuoted || rest.popFirst() == UInt8(ascii: ">")
  }

  /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
  private static func time(_ rest: inout ArraySlice<UInt8>, hours limit: Int) -> Int32? {
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard let hours = number(&rest, limit) else { return nil }
    var total = hours * 3_600
    for unit in [60, 1] {
      guard rest.first == UInt8(ascii: ":") else { break }
      rest.removeFirst()
      guard let part = number(&rest, 59) else { return nil }
      total += part * unit
    }
    return Int32(isNegative ? -total : total)
  }

  private static func change(_ rest: inout ArraySlice<UInt8>) -> Change? {
    guard rest.popFirst() == UInt8(ascii: ",") else { return nil }
    let day: Change.Day
    switch rest.first {
    case UInt8(ascii: "J"):
      rest.removeFirst()
      guard let number = number(&rest, 365), number > 0 else { return nil }
      day = .julian(number)
    case UInt8(ascii: "M"):
      rest.removeFirst()
      guard let month = number(&rest, 12), month > 0, rest.popFirst() == UInt8(ascii: "."),
        let week = number(&rest, 5), week > 0, rest.popFirst() == UInt8(ascii: "."), let weekday = number(&rest, 6)
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    default:
      guard let number = number(&rest, 365) else { return nil }
      day = .ordinal(number)
    }
    var time: Int32 = 7_200
    if rest.first == UInt8(ascii: "/") {
      rest.removeFirst()
      guard let written = Self.time(&rest, hours: 167) else { return nil }
      time = written
    }
    return Change(day: day, time: time)
  }

  /// One to three digits, at most `limit`.
  private static func number(_ rest: inout ArraySlice<UInt8>, _ limit: Int) -> Int? {
    let digits = rest.prefix(while: isDigit)
    guard (1...3).contains(digits.count) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    guard number <= limit else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
