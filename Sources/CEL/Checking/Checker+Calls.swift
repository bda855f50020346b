internal import Diagnostics

extension Checker {
  mutating func checkCall(
    _ id: ExprID, _ name: String, _ receiver: ExprID?, _ arguments: [ExprID], _ range: Range<Int>,
    expecting: ValueType?
  ) -> ValueType {
    switch name {
    case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in":
      return checkComparison(id, name, arguments[0], arguments[1], range)
    case "_?_:_":
      return checkChoice(id, arguments, expecting: expecting)
    case "_[_]", "_[?_]":
      return checkIndex(id, name, arguments, range, expecting: expecting)
    case "_+_" where arguments.count == 2:
      return checkSum(id, arguments, range, expecting: expecting)
    case "-_" where arguments.count == 1:
      return checkNegative(id, arguments[0], range)
    case "flatten" where arguments.count == 1 && environment.hostFunctions[name] == nil:
      if let receiver { return checkFlatten(id, receiver, arguments[0]) }
    case "format" where arguments.count == 1 && environment.hostFunctions[name] == nil:
      if let receiver { return checkFormat(id, receiver, arguments[0], range) }
    case "dyn" where receiver == nil && arguments.count == 1 && environment.allowsDyn:
      _ = check(arguments[0])
      resolve(id, .function(Function("dyn", [], .unary { $0 })))
      return .dyn
    default: break
    }
    // A qualified function: `math.greatest(…)`, `optional.of(…)`.
    if let receiver, let qualified = qualifiedName(of: receiver) {
      let full = "\(qualified).\(name)"
      if let function = function(named: full) {
        return checkOverloads(id, function, display: full, isMember: false, arguments, range, expecting: expecting)
      }
    }
    if receiver == nil, let shared = environment.functions[name] {
      return checkShared(id, shared, arguments, range)
    }
    guard let function = function(named: name) else {
      if let receiver { _ = check(receiver) }
      // Of a misspelt macro the arguments are not checked: they would speak of variables that it does not bind.
      let macros = environment.macros.map(\.name)
      if !macros.contains(name), nearMatches(to: name, among: macros).isEmpty {
        for argument in arguments { _ = check(argument) }
      }
      return reportUnknownFunction(name, receiver, range)
    }
    return checkOverloads(
      id, function, display: name, isMember: receiver != nil, (receiver.map { [$0] } ?? []) + arguments, range,
      expecting: expecting)
  }

  private mutating func checkIndex(
    _ id: ExprID, _ name: String, _ arguments: [ExprID], _ range: Range<Int>, expecting: ValueType?
  ) -> ValueType {
    guard let function = function(named: name) else { return .error }
    let type = checkOverloads(
      id, function, display: name, isMember: false, arguments, range, expecting: expecting)
    requireKey(arguments[1], of: arguments[0])
    return type
  }

  /// What an empty map's literal is asked for is any type's so far, and the types of keys are fewer.
  private mutating func requireKey(_ key: ExprID, of container: ExprID) {
    let type = types[Int(key.index)]
    guard !environment.allowsDyn, mapKey(types[Int(container.index)]) != nil, !Self.isKey(type) else { return }
    report(
      "wrong-key", "a map's key is a bool, an int, a uint or a string, and this is \(described(type))", at: key)
  }

  func function(named name: String) -> Function? {
    environment.hostFunctions[name] ?? Function.library[name]
  }

  private func qualifiedName(of id: ExprID) -> String? {
    switch tree[id] {
    case .identifier(let name, let isAbsolute):
      let isLocal = !isAbsolute && scopes.contains { $0.name == name }
      return isLocal || environment.variables[name] != nil ? nil : name
    case .select(let operand, let field, _, false):
      return qualifiedName(of: operand).map { "\($0).\(field)" }
    default: return nil
    }
  }

  private mutating func reportUnknownFunction(_ name: String, _ receiver: ExprID?, _ range: Range<Int>) -> ValueType {
    var known = Set(Function.library.keys).union(environment.hostFunctions.keys).union(environment.functions.keys)
    known.formUnion(environment.macros.map(\.name))
    known = known.filter { $0.first?.isLetter == true }
    var notes = [suggestion(for: name, among: known.sorted())].compactMap { $0 }
    let shapes = environment.macros.filter { $0.name == name }
    if let shape = shapes.first {
      let parameters = (0..<shape.argumentCount).map { shape.variables.contains($0) ? "x" : "…" }
      let head = shape.hasReceiver ? "list." : ""
      report(
        "wrong-arguments", "`\(name)` is written `\(head)\(name)(\(parameters.joined(separator: ", ")))`", range: range)
      return .error
    }
    if receiver == nil, Function.library[name]?.overloads.contains(where: \.isMember) == true {
      notes = ["it is written `x.\(name)(…)`"]
    }
    report("unknown-function", "there is no function `\(name)`", range: range, notes: notes)
    return .error
  }

  // MARK: Comparison

  private mutating func checkComparison(
    _ id: ExprID, _ name: String, _ left: ExprID, _ right: ExprID, _ range: Range<Int>
  ) -> ValueType {
    resolve(id, Function.library[name].map { .function($0) } ?? .none)
    let leftType: ValueType
    let rightType: ValueType
    if name == "@in" {
      if takesContext(left) {
        rightType = check(right)
        leftType = check(left, expecting: rightType.elementType ?? mapKey(rightType))
      } else {
        leftType = check(left)
        rightType = check(right, expecting: .list(leftType))
      }
    } else if takesContext(left), !takesContext(right) {
      rightType = check(right)
      leftType = check(left, expecting: rightType)
    } else {
      leftType = check(left)
      rightType = check(right, expecting: takesContext(right) || isEmptyLiteral(right) ? leftType : nil)
    }
    if leftType == .error || rightType == .error { return .bool }
    if !["_<_", "_<=_", "_>_", "_>=_"].contains(name) { checkNames(left, right) }
    switch name {
    case "_==_", "_!=_":
      if comparable(leftType, rightType) { return .bool }
    case "@in":
      if let element = rightType.elementType ?? mapKey(rightType) {
        if comparable(leftType, element) {
          requireKey(left, of: right)
          return .bool
        }
      } else if rightType == .dyn {
        return .bool
      } else if case .variable = rightType {
        return .bool
      } else {
        report("wrong-type", "`in` needs a list or a map on its right, and this is \(described(rightType))", at: right)
        return .bool
      }
    default:
      if case .enumeration(let type) = leftType, !type.isOrdered {
        report("unordered", "the values of \(type.name) have no order", at: id)
        return .bool
      }
      var trial = substitution
      if isOrdered(leftType), isOrdered(rightType), trial.assign(leftType, to: rightType) {
        substitution = trial
        return .bool
      }
    }
    let sign = name == "@in" ? "in" : name.filter { $0 != "_" }
    var notes: [String] = []
    if case .optional = leftType { notes.append("an optional's value is `.value()` or `.orValue(…)`") }
    if leftType.elementType != nil, rightType.elementType == nil, name == "_==_" {
      notes.append("the left side is a list; `x in list` asks whether it holds something")
    }
    report(
      "no-overload", "`\(sign)` cannot compare \(described(leftType)) with \(described(rightType))", at: id,
      notes: notes)
    return .bool
  }

  private func mapKey(_ type: ValueType) -> ValueType? {
    if case .map(let key, _) = type { key } else { nil }
  }

  private func isEmptyLiteral(_ id: ExprID) -> Bool {
    if case .list(let items) = tree[id] { items.isEmpty } else { false }
  }

  func isOrdered(_ type: ValueType) -> Bool {
    switch type {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .dyn, .variable: true
    case .enumeration(let type): type.isOrdered
    default: false
    }
  }

  /// Whether two values can ever be equal.
  private mutating func comparable(_ a: ValueType, _ b: ValueType) -> Bool {
    if case .entity(let x) = a, case .entity(let y) = b { return !x.intersection(y).isEmpty }
    if let x = a.elementType, let y = b.elementType { return comparable(x, y) }
    var trial = substitution
    if trial.assign(a, to: b) {
      substitution = trial
      return true
    }
    trial = substitution
    if trial.assign(b, to: a) {
      substitution = trial
      return true
    }
    return false
  }

  // MARK: Choices, sums, shared functions

  private mutating func checkChoice(_ id: ExprID, _ arguments: [ExprID], expecting: ValueType?) -> ValueType {
    let condition = check(arguments[0])
    if !substitution.assign(condition, to: .bool) {
      report("wrong-type", "the condition before `?` is \(described(condition)), not bool", at: arguments[0])
    }
    let first: ValueType
    let second: ValueType
    if takesContext(arguments[1]), !takesContext(arguments[2]) {
      second = check(arguments[2], expecting: expecting)
      first = check(arguments[1], expecting: expecting ?? second)
    } else {
      first = check(arguments[1], expecting: expecting)
      second = check(arguments[2], expecting: expecting ?? first)
    }
    // `(bool, A, A) -> A`: where one side is `dyn`, so is `A`.
    if let joined = substitution.joined(first, second) { return joined }
    report(
      "choice-types-differ", "one choice is \(described(first)), the other \(described(second))", at: id)
    return .error
  }

  /// Lists of entities join. Each operand is checked once: a sum of sums would else take exponential time.
  private mutating func checkSum(
    _ id: ExprID, _ arguments: [ExprID], _ range: Range<Int>, expecting: ValueType?
  ) -> ValueType {
    guard let function = Function.library["_+_"] else { return .error }
    let left = check(arguments[0], expecting: expecting?.elementType == nil ? nil : expecting)
    guard let leftElement = left.elementType else {
      return checkOverloads(
        id, function, display: function.name, isMember: false, arguments, range, expecting: nil, first: left)
    }
    let right = check(arguments[1], expecting: left)
    resolve(id, .function(function))
    guard let rightElement = right.elementType else {
      if right == .error || right == .dyn { return left }
      if case .variable = right, substitution.assign(right, to: .list(leftElement)) { return .list(leftElement) }
      report(
        "no-overload", "`+` cannot add \(described(right)) to a list", at: arguments[1],
        notes: ["one element more: `+ [x]`"])
      return .error
    }
    if let joined = substitution.joined(leftElement, rightElement) { return .list(joined) }
    report("no-overload", "`+` cannot join \(described(left)) and \(described(right))", at: id)
    return .error
  }

  /// Null may stand for a duration, but it has no negative.
  private mutating func checkNegative(_ id: ExprID, _ operand: ExprID, _ range: Range<Int>) -> ValueType {
    guard let function = Function.library["-_"] else { return .error }
    let type = check(operand)
    if type == .null {
      resolve(id, .function(function))
      report("no-overload", "`-` cannot take null", at: id)
      return .error
    }
    return checkOverloads(
      id, function, display: function.name, isMember: false, [operand], range, expecting: nil, first: type)
  }

  private mutating func checkShared(
    _ id: ExprID, _ shared: SharedFunction, _ arguments: [ExprID], _ range: Range<Int>
  ) -> ValueType {
    guard arguments.count == shared.parameters.count else {
      for argument in arguments { _ = check(argument) }
      let parameters = shared.parameters.map { "\($0.name): \(described($0.type))" }
      report(
        "wrong-arguments",
        "`\(shared.name)` takes \(shared.parameters.count) argument\(shared.parameters.count == 1 ? "" : "s"), not \(arguments.count)",
        range: range, notes: ["it takes `\(shared.name)(\(parameters.joined(separator: ", ")))`"])
      return .error
    }
    for (argument, parameter) in zip(arguments, shared.parameters) {
      let type = check(argument, expecting: parameter.type)
      if !substitution.assign(type, to: parameter.type) {
        report(
          "wrong-type",
          "`\(parameter.name)` of `\(shared.name)` is \(described(parameter.type)), and this is \(described(type))",
          at: argument)
      }
    }
    if functionStack.contains(shared.name) {
      report("recursive-function", "`\(shared.name)` calls itself", range: range)
      reentered.insert(shared.name)
      return .error
    }
    if let known = checkedFunctions[shared.name] {
      resolve(id, .shared(shared, known))
      return known.type
    }
    var inner = self
    inner.enter(shared)
    let checked = inner.finishedBody()
    checkedFunctions = inner.checkedFunctions
    checkedFunctions[shared.name] = checked
    // Each function of a circle is told of it at its own call.
    for name in inner.reentered.sorted() where functionStack.contains(name) {
      report("recursive-function", "`\(name)` calls itself by way of `\(shared.name)`", range: range)
      reentered.insert(name)
    }
    resolve(id, .shared(shared, checked))
    return checked.type
  }
}
