/// cel-go's extension of sets: lists as sets of their elements, which are compared as `==` compares them.
extension Function {
  static let setFunctions: [Function] = [
    relation("sets.contains") { frame, set, part in ListIndex(set).containsAll(of: part, &frame) },
    relation("sets.equivalent") { frame, first, second in
      guard let there = ListIndex(first).containsAll(of: second, &frame) else { return nil }
      if there.isNo { return .no }
      return ListIndex(second).containsAll(of: first, &frame).map(there.and)
    },
    relation("sets.intersects") { frame, set, other in ListIndex(set).containsAny(of: other, &frame) },
  ]

  /// - Parameter holds: nil beyond the cost limit.
  private static func relation(
    _ name: String, _ holds: @escaping @Sendable (inout Frame, ListView, ListView) -> Answer?
  ) -> Function {
    Function(
      name, [Overload([.list(.variable(1)), .list(.variable(1))], .bool)], takesPartialLists: true,
      .contextual { frame, values in
        guard values.count == 2, let first = values[0].listView, let second = values[1].listView else {
          return noOverload(name)
        }
        guard frame.spend(first.count + second.count) else { return frame.costError }
        return holds(&frame, first, second)?.value ?? frame.costError
      })
  }
}
