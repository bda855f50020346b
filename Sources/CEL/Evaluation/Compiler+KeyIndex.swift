/// How a filter's condition allows an index: a conjunct that compares something of the element with something that does
/// not depend on the element.
struct KeyComparison: Sendable {
  let key: Frame.Code
  let value: Frame.Code
  /// The key as a number, where both sides are of one type that numbers stand for.
  let cell: Compiler.Cell?
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
          let cell = Self.haveOneNumberType(checked.type(of: key), checked.type(of: value)) ? cell(key) : nil
          return KeyComparison(key: keyCode, value: compile(value).code, cell: cell)
        }
      }
      if mayFail(next) { return nil }
    }
    return nil
  }

  private static func haveOneNumberType(_ key: ValueType, _ value: ValueType) -> Bool {
    switch (key, value) {
    case (.entity, .entity), (.date, .date), (.duration, .duration), (.int, .int), (.bool, .bool): true
    case (.enumeration(let a), .enumeration(let b)): a.index == b.index
    default: false
    }
  }

  /// A filter or an `exists` over a list that all targets share.
  static func indexed(
    _ name: String, _ range: Frame.Code, slot: Int, _ condition: Frame.Code,
    _ comparison: KeyComparison, readsTraced: Bool
  ) -> Frame.Code {
    let whole = loop(name, Frame.Code { $0.slots[slot] }, [slot], [condition])
    let number = Memory.number()
    return Frame.Code { frame in
      let list = range(&frame)
      var chosen = list
      if frame.remembers, let view = list.listView, view.count > 16, !(frame.isTracing && readsTraced) {
        let value = comparison.value(&frame)
        let index: KeyIndex
        if let known = frame.memory.indexes[number] {
          index = known
        } else {
          index = KeyIndex(list, slot: slot, comparison, &frame)
          frame.memory.indexes[number] = index
        }
        chosen = index.candidates(equalTo: value) ?? list
      }
      frame.slots[slot] = chosen
      return whole(&frame)
    }
  }
}
