internal import CEL

/// What a view's graph has otherwise than the catalogue's own, derived fields aside.
struct Patches {
  var cells: [Int32: [Int32: Value?]] = [:]
  var lists: [Int32: [Int32: ViewBuilder.Targets]] = [:]
  /// Lifecycles as initiatives write them: what that gives, and of what a day can be put in.
  var written: [Int32: LifecycleTable.Record] = [:]
  var plans: [Int32: LifecyclePlan] = [:]
  /// Lifecycles as they follow from others'.
  var lifecycles: [Int32: LifecycleTable.Record] = [:]
  var added: Set<Int32> = []
  var ended: Set<Int32> = []

  /// With others over them.
  func joined(by others: Patches) -> Patches {
    var result = self
    for (field, values) in others.cells { result.cells[field, default: [:]].merge(values) { $1 } }
    for (field, values) in others.lists { result.lists[field, default: [:]].merge(values) { $1 } }
    result.written.merge(others.written) { $1 }
    result.plans.merge(others.plans) { $1 }
    result.lifecycles.merge(others.lifecycles) { $1 }
    result.added.formUnion(others.added)
    result.added.subtract(others.ended)
    result.ended.formUnion(others.ended)
    return result
  }
}

extension Patches {
  /// What differs between two views, each with its patches of one catalogue.
  static func changes(from old: Patches, to new: Patches, _ universe: Universe) -> ChangedFacts {
    var changes = PatchComparison(old: old, new: new, universe: universe)
    changes.compare()
    return changes.facts
  }
}

private struct PatchComparison {
  let old: Patches
  let new: Patches
  let universe: Universe
  var facts = ChangedFacts()

  private var metamodel: Metamodel { universe.metamodel }

  mutating func compare() {
    let come = new.added.subtracting(old.added)
    let gone = old.added.subtracting(new.added)
    let ended = new.ended.symmetricDifference(old.ended)
    let moved = come.union(gone).union(ended)
    for field in Set(old.cells.keys).union(new.cells.keys) { compareCells(field, except: moved) }
    for field in Set(old.lists.keys).union(new.lists.keys) { compareLists(field, except: moved) }
    compareLifecycles()
    for row in moved {
      facts.insertListing(of: universe.raw.kind(of: row))
      noteEnds(of: row)
    }
  }

  private mutating func compareCells(_ id: Int32, except moved: Set<Int32>) {
    let field = metamodel.fields[Int(id)]
    let (before, after) = (old.cells[id] ?? [:], new.cells[id] ?? [:])
    for row in Set(before.keys).union(after.keys) where !moved.contains(row) {
      let (x, y) = (cell(before, field, row), cell(after, field, row))
      if let x, let y, x.isSame(as: y) { continue }
      if x == nil, y == nil { continue }
      note(field, row)
      for value in [x, y] { if case .entity(let target)? = value { noteInverse(field, target, row) } }
    }
  }

  private func cell(_ cells: [Int32: Value?], _ field: Field, _ row: Int32) -> Value? {
    if let changed = cells[row] { return changed }
    return universe.raw.columns[Int(field.id)].value(of: row, field.type, in: universe.raw)
  }

  private mutating func compareLists(_ id: Int32, except moved: Set<Int32>) {
    let field = metamodel.fields[Int(id)]
    for row in Set((old.lists[id] ?? [:]).keys).union((new.lists[id] ?? [:]).keys) where !moved.contains(row) {
      let (x, y) = (targets(old, id, row), targets(new, id, row))
      let differing = Set(x.rows).symmetricDifference(y.rows)
      let isOpenAlike = x.reason(row, id)?.facts == y.reason(row, id)?.facts
      if differing.isEmpty, isOpenAlike { continue }
      note(field, row, elements: isOpenAlike ? differing : nil)
      for target in differing { noteInverse(field, target, row) }
    }
  }

  private func targets(_ patches: Patches, _ field: Int32, _ row: Int32) -> ViewBuilder.Targets {
    if let known = patches.lists[field]?[row] { return known }
    let edges = universe.raw.adjacencies[Int(field)].edges(of: row)
    return ViewBuilder.Targets(rows: edges.targets, open: edges.open)
  }

  private mutating func compareLifecycles() {
    let firstLive = metamodel.livePhases.min() ?? 0
    for row in Set(old.lifecycles.keys).union(new.lifecycles.keys) {
      let (x, y) = (record(old, row), record(new, row))
      // Where a day is not known, what follows others depends on more than its own days.
      let isKnown = !x.days[firstLive...].contains(LifecycleTable.unknownDay)
      if isKnown, x.word == y.word, x.days == y.days, x.isRecorded == y.isRecorded { continue }
      noteLifecycle(row)
    }
  }

  private func record(_ patches: Patches, _ row: Int32) -> LifecycleTable.Record {
    patches.lifecycles[row] ?? universe.lifecycles.record(row)
  }

  private mutating func noteLifecycle(_ row: Int32) {
    for id in universe.lifecycleFields[universe.raw.kind(of: row)] { facts.insert(id, row) }
  }

  /// A row that comes or goes: whatever it leads to is led to by another.
  private mutating func noteEnds(of row: Int32) {
    let kind = metamodel.kinds[universe.raw.kind(of: row)]
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      guard case .relation = field.shape else { continue }
      for patches in [old, new] {
        if case .edges? = metamodel.access(to: field) {
          for target in targets(patches, id, row).rows { noteInverse(field, target, row) }
        } else if case .entity(let target)? = cell(patches.cells[id] ?? [:], field, row) {
          noteInverse(field, target, row)
        }
      }
    }
    let owner = universe.entities[Int(row)].owner
    guard owner >= 0, kind.ownerRelation != nil else { return }
    for id in metamodel.kinds[universe.raw.kind(of: owner)].order {
      if case .parts(kind.index, _) = metamodel.fields[Int(id)].shape { facts.insert(id, owner, elements: [row]) }
    }
  }

  /// - Parameter elements: of a list of which no more is otherwise, these.
  private mutating func note(_ field: Field, _ row: Int32, elements: Set<Int32>? = nil) {
    if let elements { facts.insert(field.id, row, elements: elements) } else { facts.insert(field.id, row) }
    // A record is what its fields are.
    guard let dot = field.path.firstIndex(of: ".") else { return }
    if let whole = metamodel.kinds[field.kind].members[String(field.path[..<dot])] { facts.insert(whole, row) }
  }

  private mutating func noteInverse(_ field: Field, _ target: Int32, _ source: Int32) {
    if let inverse = field.inverses[universe.raw.kind(of: target)] {
      facts.insert(Int32(inverse), target, elements: [source])
    }
  }
}
