internal import CEL

extension ViewBuilder {
  /// The graph: the one before with the changed rows, relations seen from both ends.
  func assembled(_ patches: Patches) -> Graph {
    var cells = self.cells
    for row in added {
      // What is not recorded of a row that is new is a gap now.
      for id in kind(of: row).order where !metamodel.fields[Int(id)].inverses.isEmpty {
        guard case .column? = metamodel.access(to: metamodel.fields[Int(id)]), cells[id]?[row] == nil,
          !raw.columns[Int(id)].isRecorded(row)
        else { continue }
        cells[id, default: [:]][row] = .some(nil)
      }
    }
    var columns = ground.columns
    var adjacencies = ground.adjacencies
    for (field, values) in cells { columns[Int(field)] = columns[Int(field)].changing(values) }
    for (field, values) in lists {
      let edges = values.map { row, list in (row, Adjacency.Edges(list.rows, open: list.reason(row, field))) }
      adjacencies[Int(field)] = adjacencies[Int(field)].changing(Dictionary(uniqueKeysWithValues: edges))
    }
    var changed: [Int32: [Int32: Adjacency.Edges]] = [:]
    eachInverseChange { field, row, changes in
      changed[field, default: [:]][row] = ground.adjacencies[Int(field)].edges(of: row).changing(changes)
    }
    for (field, edges) in changed { adjacencies[Int(field)] = ground.adjacencies[Int(field)].changing(edges) }
    var absent = ground.members.absent
    absent.subtract(added)
    absent.formUnion(ended)
    return ground.changing(
      columns: columns, adjacencies: adjacencies, globals: view.globals(over: ground), absent: absent,
      context: ViewContext(view, patches))
  }

  /// Of an inverse or a list of parts that a source comes or goes.
  private struct InverseChange {
    let field: Int32
    let row: Int32
    let source: Int32
    let isThere: Bool

    func precedes(_ other: InverseChange) -> Bool {
      if field != other.field { return field < other.field }
      if row != other.row { return row < other.row }
      if source != other.source { return source < other.source }
      return isThere && !other.isThere
    }
  }

  /// What comes and goes in inverses and lists of parts, one row of a field after the other.
  private func eachInverseChange(
    _ body: (_ field: Int32, _ row: Int32, _ changes: [(target: Int32, isThere: Bool)]) -> Void
  ) {
    let all = inverseChanges().sorted { $0.precedes($1) }
    var first = 0
    while first < all.count {
      let (field, row) = (all[first].field, all[first].row)
      var changes: [(target: Int32, isThere: Bool)] = []
      while first < all.count, all[first].field == field, all[first].row == row {
        // What comes and goes is there.
        if changes.last?.target != all[first].source { changes.append((all[first].source, all[first].isThere)) }
        first += 1
      }
      body(field, row, changes)
    }
  }

  private func inverseChanges() -> [InverseChange] {
    var result: [InverseChange] = []
    func note(_ field: Int32, _ row: Int32, _ source: Int32, _ isThere: Bool) {
      result.append(InverseChange(field: field, row: row, source: source, isThere: isThere))
    }
    func compare(_ field: Field, _ row: Int32, _ old: [Int32], _ new: [Int32]) {
      guard !field.inverses.isEmpty, old != new else { return }
      for target in old where !new.contains(target) {
        if let inverse = field.inverses[raw.kind(of: target)] { note(Int32(inverse), target, row, false) }
      }
      for target in new where !old.contains(target) {
        if let inverse = field.inverses[raw.kind(of: target)] { note(Int32(inverse), target, row, true) }
      }
    }
    let isNew = isAdded
    for (id, rows) in lists {
      let field = metamodel.fields[Int(id)]
      for row in rows.keys where !isNew.contains(row) && contains(row) {
        compare(field, row, Array(ground.adjacencies[Int(id)].targets(of: row)), rows[row]?.rows ?? [])
      }
    }
    for (id, rows) in cells {
      let field = metamodel.fields[Int(id)]
      guard !field.inverses.isEmpty else { continue }
      for row in rows.keys where !isNew.contains(row) && contains(row) {
        let old = ground.columns[Int(id)].int32(of: row).map { [$0] } ?? []
        compare(field, row, old, target(id, row).map { [$0] } ?? [])
      }
    }
    for row in added where contains(row) {
      for id in metamodel.relations[raw.kind(of: row)] {
        let field = metamodel.fields[Int(id)]
        compare(field, row, [], isList(field) ? targets(id, row).rows : target(id, row).map { [$0] } ?? [])
      }
    }
    for row in added + adopted where contains(row) { notePart(row, note) }
    for row in ended {
      for id in metamodel.relations[raw.kind(of: row)] {
        let field = metamodel.fields[Int(id)]
        guard !isList(field), let target = ground.columns[Int(id)].int32(of: row),
          let inverse = field.inverses[raw.kind(of: target)]
        else { continue }
        note(Int32(inverse), target, row, false)
      }
    }
    return result
  }

  /// Parts of the catalogue's that belong to something new.
  private var adopted: [Int32] {
    cells.flatMap { field, rows -> [Int32] in
      if case .owner = metamodel.fields[Int(field)].shape { rows.keys.map { $0 } } else { [] }
    }
  }

  /// A part that is new stands in its owner's list.
  private func notePart(_ row: Int32, _ note: (Int32, Int32, Int32, Bool) -> Void) {
    let part = raw.kind(of: row)
    guard let owner = owner(of: row), metamodel.kinds[part].ownerRelation != nil else { return }
    for id in kind(of: owner).order {
      guard case .parts(part, _) = metamodel.fields[Int(id)].shape else { continue }
      if !ground.adjacencies[Int(id)].targets(of: owner).contains(row) { note(id, owner, row, true) }
    }
  }
}
