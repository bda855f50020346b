extension Function {
  private static let a = ValueType.variable(1)

  static let optionalFunctions: [Function] = [
    Function(
      "hasValue", [Overload([.optional(a)], .bool, isMember: true)],
      .unary { value in
        guard case .optional(let box) = value else { return noOverload("hasValue") }
        return .bool(box.value != nil)
      }),
    Function("optional.none", [Overload([], .optional(a))], .variadic { _ in .optional(nil) }),
    Function("optional.of", [Overload([a], .optional(a))], takesPartialLists: true, .unary { .optional($0) }),
    Function("optional.ofNonZeroValue", [Overload([a], .optional(a))], .unary { .optional(isZero($0) ? nil : $0) }),
    Function(
      "optional.unwrap", [Overload([.list(.optional(a))], .list(a))], takesPartialLists: true, .unary(unwrapped)),
    // Not strict: what the second says does not matter where the first has a value.
    Function(
      "or", [Overload([.optional(a), .optional(a)], .optional(a), isMember: true)], takesPartialLists: true,
      isStrict: false,
      .binary { x, y in
        guard case .optional(let box) = x else { return x.isErrorOrUnknown ? x : noOverload("or") }
        if box.value != nil { return x }
        if case .optional = y { return y }
        return y.isErrorOrUnknown ? y : noOverload("or")
      }),
    Function(
      "orValue", [Overload([.optional(a), a], a, isMember: true)], takesPartialLists: true, isStrict: false,
      .binary { x, y in
        guard case .optional(let box) = x else { return x.isErrorOrUnknown ? x : noOverload("orValue") }
        return box.value ?? y
      }),
    Function(
      "unwrapOpt", [Overload([.list(.optional(a))], .list(a), isMember: true)], takesPartialLists: true,
      .unary(unwrapped)),
    Function(
      "value", [Overload([.optional(a)], a, isMember: true)], takesPartialLists: true,
      .unary { value in
        guard case .optional(let box) = value else { return noOverload("value") }
        return box.value ?? .error(.emptyOptional, "`value()` of an optional without one")
      }),
  ]

  /// The values of a list of optionals, those that have one.
  private static func unwrapped(_ value: Value) -> Value {
    guard let view = value.listView else { return noOverload("optional.unwrap") }
    var builder = ListBuilder()
    for index in 0..<view.count {
      guard case .optional(let box) = view[index] else { return noOverload("optional.unwrap") }
      if let inner = box.value { builder.append(inner, reason: view.reason(at: index)) }
    }
    builder.carry(view)
    return builder.finished()
  }

  private static func isZero(_ value: Value) -> Bool {
    switch value {
    case .null, .bool(false), .int(0), .uint(0), .duration(0), .timestamp(seconds: 0, nanoseconds: 0): true
    case .double(let number): number == 0
    case .string(let text): text.utf8.isEmpty
    case .bytes(let box): box.bytes.isEmpty
    case .map(let map): map.entries.isEmpty
    case .period(let period): period.months == 0 && period.days == 0
    default: value.listView.map { $0.count == 0 && $0.open == nil } ?? false
    }
  }
}
