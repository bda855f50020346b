internal import CEL
internal import YAMLTree

/// What rules can read of how much a rule weighs.
extension EstateLoader {
  /// Fills `highestSeverity` of each rule: its only severity, or the highest of its cases. Where one of these is none, the
  /// field stays unknown; the mistake is told when the rule is read.
  mutating func addSeverities() {
    guard let kind = metamodel.kind(named: "rule"), let field = metamodel.field("highestSeverity", of: kind.index),
      case .enumeration(let type) = field.type
    else { return }
    for row in kindRanges[kind.index] {
      guard let node = entities[Int(row)].node?.first("severity") else { continue }
      let cases = node.isSequence ? (0..<node.count).map { node[item: $0].first("is") } : [node]
      let ordinals = cases.map { value in
        value.flatMap { $0.isScalar ? type.ordinal(of: $0.text) : nil }
      }
      guard let highest = ordinals.compactMap({ $0 }).max(), !ordinals.contains(nil) else { continue }
      set(field, row, .enumeration(type: type.index, ordinal: highest))
    }
  }
}
