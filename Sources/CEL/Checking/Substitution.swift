/// What the type variables of a check stand for so far.
struct Substitution {
  private var bindings: [Int: ValueType] = [:]
  private var next = 1_000

  mutating func fresh() -> ValueType {
    next += 1
    return .variable(next)
  }

  /// The overload's variables replaced by fresh ones.
  mutating func instantiate(_ overload: Overload) -> Overload {
    var renamed: [Int: ValueType] = [:]
    func rename(_ type: ValueType, _ substitution: inout Substitution) -> ValueType {
      switch type {
      case .variable(let index):
        if let known = renamed[index] { return known }
        let variable = substitution.fresh()
        renamed[index] = variable
        return variable
      case .list(let element): return .list(rename(element, &substitution))
      case .optional(let element): return .optional(rename(element, &substitution))
      case .type(let element): return .type(rename(element, &substitution))
      case .map(let key, let value):
        return .map(key: rename(key, &substitution), value: rename(value, &substitution))
      case .abstract(let name, let arguments):
        return .abstract(name, arguments.map { rename($0, &substitution) })
      default: return type
      }
    }
    var result = overload
    result.parameters = overload.parameters.map { rename($0, &self) }
    result.result = rename(overload.result, &self)
    return result
  }

  /// The type with everything known put in; with `closing`, a variable that stayed free becomes `dyn`.
  func resolved(_ type: ValueType, closing: Bool = false) -> ValueType {
    switch type {
    case .variable(let index):
      if let bound = bindings[index] { return resolved(bound, closing: closing) }
      return closing ? .dyn : type
    case .list(let element): return .list(resolved(element, closing: closing))
    case .optional(let element): return .optional(resolved(element, closing: closing))
    case .type(let element): return .type(resolved(element, closing: closing))
    case .map(let key, let value):
      return .map(key: resolved(key, closing: closing), value: resolved(value, closing: closing))
    case .abstract(let name, let arguments):
      return .abstract(name, arguments.map { resolved($0, closing: closing) })
    default: return type
    }
  }

  private func occurs(_ index: Int, in type: ValueType) -> Bool {
    switch resolved(type) {
    case .variable(let other): return other == index
    case .list(let element), .optional(let element), .type(let element): return occurs(index, in: element)
    case .map(let key, let value): return occurs(index, in: key) || occurs(index, in: value)
    case .abstract(_, let arguments): return arguments.contains { occurs(index, in: $0) }
    default: return false
    }
  }

  /// Whether a value of `actual` may stand where `expected` is wanted; binds variables.
  mutating func assign(_ actual: ValueType, to expected: ValueType) -> Bool {
    let actual = resolved(actual)
    if case .variable(let index) = expected {
      guard let bound = bindings[index] else {
        if actual == expected { return true }
        if occurs(index, in: actual) { return false }
        bindings[index] = actual
        return true
      }
      if assign(actual, to: bound) {
        let general = Self.mostGeneral(resolved(bound), resolved(actual))
        if !occurs(index, in: general) { bindings[index] = general }
        return true
      }
      let saved = self
      if assign(resolved(bound), to: actual), !occurs(index, in: actual) {
        bindings[index] = actual
        return true
      }
      self = saved
      if let joined = Self.join(resolved(bound), actual) {
        bindings[index] = joined
        return true
      }
      return false
    }
    if case .variable(let index) = actual {
      if occurs(index, in: expected) { return false }
      bindings[index] = expected
      return true
    }
    switch (expected, actual) {
    case (.dyn, _), (_, .dyn), (.error, _), (_, .error): return true
    case (.entity(let wanted), .entity(let given)): return given.isSubset(of: wanted)
    case (.reach(let wanted), .reach(let given)): return given.isSubset(of: wanted)
    case (.list(let wanted), .list(let given)): return assign(given, to: wanted)
    case (.list(let wanted), .reach(let given)): return assign(.entity(given), to: wanted)
    case (.optional(let wanted), .optional(let given)): return assign(given, to: wanted)
    case (.map(let wantedKey, let wantedValue), .map(let key, let value)):
      return assign(key, to: wantedKey) && assign(value, to: wantedValue)
    case (.type, .type): return true
    case (.optional, .null), (.timestamp, .null), (.duration, .null): return true
    case (.abstract(let wanted, let wantedArguments), .abstract(let name, let arguments)):
      guard wanted == name, wantedArguments.count == arguments.count else { return false }
      for (a, b) in zip(arguments, wantedArguments) where !assign(a, to: b) { return false }
      return true
    default: return expected == actual
    }
  }

  /// The type of a place where values of both types stand: the more general where one is assignable to the other, else
  /// the least that both are assignable to; nil where there is none. Binds variables.
  mutating func joined(_ a: ValueType, _ b: ValueType) -> ValueType? {
    if a == b { return a }
    for (from, to) in [(b, a), (a, b)] {
      var trial = self
      guard trial.assign(from, to: to) else { continue }
      self = trial
      return Self.mostGeneral(resolved(a), resolved(b))
    }
    return Self.join(resolved(a), resolved(b))
  }

  /// Whether several types may stand for this one: `dyn`, null or a variable that is not bound, also deep inside.
  func isOpen(_ type: ValueType) -> Bool {
    switch type {
    case .dyn, .null: true
    case .variable(let index): bindings[index].map(isOpen) ?? true
    case .list(let element), .optional(let element): isOpen(element)
    case .map(let key, let value): isOpen(key) || isOpen(value)
    case .abstract(_, let arguments): arguments.contains(where: isOpen)
    default: false
    }
  }

  /// Of two types, one assignable to the other, the one that says less; parameters are not mixed.
  static func mostGeneral(_ a: ValueType, _ b: ValueType) -> ValueType { isNoMoreSpecific(a, than: b) ? a : b }

  private static func isNoMoreSpecific(_ a: ValueType, than b: ValueType) -> Bool {
    switch (a, b) {
    case (.error, _): false
    case (_, .error): true
    case (.dyn, _), (.variable, _): true
    case (_, .dyn), (_, .variable): false
    case (.entity(let x), .entity(let y)), (.reach(let x), .reach(let y)): y.isSubset(of: x)
    case (.list, .reach): true
    case (.reach, .list): false
    case (_, .null): true
    case (.null, _): false
    case (.list(let x), .list(let y)), (.optional(let x), .optional(let y)), (.type(let x), .type(let y)):
      isNoMoreSpecific(x, than: y)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      isNoMoreSpecific(key, than: otherKey) && isNoMoreSpecific(value, than: otherValue)
    case (.abstract(_, let x), .abstract(_, let y)): zip(x, y).allSatisfy { isNoMoreSpecific($0, than: $1) }
    default: true
    }
  }

  /// The least type that both are assignable to, or nil.
  static func join(_ a: ValueType, _ b: ValueType) -> ValueType? {
    if a == b { return a }
    switch (a, b) {
    case (.dyn, _), (_, .dyn): return .dyn
    case (.error, let other), (let other, .error): return other
    case (.entity(let x), .entity(let y)): return .entity(x.union(y))
    case (.reach(let x), .reach(let y)): return .list(.entity(x.union(y)))
    case (.list(let x), .list(let y)): return join(x, y).map { .list($0) }
    case (.list(let x), .reach(let y)), (.reach(let y), .list(let x)): return join(x, .entity(y)).map { .list($0) }
    case (.optional(let x), .optional(let y)): return join(x, y).map { .optional($0) }
    case (.variable, let other), (let other, .variable): return other
    case (.null, .optional), (.null, .timestamp), (.null, .duration): return b
    case (.optional, .null), (.timestamp, .null), (.duration, .null): return a
    default: return nil
    }
  }
}
