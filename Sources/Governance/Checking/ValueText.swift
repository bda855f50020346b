public import CEL
public import Catalogue

/// Values as people and machines read them.
public enum ValueText {
  /// For messages: an entity's name, an enumeration's title, a list of up to five.
  public static func message(_ value: Value, _ estate: Estate) -> String { text(value, estate, forMessage: true) }

  /// For keys, tables and JSON: an entity's `kind:id`, an enumeration's value, every element of a list.
  public static func exact(_ value: Value, _ estate: Estate) -> String { text(value, estate, forMessage: false) }

  private static func text(_ value: Value, _ estate: Estate, forMessage: Bool) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .uint(let number): return String(number)
    case .double(let number):
      return number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : String(number)
    case .string(let text): return text
    case .bytes(let box): return String(decoding: box.bytes, as: UTF8.self)
    case .timestamp(let seconds, _): return "\(seconds)s"
    case .duration(let nanoseconds): return duration(nanoseconds)
    case .date(let date): return date.text
    case .period(let period): return period.text
    case .type: return "type"
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

  /// `4h`, `1h30m`, `45s`.
  static func duration(_ nanoseconds: Int64) -> String {
    var rest = nanoseconds.magnitude / 1_000_000_000
    var result = nanoseconds < 0 ? "-" : ""
    for (size, unit) in [(UInt64(86_400), "d"), (3_600, "h"), (60, "m"), (1, "s")] where rest >= size {
      if unit == "d", rest % size != 0 || rest < 172_800 { continue }
      result += "\(rest / size)\(unit)"
      rest %= size
    }
    return result.isEmpty || result == "-" ? "0h" : result
  }
}
