/// A day of the Gregorian calendar from the year 1970 on, which is as far back as a picture's date can go.
struct CivilDate: Equatable {
  let year: Int
  let month: Int
  let day: Int

  /// Reads `YYYY-MM-DD`; nil for anything else and for a day that does not exist.
  init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]), let day = Self.number(bytes[8..<10]),
      year >= 1970, (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// `YYYYMMDD`, eight bytes.
  var compact: [UInt8] {
    let number = year * 10_000 + month * 100 + day
    return Array(String(number).utf8)
  }

  /// Seconds from 1970-01-01 to the first moment of the day, in Universal Time.
  var unixSeconds: Int {
    // Days from civil, after Howard Hinnant's "chrono-compatible low-level date algorithms": years begin in March.
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    return days * 86_400
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }
}
