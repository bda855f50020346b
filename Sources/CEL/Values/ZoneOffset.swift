/// A time zone as CEL writes it: `UTC`, an offset such as `+02:00`, or a name of the tz database.
enum ZoneOffset: Sendable {
  /// In seconds east of UTC.
  case fixed(Int64)
  case named(TimeZone)

  init(_ text: String) throws(TimeZoneDatabase.Failure) {
    if let offset = InstantParts.offset(ofZone: text) {
      self = .fixed(offset)
    } else {
      self = .named(try TimeZoneDatabase.shared.zone(named: text))
    }
  }

  /// The seconds to add to UTC at an instant, in seconds since 1970-01-01T00:00:00Z.
  func seconds(at instant: Int64) -> Int64 {
    switch self {
    case .fixed(let offset): offset
    case .named(let zone): Int64(zone.offset(at: instant))
    }
  }
}

extension TimeZoneDatabase.Failure {
  func described(_ name: String) -> String {
    let shown = Function.shown(name)
    switch self {
    case .noDatabase:
      return "the time zone \(shown) is not known: this machine has no time zone database (install tzdata)"
    case .unknown: return "this machine's time zone database has no \(shown)"
    case .malformed: return "what this machine's time zone database has as \(shown) cannot be read"
    }
  }
}
