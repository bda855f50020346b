@testable public import CEL

/// Whether values are what their types promise.
public struct TypeAgreement: Sendable {
  let graph: Graph

  public init(_ graph: Graph) { self.graph = graph }

  /// Where a value is not of a type, what it is instead. Errors and unknowns are of every type. Of a list, the first hundred elements are looked at.
  public func disagreement(_ value: Value, _ type: ValueType) -> String? {
    let isSo: Bool
    switch (value, type) {
    case (.error, _), (.unknown, _), (_, .dyn): return nil
    case (.pending, _): isSo = false
    // The checker lets null stand for these.
    case (.null, .optional), (.null, .duration), (.null, .timestamp): return nil
    case (.null, .null), (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string),
      (.bytes, .bytes), (.timestamp, .timestamp), (.duration, .duration), (.date, .date), (.period, .period),
      (.path, .path), (.type, .type):
      isSo = true
    case (.enumeration(let index, let ordinal), .enumeration(let enumeration)):
      isSo = index == enumeration.index && enumeration.values.indices.contains(Int(ordinal))
    case (.entity(let row), .entity(let kinds)):
      isSo = (0..<graph.rowCount).contains(Int(row)) && kinds.contains(graph.kind(of: row))
    case (.list, _), (.related, _):
      guard let element = type.elementType, let view = value.listView else { return "\(value)" }
      return (0..<min(view.count, 100)).lazy.compactMap { disagreement(view[$0], element) }.first.map { "[\($0)]" }
    case (.map(let map), .map(let key, let element)):
      return map.entries.lazy.compactMap { entry in
        disagreement(entry.key, key).map { "key \($0)" } ?? disagreement(entry.value, element).map { "{\($0)}" }
      }.first
    case (.optional(let box), .optional(let element)):
      return box.value.flatMap { disagreement($0, element).map { "optional(\($0))" } }
    case (.record(let box), .record(let record)):
      guard box.fields.count == record.fields.count else { return "a record of \(box.fields.count)" }
      return zip(box.fields, record.fields).lazy.compactMap { disagreement($0, $1.type) }.first
    case (.record(let box), .abstract(let name, let arguments)):
      guard let record = ParametricRecord.library.first(where: { $0.name == name }) else { return "a \(name)" }
      guard box.fields.count == record.fields.count else { return "a record of \(box.fields.count)" }
      return zip(box.fields, record.fields).lazy.compactMap {
        disagreement($0, $1.type.substituting(arguments))
      }.first
    case (.opaque(let box), .abstract): isSo = box.type == type
    default: isSo = false
    }
    return isSo ? nil : "\(value)"
  }
}
