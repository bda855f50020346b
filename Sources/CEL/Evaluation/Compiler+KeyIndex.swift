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
      if frame.remembers, let view = list.listView, view.count > 16, !(frame.isTracing && readsTraced) {
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
