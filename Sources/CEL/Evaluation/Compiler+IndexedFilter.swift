/// `xs.filter(v, … && v.r == e && …)`, and `exists` likewise: where the relation `r` has an inverse, only what the inverse of `e` leads to can
/// pass, and what has no `r` recorded can pass perhaps. When these are fewer than `xs`, they are looked at instead of
/// all of `xs`: asking a platform with 10,000 flows for those of one dataset costs what the dataset has.
struct FilterIndex: Sendable {
  /// The value compared with.
  let key: Frame.Code
  /// The column of the relation.
  let column: Int
  /// The inverse's adjacency by the kind of what is compared with.
  let inverses: [Int: Int]

  /// The rows of a slice that can pass, ascending; nil where looking at all of it is no dearer.
  func candidates(in slice: EdgeSlice, _ frame: inout Frame) -> [Int32]? {
    let count = slice.count
    guard count > 16, let gaps = frame.graph.columns[column].absentRows, case .entity(let row) = key(&frame),
      let slot = inverses[frame.graph.kind(of: row)], frame.graph.adjacencies[slot].isDefinite
    else { return nil }
    let targets = frame.graph.adjacencies[slot].targets(of: row)
    guard targets.count + gaps.count < count / 4 else { return nil }
    let range = slice.targets
    return (gaps.isEmpty ? Array(targets) : (Array(targets) + gaps).sorted()).filter { range.holds($0) }
  }
}

extension Compiler {
  /// The index that a filter's condition allows, if one of its conjuncts compares a relation of the variable. Only such
  /// conjuncts may stand before it as give no error: one of an element that is left out would not be noted.
  mutating func filterIndex(_ condition: ExprID, variable: String) -> FilterIndex? {
    guard mayRepeat else { return nil }
    var pending = [condition]
    var isFirst = true
    while let next = pending.popLast() {
      guard case .call(let name, nil, let arguments, _) = tree[next], arguments.count == 2 else {
        if mayFail(next) { return nil }
        isFirst = false
        continue
      }
      if name == "_&&_" {
        pending += arguments.reversed()
        continue
      }
      if name == "_==_" {
        for (field, value) in [(arguments[0], arguments[1]), (arguments[1], arguments[0])]
        where isFirst || !mayFail(value) {
          if let index = filterIndex(field, value, variable) { return index }
        }
      }
      if mayFail(next) { return nil }
      isFirst = false
    }
    return nil
  }

  /// False for names, recorded fields, and what comparing and combining them gives.
  func mayFail(_ id: ExprID) -> Bool {
    if case .constant = checked.resolution(of: id) { return false }
    switch tree[id] {
    case .literal: return false
    case .identifier:
      if case .variable(.lazy) = checked.resolution(of: id) { return true }
      if case .identifier(let name, _) = tree[id], let slot = slot(ofLocal: name) { return givenSlots.contains(slot) }
      return false
    case .select(_, _, _, false):
      guard case .field(let base, _, let fields) = checked.resolution(of: id), isEntity(base) else { return true }
      return mayFail(base) || fields.contains(where: \.declaration.mayFail)
    case .call(let name, nil, let arguments, _):
      let isSafe = ["_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in"].contains(name)
      return !isSafe || arguments.contains { mayFail($0) }
    case .list(let items): return items.contains { mayFail($0.value) }
    default: return true
    }
  }

  private mutating func filterIndex(_ field: ExprID, _ value: ExprID, _ variable: String) -> FilterIndex? {
    guard case .field(let base, _, let fields) = checked.resolution(of: field), fields.count == 1,
      case .column(let column) = fields[0].declaration.access, !fields[0].declaration.inverses.isEmpty,
      !fields[0].declaration.isTraced,
      case .identifier(variable, false) = tree[base], isEntity(value), !mentions(value, variable)
    else { return nil }
    return FilterIndex(key: compile(value).code, column: column, inverses: fields[0].declaration.inverses)
  }

  func mentions(_ id: ExprID, _ name: String) -> Bool {
    switch tree[id] {
    case .identifier(name, _): true
    case .identifier, .literal, .missing: false
    case .select(let operand, _, _, _): mentions(operand, name)
    case .call(_, let receiver, let arguments, _):
      receiver.map { mentions($0, name) } ?? false || arguments.contains { mentions($0, name) }
    case .list(let items): items.contains { mentions($0.value, name) }
    case .map(let entries): entries.contains { mentions($0.key, name) || mentions($0.value, name) }
    case .message(_, let fields): fields.contains { mentions($0.value, name) }
    case .macro(let macro):
      macro.receiver.map { mentions($0, name) } ?? false || macro.arguments.contains { mentions($0, name) }
    }
  }

  /// A filter or an `exists` that looks at the index's candidates where that is cheaper, and at everything where it is not.
  static func indexed(
    _ name: String, _ range: Frame.Code, slot: Int, _ condition: Frame.Code, _ index: FilterIndex,
    readsTraced: Bool
  ) -> Frame.Code {
    let whole = loop(name, Frame.Code { $0.slots[slot] }, [slot], [condition])
    return Frame.Code { frame in
      let value = range(&frame)
      guard !(frame.isTracing && readsTraced), case .related(let slice) = value,
        let rows = index.candidates(in: slice, &frame)
      else {
        frame.slots[slot] = value
        return whole(&frame)
      }
      frame.slots[slot] = .entities(rows)
      return whole(&frame)
    }
  }
}
