extension CompiledExpression {
  /// What an expression points at: the entity and, where it selects a field of one, the field's dotted path.
  public struct Place: Sendable {
    public let entity: CompiledExpression
    public let path: String?
  }

  /// The place that a checked expression names; nil where it names neither an entity nor a field of one.
  public static func place(_ checked: CheckedExpression, in environment: Environment) -> Place? {
    let root = checked.parsed.tree.root
    if case .field(let base, let path, _) = checked.resolution(of: root) {
      return Place(entity: CompiledExpression(checked, at: base, in: environment), path: path)
    }
    switch checked.type {
    case .entity: return Place(entity: CompiledExpression(checked, in: environment), path: nil)
    default: return nil
    }
  }

  /// Compiles one node of a checked expression.
  convenience init(_ checked: CheckedExpression, at node: ExprID, in environment: Environment) {
    var compiler = Compiler(checked, environment)
    let compiled = compiler.compile(node)
    self.init(
      node, of: checked, compiled, compiler, dependence: compiler.dependence.outside(environment.firstFreeSlot))
  }
}

extension Value {
  /// The way by which a closure reached a row; nil where this is not what a closure reached, or the row is not in it.
  public func way(to row: Int32, _ frame: inout Frame) -> PathBox? {
    guard case .list(let box) = self, let reach = box.reach, case .entities(let rows) = box.elements,
      let index = rows.firstIndex(of: row)
    else { return nil }
    return reach.path(to: index, rows: rows, &frame)
  }
}
