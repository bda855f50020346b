/// cel-go's extension of maps.
extension Function {
  private static let map = ValueType.map(key: .variable(1), value: .variable(2))

  static let mapFunctions: [Function] = [
    // The entries of both; where both have a key, the argument's value in the receiver's place.
    Function(
      "merge", [Overload([map, map], map, isMember: true)],
      .binary { x, y in
        guard case .map(let first) = x, case .map(let second) = y else { return noOverload("merge") }
        var builder = MapBuilder()
        for (key, value) in first.entries {
          if let problem = builder.insert(key, second[key] ?? value) { return problem }
        }
        for (key, value) in second.entries where first[key] == nil {
          if let problem = builder.insert(key, value) { return problem }
        }
        return .map(builder.finished())
      })
  ]
}
