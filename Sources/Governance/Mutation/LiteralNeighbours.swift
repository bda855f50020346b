internal import CEL

/// The literals beside a literal: what somebody might have written instead by a slip.
enum LiteralNeighbours {
  static func of(_ literal: SyntaxTree.Literal, _ type: ValueType) -> [String] {
    switch literal {
    case .bool(let value): [value ? "false" : "true"]
    case .int(let value): [1, -1].compactMap { step($0, from: value) }.map { "\($0)" }
    case .uint(let value):
      [value == .max ? nil : "\(value + 1)u", value == 0 ? nil : "\(value - 1)u"].compactMap { $0 }
    case .double(let value):
      [value + 1, value - 1].filter { $0 != value && $0.isFinite }.map { $0 < 0 ? "(\($0))" : "\($0)" }
    case .string(let text):
      if case .enumeration(let type) = type { choice(beside: text, type) } else { moment(beside: text) }
    case .null, .bytes: []
    }
  }

  private static func step(_ step: Int64, from value: Int64) -> Int64? {
    let (result, isTooFar) = value.addingReportingOverflow(step)
    return isTooFar ? nil : result
  }

  /// The next value of the enumeration, or of the last one the one before.
  private static func choice(beside text: String, _ type: EnumType) -> [String] {
    guard let place = type.ordinal(of: text).map({ Int($0) }), type.values.count > 1 else { return [] }
    return [quoted(type.values[place + 1 < type.values.count ? place + 1 : place - 1])]
  }

  /// A day later, where a text is a date, or a length of time in days or hours.
  private static func moment(beside text: String) -> [String] {
    if let date = CivilDate(text), date.days < .max { return [quoted(CivilDate(days: date.days + 1).text)] }
    for (unit, day) in [("d", Int64(1)), ("h", 24), ("m", 24 * 60), ("s", 24 * 60 * 60)] where text.hasSuffix(unit) {
      guard let value = Int64(text.dropLast()) else { return [] }
      return step(day, from: value).map { [quoted("\($0)\(unit)")] } ?? []
    }
    return []
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
