internal import CEL

extension ViewBuilder {
  /// Works out what changed lifecycles mean for themselves and for whatever follows them.
  mutating func followLifecycles() {
    guard !written.isEmpty || !added.isEmpty || !cells.isEmpty || !lists.isEmpty else { return }
    for kind in universe.following where kind.lifecycle != .none {
      switch kind.lifecycle {
      case .none: continue
      case .own:
        for (row, record) in written where raw.kind(of: row) == kind.index { lifecycles[row] = record }
      case .follows(let relations):
        let fields = relations.compactMap { metamodel.field($0, of: kind.index) }
        for row in followers(kind, fields) { lifecycles[row] = followed(row, fields) }
      }
    }
    for row in lifecycles.keys { writeDays(row) }
  }

  /// Rows of a kind whose days may be others now, because of what they follow or how.
  private func followers(_ kind: Kind, _ fields: [Field]) -> Set<Int32> {
    var result = Set(written.keys.filter { raw.kind(of: $0) == kind.index })
    result.formUnion(added.filter { raw.kind(of: $0) == kind.index })
    for field in fields {
      result.formUnion(cells[field.id]?.keys.map { $0 } ?? [])
      result.formUnion(lists[field.id]?.keys.map { $0 } ?? [])
      for row in lifecycles.keys { result.formUnion(sources(of: field, to: row)) }
    }
    return result.filter { contains($0) }
  }

  /// The rows from which a relation leads to a row before anything is applied.
  private func sources(of field: Field, to row: Int32) -> [Int32] {
    let kind = raw.kind(of: row)
    if case .owner(let kinds) = field.shape {
      guard kinds.contains(kind) else { return [] }
      return metamodel.kinds[kind].order.flatMap { id -> [Int32] in
        guard case .parts(field.kind, _) = metamodel.fields[Int(id)].shape else { return [] }
        return Array(ground.adjacencies[Int(id)].targets(of: row))
      }
    }
    guard case .relation(let kinds, _) = field.shape, kinds.contains(kind) else { return [] }
    if let inverse = field.inverses[kind] { return Array(ground.adjacencies[inverse].targets(of: row)) }
    // A relation without an inverse: every row is asked.
    return ground.members.rows(ofKind: field.kind).filter { source in
      isList(field)
        ? ground.adjacencies[Int(field.id)].targets(of: source).contains(row) : target(field.id, source) == row
    }
  }

  /// The days of what follows others: it begins with the latest beginning and ends with the earliest end.
  private func followed(_ row: Int32, _ fields: [Field]) -> LifecycleTable.Record {
    let own = written[row] ?? under.written[row] ?? universe.written.record(row)
    let firstLive = metamodel.livePhases.min() ?? 0
    let unknownDay = LifecycleTable.unknownDay
    var days: [Int32?] = own.isRecorded ? own.days.map { $0 } : own.days.map { _ in nil }
    func combine(_ other: Int32, _ phase: Int) {
      guard let day = days[phase] else {
        days[phase] = other
        return
      }
      if day == unknownDay || other == unknownDay {
        days[phase] = unknownDay
      } else {
        days[phase] = phase <= firstLive ? max(day, other) : min(day, other)
      }
    }
    for field in fields {
      let leads: (rows: [Int32], isOpen: Bool)
      if isList(field) {
        let list = targets(field.id, row)
        leads = (list.rows, list.isOpen)
      } else if let target = target(field.id, row) {
        leads = ([target], false)
      } else {
        leads = ([], true)
      }
      for target in leads.rows where kind(of: target).lifecycle != .none {
        for phase in days.indices {
          combine(
            (lifecycles[target] ?? under.lifecycles[target])?.days[phase] ?? universe.lifecycles.day(phase, target),
            phase)
        }
      }
      if leads.isOpen { for phase in days.indices { combine(unknownDay, phase) } }
    }
    return LifecycleTable.Record(
      word: own.word, days: days.map { $0 ?? unknownDay }, isRecorded: own.isRecorded)
  }

  /// Puts the days of a lifecycle into the cells that rules read.
  private mutating func writeDays(_ row: Int32) {
    guard let record = lifecycles[row] else { return }
    let kind = kind(of: row)
    for (phase, name) in metamodel.phases.enumerated() {
      guard let id = kind.members["lifecycle.\(name)"], case .phaseDate = metamodel.fields[Int(id)].shape else {
        continue
      }
      let day = record.days[phase]
      let isKnown = day != LifecycleTable.unknownDay && day != LifecycleTable.longAgo
      cells[id, default: [:]][row] = .some(isKnown ? .date(CivilDate(days: day)) : nil)
    }
  }
}
