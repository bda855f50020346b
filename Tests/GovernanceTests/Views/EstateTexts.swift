import CEL

@testable import Catalogue

/// What an estate says of every entity that it holds, by `kind:id.path`; initiatives and their edits aside.
struct EstateTexts {
  private(set) var values: [String: String] = [:]
  private let estate: Estate
  private let leftOut: Set<Int>

  init(_ estate: Estate) {
    self.estate = estate
    leftOut = Set(["initiative", "edit", "rule"].compactMap { estate.metamodel.kind(named: $0)?.index })
    var frame = Frame(graph: estate.graph, slotCount: 1)
    for kind in estate.metamodel.kinds where !leftOut.contains(kind.index) {
      let fields = kind.order.compactMap { id in
        estate.metamodel.field(estate.metamodel.fields[Int(id)].path, ofKind: kind.index)
      }
      for row in estate.rows(ofKind: kind.name) {
        for field in fields {
          frame.cost = 0
          values["\(estate.identity(row)).\(field.name)"] = text(frame.read(field, of: row))
        }
      }
    }
  }

  /// Where two differ, sorted: `kind:id.path: theirs, not ours`.
  func differences(from other: EstateTexts) -> [String] {
    Set(values.keys).union(other.values.keys).sorted().compactMap { key in
      let (ours, theirs) = (values[key] ?? "absent", other.values[key] ?? "absent")
      return ours == theirs ? nil : "\(key): \(ours), not \(theirs)"
    }
  }

  private func isLeftOut(_ value: Value) -> Bool {
    if case .entity(let row) = value { leftOut.contains(estate.entity(row).kind) } else { false }
  }

  private func text(_ value: Value) -> String {
    if let view = value.listView {
      let items = (0..<view.count).filter { !isLeftOut(view[$0]) }.map { index in
        text(view[index]) + (view.reason(at: index).map { text(.unknown($0)) } ?? "")
      }
      return "[\(items.joined(separator: " "))\(view.open.map { " " + text(.unknown($0)) } ?? "")]"
    }
    switch value {
    case .entity(let row): return estate.identity(row) + (estate.graph.members.contains(row) ? "" : " (not there)")
    case .unknown(let reason):
      let facts = reason.facts.map { fact in
        estate.origin(of: fact).map { "\(estate.identity($0.row)).\($0.path)" } ?? "-"
      }
      // Facts are in the order of rows, which is that of names within a kind.
      return "?" + facts.sorted().joined(separator: ",")
    case .record(let box): return "{\(box.fields.map(text).joined(separator: " "))}"
    case .date(let date): return date.text
    case .enumeration(let type, let ordinal): return estate.metamodel.enums[Int(type)].values[Int(ordinal)]
    case .error(let error): return "!\(error.message)"
    default: return "\(value)"
    }
  }
}
