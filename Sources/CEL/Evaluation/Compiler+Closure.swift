extension Compiler {
  mutating func compileClosure(_ id: ExprID, _ macro: SyntaxTree.Macro) -> Compiled {
    guard let receiver = macro.receiver else { return .constant(.entities([])) }
    let start = compile(receiver).code
    let limit = macro.arguments.count == 2 ? compile(macro.arguments[1]).code : nil
    let variable = macro.variables[0].name
    return withLocals([variable]) { compiler, slots in
      let outer = compiler.locals(before: slots[0])
      let before = compiler.footprint.slots
      compiler.footprint.slots = []
      let (step, dependence) = compiler.compileApart { $0.compile(macro.arguments[0]).code }
      let captured = Array(compiler.footprint.slots.union(outer)).sorted()
      compiler.footprint.slots.formUnion(before)
      let tracer = StepTracer(
        variable: slots[0], chains: compiler.chains(macro.arguments[0], steps: [variable], prelude: []))
      let stride = Stride(
        slot: slots[0], code: step, adjacency: compiler.plainRelation(macro.arguments[0], variable: variable),
        memory: !compiler.environment.isPlain && dependence.slots.isSubset(of: [slots[0]]) ? Memory.number() : nil,
        kinds: compiler.kinds(of: [receiver, id]), readsTraced: dependence.readsTraced)
      let walk = Walk(stride: stride, tracer: tracer, captured: captured)
      if limit == nil, stride.memory != nil { compiler.walks[id] = SharedWalk(start: start, stride: stride) }
      return .code { frame in
        var steps = Int.max
        if let limit {
          let value = limit(&frame)
          guard case .int(let number) = value else {
            return value.isErrorOrUnknown ? value : .error(.noSuchOverload, "the number of steps is no int")
          }
          steps = Int(clamping: number)
        }
        let value = start(&frame)
        if case .entity(let row) = value { return walk.run(from: [row], maybe: [], open: nil, steps, &frame) }
        guard let view = value.listView else { return value }
        var certain: [Int32] = []
        var maybe: [(row: Int32, reason: Unknown)] = []
        for index in 0..<view.count {
          guard let row = view.row(at: index) else { continue }
          if let reason = view.reason(at: index) { maybe.append((row, reason)) } else { certain.append(row) }
        }
        return walk.run(from: certain, maybe: maybe, open: view.open, steps, &frame)
      }
    }
  }

  mutating func compilePathTo(_ macro: SyntaxTree.Macro) -> Compiled {
    guard let receiver = macro.receiver else { return .constant(.path(PathBox(nodes: [], hops: []))) }
    let reached = compile(receiver).code
    return withLocals([macro.variables[0].name]) { compiler, slots in
      let condition = compiler.compile(macro.arguments[0]).code
      let slot = slots[0]
      return .code { frame in
        let value = reached(&frame)
        guard case .list(let box) = value, let reach = box.reach, case .entities(let rows) = box.elements else {
          return value.isErrorOrUnknown ? value : .path(PathBox(nodes: [], hops: []))
        }
        for index in rows.indices {
          frame.slots[slot] = .entity(rows[index])
          if condition(&frame).isTrue { return .path(reach.path(to: index, rows: rows, &frame)) }
        }
        return .path(PathBox(nodes: [], hops: []))
      }
    }
  }

  /// The kinds of entities and of lists of entities.
  private func kinds(of ids: [ExprID]) -> KindSet {
    ids.reduce(.empty) { kinds, id in
      switch checked.type(of: id) {
      case .entity(let more), .reach(let more), .list(.entity(let more)): kinds.union(more)
      default: kinds
      }
    }
  }

  /// The adjacency of a step that is a plain relation of a single kind of entity.
  private func plainRelation(_ id: ExprID, variable: String) -> Int? {
    guard case .field(let base, _, let fields) = checked.resolution(of: id), fields.count == 1,
      case .edges(let slot) = fields[0].declaration.access,
      case .identifier(variable, false) = tree[base], case .local = checked.resolution(of: base)
    else { return nil }
    return slot
  }

  // MARK: Chains

  /// The ways in which a step's value comes about. `steps`: the names that stand for the entity stepped from.
  private mutating func chains(
    _ id: ExprID, steps: Set<String>, prelude: [(slot: Int, code: Frame.Code)]
  ) -> [StepTracer.Chain] {
    guard mayRepeat else { return [] }
    switch tree[id] {
    case .select:
      guard case .field(let base, let path, _) = checked.resolution(of: id),
        case .identifier(let name, _) = tree[base], steps.contains(name)
      else { return [] }
      return [StepTracer.Chain(relation: path, prelude: prelude, carriers: compile(id).code, target: nil)]
    case .call("_+_", nil, let arguments, _), .call("_?_:_", nil, let arguments, _):
      return arguments.suffix(2).flatMap { chains($0, steps: steps, prelude: prelude) }
    case .call("flatten", let receiver?, _, _), .call("distinct", let receiver?, _, _):
      return chains(receiver, steps: steps, prelude: prelude)
    case .call(_, nil, let arguments, _):
      guard case .shared(let shared, let body) = checked.resolution(of: id) else { return [] }
      let codes = arguments.map { compile($0).code }
      var inner: Set<String> = []
      for (argument, parameter) in zip(arguments, shared.parameters) {
        if case .identifier(let name, _) = tree[argument], steps.contains(name) { inner.insert(parameter.name) }
      }
      return inFunction(shared, body) { compiler, slots in
        let filled = prelude + zip(slots, codes).map { (slot: $0, code: $1) }
        return compiler.chains(body.parsed.tree.root, steps: inner, prelude: filled)
      }
    case .macro(let macro):
      guard let receiver = macro.receiver else { return [] }
      let found = chains(receiver, steps: steps, prelude: prelude)
      switch macro.name {
      case "of": return found
      case "filter":
        return found.map { chain in
          var chain = chain
          if chain.target == nil, found.count == 1 { chain.carriers = compile(id).code }
          return chain
        }
      case "map" where macro.arguments.count == 1:
        guard found.allSatisfy({ $0.target == nil }) else { return [] }
        return withLocals([macro.variables[0].name]) { compiler, slots in
          let code = compiler.flattened(macro.arguments[0])
          return found.map { chain in
            var chain = chain
            chain.target = (slots[0], code)
            return chain
          }
        }
      default: return []
      }
    default: return []
    }
  }

  private mutating func flattened(_ id: ExprID) -> Frame.Code { compile(id).code }
}
