extension Function {
  static let timeFunctions: [Function] = [
    Function(
      "date", [Overload([.string], .date)],
      .unary { value in
        guard case .string(let text) = value, let date = CivilDate(text) else {
          return .error(.invalidArgument, "a date is written YYYY-MM-DD")
        }
        return .date(date)
      }),
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
      }),
    Function(
      "period", [Overload([.string], .period)],
      .unary { value in
        guard case .string(let text) = value, let period = Period(text) else {
          return .error(.invalidArgument, "a period is written 7y, 6m, 30d or P30D")
        }
        return .period(period)
      }),
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
      }),
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
    return Function(
      name, plain.overloads + [Overload([.date], .int, isMember: true)],
      .variadic { values in
        guard case .date(let date) = values[0] else { return body(values) }
        if date == .never || date == .distantPast { return .error(.invalidArgument, "`\(name)` of `\(date.text)`") }
        return .int(Int64(read(InstantParts(seconds: Int64(date.days) * 86_400, nanoseconds: 0))))
      })
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
        var offset: Int64 = 0
        if values.count == 2 {
          guard case .string(let zone) = values[1] else { return noOverload(name) }
          guard let known = InstantParts.offset(ofZone: zone) else {
            return .error(
              .invalidArgument,
              "the time zone `\(zone)` is not known here; zones are `UTC` and offsets such as `+02:00`")
          }
          offset = known
        }
        return .int(Int64(read(InstantParts(seconds: seconds + offset, nanoseconds: nanoseconds))))
      })
  }
}
