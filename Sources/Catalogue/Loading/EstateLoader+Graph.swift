internal import CEL
internal import Diagnostics
internal import Dispatch
internal import Synchronization
internal import YAMLTree

extension EstateLoader {
  /// Puts everything together: columns, relations and their inverses, computed fields, derived ones.
  mutating func estate() -> Estate {
    let settings = readSettings()
    let merged = MergedEdits()
    let scopes = RuleScopes()
    let graph = buildGraph(settings, merged, scopes)
    let plan = DerivationPlan(metamodel)
    diagnostics += plan.diagnostics
    let universe = Universe(
      metamodel: metamodel, entities: entities, ids: ids, addedRows: addedRows, raw: graph, written: written,
      lifecycles: lifecycles, initiatives: initiatives, conditional: conditional, passed: passed,
      lifecyclePlans: lifecyclePlans,
      scopes: scopes, plan: plan,
      following: orderedByFollowing())
    let estate = Estate(
      universe, asOf: options.asOf, settings: settings,
      integrity: integrity.sorted { Diagnostic.precedes($0.diagnostic, $1.diagnostic) },
      diagnostics: diagnostics.sortedForPrinting(), summary: summary, origins: gaps)
    merged.settle(editRows.filter { !initiatives[$0.initiative].isOpen }, estate, initiatives)
    return options.derives ? estate.deriving() : estate
  }

  private mutating func buildGraph(_ settings: [String: Value], _ merged: MergedEdits, _ scopes: RuleScopes) -> Graph {
    var adjacencies = [Adjacency](
      repeating: Adjacency(rows: 0..<0, offsets: [0], targets: []), count: metamodel.fields.count)
    for plan in plans {
      let slot = Int(plan.field.id)
      let rows = kindRanges[plan.field.kind]
      switch plan.field.shape {
      case .relation where plan.isList:
        adjacencies[slot] = Adjacency(rows: rows, pairs: pairs[slot], open: open[slot])
      case .parts(let kind, _):
        // A part's kind may have several owners; those of this one.
        var owned: [(source: Int32, target: Int32)] = []
        for part in kindRanges[kind] where rows.contains(entities[Int(part)].owner) {
          // What an initiative adds to something that is not its own is there in its view only.
          let owner = entities[Int(part)].owner
          if initiative(of: part) == initiative(of: owner) { owned.append((owner, part)) }
        }
        adjacencies[slot] = Adjacency(rows: rows, pairs: owned, open: open[slot])
      case .owner:
        let column = makeColumn(plan.field)
        for row in rows {
          if let owner = owner(of: row) { column.set(row, number: owner) }
        }
      default: continue
      }
    }
    for (field, inverse) in inverses(adjacencies) { adjacencies[field] = inverse }
    let cells = metamodel.fields.map { field in
      columns[Int(field.id)]?.finished(ignoring: absent) ?? emptyColumn(field)
    }
    let horizon: CivilDate
    if case .period(let period)? = settings["horizon"] {
      horizon = options.asOf.adding(period) ?? .never
    } else {
      horizon = .never
    }
    var computed = ComputedFields(metamodel, lifecycles, written: written, ids: entities.map(\.id)).all
    if let field = metamodel.kind(named: "edit").flatMap({ metamodel.field("merged", of: $0.index) }) {
      computed[Int(field.id)] = Graph.Computed { _, row in .bool(merged.contains(row)) }
    }
    if let field = metamodel.kind(named: "rule").flatMap({ metamodel.field("scope", of: $0.index) }) {
      let id = field.id
      computed[Int(id)] = Graph.Computed { frame, row in
        scopes.targets(of: row, &frame).map { .list(ListBox(entities: $0)) } ?? .unknown(Fact(row: row, field: id))
      }
    }
    return Graph(
      kindRanges: kindRanges, columns: cells, adjacencies: adjacencies, computed: computed,
      symbols: symbols.all,
      globals: [.date(options.asOf), .date(horizon), .error(.noSuchAttribute, "there is no initiative in the estate")],
      date: options.asOf, enums: metamodel.enums, absent: absent)
  }

  /// What a part belongs to in every view that holds the part.
  func owner(of row: Int32) -> Int32? {
    let owner = entities[Int(row)].owner
    guard owner >= 0, !absent.contains(owner) || initiative(of: owner) == initiative(of: row) else { return nil }
    return owner
  }

  /// The place of the initiative that adds a row, or -1.
  private func initiative(of row: Int32) -> Int { Int(row) < drafts.count ? drafts[Int(row)].initiative : -1 }

  /// A column that nothing was put into; without cells where nothing reads it.
  private func emptyColumn(_ field: Field) -> Column {
    guard case .column? = metamodel.access(to: field) else {
      return Column(firstRow: 0, cells: .bool([]), isPresent: [])
    }
    return ColumnBuilder(field.type, rows: kindRanges[field.kind]).finished()
  }

  /// The inverses by their fields, worked out by several tasks.
  private func inverses(_ adjacencies: [Adjacency]) -> [(field: Int, Adjacency)] {
    let wanted = plans.compactMap { plan -> (field: Int, sources: [Int32], rows: Range<Int32>)? in
      guard case .inverse(let sources) = plan.field.shape else { return nil }
      return (Int(plan.field.id), sources, kindRanges[plan.field.kind])
    }
    // Nothing is written but the results.
    nonisolated(unsafe) let loader = self
    let results = Mutex<[(field: Int, Adjacency)]>([])
    DispatchQueue.concurrentPerform(iterations: wanted.count) { place in
      let (field, sources, rows) = wanted[place]
      let made = Adjacency(rows: rows, pairs: loader.inverted(sources, rows, adjacencies))
      results.withLock { $0.append((field, made)) }
    }
    return results.withLock { $0 }
  }

  /// The recorded edges of relations, seen from their targets.
  private func inverted(
    _ sources: [Int32], _ rows: Range<Int32>, _ adjacencies: [Adjacency]
  ) -> [(source: Int32, target: Int32)] {
    var joined: [(source: Int32, target: Int32)] = []
    for id in sources {
      let plan = plans[Int(id)]
      guard case .relation = plan.field.shape else { continue }
      if plan.isList {
        let forward = adjacencies[Int(id)]
        for row in forward.rows where !absent.contains(row) {
          for target in forward.targets(of: row) where rows.contains(target) { joined.append((target, row)) }
        }
      } else if let column = columns[Int(id)] {
        for row in column.rows where !absent.contains(row) {
          if let target = column.number(row), rows.contains(target) { joined.append((target, row)) }
        }
      }
    }
    return joined
  }

  // MARK: Settings

  private mutating func readSettings() -> [String: Value] {
    var result: [String: Value] = [:]
    for (name, setting) in metamodel.settings {
      if let text = setting.defaultText { result[name] = ScalarReader.value(of: text, setting.scalar) }
    }
    var given = options.settings
    for row in metamodel.kind(named: "settings").map({ kindRanges[$0.index] }) ?? 0..<0 {
      guard let values = entities[Int(row)].node?.first("values"), !values.isReported else { continue }
      guard values.isMapping else {
        diagnostics.append(LoadingDiagnostic.wrongShape(values, wanted: "a mapping", for: "`values`"))
        continue
      }
      for index in 0..<values.count { given.append((values.key(index), values.value(index))) }
    }
    var first: [String: YAMLNode] = [:]
    for (key, value) in given where !value.isReported {
      guard let setting = metamodel.settings[key.text] else {
        diagnostics.append(
          LoadingDiagnostic.unknownKey(key, in: "the settings", known: metamodel.settings.keys.sorted()))
        continue
      }
      if let known = first[key.text] {
        diagnostics.append(LoadingDiagnostic.duplicate("the setting \(key.text)", key, first: known.range))
        continue
      }
      first[key.text] = key
      if let read = ScalarReader.value(value, setting.scalar, &diagnostics, what: key.text) { result[key.text] = read }
    }
    return result
  }
}
