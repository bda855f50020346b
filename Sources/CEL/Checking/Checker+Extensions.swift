/// Functions of the library whose types an overload cannot say.
extension Checker {
  /// `text.format([…])`: the values of a literal list may be of different types; where the text is a literal too, its
  /// clauses are held against them.
  mutating func checkFormat(_ id: ExprID, _ receiver: ExprID, _ argument: ExprID, _ range: Range<Int>) -> ValueType {
    let function = Function.formatFunction
    guard case .list(let items) = tree[argument], !items.contains(where: \.isOptional) else {
      let type = checkOverloads(
        id, function, display: function.name, isMember: true, [receiver, argument], range, expecting: nil)
      if let element = types[Int(argument.index)].elementType {
        requireText(element, as: .string, at: argument, isCertain: false)
      }
      return type
    }
    resolve(id, .function(function))
    let textType = check(receiver)
    let types = items.map { check($0.value) }
    self.types[Int(argument.index)] = .list(.dyn)
    if !substitution.assign(textType, to: .string) {
      report("no-overload", "`format` is a function of strings, and this is \(described(textType))", at: receiver)
    }
    guard case .literal(.string(let text)) = tree[receiver] else {
      for (item, type) in zip(items, types) { requireText(type, as: .string, at: item.value, isCertain: false) }
      return .string
    }
    do {
      let clauses = try TextFormat(text).clauses
      if clauses.count != items.count {
        report(
          "wrong-arguments",
          "the format has \(clauses.count) clause\(clauses.count == 1 ? "" : "s"), and the list \(items.count) "
            + "value\(items.count == 1 ? "" : "s")", range: range)
      }
      for (clause, (item, type)) in zip(clauses, zip(items, types)) { requireText(type, as: clause, at: item.value) }
    } catch {
      report("wrong-arguments", error.message, at: receiver)
    }
    return .string
  }

  /// - Parameter isCertain: Whether the clause is known; otherwise only what no clause can write is a mistake.
  private mutating func requireText(
    _ type: ValueType, as clause: TextFormat.Clause, at id: ExprID, isCertain: Bool = true
  ) {
    let type = substitution.resolved(type)
    if clause.takes(type) { return }
    let writer = isCertain ? "`\(clause.text)`" : "`format`"
    report("no-overload", "\(writer) writes \(clause.kinds), and this is \(described(type))", at: id)
  }

  /// `list.flatten(depth)`: of a literal depth, so many lists are taken off the type.
  mutating func checkFlatten(_ id: ExprID, _ receiver: ExprID, _ argument: ExprID) -> ValueType {
    guard let function = Function.library["flatten"] else { return .error }
    resolve(id, .function(function))
    let listType = check(receiver)
    let depthType = check(argument)
    if listType == .error || depthType == .error { return .error }
    if !substitution.assign(depthType, to: .int) {
      report("wrong-type", "the depth of `flatten` is an int, and this is \(described(depthType))", at: argument)
      return .error
    }
    if listType == .dyn { return .list(.dyn) }
    if case .variable = listType, substitution.assign(listType, to: .list(.dyn)) { return .list(.dyn) }
    guard var element = listType.elementType.map({ substitution.resolved($0) }) else {
      report("no-overload", "`flatten` cannot take \(described(listType))", at: receiver)
      return .error
    }
    // Of a list without lists every depth leaves the type as it is.
    guard element.elementType != nil else { return .list(element) }
    guard case .literal(.int(let depth)) = tree[argument] else {
      if environment.allowsDyn { return .list(.dyn) }
      report("wrong-type", "the depth must be written as a number: the type depends on it", at: argument)
      return .error
    }
    if depth < 0 {
      report("wrong-arguments", "the depth of `flatten` cannot be negative", at: argument)
      return .list(element)
    }
    var rest = depth
    while rest > 0, let inner = element.elementType {
      element = substitution.resolved(inner)
      rest -= 1
    }
    return .list(element)
  }
}
