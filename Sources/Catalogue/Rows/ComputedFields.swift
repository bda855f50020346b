internal import CEL

/// Fields that are worked out when they are read: ids, records, phases.
struct ComputedFields {
  private let metamodel: Metamodel
  private let lifecycles: LifecycleTable
  private let written: LifecycleTable
  private let ids: [String]

  /// - Parameters:
  ///   - lifecycles: with what follows from others'.
  ///   - written: as documents say.
  ///   - ids: by row.
  init(_ metamodel: Metamodel, _ lifecycles: LifecycleTable, written: LifecycleTable, ids: [String]) {
    self.metamodel = metamodel
    self.lifecycles = lifecycles
    self.written = written
    self.ids = ids
  }

  /// By field.
  var all: [Graph.Computed] { metamodel.fields.map(computed) }

  private func computed(_ field: Field) -> Graph.Computed {
    let id = field.id
    let slot = Int(id)
    switch field.shape {
    case .common(.id):
      let ids = ids
      return Graph.Computed { _, row in .string(ids[Int(row)]) }
    case .common(.kind):
      let name = metamodel.kinds[field.kind].name
      return Graph.Computed { _, _ in .string(name) }
    case .common(.name):
      // A part without a name is called by its id.
      let ids = ids
      return Graph.Computed { frame, row in
        .string(frame.graph.columns[slot].string(of: row, frame.graph.symbols) ?? ids[Int(row)])
      }
    case .phase: return phase(field)
    case .live: return live(field)
    case .record(let members):
      let kind = metamodel.kinds[field.kind]
      return record(field.type, members.map { kind.members["\(field.path).\($0.name)"] })
    case .lifecycle:
      let kind = metamodel.kinds[field.kind]
      return record(field.type, metamodel.phases.map { kind.members["lifecycle.\($0)"] })
    case .phaseDate:
      return Graph.Computed { frame, row in
        frame.graph.columns[slot].int32(of: row).map { .date(CivilDate(days: $0)) }
          ?? .unknown(Fact(row: row, field: id))
      }
    default: return Graph.Computed { _, row in .unknown(Fact(row: row, field: id)) }
    }
  }

  private func record(_ type: ValueType, _ slots: [Int32?]) -> Graph.Computed {
    let declarations = slots.map { slot -> FieldDeclaration? in
      guard let field = slot.map({ metamodel.fields[Int($0)] }) else { return nil }
      return metamodel.field(field.path, ofKind: field.kind)
    }
    return Graph.Computed { frame, row in
      let values = declarations.map { declaration -> Value in
        guard let declaration else { return .unknown(Fact(row: row, field: -1)) }
        return frame.read(declaration, of: row)
      }
      return .record(RecordBox(type: type, fields: values))
    }
  }

  // MARK: Phases

  /// The phase at the frame's date. Of what follows others: an ended one's, else one's that has not begun, else its own
  /// or the furthest. The days that they give together say less: where one end's are unknown, all are.
  private func phase(_ field: Field) -> Graph.Computed {
    let table = written
    let last = metamodel.phases.count - 1
    let type = metamodel.phaseEnum.index
    let gaps = dayFields(field.kind)
    let firstLive = metamodel.livePhases.min() ?? 0
    let lastLive = metamodel.livePhases.max() ?? 0
    let followed = followed(field.kind)
    return Graph.Computed { frame, row in
      var ended: Int?
      var waiting: Int?
      var furthest = 0
      var unknown: Unknown?
      func add(_ phase: Int) {
        if phase > lastLive { ended = max(ended ?? phase, phase) }
        if phase < firstLive { waiting = min(waiting ?? phase, phase) }
        furthest = max(furthest, phase)
      }
      let changed = frame.writtenLifecycle(of: row)
      if frame.asksForChanges { table.noteChanges(row, changed, &frame) }
      if (changed?.isRecorded ?? table.isRecorded(row)) || followed.isEmpty {
        let possible = table.phases(row, changed, at: frame.date.days)
        if let possible, possible.count == 1 {
          add(possible.lowerBound)
        } else {
          unknown = Unknown(Fact(row: row, field: gaps[possible.map { $0.lowerBound + 1 } ?? firstLive]))
        }
      }
      for relation in followed {
        let (targets, reason) = relation.targets(of: row, frame.graph)
        if let reason { unknown = reason.merged(with: unknown) }
        for target in targets {
          let slot = relation.phases[frame.graph.kind(of: target)]
          guard slot >= 0 else { continue }
          switch frame.computed(slot, of: target) {
          case .enumeration(_, let ordinal): add(Int(ordinal))
          case .unknown(let reason): unknown = reason.merged(with: unknown)
          default: continue
          }
        }
      }
      // Nothing comes after the last phase.
      if let unknown, ended != last { return .unknown(unknown) }
      return .enumeration(type: type, ordinal: Int32(ended ?? waiting ?? furthest))
    }
  }

  /// Whether it lives at the frame's date: its own phase is a live one, and all that it follows lives.
  private func live(_ field: Field) -> Graph.Computed {
    let (table, written) = (lifecycles, written)
    let gaps = dayFields(field.kind)
    let live = metamodel.livePhases
    let firstLive = live.min() ?? 0
    let followed = followed(field.kind)
    let firstDead = (live.max() ?? 0) + 1
    // The days of what follows others are combined already: where both are known, nobody else need be asked.
    let isOneSpan = live == Set(firstLive..<firstDead) && firstDead < metamodel.phases.count
    return Graph.Computed { frame, row in
      var unknown: Unknown?
      let changed = frame.changedLifecycle(of: row)
      if isOneSpan {
        let start = changed?.days[firstLive] ?? table.day(firstLive, row)
        let end = changed?.days[firstDead] ?? table.day(firstDead, row)
        if start != LifecycleTable.unknownDay, end != LifecycleTable.unknownDay {
          if frame.asksForChanges {
            frame.noteChange(on: start)
            frame.noteChange(on: end)
          }
          return .bool(start <= frame.date.days && frame.date.days < end)
        }
      }
      let own = frame.writtenLifecycle(of: row)
      if frame.asksForChanges { written.noteChanges(row, own, &frame) }
      if (own?.isRecorded ?? written.isRecorded(row)) || followed.isEmpty {
        let possible = written.phases(row, own, at: frame.date.days)
        let mayLive = possible?.contains { live.contains($0) } ?? true
        if !mayLive { return .bool(false) }
        if possible?.allSatisfy({ live.contains($0) }) != true {
          // The first day that would tell: of the first phase that lives where the one before it does not, or the other way.
          let decisive = possible.flatMap { range in
            range.first { live.contains($0) != live.contains(range.lowerBound) }
          }
          unknown = Unknown(Fact(row: row, field: gaps[decisive ?? firstLive]))
        }
      }
      for relation in followed {
        let (targets, reason) = relation.targets(of: row, frame.graph)
        if let reason { unknown = reason.merged(with: unknown) }
        for target in targets {
          let slot = relation.lives[frame.graph.kind(of: target)]
          guard slot >= 0 else { continue }
          switch frame.computed(slot, of: target) {
          case .bool(false): return .bool(false)
          case .unknown(let reason): unknown = reason.merged(with: unknown)
          default: continue
          }
        }
      }
      return unknown.map { .unknown($0) } ?? .bool(true)
    }
  }

  /// The fields of the phases' first days, by phase.
  private func dayFields(_ kind: Int) -> [Int32] {
    metamodel.phases.map { metamodel.kinds[kind].members["lifecycle.\($0)"] ?? -1 }
  }

  /// A relation that a lifecycle follows.
  private struct Followed: Sendable {
    let field: Int32
    let isList: Bool
    /// Places of the computed fields `phase` and `live`, by kind; -1: it has none.
    let phases: [Int]
    let lives: [Int]

    func targets(of row: Int32, _ graph: Graph) -> (ArraySlice<Int32>, Unknown?) {
      let slot = Int(field)
      if isList {
        let edges = graph.adjacencies[slot]
        return (edges.targets(of: row), edges.open(of: row))
      }
      guard let target = graph.columns[slot].int32(of: row) else { return ([], Unknown(Fact(row: row, field: field))) }
      return ([target], nil)
    }
  }

  private func followed(_ kind: Int) -> [Followed] {
    guard case .follows(let relations) = metamodel.kinds[kind].lifecycle else { return [] }
    return relations.compactMap { name in
      guard let field = metamodel.field(name, of: kind), let access = metamodel.access(to: field) else { return nil }
      let isList = if case .edges = access { true } else { false }
      func slots(_ name: String) -> [Int] { metamodel.kinds.map { Int($0.members[name] ?? -1) } }
      return Followed(field: field.id, isList: isList, phases: slots("phase"), lives: slots("live"))
    }
  }
}
