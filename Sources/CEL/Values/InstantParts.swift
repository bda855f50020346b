/// An instant taken apart at one offset from UTC.
struct InstantParts: Sendable {
  let year: Int
  /// 1-based.
  let month: Int
  /// 1-based.
  let day: Int
  let hour: Int
  let minute: Int
  let second: Int
  let nanosecond: Int
  /// Days since 1970-01-01.
  private let dayNumber: Int32

  /// - Parameter seconds: since 1970-01-01T00:00:00, the offset already added.
  init(seconds: Int64, nanoseconds: Int32) {
    var days = seconds / 86_400
    var rest = Int(seconds % 86_400)
    if rest < 0 {
      days -= 1
      rest += 86_400
    }
    dayNumber = Int32(clamping: days)
    (year, month, day) = CivilDate(days: dayNumber).components
    (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60)
    nanosecond = Int(nanoseconds)
  }

  var millisecond: Int { nanosecond / 1_000_000 }
  var monthFromZero: Int { month - 1 }
  var dayFromZero: Int { day - 1 }
  /// 0 is Sunday; 1970-01-01 was a Thursday.
  var weekday: Int { ((Int(dayNumber) + 4) % 7 + 7) % 7 }
  /// 0-based.
  var dayOfYear: Int { (1..<month).reduce(day - 1) { $0 + CivilDate.daysIn(month: $1, year: year) } }

  /// The seconds to add for `UTC`, or for an offset written `+02:00`, `-09:30` or `02:00`; nil for every other zone.
  static func offset(ofZone text: String) -> Int64? {
    if text == "UTC" || text == "Z" || text.isEmpty { return 0 }
    var bytes = Array(text.utf8)[...]
    var sign: Int64 = 1
    if bytes.first == UInt8(ascii: "-") { sign = -1 }
    if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    let digits = Array(bytes)
    guard digits.count == 5, digits[2] == UInt8(ascii: ":"),
      [0, 1, 3, 4].allSatisfy({ digits[$0] >= 0x30 && digits[$0] <= 0x39 })
    else { return nil }
    let hours = Int64(digits[0] - 0x30) * 10 + Int64(digits[1] - 0x30)
    let minutes = Int64(digits[3] - 0x30) * 10 + Int64(digits[4] - 0x30)
    guard hours < 24, minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}
