@testable import CEL

extension Value {
  /// Everything that an evaluation can tell of a value, its facts included.
  var everything: String {
    switch self {
    case .unknown(let unknown): return "unknown" + unknown.text
    case .error(let error): return "error \(error.code.rawValue) \(error.message)"
    case .string(let text): return text.debugDescription
    case .bytes(let box): return "b\(box.bytes)"
    case .type(let box): return "type \(box.type)"
    case .optional(let box): return "optional(\(box.value?.everything ?? ""))"
    case .map(let map):
      return "{" + map.entries.map { "\($0.key.everything): \($0.value.everything)" }.joined(separator: ", ") + "}"
    case .record(let box): return "(" + box.fields.map(\.everything).joined(separator: ", ") + ")"
    case .path(let path): return "path \(path.nodes) \(path.hops)"
    default:
      guard let view = listView else { return "\(self)" }
      let items = (0..<view.count).map { view[$0].everything + (view.reason(at: $0).map { "?" + $0.text } ?? "") }
      let open = view.open.map { "…" + $0.text } ?? ""
      return "[" + items.joined(separator: ", ") + open + (view.order.map { " in order " + $0.text } ?? "") + "]"
    }
  }

  /// Whether it is an error for a reason, or holds one.
  func holdsError(_ code: EvaluationError.Code) -> Bool {
    switch self {
    case .error(let error): error.code == code
    case .optional(let box): box.value?.holdsError(code) == true
    case .map(let map): map.entries.contains { $0.value.holdsError(code) }
    case .record(let box): box.fields.contains { $0.holdsError(code) }
    default: listView.map { view in (0..<view.count).contains { view[$0].holdsError(code) } } ?? false
    }
  }
}

extension Unknown {
  fileprivate var text: String {
    "(" + facts.map { "\($0.row).\($0.field)" }.joined(separator: " ") + " \(lower) \(upper))"
  }
}
