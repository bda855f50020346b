internal import CEL
internal import Diagnostics
internal import YAMLTree

extension EstateLoader {
  /// Puts everything together: columns, relations and their inverses, computed fields, derived ones.
  mutating func estate() -> Estate {
    let settings = readSettings()
    let graph = buildGraph(settings)
    let derivation = Derivation(metamodel, graph)
    diagnostics += derivation.diagnostics
    return Estate(
      metamodel: metamodel, entities: entities, ids: ids, graph: derivation.graph, asOf: options.asOf,
      settings: settings, integrity: integrity.sorted { Diagnostic.precedes($0.diagnostic, $1.diagnostic) },
      diagnostics: diagnostics.sortedForPrinting(), summary: summary)
  }

  private mutating func buildGraph(_ settings: [String: Value]) -> Graph {
    var adjacencies = [Adjacency](
      repeating: Adjacency(rows: 0..<0, offsets: [0], targets: []), count: metamodel.fields.count)
    for field in metamodel.fields {
      let rows = kindRanges[field.kind]
      switch field.shape {
      case .relation(_, let many) where many || field.absence == .empty:
        adjacencies[Int(field.id)] = Adjacency(
          rows: rows, pairs: pairs[Int(field.id)] ?? [], open: open[Int(field.id)] ?? [:])
      case .parts(let kind, _):
        // A part's kind may have several owners; those of this one.
        var owned: [(source: Int32, target: Int32)] = []
        for part in kindRanges[kind] where rows.contains(entities[Int(part)].owner) {
          owned.append((entities[Int(part)].owner, part))
        }
        adjacencies[Int(field.id)] = Adjacency(rows: rows, pairs: owned)
      case .owner:
        for row in rows where entities[Int(row)].owner >= 0 { set(field, row, .entity(entities[Int(row)].owner)) }
      default: continue
      }
    }
    for field in metamodel.fields {
      guard case .inverse(let sources) = field.shape else { continue }
      let rows = kindRanges[field.kind]
      var joined: [(source: Int32, target: Int32)] = []
      for id in sources {
        let source = metamodel.fields[Int(id)]
        if case .derived = source.shape { continue }
        if case .relation(_, let many) = source.shape, !many, source.absence != .empty {
          guard let column = columns[Int(id)]?.finished(), case .int32(let cells) = column.cells else { continue }
          for place in cells.indices where column.isPresent[place] && rows.contains(cells[place]) {
            joined.append((cells[place], column.firstRow + Int32(place)))
          }
        } else {
          let forward = adjacencies[Int(id)]
          for row in forward.rows {
            for target in forward.targets(of: row) where rows.contains(target) { joined.append((target, row)) }
          }
        }
      }
      adjacencies[Int(field.id)] = Adjacency(rows: rows, pairs: joined)
    }
    let cells = metamodel.fields.map { field in
      columns[Int(field.id)]?.finished()
        ?? ColumnBuilder(field.type, rows: kindRanges[field.kind]).finished()
    }
    let horizon: CivilDate
    if case .period(let period)? = settings["horizon"] {
      horizon = options.asOf.adding(period) ?? .never
    } else {
      horizon = .never
    }
    return Graph(
      kindRanges: kindRanges, columns: cells, adjacencies: adjacencies, computed: computedFields(),
      symbols: symbols.all, globals: [.date(options.asOf), .date(horizon)], date: options.asOf, enums: metamodel.enums)
  }

  // MARK: Computed fields

  private func computedFields() -> [Graph.Computed] {
    let names = metamodel.kinds.map(\.name)
    let allIDs = entities.map(\.id)
    return metamodel.fields.map { field in
      let id = field.id
      switch field.shape {
      case .common(.id): return { _, row in .string(allIDs[Int(row)]) }
      case .common(.kind):
        let name = names[field.kind]
        return { _, _ in .string(name) }
      case .phase: return phase(field)
      case .live: return live(field)
      case .record(let members):
        let kind = metamodel.kinds[field.kind]
        let slots = members.compactMap { kind.members["\(field.path).\($0.name)"] }
        return record(field.type, slots)
      case .lifecycle:
        let kind = metamodel.kinds[field.kind]
        return record(field.type, metamodel.phases.compactMap { kind.members["lifecycle.\($0)"] })
      case .phaseDate:
        return { frame, row in
          let column = frame.graph.columns[Int(id)]
          let place = Int(row - column.firstRow)
          guard column.isPresent[place], case .int32(let days) = column.cells else { return .unknown(Fact(row: row, field: id)) }
          return .date(CivilDate(days: days[place]))
        }
      default: return gap(field)
      }
    }
  }

  /// A field that is unknown, perhaps because of another entity's fact.
  private func gap(_ field: Field) -> Graph.Computed {
    let id = field.id
    return { _, row in .unknown(Fact(row: row, field: id)) }
  }

  private func record(_ type: ValueType, _ slots: [Int32]) -> Graph.Computed {
    let declarations = slots.compactMap { slot -> FieldDeclaration? in
      let field = metamodel.fields[Int(slot)]
      return metamodel.field(field.path, ofKind: field.kind)
    }
    return { frame, row in
      .record(RecordBox(type: type, fields: declarations.map { frame.read($0, of: row) }))
    }
  }

  /// The phase at the frame's date.
  private func phase(_ field: Field) -> Graph.Computed {
    let table = lifecycles
    let kind = field.kind
    let type = metamodel.phaseEnum.index
    let gap = firstLiveFact(kind)
    let live = metamodel.livePhases
    let followed = followedPhases(kind)
    return { frame, row in
      let record = table.record(kind, row)
      var own: Int?
      if record.isRecorded || followed.isEmpty {
        own = table.phase(record, at: frame.date.days)
        if own == nil { return .unknown(Fact(row: row, field: gap)) }
      }
      var phases = own.map { [$0] } ?? []
      for declaration in followed {
        guard case .entity(let target) = frame.read(declaration.relation, of: row) else { return frame.read(declaration.relation, of: row) }
        guard let field = declaration.phase(frame.graph.kind(of: target)) else { continue }
        let value = frame.read(field, of: target)
        guard case .enumeration(_, let ordinal) = value else { return value }
        phases.append(Int(ordinal))
      }
      let firstLive = live.min() ?? 0
      let result = phases.filter { $0 > (live.max() ?? 0) }.max() ?? phases.filter { $0 < firstLive }.min() ?? phases.max() ?? 0
      return .enumeration(type: type, ordinal: Int32(result))
    }
  }

  private func firstLiveFact(_ kind: Int) -> Int32 {
    let phase = metamodel.phases[metamodel.livePhases.min() ?? 0]
    return metamodel.kinds[kind].members["lifecycle.\(phase)"] ?? -1
  }

  /// Whether it lives at the frame's date: its own phase is a live one, and all that it follows lives.
  private func live(_ field: Field) -> Graph.Computed {
    let table = lifecycles
    let kind = field.kind
    let gap = firstLiveFact(kind)
    let live = metamodel.livePhases
    let followed = followedPhases(kind)
    return { frame, row in
      let record = table.record(kind, row)
      var unknown: Unknown?
      if record.isRecorded || followed.isEmpty {
        if let phase = table.phase(record, at: frame.date.days) {
          if !live.contains(phase) { return .bool(false) }
        } else {
          unknown = Unknown(Fact(row: row, field: gap))
        }
      }
      for declaration in followed {
        let end = frame.read(declaration.relation, of: row)
        guard case .entity(let target) = end else {
          if case .unknown(let reason) = end { unknown = reason.merged(with: unknown) }
          continue
        }
        guard let field = declaration.live(frame.graph.kind(of: target)) else { continue }
        switch frame.read(field, of: target) {
        case .bool(false): return .bool(false)
        case .unknown(let reason): unknown = reason.merged(with: unknown)
        default: continue
        }
      }
      return unknown.map { .unknown($0) } ?? .bool(true)
    }
  }

  private struct Followed: Sendable {
    let relation: FieldDeclaration
    let phases: [FieldDeclaration?]
    let lives: [FieldDeclaration?]
    func phase(_ kind: Int) -> FieldDeclaration? { phases[kind] }
    func live(_ kind: Int) -> FieldDeclaration? { lives[kind] }
  }

  private func followedPhases(_ kind: Int) -> [Followed] {
    guard case .follows(let relations) = metamodel.kinds[kind].lifecycle else { return [] }
    return relations.compactMap { name in
      metamodel.field(name, ofKind: kind).map { relation in
        Followed(
          relation: relation, phases: metamodel.kinds.indices.map { metamodel.field("phase", ofKind: $0) },
          lives: metamodel.kinds.indices.map { metamodel.field("live", ofKind: $0) })
      }
    }
  }

  // MARK: Settings

  private mutating func readSettings() -> [String: Value] {
    var result: [String: Value] = [:]
    for (name, setting) in metamodel.settings.sorted(by: { $0.key < $1.key }) {
      guard let text = setting.defaultText else { continue }
      let file = YAMLFile.parse(SourceText(name: "<default>", text: "- \(text)"))
      if let node = file.documents.first?.root, node.isSequence {
        result[name] = ScalarReader.value(node[item: 0], setting.scalar, &diagnostics, what: name)
      }
    }
    var given = options.settings
    for row in metamodel.kind(named: "settings").map({ kindRanges[$0.index] }) ?? 0..<0 {
      guard let values = entities[Int(row)].node?.first("values"), values.isMapping else { continue }
      for index in 0..<values.count { given.append((values.key(index), values.value(index))) }
    }
    for (key, value) in given where !value.isReported {
      guard let setting = metamodel.settings[key.text] else {
        diagnostics.append(LoadingDiagnostic.unknownKey(key, in: "the settings", known: metamodel.settings.keys.sorted()))
        continue
      }
      guard value.isScalar else {
        diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a single value", for: "`\(key.text)`"))
        continue
      }
      if let read = ScalarReader.value(value, setting.scalar, &diagnostics, what: key.text) { result[key.text] = read }
    }
    return result
  }
}
