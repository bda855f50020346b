/// Turns a checked expression into closures: slots, fields, functions and constants are resolved here, so that running
/// it looks nothing up.
struct Compiler {
  enum Compiled {
    case constant(Value)
    case run(Frame.Code)

    var code: Frame.Code {
      switch self {
      case .constant(let value): Frame.Code { _ in value }
      case .run(let code): code
      }
    }

    static func code(_ code: Frame.Code) -> Compiled { .run(code) }
    static func code(_ run: @escaping @Sendable (inout Frame) -> Value) -> Compiled { .run(Frame.Code(run)) }
  }

  let environment: Environment
  var checked: CheckedExpression
  var footprint = Footprint()
  var slotCount: Int
  /// Nodes compiled so far.
  private(set) var nodeCount = 0
  /// Whether something may be compiled a second time, for a faster way or to trace it: nested, such repetitions multiply.
  var mayRepeat: Bool { nodeCount < 20_000 }
  private var rememberedCount = 0
  /// Slots of locals that are given any value, errors included: parameters, what `cel.bind` binds. Elements of lists are
  /// none.
  var givenSlots: Set<Int> = []
  /// What the code compiled since it was last emptied depends on.
  var dependence = Dependence()
  /// The closures compiled so far whose walk is the same for all targets, by node.
  var walks: [ExprID: SharedWalk] = [:]
  /// Functions that are taken to say no of what a slot holds, and whether one was called.
  var denied: (functions: Set<String>, slot: Int)?
  private(set) var hasDenied = false
  private(set) var nextSlot: Int
  private var locals: [(name: String, slot: Int)] = []
  var tree: SyntaxTree { checked.parsed.tree }

  init(_ checked: CheckedExpression, _ environment: Environment) {
    self.checked = checked
    self.environment = environment
    nextSlot = environment.firstFreeSlot
    slotCount = environment.firstFreeSlot
  }

  /// Whether a function's call is taken for false.
  mutating func denies(_ function: Function, _ arguments: [ExprID]) -> Bool {
    guard let denied, denied.functions.contains(function.name), arguments.count == 1,
      case .identifier = tree[arguments[0]],
      case .variable(.slot(denied.slot, _)) = checked.resolution(of: arguments[0])
    else { return false }
    hasDenied = true
    return true
  }

  // MARK: Slots

  mutating func withLocals<T>(_ names: [String], _ body: (inout Compiler, [Int]) -> T) -> T {
    let first = nextSlot
    let slots = names.indices.map { first + $0 }
    nextSlot += names.count
    slotCount = max(slotCount, nextSlot)
    locals += zip(names, slots).map { ($0, $1) }
    defer {
      locals.removeLast(names.count)
      // Slots of inlined functions and closures stay taken: a trace may run their code later.
    }
    return body(&self, slots)
  }

  var localsInScope: [(name: String, slot: Int)] { locals }

  /// The slots of the locals in scope below a slot.
  func locals(before slot: Int) -> Set<Int> { Set(locals.map(\.slot).filter { $0 < slot }) }

  func slot(ofLocal name: String) -> Int? { locals.last { $0.name == name }?.slot }

  /// Compiles the body of a shared function with its own names; the parameters' slots are given.
  mutating func inFunction<T>(
    _ function: SharedFunction, _ body: CheckedExpression, _ use: (inout Compiler, [Int]) -> T
  ) -> T {
    // Nodes are numbered by tree: what is known of the caller's is not about the body's.
    let outer = (checked, locals, walks)
    (checked, locals, walks) = (body, [], [:])
    defer { (checked, locals, walks) = outer }
    return withLocals(function.parameters.map(\.name)) { compiler, slots in
      compiler.givenSlots.formUnion(slots)
      return use(&compiler, slots)
    }
  }

  // MARK: Nodes

  mutating func compile(_ id: ExprID) -> Compiled {
    nodeCount += 1
    if case .constant(let value) = checked.resolution(of: id) { return .constant(value) }
    guard isHeavy(id), !environment.isPlain else { return compileNode(id) }
    let (compiled, dependence) = compileApart { $0.compileNode(id) }
    guard dependence.isOfViewOnly, rememberedCount < Memory.placeLimit, case .run(let code) = compiled else {
      return compiled
    }
    rememberedCount += 1
    let number = Memory.number()
    return .code { $0.remembered(number, code) }
  }

  /// What the code depends on, told apart from what was compiled before; slots that it fills itself do not count.
  mutating func compileApart<T>(_ body: (inout Compiler) -> T) -> (T, Dependence) {
    let outer = dependence
    let firstOwnSlot = nextSlot
    dependence = Dependence()
    let result = body(&self)
    let own = dependence.outside(firstOwnSlot)
    dependence = outer
    dependence.formUnion(own)
    return (result, own)
  }

  /// Whether evaluating the node may take long, so that it is worth keeping a value that all targets share.
  private func isHeavy(_ id: ExprID) -> Bool {
    switch tree[id] {
    case .macro(let macro): macro.name != "every" && macro.name != "has"
    case .call(_, let receiver?, _, _): isHeavy(receiver)
    default: false
    }
  }

  // Out of line: inlined into what recurses through it, its locals would stand in every frame.
  @inline(never)
  private mutating func compileNode(_ id: ExprID) -> Compiled {
    switch tree[id] {
    case .literal(let literal): return .constant(Self.value(literal))
    case .identifier(let name, _): return compileName(id, name)
    case .select(let operand, let field, _, let isOptional):
      return compileSelect(id, operand, field, isOptional: isOptional)
    case .call(let function, let receiver, let arguments, _):
      return compileCall(id, function, receiver, arguments)
    case .list(let items): return compileList(items)
    case .map(let entries): return compileMap(entries)
    case .macro(let macro): return compileMacro(id, macro)
    case .message, .missing: return .constant(.error(.noSuchOverload, "an expression with a mistake cannot run"))
    }
  }

  static func value(_ literal: SyntaxTree.Literal) -> Value {
    switch literal {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .string(let value): .string(value)
    case .bytes(let value): .bytes(BytesBox(value))
    }
  }

  private mutating func compileName(_ id: ExprID, _ name: String) -> Compiled {
    if case .variable(let variable) = checked.resolution(of: id) { return compile(variable) }
    guard let slot = slot(ofLocal: name) else {
      return .constant(.error(.noSuchAttribute, "there is no `\(name)` here"))
    }
    dependence.slots.insert(slot)
    return .code { $0.slots[slot] }
  }

  mutating func compile(_ variable: Environment.Variable) -> Compiled {
    switch variable {
    case .constant(let value, _): return .constant(value)
    case .slot(let slot, _):
      footprint.slots.insert(slot)
      footprint.inputs.insert(slot)
      dependence.slots.insert(slot)
      return .code { $0.slots[slot] }
    case .global(let index, _):
      dependence.readsGraph = true
      footprint.globals.insert(index)
      return .code { $0.graph.globals[index] }
    case .viewDate:
      footprint.readsDate = true
      dependence.readsGraph = true
      return .code { frame in
        if frame.isTimed { frame.noteChange(on: frame.date.days &+ 1) }
        return .date(frame.date)
      }
    case .lazy(let slot, let expression):
      footprint.formUnion(expression.footprint)
      footprint.slots.insert(slot)
      dependence.formUnion(expression.dependence)
      slotCount = max(slotCount, expression.slotCount)
      let code = expression.code
      // What all targets share stays from one to the next, with all that was noted while it was worked out.
      if let number = expression.memory { return .code { $0.remembered(number, code) } }
      return .code { frame in
        if case .pending = frame.slots[slot] {
          let value = code(&frame)
          frame.slots[slot] = value
          return value
        }
        return frame.slots[slot]
      }
    }
  }

  // MARK: Aggregates

  private mutating func compileList(_ items: [SyntaxTree.ListItem]) -> Compiled {
    let parts = items.map { (value: compile($0.value), isOptional: $0.isOptional) }
    var constants = ListBuilder()
    var isConstant = true
    for part in parts {
      guard case .constant(let value) = part.value else {
        isConstant = false
        break
      }
      if let problem = Self.append(value, isOptional: part.isOptional, to: &constants) { return .constant(problem) }
    }
    if isConstant { return .constant(constants.finished()) }
    let codes = parts.map { ($0.value.code, $0.isOptional) }
    return .code { frame in
      var builder = ListBuilder()
      for (code, isOptional) in codes {
        if let problem = Self.append(code(&frame), isOptional: isOptional, to: &builder) { return problem }
      }
      return builder.finished()
    }
  }

  /// Adds an element of a literal, or gives the error that the list is instead.
  private static func append(_ value: Value, isOptional: Bool, to builder: inout ListBuilder) -> Value? {
    switch value {
    case .error: return value
    case .unknown(let unknown): builder.openUp(unknown)
    case .optional(let box) where isOptional:
      if let inner = box.value { builder.append(inner) }
    default:
      if isOptional { return noOptional }
      builder.append(value)
    }
    return nil
  }

  /// Of what stands behind a `?` in a literal and is none.
  private static let noOptional = Value.error(.noSuchOverload, "`?` needs an optional")

  private mutating func compileMap(_ entries: [SyntaxTree.MapEntry]) -> Compiled {
    let codes = entries.map { (compile($0.key).code, compile($0.value).code, $0.isOptional) }
    return .code { frame in
      var builder = MapBuilder()
      var unknown: Unknown?
      for (keyCode, valueCode, isOptional) in codes {
        let key = keyCode(&frame)
        var value = valueCode(&frame)
        if case .error = key { return key }
        if case .unknown(let reason) = key {
          unknown = Unknown.merge(unknown, reason)
          continue
        }
        if case .error = value { return value }
        if case .unknown(let reason) = value {
          unknown = Unknown.merge(unknown, reason)
          continue
        }
        if isOptional {
          guard case .optional(let box) = value else { return Self.noOptional }
          guard let inner = box.value else { continue }
          value = inner
        }
        if let problem = builder.insert(key, value) { return problem }
      }
      if let unknown { return .unknown(unknown) }
      return .map(builder.finished())
    }
  }
}
