/// cel-go's extension of sets: lists as sets of their elements, which are compared as `==` compares them.
extension Function {
  private static let overloads = [Overload([.list(.variable(1)), .list(.variable(1))], .bool)]

  static let setFunctions: [Function] = [
    Function(
      "sets.contains", overloads, takesPartialLists: true,
      .binary { x, y in
        guard let set = x.listView, let part = y.listView else { return noOverload("sets.contains") }
        return value(ListIndex(set).containsAll(of: part))
      }),
    Function(
      "sets.equivalent", overloads, takesPartialLists: true,
      .binary { x, y in
        guard let first = x.listView, let second = y.listView else { return noOverload("sets.equivalent") }
        let there = ListIndex(first).containsAll(of: second)
        if there == .no { return .bool(false) }
        return value(there.and(ListIndex(second).containsAll(of: first)))
      }),
    Function(
      "sets.intersects", overloads, takesPartialLists: true,
      .binary { x, y in
        guard let set = x.listView, let other = y.listView else { return noOverload("sets.intersects") }
        return value(ListIndex(set).containsAny(of: other))
      }),
  ]

  private static func value(_ answer: Answer) -> Value {
    switch answer {
    case .yes: .bool(true)
    case .no: .bool(false)
    case .unknown(let reasons): .unknown(reasons)
    }
  }
}
