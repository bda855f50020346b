public import CEL
public import Diagnostics
internal import YAMLTree

/// A loaded catalogue: rows and what is recorded about them, as a graph that expressions read. Immutable.
public final class Estate: Sendable {
  public let metamodel: Metamodel
  /// By row: kinds in the order of their indexes, ids in byte order. What open initiatives add has rows, too; which of
  /// all rows are there, the graph says.
  public let entities: [Entity]
  public let ids: IDTable
  /// What is looked at: the catalogue's own view at `asOf`, or an initiative's at its date.
  public let graph: Graph
  /// The day of the run.
  public let asOf: CivilDate
  public let settings: [String: Value]
  /// Of the whole catalogue; those of an initiative's entries name it.
  public let integrity: [IntegrityFinding]
  /// Mistakes in the input: what could not be understood. Sorted for printing.
  public let diagnostics: [Diagnostic]
  public let summary: Summary
  /// Facts of derived rows, to the facts that a document can record.
  let origins: [Fact: Fact]
  /// Derived fields that could not be worked out. Sorted for printing.
  public let derivationErrors: [Diagnostic]
  let universe: Universe
  /// Which initiatives are applied.
  public let view: View
  /// The derived fields that are worked out; nil: all.
  let derived: Set<Int32>?

  /// What was read, for the last line of a check.
  public struct Summary: Sendable {
    public var files = 0
    public var documents = 0
    /// References to documents that could not be read.
    public var referencesToBroken = 0
  }

  /// Without derived fields.
  init(
    _ universe: Universe, asOf: CivilDate, settings: [String: Value], integrity: [IntegrityFinding],
    diagnostics: [Diagnostic], summary: Summary, origins: [Fact: Fact]
  ) {
    self.universe = universe
    metamodel = universe.metamodel
    entities = universe.entities
    ids = universe.ids
    self.asOf = asOf
    self.settings = settings
    self.integrity = integrity
    self.diagnostics = diagnostics
    self.summary = summary
    self.origins = origins
    derived = []
    view = View(universe, applying: [], today: asOf, derived: [])
    graph = view.graph(at: asOf)
    derivationErrors = []
  }

  private init(_ other: Estate, _ view: View, at date: CivilDate, derived: Set<Int32>?) {
    universe = other.universe
    metamodel = other.metamodel
    entities = other.entities
    ids = other.ids
    asOf = other.asOf
    settings = other.settings
    integrity = other.integrity
    diagnostics = other.diagnostics
    summary = other.summary
    origins = other.origins
    self.derived = derived
    self.view = view
    let made = view.derived(at: date)
    // One graph may do for many dates.
    graph = made.graph.date == date ? made.graph : made.graph.changing(date: date, context: made.graph.context)
    derivationErrors = made.errors.map { error in
      Diagnostic(
        "derivation-error", .error,
        "`\(error.field.path)` of \(other.identity(error.row)) cannot be worked out: \(error.message)",
        at: other.place(of: error.row)?.range ?? error.field.range)
    }.sortedForPrinting()
  }

  // MARK: Derived fields

  /// The same estate with its derived fields worked out; given fields, those only that are needed to read these.
  public func deriving(toRead fields: Set<Int32>? = nil) -> Estate {
    let derived = fields.map { universe.plan.needed(toRead: $0) }
    return Estate(self, View(universe, applying: [], today: asOf, derived: derived), at: asOf, derived: derived)
  }

  /// The same catalogue in another view, at a date.
  public func seen(in view: View, at date: CivilDate) -> Estate { Estate(self, view, at: date, derived: derived) }

  /// In the order of their rows.
  public var initiatives: [Initiative] { universe.initiatives }

  /// The integrity findings that hold in the view: those of applied initiatives with the catalogue's own.
  public var integrityInView: [IntegrityFinding] { integrity.filter(holdsInView) }

  /// Whether an integrity finding of the catalogue's holds in the view.
  public func holdsInView(_ item: IntegrityFinding) -> Bool {
    (item.initiative < 0 || view.applies(item.initiative))
      && (item.unless < 0 || !graph.members.contains(item.unless))
  }

  /// All fields that are read when some are, through derived ones too.
  public func reads(of fields: Set<Int32>) -> Set<Int32> { universe.plan.reads(of: fields) }

  /// Whether some fields can be read: none of them is derived, or what they need was worked out.
  public func canRead(_ fields: Set<Int32>) -> Bool {
    derived.map { universe.plan.needed(toRead: fields).isSubset(of: $0) } ?? true
  }

  // MARK: Entities

  public func entity(_ row: Int32) -> Entity { entities[Int(row)] }
  public func kind(of row: Int32) -> Kind { metamodel.kinds[entities[Int(row)].kind] }
  /// The rows of a kind that are there, ascending.
  public func rows(ofKind name: String) -> [Int32] {
    metamodel.kind(named: name).map { graph.members.rows(ofKind: $0.index) } ?? []
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
      return (row(of: id, kind) ?? row(ofAlias: id, kind)).map { .found($0) } ?? .none
    }
    var found: [Int32] = []
    for kind in metamodel.kinds {
      if let row = row(of: reference, kind) { found.append(row) }
    }
    if found.isEmpty {
      for kind in metamodel.kinds {
        if let row = row(ofAlias: reference, kind) { found.append(row) }
      }
    }
    return found.count == 1 ? .found(found[0]) : found.isEmpty ? .none : .ambiguous(found)
  }

  private func row(of id: String, _ kind: Kind) -> Int32? {
    let row = ids.row(id, kind: kind.index) ?? universe.addedRows["\(kind.name):\(id)"]
    return row.flatMap { graph.members.contains($0) ? $0 : nil }
  }

  private func row(ofAlias id: String, _ kind: Kind) -> Int32? {
    ids.row(alias: id, kind: kind.index).flatMap { graph.members.contains($0) ? $0 : nil }
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
    if let node = changedValue(path, row) { return Place(range: node.range, isAbsent: false) }
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
    let texts = [entities[Int(target)].id, identity(target)] + entities[Int(target)].aliases
    for value in changedValues(path, row) + [entities[Int(row)].node?.first(path)].compactMap({ $0 }) {
      let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
      for item in items where item.isScalar && texts.contains(item.text) {
        return Place(range: item.range, isAbsent: false)
      }
    }
    return place(of: path, in: row)
  }

  /// What the view's initiatives write in a field of an entity, the last one first.
  private func changedValues(_ path: String, _ row: Int32) -> [YAMLNode] {
    view.applied.reversed().flatMap { place in
      universe.initiatives[place].changes.reversed().filter { change in
        change.entity == row && metamodel.fields[Int(change.field)].path == path && change.isInEffect(at: graph.date)
      }.map(\.node)
    }
  }

  private func changedValue(_ path: String, _ row: Int32) -> YAMLNode? { changedValues(path, row).first }

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
      if let row = row(of: id, metamodel.kinds[kind]) ?? row(ofAlias: id, metamodel.kinds[kind]) { found.append(row) }
    }
    return found.count == 1 ? .found(found[0]) : found.isEmpty ? .unknown : .ambiguous(found.map(identity))
  }

  public func ids(ofKinds kinds: KindSet) -> [String] { kinds.kinds.flatMap { ids.ids(ofKind: $0) } }

  /// What initiatives add has an id, too.
  public func hasID(_ id: String, ofKinds kinds: KindSet) -> Bool {
    entities.contains { kinds.contains($0.kind) && $0.id.utf8.elementsEqual(id.utf8) }
  }
}
