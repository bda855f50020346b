extension AccessPathsBuilder {
  mutating func call(
    _ id: ExprID, _ name: String, _ receiver: ExprID?, _ arguments: [ExprID], for filter: AccessFilter?
  ) -> [Int] {
    switch checked.resolution(of: id) {
    case .shared(let shared, let body): return call(shared, body, arguments)
    case .function(let function):
      let keepsElements = ["_+_", "flatten", "distinct"].contains(name)
      return call(function, id, (receiver.map { [$0] } ?? []) + arguments, for: keepsElements ? filter : nil)
    case .none, .variable, .local, .field, .recordField, .constant, .kinds:
      guard name == "_?_:_", arguments.count == 3 else {
        return statesOfAll((receiver.map { [$0] } ?? []) + arguments)
      }
      _ = states(of: arguments[0])
      return statesOfAll(Array(arguments[1...]))
    }
  }

  /// What a function gives holds no entities but those in its arguments, and those that come out of the fact that it
  /// reads. A receiver that is only the first part of the function's name is in no state.
  mutating func call(_ function: Function, _ id: ExprID, _ arguments: [ExprID], for filter: AccessFilter? = nil)
    -> [Int]
  {
    let outer = context
    if case .deferred = function.body { context = paths.context(of: function.name, in: outer) }
    defer { context = outer }
    var given = statesOfAll(arguments, for: filter)
    let type = checked.type(of: id)
    if let fact = function.fact { given = union([given, read(fact, of: given, giving: type)]) }
    return type.mayHoldPaths ? passed(given) : given
  }

  /// A reading of a fact that is no field.
  private mutating func read(_ fact: Int32, of owners: [Int], giving type: ValueType) -> [Int] {
    let held = type.heldKinds
    let target = held.isEmpty || owners.isEmpty ? nil : paths.addState(held)
    for owner in owners {
      paths.steps.append(AccessPaths.Step(from: owner, field: fact, to: target, context: context))
    }
    return target.map { [$0] } ?? []
  }

  /// What a way to something in these states may hold.
  mutating func passed(_ states: [Int]) -> [Int] {
    union([states] + states.compactMap { ways[$0] })
  }
}

extension ValueType {
  fileprivate var mayHoldPaths: Bool {
    switch self {
    case .path, .dyn, .error, .variable: true
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .period, .enumeration,
      .type, .entity, .reach:
      false
    case .list(let element), .optional(let element): element.mayHoldPaths
    case .map(let key, let value): key.mayHoldPaths || value.mayHoldPaths
    case .record(let record): record.fields.contains { $0.type.mayHoldPaths }
    case .abstract(_, let arguments): arguments.contains { $0.mayHoldPaths }
    }
  }
}
