extension Function {
  static let mathFunctions: [Function] = [
    extreme("math.greatest") { $0 > 0 },
    extreme("math.least") { $0 < 0 },
  ]

  /// Of one to eight values of one type, or of a list of them.
  private static func extreme(_ name: String, _ isBetter: @escaping @Sendable (Int) -> Bool) -> Function {
    let a = ValueType.variable(1)
    let overloads = [Overload([.list(a)], a)] + (1...8).map { Overload(Array(repeating: a, count: $0), a) }
    return Function(
      name, overloads,
      .variadic { values in
        var values = values
        if values.count == 1, let view = values[0].listView { values = (0..<view.count).map { view[$0] } }
        guard var best = values.first else { return .error(.invalidArgument, "`\(name)` of an empty list") }
        for value in values.dropFirst() {
          guard let order = Value.order(value, best) else { return noOverload(name) }
          if isBetter(order) { best = value }
        }
        return best
      }
    ).ofOrdered
  }
}
