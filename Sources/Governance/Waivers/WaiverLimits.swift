public import CEL
internal import Catalogue

/// What the settings allow a waiver.
public struct WaiverLimits: Sendable {
  /// How long before its end a waiver is told of.
  let notice: Period
  let blocker: Period
  let major: Period
  /// How many findings one waiver may cover.
  let breadth: Int64
  let renewals: Int64

  init(_ estate: Estate) {
    func period(_ name: String, _ fallback: Int32) -> Period {
      if case .period(let period)? = estate.settings[name] { period } else { Period(days: fallback) }
    }
    func number(_ name: String, _ fallback: Int64) -> Int64 {
      if case .int(let number)? = estate.settings[name] { number } else { fallback }
    }
    notice = period("waiverNotice", 30)
    blocker = period("waiverLimitBlocker", 180)
    major = period("waiverLimitMajor", 365)
    breadth = number("waiverBreadth", 5)
    renewals = number("waiverRenewals", 2)
  }

  /// The first day on which a waiver that begins on a day may hold no more; nil: there is no limit.
  public func end(from day: CivilDate, _ severity: Severity) -> CivilDate? {
    switch severity {
    case .blocker: day.adding(blocker)
    case .major: day.adding(major)
    case .minor, .advisory: nil
    }
  }

  func length(_ severity: Severity) -> Period { severity == .blocker ? blocker : major }
}
