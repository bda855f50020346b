public import CEL
internal import Synchronization

/// What rules look at, for rules about rules: told by whoever compiles rules, read when an expression asks.
public final class RuleScopes: Sendable {
  /// What one rule looks at.
  public struct Scope: Sendable {
    /// The derived fields, among others, that have to be worked out before it can be asked.
    let reads: Set<Int32>
    /// Rows, ascending by kind and id, in the graph and at the date of the frame; nil: it cannot be told.
    let targets: @Sendable (inout Frame) -> [Int32]?

    public init(reads: Set<Int32>, targets: @escaping @Sendable (inout Frame) -> [Int32]?) {
      self.reads = reads
      self.targets = targets
    }
  }

  /// By the row of the rule.
  private let scopes = Mutex<[Int32: Scope]>([:])

  func tell(_ told: [Int32: Scope]) { scopes.withLock { $0 = told } }

  /// What a rule looks at; nil where it is not compiled, or where what it reads is not worked out.
  func targets(of rule: Int32, _ frame: inout Frame) -> [Int32]? {
    guard let scope = scopes.withLock({ $0[rule] }), let view = frame.graph.viewContext?.view, view.canRead(scope.reads)
    else { return nil }
    return scope.targets(&frame)
  }
}

extension Estate {
  /// Tells what each rule looks at, by its row.
  public func tell(scopes: [Int32: RuleScopes.Scope]) { universe.scopes.tell(scopes) }

  /// The field in which rules read what a rule looks at.
  public var scopeField: Int32? {
    metamodel.kind(named: "rule").flatMap { metamodel.field("scope", of: $0.index)?.id }
  }
}
