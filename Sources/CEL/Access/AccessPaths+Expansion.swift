extension AccessPaths {
  /// Puts the ways of another expression in the place of a field that it defines: whatever reads the field for an entity
  /// reads what the expression reads with the entity in its slot 0.
  ///
  /// - Parameters:
  ///   - inner: the ways of the expression, as they were gathered, not reduced.
  ///   - results: the states of what its value may hold.
  public mutating func insert(_ inner: AccessPaths, results: [Int], for step: Step) {
    let offset = append(inner, in: step.context)
    for start in inner.starts where start.slot == 0 { links.append(Link(from: step.from, to: start.state + offset)) }
    if let to = step.to { links += results.map { Link(from: $0 + offset, to: to) } }
  }

  /// Puts the ways of a field's definition beside a step that reads the field's inverse.
  public mutating func insert(_ inner: AccessPaths, of field: Int32, forInverse step: Step) {
    let offset = append(inner, in: step.context)
    for start in inner.starts where start.slot == 0 {
      jumps.append(Jump(from: step.from, field: field, to: start.state + offset))
    }
    if let to = step.to { jumps.append(Jump(from: step.from, field: field, to: to)) }
  }

  /// Adds the states and ways of another expression, but for its starts; how much higher its states are numbered.
  private mutating func append(_ inner: AccessPaths, in outer: Int) -> Int {
    let offset = kinds.count
    kinds += inner.kinds
    let contexts = inner.contexts.map { names in
      names.reduce(into: outer) { $0 = context(of: $1, in: $0) }
    }
    for other in inner.steps {
      let filter = other.filter.map {
        AccessFilter(conditions: outer == 0 ? $0.conditions : [], key: $0.key?.numbered(from: offset))
      }
      steps.append(
        Step(
          from: other.from + offset, field: other.field, to: other.to.map { $0 + offset },
          context: contexts[other.context], filter: filter))
    }
    keyed += inner.keyed.map { Keyed(state: $0.state + offset, key: $0.key.numbered(from: offset)) }
    links += inner.links.map { Link(from: $0.from + offset, to: $0.to + offset) }
    listed += inner.listed.map {
      Listed(
        state: $0.state + offset, kinds: $0.kinds, context: contexts[$0.context],
        conditions: outer == 0 ? $0.conditions : [])
    }
    literals += inner.literals.map { Literal(state: $0.state + offset, row: $0.row) }
    globals += inner.globals.map { Global(state: $0.state + offset, index: $0.index, context: contexts[$0.context]) }
    kept += inner.kept.map { Kept(state: $0.state + offset, conditions: $0.conditions) }
    conditions.merge(inner.conditions) { $1 }
    readsDate = readsDate || inner.readsDate
    readsGlobals.formUnion(inner.readsGlobals)
    jumps += inner.jumps.map { Jump(from: $0.from + offset, field: $0.field, to: $0.to + offset) }
    return offset
  }

  /// Joins what reads a field with the ways of the expression that defines it, where these are among its own: the
  /// expression's slot holds the entities that the step comes from.
  public mutating func join(_ step: Step, toSlot slot: Int, results: [Int]) {
    for start in starts where start.slot == slot { links.append(Link(from: step.from, to: start.state)) }
    if let to = step.to { links += results.map { Link(from: $0, to: to) } }
  }
}
