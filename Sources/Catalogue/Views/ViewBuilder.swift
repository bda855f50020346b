internal import CEL

/// Applies initiatives to the catalogue's own graph, as far as they are in effect at a date, or one initiative to the
/// graph of what it is compared with. What it costs is what they change; everything else is shared.
struct ViewBuilder {
  /// The targets of a relation that is a list, as they are written.
  struct Targets {
    var rows: [Int32]
    /// Targets that are named, and that the view does not hold.
    var missing: [Int32] = []
    /// Why there may be others.
    var open: Unknown?
    /// How many of the rows dangle in the catalogue.
    var resolved = 0

    var isOpen: Bool { open != nil || !missing.isEmpty }

    /// Why there may be others than the rows; a target that is missing is a gap of the field itself.
    func reason(_ row: Int32, _ field: Int32) -> Unknown? {
      open ?? (missing.isEmpty ? nil : Unknown(Fact(row: row, field: field)))
    }
  }

  // The view keeps its builders.
  unowned let view: View
  let universe: Universe
  let metamodel: Metamodel
  let raw: Graph
  let date: CivilDate
  /// What holds before anything here is applied.
  let ground: Graph
  /// How that differs from the catalogue.
  let under: Patches
  /// Changed cells, by field, then by row; nil: nothing is recorded.
  var cells: [Int32: [Int32: Value?]] = [:]
  /// Changed relations that are lists, by field, then by row.
  var lists: [Int32: [Int32: Targets]] = [:]
  /// Changed lifecycles: as they are written, what that gives, and as they follow from others'.
  var plans: [Int32: LifecyclePlan] = [:]
  var written: [Int32: LifecycleTable.Record] = [:]
  var lifecycles: [Int32: LifecycleTable.Record] = [:]
  /// Rows that the catalogue does not have and the view does, ascending.
  var added: [Int32] = []
  private(set) var isAdded: Set<Int32> = []
  /// Flows that the catalogue has and the view does not.
  var ended: Set<Int32> = []

  /// - Parameter ground: a graph of the catalogue with some initiatives applied, and how it differs from the
  ///   catalogue's own; nil: the catalogue's own.
  init(_ view: View, at date: CivilDate, over ground: (graph: Graph, patches: Patches)? = nil) {
    self.view = view
    universe = view.universe
    metamodel = universe.metamodel
    raw = universe.raw
    self.date = date
    self.ground = ground?.graph ?? raw
    under = ground?.patches ?? Patches()
  }

  /// With everything applied that is in effect.
  func applied() -> ViewBuilder {
    var builder = self
    builder.apply(view.applied, resolving: universe.conditional)
    return builder
  }

  /// How the graph differs from the catalogue's own.
  var patches: Patches {
    under.joined(
      by: Patches(
        cells: cells, lists: lists, written: written, plans: plans, lifecycles: lifecycles, added: isAdded, ended: ended
      ))
  }

  /// - Precondition: everything is applied.
  func graph(_ patches: Patches) -> Graph {
    view.applied.isEmpty && view.initiative == nil
      ? raw.changing(context: ViewContext(view, Patches())) : assembled(patches)
  }

  mutating func apply(_ places: [Int], resolving references: [ConditionalReference]) {
    if places.isEmpty { return }
    for place in places { add(universe.initiatives[place].added) }
    resolve(references)
    for place in places {
      for change in universe.initiatives[place].changes where change.isInEffect(at: date) && contains(change.entity) {
        apply(change)
      }
    }
    changeFlows()
    followLifecycles()
  }

  mutating func add(_ rows: [Int32]) {
    added += rows
    isAdded.formUnion(rows)
  }

  /// Whether the view holds a row.
  func contains(_ row: Int32) -> Bool {
    ended.isEmpty || !ended.contains(row)
      ? ground.members.contains(row) || isAdded.contains(row) : false
  }

  func kind(of row: Int32) -> Kind { metamodel.kinds[raw.kind(of: row)] }

  // MARK: What holds now

  /// The targets of a relation that is a list.
  func targets(_ field: Int32, _ row: Int32) -> Targets {
    lists[field]?[row] ?? under.lists[field]?[row] ?? written(field, row)
  }

  /// The targets in the catalogue.
  private func written(_ field: Int32, _ row: Int32) -> Targets {
    let edges = raw.adjacencies[Int(field)].edges(of: row)
    var rows = edges.targets
    // An adjacency is sorted; platforms are passed in the order in which they are written.
    if let way = universe.passed[row], metamodel.fields[Int(field)].role == "through" { rows = way }
    return Targets(rows: rows, open: edges.open)
  }

  /// The target of a relation to one that has a column.
  func target(_ field: Int32, _ row: Int32) -> Int32? {
    if let changed = cells[field]?[row] ?? under.cells[field]?[row] {
      return if case .entity(let target)? = changed { target } else { nil }
    }
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
      lists[field, default: [:]][row] = Targets(
        rows: targets.filter { contains($0) }, missing: targets.filter { !contains($0) }, open: isOpen ? gap : nil)
    case .link(let targets, let isOpen):
      var list = self.targets(field, row)
      for target in targets {
        if !contains(target) {
          list.missing.append(target)
        } else if !list.rows.contains(target) {
          list.rows.append(target)
        }
      }
      if isOpen { list.open = list.open ?? gap }
      lists[field, default: [:]][row] = list
    case .unlink(let targets):
      var list = self.targets(field, row)
      list.rows.removeAll { targets.contains($0) }
      list.missing.removeAll { targets.contains($0) }
      lists[field, default: [:]][row] = list
    case .lifecycle(let plan): setPlan(row, plan)
    case .day(let phase, let day):
      if let known = plans[row] ?? under.plans[row] ?? universe.lifecyclePlans[row] {
        setPlan(row, known.with(day, of: phase))
      }
    }
  }

  private mutating func setPlan(_ row: Int32, _ plan: LifecyclePlan) {
    plans[row] = plan
    written[row] = plan.record(following: metamodel.beginningWithOthers(raw.kind(of: row)))
  }

  /// What dangles without the initiatives that are applied: all references of a list, in the order in which they are
  /// written.
  private mutating func resolve(_ references: [ConditionalReference]) {
    for reference in references where contains(reference.source) {
      let (field, row) = (metamodel.fields[Int(reference.field)], reference.source)
      let isThere = contains(reference.target)
      guard isList(field) else {
        if isThere { cells[field.id, default: [:]][row] = .some(.entity(reference.target)) }
        continue
      }
      var list = lists[field.id]?[row] ?? written(field.id, row)
      if lists[field.id]?[row] == nil, !reference.isOpenAnyway { list.open = nil }
      if isThere {
        list.rows.insert(reference.target, at: min(reference.place + list.resolved, list.rows.count))
        list.resolved += 1
      } else if !reference.isAwaited {
        list.missing.append(reference.target)
      }
      lists[field.id, default: [:]][row] = list
    }
  }

  /// What a part belongs to, where that is in the view.
  func owner(of row: Int32) -> Int32? {
    let owner = universe.entities[Int(row)].owner
    return owner >= 0 && contains(owner) ? owner : nil
  }
}
