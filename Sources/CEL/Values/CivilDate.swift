/// A day of the proleptic Gregorian calendar, without a time or a zone: the count of days since 1970-01-01.
public struct CivilDate: Hashable, Comparable, Sendable {
  public var days: Int32

  /// The end of time: later than every day.
  public static let never = CivilDate(days: .max)
  /// Before every day.
  public static let distantPast = CivilDate(days: .min)

  public init(days: Int32) { self.days = days }

  /// Nil where there is no such day, or the year is not in 0001 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.daysIn(month: month, year: year)
    else { return nil }
    days = Self.dayNumber(year: year, month: month, day: day)
  }

  /// `YYYY-MM-DD`, exactly.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var result = 0
      for byte in bytes[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        result = result * 10 + Int(byte - 0x30)
      }
      return result
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public static func < (a: CivilDate, b: CivilDate) -> Bool { a.days < b.days }

  public static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func dayNumber(year: Int, month: Int, day: Int) -> Int32 {
    // Days from civil: years begin in March, eras have 400 years.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  public var components: (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, day)
  }

  /// The day that a calendar span later falls on; the last day of the month where it has no such day (31 January and
  /// one month: 28 or 29 February). `never` stays never; nil where the result leaves the years 0001 to 9999.
  public func adding(_ period: Period, sign: Int = 1) -> CivilDate? {
    if self == .never || self == .distantPast { return self }
    let (year, month, day) = components
    let (months, overflow) = (year * 12 + month - 1).addingReportingOverflow(Int(period.months) * sign)
    guard !overflow, months >= 12, months < 120_000 else { return nil }
    let targetYear = months / 12
    let targetMonth = months % 12 + 1
    let targetDay = min(day, Self.daysIn(month: targetMonth, year: targetYear))
    guard let base = CivilDate(year: targetYear, month: targetMonth, day: targetDay) else { return nil }
    let result = Int(base.days) + Int(period.days) * sign
    guard result >= Int(Self.firstDay), result <= Int(Self.lastDay) else { return nil }
    return CivilDate(days: Int32(result))
  }

  /// The day itself, or the nearest that a calendar has: what never ends is there on the last day, too.
  public var onCalendar: CivilDate { CivilDate(days: min(max(days, Self.firstDay), Self.lastDay)) }
  /// 0001-01-01 and 9999-12-31.
  private static let firstDay: Int32 = -719_162
  private static let lastDay: Int32 = 2_932_896

  /// `YYYY-MM-DD`, `never`, or `the beginning`.
  public var text: String {
    if self == .never { return "never" }
    if self == .distantPast { return "the beginning" }
    let (year, month, day) = components
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A calendar span: whole months and days. `7y` is 84 months, `2w` 14 days.
public struct Period: Hashable, Sendable {
  public var months: Int32
  public var days: Int32

  public init(months: Int32 = 0, days: Int32 = 0) {
    self.months = months
    self.days = days
  }

  /// `7y`, `6m`, `2w`, `30d`, several of them in that order (`1y6m`), or ISO 8601 `P1Y6M30D`.
  public init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)[...]
    let isISO = bytes.first == UInt8(ascii: "P")
    if isISO { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty else { return nil }
    var months = 0
    var days = 0
    var lastUnit = 0
    while !bytes.isEmpty {
      let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
      bytes = bytes.dropFirst(digits.count)
      guard !digits.isEmpty, digits.count <= 6, let unit = bytes.popFirst(),
        let number = Int(String(decoding: digits, as: UTF8.self))
      else { return nil }
      let order: Int
      switch isISO ? unit | 0x20 : unit {
      case UInt8(ascii: "y"): (order, months) = (1, months + number * 12)
      case UInt8(ascii: "m"): (order, months) = (2, months + number)
      case UInt8(ascii: "w"): (order, days) = (3, days + number * 7)
      case UInt8(ascii: "d"): (order, days) = (4, days + number)
      default: return nil
      }
      guard order > lastUnit else { return nil }
      lastUnit = order
    }
    guard let wholeMonths = Int32(exactly: months), let wholeDays = Int32(exactly: days) else { return nil }
    self.init(months: wholeMonths, days: wholeDays)
  }

  /// `1y6m30d`; `0d` for nothing.
  public var text: String {
    var result = ""
    if months / 12 != 0 { result += "\(months / 12)y" }
    if months % 12 != 0 { result += "\(months % 12)m" }
    if days != 0 || result.isEmpty { result += "\(days)d" }
    return result
  }
}
