/// The offsets that a zone keeps to year after year: POSIX's `TZ`, as RFC 8536 (3.3.1) widens it.
package struct TimeZoneRule: Sendable {
  /// In seconds east of UTC.
  let standard: Int32
  let daylight: Daylight?

  struct Daylight: Sendable {
    /// In seconds east of UTC.
    var offset: Int32
    var start: Change
    var end: Change
  }

  /// When in a year clocks change, by the time they show before.
  struct Change: Sendable {
    enum Day: Sendable {
      /// `Jn`: 1 to 365; 29 February is never counted.
      case julian(Int)
      /// `n`: 0 to 365; 29 February is counted.
      case ordinal(Int)
      /// `Mm.w.d`: the weekday `d` (0 is Sunday) in week `w` of a month; week 5 is its last.
      case weekday(month: Int, week: Int, day: Int)
    }

    var day: Day
    /// Seconds after midnight, -167 to 167 hours.
    var time: Int32
  }

  /// The seconds to add to UTC for the local time at an instant.
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  package func offset(at seconds: Int64) -> Int32 {
    guard let daylight else { return standard }
    // A change may fall a week outside of its year, so other years' count too; the latest one holds. Where daylight time
    // ends as it begins again, it goes on.
    let local = InstantParts(seconds: seconds &+ Int64(standard), nanoseconds: 0)
    var latest: (moment: Int64, isDaylight: Bool)?
    for year in (local.year - 2)...(local.year + 1) {
      let changes = [
        (moment: daylight.end.seconds(in: year) - Int64(daylight.offset), isDaylight: false),
        (moment: daylight.start.seconds(in: year) - Int64(standard), isDaylight: true),
      ]
      for change in changes where change.moment <= seconds {
        if let known = latest, known.moment > change.moment || (known.moment == change.moment && known.isDaylight) {
          continue
        }
        latest = change
      }
    }
    return latest?.isDaylight == true ? daylight.offset : standard
  }
}

extension TimeZoneRule.Change {
  /// The local time of the change in seconds since 1970-01-01T00:00:00 by the same clock.
  func seconds(in year: Int) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let newYear = Self.dayNumber(ofNewYear: year)
    let dayOfYear: Int
    switch day {
    case .julian(let number): dayOfYear = number - 1 + (isLeap && number >= 60 ? 1 : 0)
    case .ordinal(let number): dayOfYear = number
    case .weekday(let month, let week, let weekday):
      let before = (1..<month).reduce(0) { $0 + CivilDate.daysIn(month: $1, year: year) }
      // 1970-01-01 was a Thursday.
      let first = ((newYear + before + 4) % 7 + 7) % 7
      let inMonth = (weekday - first + 7) % 7 + (week - 1) * 7
      dayOfYear = before + (inMonth < CivilDate.daysIn(month: month, year: year) ? inMonth : inMonth - 7)
    }
    return Int64(newYear + dayOfYear) * 86_400 + Int64(time)
  }

  /// Days since 1970-01-01.
  private static func dayNumber(ofNewYear year: Int) -> Int {
    // Counted from a year 400 earlier, so that nothing is negative about the year 0.
    let past = year + 399
    return past * 365 + past / 4 - past / 100 + past / 400 - 719_162 - 146_097
  }
}
