/// Timestamps and durations (language definition: Timezones, Abstract Types), and civil dates and periods, which are the
/// library's own.
extension Function {
  /// The specification's accessors take a zone by its name in the tz database too. That is the machine's: two machines
  /// with different releases of it may disagree about an instant's parts there.
  static let timeFunctions: [Function] = [
    Function(
      "date", [Overload([.string], .date)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("date") }
        guard let date = CivilDate(text) else {
          return .error(.invalidArgument, "\(Function.shown(text)) is no date; one is written 2026-01-31")
        }
        return .date(date)
      }
    ).checkingLiterals(literal("date", "`date(\"2026-01-31\")` is one")),
    Function(
      "days", [Overload([.date, .date], .int)],
      .binary { x, y in
        guard case .date(let from) = x, case .date(let until) = y else { return noOverload("days") }
        return .int(Int64(until.days) - Int64(from.days))
      }),
    Function(
      "duration", [.duration, .string].map { Overload([$0], .duration) },
      .unary { value in
        switch value {
        case .duration: return value
        case .string(let text): return Value.duration(written: text)
        default: return noOverload("duration")
        }
      }
    ).checkingLiterals(literal("duration", "`duration(\"1h30m\")` is one, and so are `90s` and `1.5s`")),
    Function(
      "period", [Overload([.string], .period)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("period") }
        guard let period = Period(text) else {
          return .error(.invalidArgument, "\(Function.shown(text)) is no period; one is written 7y, 6m, 30d or P30D")
        }
        return .period(period)
      }
    ).checkingLiterals(literal("period", "`period(\"1y6m\")` is one, and so are `30d`, `2w` and `P30D`")),
    Function(
      "timestamp", [.timestamp, .string, .int].map { Overload([$0], .timestamp) },
      .unary { value in
        switch value {
        case .timestamp: return value
        case .string(let text): return Value.timestamp(written: text)
        case .int(let seconds):
          return Value.timestampSeconds.contains(seconds) ? .timestamp(seconds: seconds, nanoseconds: 0) : overflow
        default: return noOverload("timestamp")
        }
      }
    ).checkingLiterals(literal("timestamp", "`timestamp(\"2026-01-31T23:59:59Z\")` is one")),
    part("getDate", ofDate: \.day),
    part("getDayOfMonth", ofDate: \.dayFromZero),
    part("getDayOfWeek", ofDate: \.weekday),
    part("getDayOfYear", ofDate: \.dayOfYear),
    part("getFullYear", ofDate: \.year),
    part("getHours", \.hour, ofDuration: { $0 / 3_600_000_000_000 }),
    part("getMilliseconds", \.millisecond, ofDuration: { $0 / 1_000_000 % 1_000 }),
    part("getMinutes", \.minute, ofDuration: { $0 / 60_000_000_000 }),
    part("getMonth", ofDate: \.monthFromZero),
    part("getSeconds", \.second, ofDuration: { $0 / 1_000_000_000 }),
  ]

  /// A part of a timestamp, in UTC or at an offset; the day's parts of a civil date too.
  private static func part(_ name: String, ofDate read: @escaping @Sendable (InstantParts) -> Int) -> Function {
    let plain = part(name, read, ofDuration: nil)
    guard case .variadic(let body) = plain.body else { return plain }
    var result = plain
    result.overloads.append(Overload([.date], .int, isMember: true))
    result.body = .variadic { values in
      guard case .date(let date) = values[0] else { return body(values) }
      if date == .never || date == .distantPast { return .error(.invalidArgument, "`\(name)` of `\(date.text)`") }
      return .int(Int64(read(InstantParts(seconds: Int64(date.days) * 86_400, nanoseconds: 0))))
    }
    return result
  }

  private static func part(
    _ name: String, _ read: @escaping @Sendable (InstantParts) -> Int,
    ofDuration: (@Sendable (Int64) -> Int64)?
  ) -> Function {
    var overloads = [
      Overload([.timestamp], .int, isMember: true), Overload([.timestamp, .string], .int, isMember: true),
    ]
    if ofDuration != nil { overloads.append(Overload([.duration], .int, isMember: true)) }
    return Function(
      name, overloads,
      .variadic { values in
        if let ofDuration, case .duration(let nanoseconds) = values[0], values.count == 1 {
          return .int(ofDuration(nanoseconds))
        }
        guard case .timestamp(let seconds, let nanoseconds) = values[0] else { return noOverload(name) }
        guard values.count == 2 else {
          return .int(Int64(read(InstantParts(seconds: seconds, nanoseconds: nanoseconds))))
        }
        guard case .string(let zone) = values[1] else { return noOverload(name) }
        do throws(TimeZoneDatabase.Failure) {
          let offset = try ZoneOffset(zone).seconds(at: seconds)
          return .int(Int64(read(InstantParts(seconds: seconds + offset, nanoseconds: nanoseconds))))
        } catch {
          return .error(.invalidArgument, error.described(zone))
        }
      }
    ).preparing { constants in
      guard constants.count == 2, case .string(let zone)? = constants[1], let offset = try? ZoneOffset(zone) else {
        return nil
      }
      return .binary { value, _ in
        guard case .timestamp(let seconds, let nanoseconds) = value else { return noOverload(name) }
        let local = InstantParts(seconds: seconds + offset.seconds(at: seconds), nanoseconds: nanoseconds)
        return .int(Int64(read(local)))
      }
    }.checkingLiterals { texts in
      guard texts.count == 2, let zone = texts[1] else { return nil }
      do throws(TimeZoneDatabase.Failure) {
        _ = try ZoneOffset(zone)
        return nil
      } catch {
        let near = error == .noDatabase ? nil : TimeZoneDatabase.shared.suggestion(for: zone)
        return LiteralProblem(
          "unknown-time-zone", argument: 1, error.described(zone),
          notes: [near, "\(error == .noDatabase ? "" : "`Europe/Jersey`, ")`UTC` and `+02:00` are time zones"]
            .compactMap { $0 })
      }
    }
  }

  /// What is wrong with the text that a function of this name reads.
  private static func literal(_ name: String, _ example: String) -> @Sendable ([String?]) -> LiteralProblem? {
    { texts in
      guard let text = texts.first ?? nil, case .unary(let read)? = library[name]?.body,
        case .error(let error) = read(.string(text))
      else { return nil }
      let shown = Function.shown(text)
      if error.code == .overflow {
        return LiteralProblem("invalid-time", argument: 0, "\(shown) is out of a \(name)'s range", notes: [example])
      }
      return LiteralProblem("invalid-time", argument: 0, "\(shown) is no \(name)", notes: [example])
    }
  }
}
