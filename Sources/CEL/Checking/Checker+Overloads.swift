/// Which signature of a function a call means (language definition: Gradual Type Checking).
extension Checker {
  mutating func checkOverloads(
    _ id: ExprID, _ function: Function, display: String, isMember: Bool, _ arguments: [ExprID], _ range: Range<Int>,
    expecting: ValueType?, first: ValueType? = nil
  ) -> ValueType {
    let candidates = function.overloads.filter { $0.isMember == isMember && $0.parameters.count == arguments.count }
    let given = checkArguments(arguments, candidates, function, expecting: expecting, first: first)
    if given.contains(.error) {
      resolve(id, .function(function))
      if candidates.count == 1, case .variable = candidates[0].result { return .error }
      return candidates.count == 1 && !containsVariable(candidates[0].result) ? candidates[0].result : .error
    }
    resolve(id, .function(function))
    let isOpen = given.contains(where: substitution.isOpen)
    if let result = matched(candidates, given) {
      switch function.domain {
      case .anything: break
      case .ordered:
        let isOfElements = candidates.contains { $0.result.elementType != nil }
        requireOrder(isOfElements ? result.elementType ?? result : result, display, range)
      case .numbers:
        checkNumberLiterals(arguments, display)
        return requireNumbers(given, environment.allowsDyn && isOpen ? .dyn : result, display, range)
      }
      checkLiterals(function, arguments)
      return result
    }
    if environment.allowsDyn, function.domain == .numbers, !candidates.isEmpty, given.allSatisfy(mayBeNumber) {
      return .dyn
    }
    if candidates.isEmpty {
      return reportWrongCount(function, display, isMember, arguments.count, range)
    }
    let shown = given.map { described($0) }
    var notes: [String] = []
    for overload in function.overloads.prefix(6) where overload.isMember == isMember {
      notes.append("it takes \(signature(display, overload))")
    }
    report(
      "no-overload", "\(operatorName(display)) cannot take \(shown.joined(separator: " and "))",
      range: tree.range(of: id),
      notes: display.first == "_" || display.first == "!" || display.first == "-" ? [] : notes)
    return .error
  }

  /// The result of the candidate that takes arguments of these types, or nil. Where several do it is `dyn`, unless all
  /// have the same result, and variables stay free: nobody knows yet which of them is meant.
  private mutating func matched(_ candidates: [Overload], _ given: [ValueType]) -> ValueType? {
    let mayFitSeveral = candidates.count > 1 && given.contains(where: substitution.isOpen)
    var match: (result: ValueType, substitution: Substitution)?
    var isAmbiguous = false
    for candidate in candidates {
      var trial = substitution
      let overload = trial.instantiate(candidate)
      var fits = true
      for (type, parameter) in zip(given, overload.parameters) where !trial.assign(type, to: parameter) {
        fits = false
        break
      }
      guard fits else { continue }
      let result = trial.resolved(overload.result)
      guard let known = match?.result else {
        match = (result, trial)
        if !mayFitSeveral { break }
        continue
      }
      isAmbiguous = true
      if result != known || containsVariable(result) { return .dyn }
    }
    guard let match else { return nil }
    if !isAmbiguous { substitution = match.substitution }
    return match.result
  }

  /// The types of arguments. A literal that takes its meaning from its place is checked last, against what the other
  /// arguments leave for it.
  private mutating func checkArguments(
    _ arguments: [ExprID], _ candidates: [Overload], _ function: Function, expecting: ValueType?, first: ValueType?
  ) -> [ValueType] {
    var given: [ValueType?] = arguments.map { takesContext($0) ? nil : .error }
    if let first { given[0] = first }
    let isPlain = !given.contains { $0 == nil }
    for index in arguments.indices where given[index] != nil && (index > 0 || first == nil) {
      given[index] = check(arguments[index])
    }
    if isPlain { return given.compactMap { $0 } }
    let mayName = candidates.count == 1 || (given + [expecting]).contains { $0.map(namesValues) ?? false }
    for index in arguments.indices where given[index] == nil {
      var wanted: ValueType?
      if function.name == "pathTo", case .reach(let kinds)?? = given.first { wanted = .entity(kinds) }
      if mayName, wanted == nil { wanted = place(of: index, candidates, given, expecting: expecting) }
      given[index] = check(arguments[index], expecting: wanted)
    }
    return given.map { $0 ?? .error }
  }

  /// The type that the first fitting candidate has for an argument, where a literal can be told by it.
  private func place(
    of index: Int, _ candidates: [Overload], _ given: [ValueType?], expecting: ValueType?
  ) -> ValueType? {
    for candidate in candidates {
      var trial = substitution
      let overload = trial.instantiate(candidate)
      if let expecting, namesValues(expecting) { _ = trial.assign(expecting, to: overload.result) }
      var fits = true
      for (type, parameter) in zip(given, overload.parameters) {
        guard let type else { continue }
        if !trial.assign(type, to: parameter) {
          fits = false
          break
        }
      }
      guard fits else { continue }
      let type = trial.resolved(overload.parameters[index])
      return namesValues(type) ? type : nil
    }
    return nil
  }

  /// Whether a string literal in a place of this type, or in a list there, would name something.
  func namesValues(_ type: ValueType) -> Bool {
    switch type {
    case .enumeration, .entity, .reach: true
    case .list(let inner), .optional(let inner): namesValues(inner)
    case .map(let key, let value): namesValues(key) || namesValues(value)
    default: false
    }
  }

  /// Literals that would be an error whenever they are evaluated.
  private mutating func checkLiterals(_ function: Function, _ arguments: [ExprID]) {
    guard let find = function.literalProblem else { return }
    let texts = arguments.map { if case .literal(.string(let text)) = tree[$0] { text } else { String?.none } }
    guard let problem = find(texts), arguments.indices.contains(problem.argument) else { return }
    report(problem.id, problem.message, at: arguments[problem.argument], notes: problem.notes)
  }

  /// A list literal of numbers is not empty, and none of its elements is a literal of another type.
  private mutating func checkNumberLiterals(_ arguments: [ExprID], _ name: String) {
    guard arguments.count == 1, case .list(let items) = tree[arguments[0]] else { return }
    if items.isEmpty { report("no-overload", "`\(name)` of an empty list", at: arguments[0]) }
    for item in items where !item.isOptional {
      switch tree[item.value] {
      case .literal, .list, .map:
        let type = types[Int(item.value.index)]
        if !mayBeNumber(type) {
          report("no-overload", "`\(name)` takes numbers, and this is \(described(type))", at: item.value)
        }
      default: break
      }
    }
  }

  private func mayBeNumber(_ type: ValueType) -> Bool {
    switch substitution.resolved(type) {
    case .int, .uint, .double, .dyn, .variable, .error: true
    default: false
    }
  }

  /// The result, if a function is given numbers, or one list of them. Where one of them may be any number, so may the
  /// result.
  private mutating func requireNumbers(
    _ given: [ValueType], _ result: ValueType, _ name: String, _ range: Range<Int>
  ) -> ValueType {
    let elements = given.count == 1 ? given.map { substitution.resolved($0).elementType ?? $0 } : given
    guard let wrong = elements.first(where: { !mayBeNumber($0) }) else { return result }
    report(
      "no-overload", "`\(name)` takes numbers, and this is \(described(wrong))", range: range,
      notes: isOrdered(wrong) ? ["`[x, y].min()` and `[x, y].max()` take all values that have an order"] : [])
    return .error
  }

  mutating func requireOrder(_ type: ValueType, _ name: String, _ range: Range<Int>) {
    let type = substitution.resolved(type)
    if isOrdered(type) || type == .error { return }
    if case .enumeration(let type) = type {
      report("unordered", "the values of \(type.name) have no order", range: range)
    } else {
      report("unordered", "`\(name)` needs values that have an order, and these are \(described(type))", range: range)
    }
  }

  private mutating func reportWrongCount(
    _ function: Function, _ display: String, _ isMember: Bool, _ count: Int, _ range: Range<Int>
  ) -> ValueType {
    let counts = function.overloads.filter { $0.isMember == isMember }.map { $0.parameters.count - (isMember ? 1 : 0) }
    let given = count - (isMember ? 1 : 0)
    if counts.isEmpty {
      let form = isMember ? "`\(display)(…)`" : "`x.\(display)(…)`"
      report("wrong-arguments", "`\(display)` is written \(form)", range: range)
    } else {
      let wanted = Set(counts).sorted().map(String.init).joined(separator: " or ")
      report(
        "wrong-arguments", "`\(display)` takes \(wanted) \(counts == [1] ? "argument" : "arguments"), not \(given)",
        range: range,
        notes: function.overloads.filter { $0.isMember == isMember }.prefix(4).map {
          "it takes \(signature(display, $0))"
        })
    }
    return .error
  }

  private func signature(_ name: String, _ overload: Overload) -> String {
    let parameters = overload.parameters.map { described($0) }
    if overload.isMember {
      return "`\(parameters[0]).\(name)(\(parameters.dropFirst().joined(separator: ", ")))`"
    }
    return "`\(name)(\(parameters.joined(separator: ", ")))`"
  }

  private func operatorName(_ name: String) -> String {
    guard name.contains("_") || name == "@in", name.first.map({ "_!-@".contains($0) }) == true else {
      return "`\(name)`"
    }
    return "`\(name.filter { $0 != "_" && $0 != "@" })`"
  }

  private func containsVariable(_ type: ValueType) -> Bool {
    switch type {
    case .variable: true
    case .list(let inner), .optional(let inner), .type(let inner): containsVariable(inner)
    case .map(let key, let value): containsVariable(key) || containsVariable(value)
    case .abstract(_, let arguments): arguments.contains(where: containsVariable)
    default: false
    }
  }
}
