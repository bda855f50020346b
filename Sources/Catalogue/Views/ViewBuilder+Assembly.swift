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
    for (field, rows) in inverseChanges() {
      let adjacency = ground.adjacencies[Int(field)]
      adjacencies[Int(field)] = adjacency.changing(
        Dictionary(
          uniqueKeysWithValues: rows.map { row, change in
            (row, adjacency.edges(of: row).changing(without: change.gone, with: change.come))
          }))
    }
    var absent = ground.members.absent
    absent.subtract(added)
    absent.formUnion(ended)
    return ground.changing(
      columns: columns, adjacencies: adjacencies, globals: view.globals(over: ground), absent: absent,
      context: ViewContext(view, patches))
  }

  private struct InverseChange {
    var come: Set<Int32> = []
    var gone: Set<Int32> = []
  }

  /// What comes and goes in inverses and lists of parts, by their field, then by row.
  private func inverseChanges() -> [Int32: [Int32: InverseChange]] {
    var result: [Int32: [Int32: InverseChange]] = [:]
    func note(_ field: Int32, _ row: Int32, _ source: Int32, _ isThere: Bool) {
      if isThere {
        result[field, default: [:]][row, default: InverseChange()].come.insert(source)
      } else {
        result[field, default: [:]][row, default: InverseChange()].gone.insert(source)
      }
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
