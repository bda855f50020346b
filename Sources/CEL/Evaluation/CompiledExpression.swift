/// An expression ready to run on any graph of the host's shape.
///
/// A class: it is handed about for every target, and holds more than a dozen references.
public final class CompiledExpression: Sendable {
  public let type: ValueType
  public let footprint: Footprint
  /// How many slots a frame needs to run it.
  public let slotCount: Int
  /// The value, where it depends on nothing.
  public let constant: Value?
  let code: Frame.Code
  let dependence: Dependence
  /// What it was compiled from.
  let source: CheckedExpression
  /// The node of it whose value this is.
  let node: ExprID
  /// Where its value is kept, if all targets share it.
  let memory: Int?
  /// For a closure whose walk is the same for all targets: how it walks.
  let walk: SharedWalk?

  /// Evaluates with the variables that the frame's slots hold.
  public func evaluate(_ frame: inout Frame) -> Value {
    frame.grow(to: slotCount)
    return code(&frame)
  }

  /// Compiles a checked expression.
  /// - Precondition: it has no problems.
  public init(_ checked: CheckedExpression, in environment: Environment) {
    precondition(checked.problems.isEmpty, "only an expression without problems is compiled")
    var compiler = Compiler(checked, environment)
    let compiled = compiler.compile(checked.parsed.tree.root)
    type = checked.type
    footprint = compiler.footprint
    slotCount = compiler.slotCount
    code = compiled.code
    dependence = compiler.dependence.outside(environment.firstFreeSlot)
    memory = dependence.isOfViewOnly && !environment.isPlain ? Memory.number() : nil
    walk = compiler.walks[checked.parsed.tree.root]
    source = checked
    node = checked.parsed.tree.root
    if case .constant(let value) = compiled { constant = value } else { constant = nil }
  }

  init(
    _ node: ExprID, of checked: CheckedExpression, _ compiled: Compiler.Compiled, _ compiler: Compiler,
    dependence: Dependence? = nil
  ) {
    type = checked.type(of: node)
    footprint = compiler.footprint
    slotCount = compiler.slotCount
    code = compiled.code
    self.dependence = dependence ?? compiler.dependence
    memory = nil
    walk = nil
    source = checked
    self.node = node
    if case .constant(let value) = compiled { constant = value } else { constant = nil }
  }
}

extension CompiledExpression {
  /// Whether the value is what a slot holds, or a list that is written with it.
  public func names(slot: Int) -> Bool {
    guard case .list(let items) = source.parsed.tree[node] else { return isName(node, of: slot) }
    return items.contains { isName($0.value, of: slot) }
  }

  private func isName(_ id: ExprID, of slot: Int) -> Bool {
    if case .identifier = source.parsed.tree[id], case .variable(.slot(slot, _)) = source.resolution(of: id) {
      true
    } else {
      false
    }
  }
}

/// What an expression can read: which change could change its value.
public struct Footprint: Sendable {
  /// Fields by the host's numbers.
  public var fields: Set<Int32> = []
  /// Kinds listed whole by `every`.
  public var listed: KindSet = .empty
  /// Slots of the environment that it reads, also through lazy ones.
  public var slots: Set<Int> = []
  /// Those of them that the host fills, read by the expression itself or by a lazy one.
  public var inputs: Set<Int> = []
  public var globals: Set<Int> = []
  /// Whether it reads the view's date itself; fields may depend on it too.
  public var readsDate = false

  public init() {}

  public mutating func formUnion(_ other: Footprint) {
    fields.formUnion(other.fields)
    listed = listed.union(other.listed)
    slots.formUnion(other.slots)
    inputs.formUnion(other.inputs)
    globals.formUnion(other.globals)
    readsDate = readsDate || other.readsDate
  }
}

extension CompiledExpression {
  /// A node of a checked expression that names nothing of its surroundings but one local, which is in slot 0.
  convenience init(_ node: ExprID, of checked: CheckedExpression, over local: String) {
    var compiler = Compiler(checked, Environment())
    let compiled = compiler.withLocals([local]) { compiler, _ in compiler.compile(node) }
    self.init(node, of: checked, compiled, compiler)
  }
}
