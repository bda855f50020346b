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
    addOverrides(kind, field, type)
  }

  /// What the repository's own file sets in rules in place of what they say; mistakes in it are told when it is read.
  private mutating func addOverrides(_ kind: Kind, _ highest: Field, _ severity: EnumType) {
    guard let entries = options.overrides, entries.isSequence else { return }
    for place in 0..<entries.count {
      guard let rule = entries[item: place].first("rule")?.text, let set = entries[item: place].first("set"),
        let row = ids.row(rule, kind: kind.index) ?? ids.row(alias: rule, kind: kind.index)
      else { continue }
      if let ordinal = set.first("severity").flatMap({ severity.ordinal(of: $0.text) }) {
        self.set(highest, row, .enumeration(type: severity.index, ordinal: ordinal))
      }
      if let stage = metamodel.field("stage", of: kind.index), case .enumeration(let type) = stage.type,
        let ordinal = set.first("stage").flatMap({ type.ordinal(of: $0.text) })
      {
        self.set(stage, row, .enumeration(type: type.index, ordinal: ordinal))
      }
    }
  }
}
