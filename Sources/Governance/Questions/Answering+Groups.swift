internal import CEL
internal import Catalogue
internal import Diagnostics

extension Answering {
  /// Rows that have the same keys.
  private struct Group {
    var keys: [Value]
    var certain = 0
    var possible = 0
    /// On what it depends whether there is such a group, where nothing is certain in it.
    var doubt: Unknown?
  }

  /// One value that a row is counted under, and what that depends on.
  private struct Key {
    var value: Value
    var doubt: Unknown?
  }

  static func keyType(_ type: ValueType) -> ValueType {
    switch type {
    case .list(let element): element
    case .reach(let kinds): .entity(kinds)
    case .optional(let inner): keyType(inner)
    default: type
    }
  }

  /// Counts rows by their keys, the largest group first; what has an unknown key comes last.
  mutating func group(_ rows: [Answer.Row], _ frame: inout Frame) {
    var groups: [String: Group] = [:]
    for row in rows {
      frame.slots[0] = row.element
      let found = prepared.groups.map { keys(evaluate($0.step, row.element, &frame)) }
      if !failures.isEmpty { return }
      for combination in Self.combinations(found) {
        let doubt = combination.reduce(row.doubt) { known, key in key.doubt?.merged(with: known) ?? known }
        add(combination.map(\.value), doubt, &groups)
      }
    }
    let hasPossible = groups.values.contains { $0.possible > 0 }
    answer.columns = zip(prepared.groups, prepared.groupTypeNames).map {
      Answer.Column(heading: $0.heading, type: Self.keyType($0.step.code.type), typeName: $1)
    }
    var taken = Set(answer.columns.map(\.heading))
    func column(_ name: String) -> Answer.Column {
      var heading = name
      while !taken.insert(heading).inserted { heading += " of rows" }
      return Answer.Column(heading: heading, type: .int, typeName: "int")
    }
    answer.columns += [column("count")] + (hasPossible ? [column("perhaps")] : [])
    answer.content = .rows(
      Self.sorted(groups).map { group in
        Answer.Row(
          element: .null,
          cells: group.keys + [.int(Int64(group.certain))] + (hasPossible ? [.int(Int64(group.possible))] : []),
          doubt: group.certain == 0 ? group.doubt : nil)
      })
  }

  private mutating func add(_ keys: [Value], _ doubt: Unknown?, _ groups: inout [String: Group]) {
    let name = keys.map { value -> String in
      if case .unknown = value { return "u" }
      return "k" + ValueText.exact(value, estate)
    }.joined(separator: "\u{0}")
    var group = groups[name] ?? Group(keys: keys)
    for (place, key) in keys.enumerated() {
      if case .unknown(let reason) = key, case .unknown(let known) = group.keys[place] {
        group.keys[place] = .unknown(reason.merged(with: known))
      }
    }
    if let doubt {
      group.possible += 1
      group.doubt = doubt.merged(with: group.doubt)
      answer.uncounted = doubt.merged(with: answer.uncounted)
    } else {
      group.certain += 1
    }
    groups[name] = group
  }

  /// The values that a key counts under: of a list each element, of an empty one none.
  private func keys(_ value: Value) -> [Key] {
    if case .optional(let box) = value, let inner = box.value { return keys(inner) }
    guard let view = value.listView else { return [Key(value: value)] }
    var result = (0..<view.count).map { Key(value: view[$0], doubt: view.reason(at: $0)) }
    if let open = view.open { result.append(Key(value: .unknown(open))) }
    return result.isEmpty ? [Key(value: .optional(OptionalBox(nil)))] : result
  }

  private static func combinations(_ keys: [[Key]]) -> [[Key]] {
    keys.reduce([[]]) { known, next in known.flatMap { head in next.map { head + [$0] } } }
  }

  private static func sorted(_ groups: [String: Group]) -> [Group] {
    func isUnknown(_ group: Group) -> Bool {
      group.keys.contains { if case .unknown = $0 { true } else { false } }
    }
    return groups.sorted { a, b in
      let (x, y) = (isUnknown(a.value), isUnknown(b.value))
      if x != y { return y }
      let (m, n) = (a.value.certain + a.value.possible, b.value.certain + b.value.possible)
      return m != n ? m > n : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.map(\.value)
  }
}
