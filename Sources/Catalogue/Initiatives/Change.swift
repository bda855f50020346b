public import CEL
public import YAMLTree

/// What one entry of an initiative changes in one field of one entity.
public struct Change: Sendable {
  enum Effect: Sendable {
    /// Another value; nil: nobody knows it any more.
    case value(Value?)
    /// Another target of a relation to one.
    case target(Int32?)
    /// Other targets altogether; open where there may be more.
    case targets([Int32], isOpen: Bool)
    case link([Int32], isOpen: Bool)
    case unlink([Int32])
    /// Another plan: the record as it is written, whole.
    case lifecycle(LifecyclePlan)
    /// Another first day of a phase, or none.
    case day(phase: Int, LifecyclePlan.Day)

    /// What it names.
    var targets: [Int32] {
      switch self {
      case .target(let target): target.map { [$0] } ?? []
      case .targets(let targets, _), .link(let targets, _), .unlink(let targets): targets
      case .value, .lifecycle, .day: []
      }
    }
  }

  public let entity: Int32
  /// The field's number in the metamodel.
  public let field: Int32
  let effect: Effect
  /// From when on it holds; nil: at once, as a change of plan does.
  public let date: CivilDate?
  /// Where it is written.
  public let node: YAMLNode

  /// Whether it holds at a date.
  func isInEffect(at other: CivilDate) -> Bool { date.map { $0 <= other } ?? true }
}
