public import CEL
public import Diagnostics
internal import YAMLTree

/// A loaded catalogue: rows and what is recorded about them, as a graph that expressions read. Immutable.
public final class Estate: Sendable {
  public let metamodel: Metamodel
  /// By row: kinds in the order of their indexes, ids in byte order.
  public let entities: [Entity]
  public let ids: IDTable
  /// The estate's own view at `asOf`: nothing applied.
  public let graph: Graph
  public let asOf: CivilDate
  public let settings: [String: Value]
  public let integrity: [IntegrityFinding]
  /// Mistakes in the input: what could not be understood. Sorted for printing.
  public let diagnostics: [Diagnostic]
  public let summary: Summary
  /// Facts of derived rows, to the facts that a document can record.
  let origins: [Fact: Fact]
  /// Derived fields that could not be worked out. Sorted for printing.
  public let derivationErrors: [Diagnostic]
  private let plan: DerivationPlan
  /// The derived fields that are worked out; nil: all.
  private let derived: Set<Int32>?

  /// What was read, for the last line of a check.
  public struct Summary: Sendable {
    public var files = 0
    public var documents = 0
    /// References to documents that could not be read.
    public var referencesToBroken = 0
  }

  init(
    metamodel: Metamodel, entities: [Entity], ids: IDTable, graph: Graph, asOf: CivilDate, settings: [String: Value],
    integrity: [IntegrityFinding], diagnostics: [Diagnostic], summary: Summary, origins: [Fact: Fact],
    plan: DerivationPlan, derived: Set<Int32>?, derivationErrors: [Diagnostic] = []
  ) {
    self.metamodel = metamodel
    self.entities = entities
    self.ids = ids
    self.graph = graph
    self.asOf = asOf
    self.settings = settings
    self.integrity = integrity
    self.diagnostics = diagnostics
    self.summary = summary
    self.origins = origins
    self.plan = plan
    self.derived = derived
    self.derivationErrors = derivationErrors
  }

  // MARK: Derived fields

  /// The same estate with its derived fields worked out; given fields, those only that are needed to read these.
  public func deriving(toRead fields: Set<Int32>? = nil) -> Estate {
    let derivation = Derivation(plan, metamodel, graph, toRead: fields)
    return Estate(
      metamodel: metamodel, entities: entities, ids: ids, graph: derivation.graph, asOf: asOf, settings: settings,
      integrity: integrity, diagnostics: diagnostics, summary: summary, origins: origins, plan: plan,
      derived: fields.map { plan.needed(toRead: $0) },
      derivationErrors: derivation.errors.map(derivationError).sortedForPrinting())
  }

  /// All fields that are read when some are, through derived ones too.
  public func reads(of fields: Set<Int32>) -> Set<Int32> { plan.reads(of: fields) }

  private func derivationError(_ error: (row: Int32, field: Field, message: String)) -> Diagnostic {
    Diagnostic(
      "derivation-error", .error,
      "`\(error.field.path)` of \(identity(error.row)) cannot be worked out: \(error.message)",
      at: place(of: error.row)?.range ?? error.field.range)
  }

  /// Whether some fields can be read: none of them is derived, or what they need was worked out.
  public func canRead(_ fields: Set<Int32>) -> Bool {
    derived.map { plan.needed(toRead: fields).isSubset(of: $0) } ?? true
  }

  // MARK: Entities

  public func entity(_ row: Int32) -> Entity { entities[Int(row)] }
  public func kind(of row: Int32) -> Kind { metamodel.kinds[entities[Int(row)].kind] }
  public func rows(ofKind name: String) -> Range<Int32> {
    metamodel.kind(named: name).map { graph.kindRanges[$0.index] } ?? 0..<0
  }

  /// `kind:id`.
  public func identity(_ row: Int32) -> String {
    let entity = entities[Int(row)]
    return "\(metamodel.kinds[entity.kind].name):\(entity.id)"
  }

  /// What people read: the name, or the id where it has none.
  public func name(_ row: Int32) -> String {
    if case .string(let text) = value("name", of: row), !text.isEmpty { return text }
    return entities[Int(row)].id
  }

  /// The value of a field of an entity; unknown where the kind has no such field.
  public func value(_ path: String, of row: Int32) -> Value {
    var frame = Frame(graph: graph, slotCount: 1)
    return value(path, of: row, &frame)
  }

  public func value(_ path: String, of row: Int32, _ frame: inout Frame) -> Value {
    guard let field = metamodel.field(path, ofKind: entities[Int(row)].kind) else {
      return .unknown(Fact(row: row, field: -1))
    }
    return frame.read(field, of: row)
  }

  // MARK: Look-up

  public enum Lookup: Sendable {
    case found(Int32)
    case none
    case ambiguous([Int32])
  }

  /// An entity by `kind:id`, or by its id where that is unambiguous; aliases count.
  public func find(_ reference: String) -> Lookup {
    if let colon = reference.firstIndex(of: ":"), let kind = metamodel.kind(named: String(reference[..<colon])) {
      let id = String(reference[reference.index(after: colon)...])
      return (ids.row(id, kind: kind.index) ?? ids.row(alias: id, kind: kind.index)).map { .found($0) } ?? .none
    }
    var found: [Int32] = []
    for kind in metamodel.kinds {
      if let row = ids.row(reference, kind: kind.index) { found.append(row) }
    }
    if found.isEmpty {
      for kind in metamodel.kinds {
        if let row = ids.row(alias: reference, kind: kind.index) { found.append(row) }
      }
    }
    return found.count == 1 ? .found(found[0]) : found.isEmpty ? .none : .ambiguous(found)
  }

  // MARK: Facts

  /// The entity and the field that a missing fact is to be recorded at: a flow's dataset is what its integration
  /// carries. Nil for a fact of no field.
  public func origin(of fact: Fact) -> (row: Int32, path: String)? {
    let known = origins[fact] ?? fact
    guard known.row >= 0, known.field >= 0, Int(known.field) < metamodel.fields.count else { return nil }
    return (known.row, metamodel.fields[Int(known.field)].path)
  }

  /// Whether a field of an entity has its default because nobody wrote it.
  public func isDefault(_ fact: Fact) -> Bool {
    guard let (row, path) = origin(of: fact), let node = entities[Int(row)].node else { return false }
    return metamodel.field(path, of: entities[Int(row)].kind)?.defaultText != nil && node.first(path) == nil
  }

  // MARK: Places

  /// Where a field of an entity is written, or the entity's id where it is not.
  public func place(of path: String, in row: Int32) -> Place? {
    guard let node = entities[Int(row)].node else {
      return entities[Int(row)].owner >= 0 ? place(of: path, in: entities[Int(row)].owner) : nil
    }
    var value: YAMLNode? = node
    for part in path.split(separator: ".") {
      guard let mapping = value, mapping.isMapping else { break }
      value = mapping.first(String(part))
    }
    if let value, value != node { return Place(range: value.range, isAbsent: false) }
    return place(of: row).map { Place(range: $0.range, isAbsent: true) }
  }

  /// The item of a relation that names a target, else the relation.
  public func place(of target: Int32, under path: String, in row: Int32) -> Place? {
    guard let value = entities[Int(row)].node?.first(path) else { return place(of: path, in: row) }
    let texts = [entities[Int(target)].id, identity(target)] + entities[Int(target)].aliases
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    for item in items where item.isScalar && texts.contains(item.text) {
      return Place(range: item.range, isAbsent: false)
    }
    return place(of: path, in: row)
  }

  /// Where an entity is declared: its id, or what stands for it.
  public func place(of row: Int32) -> Place? {
    let entity = entities[Int(row)]
    guard let node = entity.node else {
      if entity.owner >= 0 { return place(of: entity.owner) }
      return nil
    }
    if let id = node.first("id") { return Place(range: id.range, isAbsent: false) }
    if let key = metamodel.kinds[entity.kind].partKey, let value = node.first(key) {
      return Place(range: value.range, isAbsent: false)
    }
    return Place(range: node.range, isAbsent: false)
  }
}

extension Estate: Host {
  public var kindCount: Int { metamodel.kindCount }
  public var kindNames: [String] { metamodel.kindNames }
  public func name(ofKind kind: Int) -> String { metamodel.name(ofKind: kind) }
  public func kinds(named name: String) -> KindSet? { metamodel.kinds(named: name) }
  public func field(_ path: String, ofKind kind: Int) -> FieldDeclaration? { metamodel.field(path, ofKind: kind) }
  public func fieldNames(ofKind kind: Int) -> [String] { metamodel.fieldNames(ofKind: kind) }

  public func row(named id: String, kinds: KindSet) -> EntityLookup {
    switch find(id) {
    case .found(let row) where kinds.contains(entities[Int(row)].kind): return .found(row)
    default: break
    }
    var found: [Int32] = []
    for kind in kinds.kinds {
      if let row = ids.row(id, kind: kind) ?? ids.row(alias: id, kind: kind) { found.append(row) }
    }
    return found.count == 1 ? .found(found[0]) : found.isEmpty ? .unknown : .ambiguous(found.map(identity))
  }

  public func ids(ofKinds kinds: KindSet) -> [String] { kinds.kinds.flatMap { ids.ids(ofKind: $0) } }
}
