package import CEL

/// What a value leads to: entities that are there for certain and possibly, and the facts that would tell of more.
package struct Links {
  package var certain: [Int32] = []
  package var possible: [(row: Int32, reason: Unknown)] = []
  package var open: Unknown?

  package init(_ value: Value) {
    switch value {
    case .entity(let row): certain = [row]
    case .unknown(let reason): open = reason
    case .optional(let box): if let value = box.value { self = Links(value) }
    default:
      guard let view = value.listView else { return }
      for index in 0..<view.count {
        guard let row = view.row(at: index) else { continue }
        if let reason = view.reason(at: index) { possible.append((row, reason)) } else { certain.append(row) }
      }
      open = view.open
    }
  }

  package var all: [Int32] { certain + possible.map(\.row) }
}
