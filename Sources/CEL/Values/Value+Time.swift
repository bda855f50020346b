extension Value {
  /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
  static let timestampSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  // MARK: Timestamps

  /// An instant as RFC 3339 writes it; an error for everything else. Of a second's fraction the first nine digits count,
  /// what is below a nanosecond is cut off.
  static func timestamp(written text: String) -> Value {
    var malformed: Value {
      .error(.invalidArgument, "\(Function.shown(text)) is no timestamp; one is written 2026-01-31T23:59:59Z")
    }
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var result = 0
      for byte in bytes[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        result = result * 10 + Int(byte - 0x30)
      }
      return result
    }
    func holds(_ place: Int, _ character: Unicode.Scalar) -> Bool {
      place < bytes.count && bytes[place] == UInt8(ascii: character)
    }
    guard let year = number(0..<4), holds(4, "-"), let month = number(5..<7), holds(7, "-"), let day = number(8..<10),
      holds(10, "T") || holds(10, "t"), let hour = number(11..<13), holds(13, ":"), let minute = number(14..<16),
      holds(16, ":"), let second = number(17..<19), hour < 24, minute < 60, second < 60,
      let date = CivilDate(year: year, month: month, day: day)
    else { return malformed }
    var place = 19
    var nanoseconds: Int32 = 0
    if holds(place, ".") {
      place += 1
      let start = place
      var unit: Int32 = 100_000_000
      while place < bytes.count, bytes[place] >= 0x30, bytes[place] <= 0x39 {
        nanoseconds += Int32(bytes[place] - 0x30) * unit
        unit /= 10
        place += 1
      }
      guard place > start else { return malformed }
    }
    let zone = String(decoding: bytes[place...], as: UTF8.self)
    let isUTC = zone == "Z" || zone == "z"
    guard isUTC || zone.hasPrefix("+") || zone.hasPrefix("-"),
      let offset = isUTC ? 0 : InstantParts.offset(ofZone: zone)
    else { return malformed }
    let seconds = Int64(date.days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second) - offset
    return timestampSeconds.contains(seconds)
      ? .timestamp(seconds: seconds, nanoseconds: nanoseconds) : Function.overflow
  }

  /// RFC 3339 in UTC, with as many digits of a second as it has.
  static func text(ofTimestamp seconds: Int64, _ nanoseconds: Int32) -> String {
    let parts = InstantParts(seconds: seconds, nanoseconds: nanoseconds)
    func padded(_ number: Int, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let date = "\(padded(parts.year, 4))-\(padded(parts.month))-\(padded(parts.day))"
    let time = "\(padded(parts.hour)):\(padded(parts.minute)):\(padded(parts.second))"
    return "\(date)T\(time)\(fraction(UInt64(nanoseconds.magnitude)))Z"
  }

  // MARK: Durations

  /// `1h30m`, `-1.5s`, `100ms`: numbers with units, one after the other, before them perhaps a sign.
  static func duration(written text: String) -> Value {
    var malformed: Value {
      .error(.invalidArgument, "\(Function.shown(text)) is no duration; one is written 1h30m, 90s or 1.5s")
    }
    var bytes = Array(text.utf8)[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    if bytes.elementsEqual("0".utf8) { return .duration(0) }
    guard !bytes.isEmpty else { return malformed }
    var total: UInt64 = 0
    while !bytes.isEmpty {
      let whole = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
      bytes = bytes.dropFirst(whole.count)
      var decimals: ArraySlice<UInt8> = []
      if bytes.first == UInt8(ascii: ".") {
        bytes.removeFirst()
        decimals = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
        bytes = bytes.dropFirst(decimals.count)
      }
      guard !whole.isEmpty || !decimals.isEmpty else { return malformed }
      let name = bytes.prefix { $0 != UInt8(ascii: ".") && !($0 >= 0x30 && $0 <= 0x39) }
      bytes = bytes.dropFirst(name.count)
      guard let unit = durationUnits[String(decoding: name, as: UTF8.self)] else { return malformed }
      guard let number = whole.isEmpty ? 0 : UInt64(String(decoding: whole, as: UTF8.self)) else {
        return Function.overflow
      }
      let product = number.multipliedReportingOverflow(by: unit)
      var part: UInt64 = 0
      var place = unit
      for digit in decimals {
        // The largest unit is 3.6 × 10^12 nanoseconds: what is lost is below one.
        part += UInt64(digit - 0x30) * (place / 10)
        part += UInt64(digit - 0x30) * (place % 10) / 10
        place /= 10
      }
      let sum = product.partialValue.addingReportingOverflow(part)
      let next = total.addingReportingOverflow(sum.partialValue)
      if product.overflow || sum.overflow || next.overflow { return Function.overflow }
      total = next.partialValue
    }
    if isNegative {
      return total <= UInt64(Int64.max) + 1 ? .duration(Int64(truncatingIfNeeded: 0 &- total)) : Function.overflow
    }
    return Int64(exactly: total).map { .duration($0) } ?? Function.overflow
  }

  /// In nanoseconds.
  private static let durationUnits: [String: UInt64] = [
    "h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "µs": 1_000,
    "μs": 1_000, "ns": 1,
  ]

  /// Seconds, with as many digits as there are: `90s`, `-1.5s`.
  static func text(ofDuration nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    return "\(sign)\(magnitude / 1_000_000_000)\(fraction(magnitude % 1_000_000_000))s"
  }

  private static func fraction(_ nanoseconds: UInt64) -> String {
    guard nanoseconds != 0 else { return "" }
    var digits = String(nanoseconds)
    digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
    return "." + digits
  }
}
