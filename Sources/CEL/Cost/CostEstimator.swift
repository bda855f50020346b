/// Walks a checked expression as the compiler does, counting what the code would visit.
struct CostEstimator {
  /// Of one node: what evaluating it visits, how long its list is and those in it, and what it depends on.
  struct Part {
    var cost = 0
    var count = 1
    var inner = CostModel.usualSize
    /// Names of macros' variables and parameters that are bound outside of it.
    var names: Set<String> = []
    var readsTarget = false
    var readsGraph = false

    var isShared: Bool { names.isEmpty && !readsTarget && readsGraph }

    /// Takes over what another part costs and depends on.
    mutating func include(_ part: Part) {
      cost = cost.adding(part.cost)
      names.formUnion(part.names)
      readsTarget = readsTarget || part.readsTarget
      readsGraph = readsGraph || part.readsGraph
    }
  }

  let model: CostModel
  private(set) var once = 0
  private var checked: CheckedExpression
  private var sizes: [(name: String, count: Int, inner: Int)] = []
  private var tree: SyntaxTree { checked.parsed.tree }
  private var steps = 0

  init(_ checked: CheckedExpression, _ model: CostModel) {
    self.checked = checked
    self.model = model
  }

  mutating func estimate() -> (Part, CostEstimate) {
    guard !tree.nodes.isEmpty else { return (Part(), CostEstimate()) }
    let part = part(tree.root)
    return (part, CostEstimate(eachTarget: part.cost, once: once))
  }

  private mutating func part(_ id: ExprID) -> Part {
    steps += 1
    guard steps < 100_000 else { return Part() }
    var result = node(id)
    if case .macro(let macro) = tree[id], macro.name != "every", result.isShared {
      once = once.adding(result.cost)
      result.cost = 1
    }
    return result
  }

  private mutating func node(_ id: ExprID) -> Part {
    switch tree[id] {
    case .literal, .missing: return Part()
    case .identifier(let name, _): return named(id, name)
    case .select(let operand, _, _, _): return selected(id, operand)
    case .call(let name, let receiver, let arguments, _): return called(id, name, receiver, arguments)
    case .list(let items):
      var result = all(items.map(\.value))
      result.count = items.count
      return result
    case .map(let entries):
      var result = all(entries.flatMap { [$0.key, $0.value] })
      result.count = entries.count
      return result
    case .message(_, let fields): return all(fields.map(\.value))
    case .macro(let macro): return macroPart(id, macro)
    }
  }

  private mutating func all(_ ids: [ExprID]) -> Part {
    var result = Part()
    for id in ids { result.include(part(id)) }
    return result
  }

  private mutating func named(_ id: ExprID, _ name: String) -> Part {
    var result = Part()
    switch checked.resolution(of: id) {
    case .variable(.slot): result.readsTarget = true
    case .variable(.global), .variable(.viewDate): result.readsGraph = true
    case .variable(.lazy(_, let expression)):
      var inner = CostEstimator(expression.source, model)
      let (part, _) = inner.estimate()
      once = once.adding(inner.once)
      result = part
      // It is worked out at the first reading only; which that is, depends on the data.
      result.readsTarget = !expression.dependence.slots.isEmpty
    default:
      result.names = [name]
      if let known = sizes.last(where: { $0.name == name }) {
        (result.count, result.inner) = (known.count, known.inner)
      }
    }
    return result
  }

  private mutating func selected(_ id: ExprID, _ operand: ExprID) -> Part {
    guard case .field(let base, _, let fields) = checked.resolution(of: id) else {
      var result = part(operand)
      result.count = result.inner
      return result
    }
    var result = part(base)
    result.readsGraph = true
    if checked.type(of: id).elementType != nil {
      result.count = fields.reduce(0) { max($0, model.targets($1.declaration)) }
    }
    return result
  }

  private mutating func called(_ id: ExprID, _ name: String, _ receiver: ExprID?, _ arguments: [ExprID]) -> Part {
    if case .shared(let shared, let body) = checked.resolution(of: id) { return sharedPart(shared, body, arguments) }
    let parts = ((receiver.map { [$0] } ?? []) + arguments).map { part($0) }
    var result = Part()
    for part in parts { result.include(part) }
    guard let first = parts.first else { return result }
    switch name {
    case "_+_": result.count = parts.reduce(0) { $0.adding($1.count) }
    case "_?_:_":
      result.cost = parts[0].cost.adding(max(parts[1].cost, parts[2].cost))
      result.count = max(parts[1].count, parts[2].count)
    case "flatten": result.count = first.count.multiplied(by: first.inner)
    case "common": result.count = first.inner
    default: result.count = first.count
    }
    result.inner = parts.map(\.inner).max() ?? CostModel.usualSize
    return result
  }

  private mutating func sharedPart(
    _ shared: SharedFunction, _ body: CheckedExpression, _ arguments: [ExprID]
  ) -> Part {
    let given = arguments.map { part($0) }
    let outer = (checked, sizes)
    checked = body
    sizes = zip(shared.parameters, given).map { ($0.name, $1.count, $1.inner) }
    var result = body.parsed.tree.nodes.isEmpty ? Part() : part(tree.root)
    (checked, sizes) = outer
    result.names.subtract(shared.parameters.map(\.name))
    for part in given { result.include(part) }
    return result
  }

  private mutating func macroPart(_ id: ExprID, _ macro: SyntaxTree.Macro) -> Part {
    switch macro.name {
    case "every":
      guard case .kinds(let kinds) = checked.resolution(of: id) else { return Part() }
      var result = Part()
      result.count = model.rows(kinds)
      result.readsGraph = true
      return result
    case "has": return all(macro.arguments)
    case "cel.bind":
      var result = part(macro.arguments[0])
      for body in scoped(macro, [(result.count, result.inner)], [macro.arguments[1]]) {
        result.include(body)
        (result.count, result.inner) = (body.count, body.inner)
      }
      return result
    default: break
    }
    guard let receiver = macro.receiver else { return all(macro.arguments) }
    var result = part(receiver)
    let range = result
    let element = macro.variables.map { _ in (count: range.inner, inner: CostModel.usualSize) }
    let bodies = scoped(macro, element, macro.arguments)
    for body in bodies {
      var body = body
      body.cost = 0
      result.include(body)
    }
    let bodyCost = bodies.reduce(1) { $0.adding($1.cost) }
    switch macro.name {
    case "closure":
      // Everything of the kinds that it reaches, at most.
      let reached: Int
      if case .reach(let kinds) = checked.type(of: id) {
        reached = model.rows(kinds)
      } else {
        reached = CostModel.usualSize
      }
      result.cost = result.cost.adding(reached.multiplied(by: bodyCost))
      result.count = reached
    case "optMap", "optFlatMap", "of":
      result.cost = result.cost.adding(bodyCost)
    default:
      result.cost = result.cost.adding(range.count.multiplied(by: bodyCost))
      if ["map", "transformList"].contains(macro.name) { result.inner = bodies.last?.count ?? CostModel.usualSize }
      if macro.name == "groupBy" { result.inner = range.count }
    }
    return result
  }

  /// The parts of a macro's bodies, with its variables in scope.
  private mutating func scoped(
    _ macro: SyntaxTree.Macro, _ elements: [(count: Int, inner: Int)], _ bodies: [ExprID]
  ) -> [Part] {
    let known = sizes.count
    sizes += zip(macro.variables, elements).map { ($0.name, $1.count, $1.inner) }
    var parts = bodies.map { part($0) }
    sizes.removeSubrange(known...)
    for index in parts.indices { parts[index].names.subtract(macro.variables.map(\.name)) }
    return parts
  }
}

extension CompiledExpression {
  /// About how much evaluating it visits, given a graph's sizes.
  public func estimate(_ model: CostModel) -> CostEstimate {
    var estimator = CostEstimator(source, model)
    return estimator.estimate().1
  }

  /// How many elements the list that it gives has, about.
  public func estimatedSize(_ model: CostModel) -> Int {
    var estimator = CostEstimator(source, model)
    return estimator.estimate().0.count
  }
}
