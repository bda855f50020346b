public import CEL
public import Catalogue
internal import Diagnostics
public import YAMLTree

/// One rule, compiled for one estate.
public struct Rule: Sendable {
  /// What is looked at: every entity of some kinds, or the view once.
  public enum Scope: Sendable {
    case entities(KindSet)
    case view
  }

  /// `x in xs`: one finding for each element that fails.
  struct Generator: Sendable {
    let name: String
    let slot: Int
    let list: CompiledExpression
  }

  /// A named expression, evaluated when it is first read.
  struct Binding: Sendable {
    let name: String
    let slot: Int
    /// Slots whose change makes the value stale.
    let dependsOn: Set<Int>
    /// Whether the value may come of a path, whose hops are named only when a finding is written.
    let mayHoldHops: Bool
  }

  struct SeverityCase: Sendable {
    let condition: CompiledExpression?
    let severity: Severity
  }

  public enum Status: String, Sendable { case draft, preview, active, deprecated }

  public let id: String
  /// The rule's own row in the estate.
  public let row: Int32
  public let title: String
  public let scope: Scope
  /// Rows of the clauses; the first is its home.
  public let clauses: [Int32]
  /// The position of the stage from which it binds initiatives.
  public let stage: Int32
  public let status: Status
  public let allowsEmpty: Bool
  public let rationale: String?
  public let remedy: String
  public let footprint: Footprint
  public let node: YAMLNode
  /// What `triglyph.yaml` sets in place of what the document says.
  public let override: RuleOverride?
  let severities: [SeverityCase]
  let condition: CompiledExpression?
  let bindings: [Binding]
  let generators: [Generator]
  let requirement: CompiledExpression?
  /// Whether the requirement, where it holds, holds of the elements of lists that are all empty; nil: it always asks
  /// something.
  let emptiness: CompiledExpression?
  let measure: CompiledExpression?
  /// What identifies a finding; empty: the target and each element of `each`.
  let key: [CompiledExpression]
  let at: CompiledExpression.Place?
  let related: [CompiledExpression]
  let path: CompiledExpression?
  let message: MessageTemplate
  /// Lazy slots that only the message reads.
  let messageSlots: Set<Int>
  /// Where a message finds the way that the closure of `each` went; nil where no message asks.
  let pathSlot: Int?
  /// How many slots a frame needs.
  let slotCount: Int
  /// Every field that it reads, for its outcome or for its words.
  let reads: Set<Int32>
  /// Whether it can read a field that has a default; only then is it noted which it read.
  let readsDefaults: Bool
  /// Whether it speaks of the initiative whose view it is: there is none in the estate.
  let mentionsInitiative: Bool
  /// The functions that it may call.
  let functions: [String: SharedFunction]

  /// What is to be said of a requirement that is true whatever the catalogue says; nil: it can fail.
  public func emptyRequirement(_ estate: Estate) -> String? {
    ConstantTruth.of("require", of: self, estate) == true
      ? "\(id) requires what is always true, so it can find nothing" : nil
  }

  /// Whether it looks at initiatives and at nothing else.
  func isOfInitiatives(_ estate: Estate) -> Bool {
    guard case .entities(let kinds) = scope, let kind = estate.metamodel.kind(named: "initiative") else { return false }
    return kinds.kinds == [kind.index]
  }

  /// By which ways its expressions come to what they read; those of its words are left out.
  func accessPaths() -> AccessPaths {
    var builder = AccessPathsBuilder(usesConditions: true)
    if case .entities(let kinds) = scope { builder.bind(0, kinds: kinds) }
    for generator in generators { builder.bind(generator.slot, toElementsOf: generator.list) }
    let deciding =
      [condition, requirement, measure] + key.map { $0 } + severities.map(\.condition)
    for expression in deciding { if let expression { builder.add(expression) } }
    return builder.paths
  }

  /// By which ways the rule comes to look at a target that it would not look at if nothing differed from the base; nil: it
  /// looks at others, too.
  func waysToDifference() -> AccessPaths? {
    guard case .entities(let kinds) = scope, let condition,
      condition.isFalse(without: ["added", "changed", "retired", "touched"])
    else { return nil }
    var builder = AccessPathsBuilder(usesConditions: true)
    builder.bind(0, kinds: kinds)
    builder.add(condition)
    return builder.paths
  }

  /// Conditions without which the rule looks at no target but those that the initiative adds, changes or retires. They
  /// are of the view, not of a target.
  func conditionsOfView() -> [CompiledExpression] {
    guard case .entities = scope, mentionsInitiative, let condition else { return [] }
    return condition.conjuncts(without: ["added", "retired", "touched"], of: 0)
  }

  /// Whether it looks at no target but those that an initiative adds, changes or retires.
  var asksOnlyOfReached: Bool {
    guard case .entities = scope, let condition else { return false }
    return condition.isFalse(without: ["added", "retired", "touched"], of: 0)
  }

  /// The highest severity that it can give.
  public var severity: Severity { severities.map(\.severity).max() ?? .major }
}
