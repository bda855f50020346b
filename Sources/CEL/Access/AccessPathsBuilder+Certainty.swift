/// What an expression is whatever is recorded: a name may stand for a fact that is missing, and then nothing can be said of
/// what is compared with it.
extension AccessPathsBuilder {
  /// Whether a node is an entity, or a list of which every element is one, never a fact that is missing. False: perhaps.
  func isCertain(_ id: ExprID) -> Bool {
    var left = Self.certaintyLimit
    return isCertain(id, of: checked, certain, &left)
  }

  private static let certaintyLimit = 1_000

  private func isCertain(
    _ id: ExprID, of checked: CheckedExpression, _ names: [(name: String, isCertain: Bool)], _ left: inout Int
  ) -> Bool {
    left -= 1
    if left < 0 { return false }
    switch checked.parsed.tree[id] {
    case .identifier(let name, _):
      switch checked.resolution(of: id) {
      case .variable(.slot(let slot, _)): return isCertain(slot: slot)
      case .variable(.lazy(_, let expression)): return isCertain(expression.node, of: expression.source, [], &left)
      case .local: return names.last { $0.name.hasSameBytes(as: name) }?.isCertain ?? false
      default: return false
      }
    case .select(_, _, _, false):
      // Edges are entities; a list that is worked out may hold whatever its definition gives.
      guard case .field(let base, _, let fields) = checked.resolution(of: id) else { return false }
      let isEdges = fields.allSatisfy { if case .edges = $0.declaration.access { true } else { false } }
      guard isEdges, case .list = checked.type(of: id) else { return false }
      return isCertain(base, of: checked, names, &left)
    case .call(let name, let receiver, let arguments, _):
      switch checked.resolution(of: id) {
      case .shared(let function, let body):
        var inner: [(name: String, isCertain: Bool)] = []
        for (parameter, argument) in zip(function.parameters, arguments) {
          inner.append((parameter.name, isCertain(argument, of: checked, names, &left)))
        }
        return isCertain(body.parsed.tree.root, of: body, inner, &left)
      default: break
      }
      switch (name, receiver) {
      case ("_+_", nil):
        return arguments.allSatisfy { argument in
          if case .list = checked.type(of: argument) { isCertain(argument, of: checked, names, &left) } else { false }
        }
      case ("distinct", let receiver?), ("reverse", let receiver?):
        return isCertain(receiver, of: checked, names, &left)
      case ("flatten", let receiver?) where arguments.isEmpty:
        // Of a list of lists.
        guard case .list(.list) = checked.type(of: receiver) else { return false }
        return isCertain(receiver, of: checked, names, &left)
      default: return false
      }
    case .list(let items):
      return items.allSatisfy { !$0.isOptional && isCertain($0.value, of: checked, names, &left) }
    case .macro(let macro):
      switch macro.name {
      case "every": return true
      case "closure", "filter", "sortBy":
        return macro.receiver.map { isCertain($0, of: checked, names, &left) } ?? false
      case "map":
        guard let receiver = macro.receiver, macro.arguments.count == 1, macro.variables.count == 1 else {
          return false
        }
        let element = isCertain(receiver, of: checked, names, &left)
        return isCertain(macro.arguments[0], of: checked, names + [(macro.variables[0].name, element)], &left)
      default: return false
      }
    default: return false
    }
  }
}
