/// cel-go's extension of lists, beside what stands with the functions of lists.
extension Function {
  private static let a = ValueType.variable(1)

  static let listExtensions: [Function] = [
    Function(
      "lists.range", [Overload([.int], .list(.int))],
      .unary { value in
        guard case .int(let count) = value else { return noOverload("lists.range") }
        if count < 0 { return .error(.invalidArgument, "a range cannot have \(count) elements") }
        guard count <= rangeLimit else {
          return .error(.costLimit, "a range of \(count) elements; it may have \(rangeLimit)")
        }
        return .list((0..<count).map { .int($0) })
      }),
    Function(
      "slice", [Overload([.list(a), .int, .int], .list(a), isMember: true)],
      .variadic { values in
        guard values.count == 3, let view = values[0].listView, case .int(let start) = values[1],
          case .int(let end) = values[2]
        else { return noOverload("slice") }
        guard start >= 0, start <= end, end <= view.count else {
          return .error(
            .indexOutOfRange, "there is no slice from \(start) to \(end) in a list of \(view.count)")
        }
        var builder = ListBuilder()
        for index in Int(start)..<Int(end) { builder.append(view[index]) }
        return builder.finished()
      }),
    Function("sort", [Overload([.list(a)], .list(a), isMember: true)], takesPartialLists: true, .unary(sorted))
      .of(.ordered),
  ]

  /// In ascending order; equal elements keep theirs. Elements of different types and NaN have no order.
  private static func sorted(_ value: Value) -> Value {
    guard let view = value.listView else { return noOverload("sort") }
    if let reasons = view.reasons { return .unknown(reasons) }
    let elements = (0..<view.count).map { view[$0] }
    if let reasons = elements.reduce(nil, { Unknown.merge($0, $1.undecided) }) { return .unknown(reasons) }
    guard let first = elements.first else { return value }
    for element in elements {
      if case .double(let number) = element, number.isNaN {
        return .error(.invalidArgument, "`sort` of a list with a NaN, which has no order")
      }
      guard element.hasKind(of: first), Value.order(element, first) != nil else {
        return unordered("sort", element, first)
      }
    }
    let order = elements.indices.sorted { x, y in
      let order = Value.order(elements[x], elements[y]) ?? 0
      return order == 0 ? x < y : order < 0
    }
    var builder = ListBuilder()
    for index in order { builder.append(elements[index]) }
    // Only zeros are equal and yet not the same; the order of the rest is the same however the list stood before.
    if case .double = first, elements.contains(where: { if case .double(0) = $0 { true } else { false } }) {
      builder.disorder(view.order)
    }
    return builder.finished()
  }
}

extension Value {
  /// Whether two values have one type, of those whose values have an order.
  fileprivate func hasKind(of other: Value) -> Bool {
    switch (self, other) {
    case (.bool, .bool), (.int, .int), (.uint, .uint), (.double, .double), (.string, .string), (.bytes, .bytes),
      (.timestamp, .timestamp), (.duration, .duration), (.date, .date), (.entity, .entity):
      true
    case (.enumeration(let x, _), .enumeration(let y, _)): x == y
    default: false
    }
  }
}
