internal import Synchronization

/// A part of an expression that depends on one entity alone and holds none itself: a condition of a filter, or the call
/// of a shared function. Where its value is the same on two graphs, nothing that it reads has to be followed further,
/// however many ask it of that entity.
public final class AccessCondition: Sendable {
  /// The fact that steps name which read the value: below every number that hosts give.
  public let fact: Int32
  /// The entity is in slot 0.
  public let expression: CompiledExpression
  /// Its own ways, from slot 0.
  public let paths: AccessPaths
  /// What the entity may be: of another kind nobody asks it.
  public let kinds: KindSet
  /// Whether it can be an error.
  public let mayFail: Bool

  private static let last = Atomic(firstFact)
  private static let firstFact: Int32 = -1_000

  init(_ expression: CompiledExpression, _ paths: AccessPaths, of kinds: KindSet, mayFail: Bool) {
    self.kinds = kinds
    self.mayFail = mayFail
    fact = Self.last.subtract(1, ordering: .relaxed).newValue
    self.expression = expression
    self.paths = paths
  }
}

/// What becomes of the elements of a list that is read for a filter alone: those of which some condition does not hold
/// make no difference, and of those that the filter keeps a field may tell the target.
public struct AccessFilter: Hashable, Sendable {
  /// Facts of conditions, in the order in which they are asked.
  public internal(set) var conditions: [Int32] = []
  /// A field that is, or holds, an entity that the expression has in hand.
  public internal(set) var key: Key?

  public struct Key: Hashable, Sendable {
    public var field: Int32
    /// The states that the entity in hand may be in, ascending.
    public var states: [Int]
  }
}
