@testable import CEL

extension Value {
  /// A list may have a million elements, and each of them another million.
  private static let shownElements = 100

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
    case .opaque(let box): return "\(box.type) \(box.value)"
    case .path(let path): return "path \(path.nodes) \(path.hops)"
    default:
      guard let view = listView else { return "\(self)" }
      let items = (0..<min(view.count, Self.shownElements)).map {
        view[$0].everything + (view.reason(at: $0).map { "?" + $0.text } ?? "")
      }
      let open = view.open.map { "…" + $0.text } ?? ""
      return "\(view.count)[" + items.joined(separator: ", ") + open + (view.order.map { " in order " + $0.text } ?? "")
        + "]"
    }
  }

  /// Whether it is an error for a reason, or holds one.
  func holdsError(_ code: EvaluationError.Code) -> Bool {
    switch self {
    case .error(let error): error.code == code
    case .optional(let box): box.value?.holdsError(code) == true
    case .map(let map): map.entries.contains { $0.value.holdsError(code) }
    case .record(let box): box.fields.contains { $0.holdsError(code) }
    default:
      listView.map { view in (0..<min(view.count, Self.shownElements)).contains { view[$0].holdsError(code) } } ?? false
    }
  }
}

extension Unknown {
  fileprivate var text: String {
    "(" + facts.map { "\($0.row).\($0.field)" }.joined(separator: " ") + " \(lower) \(upper))"
  }
}
