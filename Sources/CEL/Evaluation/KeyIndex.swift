/// The elements of a list that all targets share, by the value of an expression: `every(k).filter(x, f(x) == e)` asked
/// by every target costs one walk through the list, not one for each.
final class KeyIndex {
  /// Nil: the elements cannot be told apart by their keys: the list is partial, a key is an error, all are too dear.
  private var places: [ValueKey: [Int32]]?
  /// Elements whose key is not known for certain.
  private var gaps: [Int32] = []
  private let list: Value

  init(_ list: Value, slot: Int, _ key: Frame.Code, _ frame: inout Frame) {
    self.list = list
    guard let view = list.listView, view.isDefinite else { return }
    var places: [ValueKey: [Int32]] = [:]
    var budget = frame.costLimit
    for index in 0..<view.count {
      frame.slots[slot] = view[index]
      let known = frame.apart(limit: budget, key)
      budget -= known.cost
      if case .error = known.value { return }
      if known.absorbed != nil { return }
      if known.value.undecided != nil {
        gaps.append(Int32(index))
      } else if known.value.isEqualToItself {
        places[ValueKey(known.value), default: []].append(Int32(index))
      }
    }
    self.places = places
  }

  /// The elements whose key is equal to a value, or perhaps is, in the list's order; nil: look at all of them.
  func candidates(equalTo value: Value) -> Value? {
    guard let places, let view = list.listView, !value.isErrorOrUnknown, value.undecided == nil else { return nil }
    let found = places[ValueKey(value)] ?? []
    let all = gaps.isEmpty ? found : found.isEmpty ? gaps : (found + gaps).sorted()
    let rows = all.compactMap { view.row(at: Int($0)) }
    if rows.count == all.count { return .list(ListBox(entities: rows, order: view.order)) }
    return .list(ListBox(all.map { view[Int($0)] }, order: view.order))
  }
}

/// How a filter's condition allows an index: a conjunct that compares something of the element with something that does
/// not depend on the element.
struct KeyComparison: Sendable {
  let key: Frame.Code
  let value: Frame.Code
}

extension Compiler {
  /// The first conjunct of a condition that allows an index. Only such conjuncts may stand before it as give no error:
  /// one of an element that is left out would not be noted.
  mutating func keyComparison(_ condition: ExprID, _ variable: String, slot: Int) -> KeyComparison? {
    guard mayRepeat else { return nil }
    var pending = [condition]
    while let next = pending.popLast() {
      guard case .call(let name, nil, let arguments, _) = tree[next], arguments.count == 2 else {
        if mayFail(next) { return nil }
        continue
      }
      if name == "_&&_" {
        pending += arguments.reversed()
        continue
      }
      if name == "_==_" {
        for (key, value) in [(arguments[0], arguments[1]), (arguments[1], arguments[0])]
        where mentions(key, variable) && !mentions(value, variable) {
          let (keyCode, dependence) = compileApart { $0.compile(key).code }
          guard dependence.slots == [slot] else { continue }
          return KeyComparison(key: keyCode, value: compile(value).code)
        }
      }
      if mayFail(next) { return nil }
    }
    return nil
  }

  /// A filter or an `exists` over a list that all targets share.
  static func indexed(
    _ name: String, _ range: @escaping Frame.Code, slot: Int, _ condition: @escaping Frame.Code,
    _ comparison: KeyComparison, readsTraced: Bool
  ) -> Frame.Code {
    let whole = loop(name, { $0.slots[slot] }, [slot], [condition])
    let number = Memory.number()
    return { frame in
      let list = range(&frame)
      var chosen = list
      if let view = list.listView, view.count > 16, !(frame.isTracing && readsTraced) {
        let value = comparison.value(&frame)
        let index: KeyIndex
        if let known = frame.memory.indexes[number] {
          index = known
        } else {
          index = KeyIndex(list, slot: slot, comparison.key, &frame)
          frame.memory.indexes[number] = index
        }
        chosen = index.candidates(equalTo: value) ?? list
      }
      frame.slots[slot] = chosen
      return whole(&frame)
    }
  }
}
