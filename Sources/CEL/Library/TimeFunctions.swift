extension Function {
  static let timeFunctions: [Function] = [
    Function("date", [Overload([.string], .date)], .unary { value in
      guard case .string(let text) = value, let date = CivilDate(text) else {
        return .error(.invalidArgument, "a date is written YYYY-MM-DD")
      }
      return .date(date)
    }),
    Function("period", [Overload([.string], .period)], .unary { value in
      guard case .string(let text) = value, let period = Period(text) else {
        return .error(.invalidArgument, "a period is written 7y, 6m, 30d or P30D")
      }
      return .period(period)
    }),
    Function("days", [Overload([.date, .date], .int)], .binary { x, y in
      guard case .date(let from) = x, case .date(let until) = y else { return noOverload("days") }
      return .int(Int64(until.days) - Int64(from.days))
    }),
  ]
}
