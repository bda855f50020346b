public import CEL
import Foundation

/// The notation of values in the lines: an object whose one key tells the type, numbers and times as text
/// (`{"int":"5"}`, `{"double":"NaN"}`, `{"bytes_b64":"/w=="}`, `{"list":[v]}`, `{"map":[[k,v]]}`, `{"optional":v|null}`).
public enum ValueNotation {
  public static func value(_ written: Any) -> Value? {
    guard let object = written as? [String: Any], object.count == 1, let (tag, inner) = object.first else { return nil }
    switch tag {
    case "int": return (inner as? String).flatMap { Int64($0) }.map { .int($0) }
    case "uint": return (inner as? String).flatMap { UInt64($0) }.map { .uint($0) }
    case "double": return (inner as? String).flatMap { Double($0) }.map { .double($0) }
    case "string": return (inner as? String).map { .string($0) }
    case "bytes_b64":
      return (inner as? String).flatMap { Data(base64Encoded: $0) }.map { .bytes(BytesBox(Array($0))) }
    case "bool": return (inner as? Bool).map { .bool($0) }
    case "null": return .null
    case "list":
      guard let items = inner as? [Any] else { return nil }
      let values = items.compactMap { value($0) }
      return values.count == items.count ? .list(values) : nil
    case "map":
      guard let entries = inner as? [[Any]] else { return nil }
      var builder = MapBuilder()
      for entry in entries {
        guard entry.count == 2, let key = value(entry[0]), let inner = value(entry[1]),
          builder.insert(key, inner) == nil
        else { return nil }
      }
      return .map(builder.finished())
    case "optional": return inner is NSNull ? .optional(nil) : value(inner).map { .optional($0) }
    case "type": return TypeNotation.type(inner).map { .type(TypeBox($0)) }
    case "timestamp", "duration": return (inner as? String).flatMap { converted($0, by: tag) }
    default: return nil
    }
  }

  /// JSON; nil for values of the host, errors and unknowns.
  public static func text(_ value: Value) -> String? {
    switch value {
    case .null: return #"{"null":null}"#
    case .bool(let truth): return "{\"bool\":\(truth)}"
    case .int(let number): return "{\"int\":\"\(number)\"}"
    case .uint(let number): return "{\"uint\":\"\(number)\"}"
    case .double(let number): return "{\"double\":\"\(text(number))\"}"
    case .string(let text): return "{\"string\":\(JSONText.string(text))}"
    case .bytes(let box): return "{\"bytes_b64\":\"\(Data(box.bytes).base64EncodedString())\"}"
    case .timestamp: return value.text.map { "{\"timestamp\":\"\($0)\"}" }
    case .duration: return value.text.map { "{\"duration\":\"\($0)\"}" }
    case .type(let box): return "{\"type\":\(TypeNotation.text(box.type))}"
    case .optional(let box):
      guard let inner = box.value else { return #"{"optional":null}"# }
      return text(inner).map { "{\"optional\":\($0)}" }
    case .map(let map):
      let entries = map.entries.compactMap { entry in
        text(entry.key).flatMap { key in text(entry.value).map { "[\(key),\($0)]" } }
      }
      return entries.count == map.entries.count ? "{\"map\":[\(entries.joined(separator: ","))]}" : nil
    default:
      guard let view = value.listView, view.isDefinite else { return nil }
      let items = (0..<view.count).compactMap { text(view[$0]) }
      return items.count == view.count ? "{\"list\":[\(items.joined(separator: ","))]}" : nil
    }
  }

  private static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return "\(number)"
  }

  /// Times are read by the library's own conversion.
  private static func converted(_ text: String, by function: String) -> Value? {
    var environment = Environment()
    environment.variables["text"] = .slot(0, .string)
    environment.firstFreeSlot = 1
    let checked = Checker.check(Parser.parse("\(function)(text)"), in: environment)
    guard checked.problems.isEmpty else { return nil }
    var frame = Frame(graph: .empty, slotCount: 1)
    frame.slots[0] = .string(text)
    let value = CompiledExpression(checked, in: environment).evaluate(&frame)
    return value.isErrorOrUnknown ? nil : value
  }
}
