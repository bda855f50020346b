public import CEL
public import Catalogue

/// Values as people and machines read them.
public enum ValueText {
  /// For messages: an entity's name, an enumeration's title, a list of up to five.
  public static func message(_ value: Value, _ estate: Estate) -> String { text(value, estate, forMessage: true) }

  /// For keys, tables and JSON: an entity's `kind:id`, an enumeration's value, every element of a list.
  public static func exact(_ value: Value, _ estate: Estate) -> String { text(value, estate, forMessage: false) }

  /// A measure, without a fraction where it has none.
  public static func number(_ number: Double) -> String {
    number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : String(number)
  }

  private static func text(_ value: Value, _ estate: Estate, forMessage: Bool) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number): return self.number(number)
    case .string(let text): return text
    case .bytes(let box): return String(decoding: box.bytes, as: UTF8.self)
    case .timestamp(let seconds, let nanoseconds): return timestamp(seconds, nanoseconds)
    case .duration(let nanoseconds): return duration(nanoseconds)
    case .date(let date): return date.text
    case .period(let period): return period.text
    case .type(let box): return Environment(host: estate).description(of: box.type)
    case .opaque: return value.text ?? "?"
    case .enumeration(let type, let ordinal):
      let enumeration = estate.metamodel.enums[Int(type)]
      return forMessage ? enumeration.titles[Int(ordinal)] : enumeration.values[Int(ordinal)]
    case .entity(let row): return forMessage ? estate.name(row) : estate.identity(row)
    case .optional(let box): return box.value.map { text($0, estate, forMessage: forMessage) } ?? "none"
    case .record(let box): return box.fields.map { text($0, estate, forMessage: forMessage) }.joined(separator: ", ")
    case .path(let path):
      return path.nodes.map { text(.entity($0), estate, forMessage: forMessage) }.joined(separator: " -> ")
    case .map(let map):
      return map.entries.map {
        "\(text($0.key, estate, forMessage: forMessage)): \(text($0.value, estate, forMessage: forMessage))"
      }.joined(separator: ", ")
    case .related, .list: return list(value, estate, forMessage: forMessage)
    case .unknown: return "(not recorded)"
    case .error, .pending: return "?"
    }
  }

  private static func list(_ value: Value, _ estate: Estate, forMessage: Bool) -> String {
    guard let view = value.listView else { return "?" }
    let limit = forMessage ? 5 : Int.max
    var items: [String] = []
    for index in 0..<min(view.count, limit) {
      let item = text(view[index], estate, forMessage: forMessage)
      items.append(view.reason(at: index) == nil ? item : "perhaps \(item)")
    }
    if !forMessage { return "[" + items.joined(separator: ", ") + (view.open == nil ? "" : ", …") + "]" }
    if view.count > limit { return items.joined(separator: ", ") + " and \(view.count - limit) more" }
    if items.isEmpty { return view.open == nil ? "nothing" : "(not recorded)" }
    if view.open != nil { return items.joined(separator: ", ") + " and perhaps more" }
    guard let last = items.popLast() else { return "nothing" }
    return items.isEmpty ? last : items.joined(separator: ", ") + " and " + last
  }

  /// `2026-01-01T10:00:00Z`, with as many digits of the fraction as there are.
  static func timestamp(_ seconds: Int64, _ nanoseconds: Int32) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds + 1) / 86_400 - 1
    let rest = seconds - day * 86_400
    let date = CivilDate(days: Int32(clamping: day)).text
    let time = [rest / 3_600, rest / 60 % 60, rest % 60].map { padded($0, 2) }.joined(separator: ":")
    return "\(date)T\(time)\(fraction(UInt64(max(0, nanoseconds))))Z"
  }

  private static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// `.25` for a quarter of a second, empty for none.
  private static func fraction(_ nanoseconds: UInt64) -> String {
    if nanoseconds == 0 { return "" }
    var digits = padded(nanoseconds, 9)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }

  /// `4h`, `1h30m`, `45s`, `1.5s`.
  static func duration(_ nanoseconds: Int64) -> String {
    var rest = nanoseconds.magnitude / 1_000_000_000
    let fraction = fraction(nanoseconds.magnitude % 1_000_000_000)
    var result = nanoseconds < 0 ? "-" : ""
    for (size, unit) in [(UInt64(86_400), "d"), (3_600, "h"), (60, "m")] where rest >= size {
      if unit == "d", rest % size != 0 || rest < 172_800 || !fraction.isEmpty { continue }
      result += "\(rest / size)\(unit)"
      rest %= size
    }
    if rest > 0 || !fraction.isEmpty { result += "\(rest)\(fraction)s" }
    return result.isEmpty || result == "-" ? "0h" : result
  }
}
