internal import CEL

/// Applies initiatives to the catalogue's own graph, as far as they are in effect at a date. What it costs is what they
/// change; everything else is shared.
struct ViewBuilder {
  /// The targets of a relation that is a list, as they are written.
  struct Targets {
    var rows: [Int32]
    var open: Unknown?
  }

  let view: View
  let universe: Universe
  let metamodel: Metamodel
  let raw: Graph
  let date: CivilDate
  /// Changed cells, by field, then by row; nil: nothing is recorded.
  var cells: [Int32: [Int32: Value?]] = [:]
  /// Changed relations that are lists, by field, then by row.
  var lists: [Int32: [Int32: Targets]] = [:]
  /// Changed lifecycles: as they are written, and as they follow.
  var written: [Int32: LifecycleTable.Record] = [:]
  var lifecycles: [Int32: LifecycleTable.Record] = [:]
  /// Rows that the catalogue does not have and the view does, ascending.
  var added: [Int32] = []
  private(set) var isAdded: Set<Int32> = []
  /// Flows that the catalogue has and the view does not.
  var ended: Set<Int32> = []

  init(_ view: View, at date: CivilDate) {
    self.view = view
    universe = view.universe
    metamodel = universe.metamodel
    raw = universe.raw
    self.date = date
  }

  func built() -> (graph: Graph, patches: Patches) {
    var builder = self
    let graph = builder.build()
    return (
      graph,
      Patches(
        cells: builder.cells, lists: builder.lists, lifecycles: builder.lifecycles, added: builder.isAdded,
        ended: builder.ended)
    )
  }

  private mutating func build() -> Graph {
    if view.applied.isEmpty, view.initiative == nil { return raw.changing(context: ViewContext(view, lifecycles: [:])) }
    for place in view.applied { add(universe.initiatives[place].added) }
    for reference in universe.conditional where contains(reference.source) && contains(reference.target) {
      resolve(reference)
    }
    for place in view.applied {
      for change in universe.initiatives[place].changes where change.isInEffect(at: date) && contains(change.entity) {
        apply(change)
      }
    }
    changeFlows()
    followLifecycles()
    return assembled()
  }

  mutating func add(_ rows: [Int32]) {
    added += rows
    isAdded.formUnion(rows)
  }

  /// Whether the view holds a row.
  func contains(_ row: Int32) -> Bool {
    ended.isEmpty || !ended.contains(row)
      ? raw.members.contains(row) || isAdded.contains(row) : false
  }

  func kind(of row: Int32) -> Kind { metamodel.kinds[raw.kind(of: row)] }

  // MARK: What holds now

  /// The targets of a relation that is a list.
  func targets(_ field: Int32, _ row: Int32) -> Targets {
    if let known = lists[field]?[row] { return known }
    let edges = raw.adjacencies[Int(field)].edges(of: row)
    var rows = edges.targets
    // An adjacency is sorted; platforms are passed in the order in which they are written.
    if let way = universe.passed[row], metamodel.fields[Int(field)].role == "through" { rows = way }
    return Targets(rows: rows, open: edges.open)
  }

  /// The target of a relation to one that has a column.
  func target(_ field: Int32, _ row: Int32) -> Int32? {
    if let changed = cells[field]?[row] { return if case .entity(let target)? = changed { target } else { nil } }
    return raw.columns[Int(field)].int32(of: row)
  }

  func isList(_ field: Field) -> Bool {
    if case .edges? = metamodel.access(to: field) { true } else { false }
  }

  // MARK: Changes

  private mutating func apply(_ change: Change) {
    let (field, row) = (change.field, change.entity)
    let gap = Unknown(Fact(row: row, field: field))
    switch change.effect {
    case .value(let value): cells[field, default: [:]][row] = .some(value)
    case .target(let target):
      let value = target.flatMap { contains($0) ? Value.entity($0) : nil }
      cells[field, default: [:]][row] = .some(value)
    case .targets(let targets, let isOpen):
      let there = targets.filter { contains($0) }
      let open = isOpen || there.count < targets.count ? gap : nil
      lists[field, default: [:]][row] = Targets(rows: there, open: open)
    case .link(let targets, let isOpen):
      var list = self.targets(field, row)
      for target in targets {
        if !contains(target) {
          list.open = list.open ?? gap
        } else if !list.rows.contains(target) {
          list.rows.append(target)
        }
      }
      if isOpen { list.open = list.open ?? gap }
      lists[field, default: [:]][row] = list
    case .unlink(let targets):
      var list = self.targets(field, row)
      list.rows.removeAll { targets.contains($0) }
      lists[field, default: [:]][row] = list
    case .lifecycle(let record): written[row] = record
    case .day(let phase, let day):
      written[row] = (written[row] ?? universe.written.record(row)).with(day, of: phase)
    }
  }

  /// A reference that dangles without an initiative that is applied.
  private mutating func resolve(_ reference: ConditionalReference) {
    let (field, row) = (metamodel.fields[Int(reference.field)], reference.source)
    guard isList(field) else {
      cells[field.id, default: [:]][row] = .some(.entity(reference.target))
      return
    }
    var list = targets(field.id, row)
    if !list.rows.contains(reference.target) { list.rows.append(reference.target) }
    // Open it stays only if another of its references leads nowhere.
    let written = universe.entities[Int(row)].node?.first(field.path)
    let count = written.map { $0.isSequence ? $0.count : 1 } ?? 0
    if list.rows.count == count { list.open = nil }
    lists[field.id, default: [:]][row] = list
  }
}
