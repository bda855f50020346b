internal import CEL
internal import Diagnostics

extension EstateLoader {
  /// Derives the flows: one for each integration, dataset, direction and hop. What an integration carries without
  /// saying so becomes a flow whose dataset is unknown.
  mutating func addFlows() {
    collectFollowedTargets()
    guard let flow = metamodel.kind(named: "flow"),
      let integrationField = metamodel.field("integration", of: flow.index),
      let sourceField = metamodel.field("source", of: flow.index),
      let destinationField = metamodel.field("destination", of: flow.index),
      let datasetField = metamodel.field("dataset", of: flow.index)
    else { return }
    var found: [Flow] = []
    for kind in metamodel.kinds(inRole: "integration") {
      let roles = kind.order.map { metamodel.fields[Int($0)] }
      let targets = edges(roles.first { $0.role == "target" })
      let through = roles.first { $0.role == "through" }
      let carries = roles.first { $0.role == "carries" }
      let fetches = roles.first { $0.role == "fetches" }
      let passed = edges(through)
      for row in kindRanges[kind.index] {
        let source = entities[Int(row)].owner
        guard source >= 0 else { continue }
        // Platforms are passed in the order in which they are written; pairs keep it until an adjacency sorts them.
        let way = [source] + (passed[row] ?? []) + [targets[row]?.first ?? -1]
        for (field, isBack) in [(carries, false), (fetches, true)] {
          guard let field else { continue }
          var datasets = (pairsBySource(field)[row] ?? []).map { Optional($0) }
          if open[Int(field.id)]?[row] != nil { datasets.append(nil) }
          let hops = Array(zip(way, way.dropFirst()))
          for dataset in datasets {
            for (position, hop) in (isBack ? hops.reversed().map { ($0.1, $0.0) } : hops).enumerated() {
              found.append(
                Flow(
                  integration: row, dataset: dataset, source: hop.0, destination: hop.1, field: field.id,
                  label: isBack ? "back" : "out", position: position))
            }
          }
        }
      }
    }
    let first = Int32(entities.count)
    for index in found.indices {
      let item = found[index]
      let dataset = item.dataset.map { entities[Int($0)].id } ?? "unrecorded"
      found[index].id = "\(entities[Int(item.integration)].id)/\(dataset)/\(item.label)-\(item.position + 1)"
    }
    found.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    kindRanges[flow.index] = first..<first + Int32(found.count)
    for item in found {
      entities.append(Entity(kind: flow.index, id: item.id, node: nil, owner: item.integration))
      ids.insert(item.id, flow.index, Int32(entities.count - 1))
    }
    lifecycles.prepare(flow.index, rows: kindRanges[flow.index])
    for (index, item) in found.enumerated() {
      let row = first + Int32(index)
      setTarget(integrationField, row, item.integration)
      if item.source >= 0 { setTarget(sourceField, row, item.source) }
      if item.destination >= 0 { setTarget(destinationField, row, item.destination) }
      if let dataset = item.dataset {
        setTarget(datasetField, row, dataset)
      } else {
        // The fact to record is the integration's, not the flow's.
        gaps[RowField(row: row, field: datasetField.id)] = Fact(row: item.integration, field: item.field)
      }
    }
  }

  private struct Flow {
    var integration: Int32
    var dataset: Int32?
    var source: Int32
    var destination: Int32
    var field: Int32
    var label: String
    var position: Int
    var id = ""
  }

  private mutating func setTarget(_ field: Field, _ row: Int32, _ target: Int32) {
    set(field, row, .entity(target))
    followedTargets[RowField(row: row, field: field.id)] = target
  }

  private func edges(_ field: Field?) -> [Int32: [Int32]] {
    guard let field else { return [:] }
    return pairsBySource(field)
  }

  private func pairsBySource(_ field: Field) -> [Int32: [Int32]] { bySource[Int(field.id)] ?? [:] }

  /// To-one relations that lifecycles follow, and relations of integrations by their source.
  private mutating func collectFollowedTargets() {
    for kind in metamodel.kinds {
      let isIntegration = kind.role == "integration"
      var followed: Set<String> = []
      if case .follows(let names) = kind.lifecycle { followed = Set(names) }
      guard isIntegration || !followed.isEmpty else { continue }
      for id in kind.order {
        let field = metamodel.fields[Int(id)]
        guard case .relation(_, let many) = field.shape, followed.contains(field.path) || field.role != nil else { continue }
        if let list = pairs[Int(id)] {
          var index: [Int32: [Int32]] = [:]
          for pair in list { index[pair.source, default: []].append(pair.target) }
          bySource[Int(id)] = index
          for (source, targets) in index where targets.count == 1 {
            followedTargets[RowField(row: source, field: id)] = targets[0]
          }
        } else if !many, let column = columns[Int(id)] {
          let finished = column.finished()
          guard case .int32(let cells) = finished.cells else { continue }
          var index: [Int32: [Int32]] = [:]
          for place in cells.indices where finished.isPresent[place] {
            let row = finished.firstRow + Int32(place)
            index[row] = [cells[place]]
            followedTargets[RowField(row: row, field: id)] = cells[place]
          }
          bySource[Int(id)] = index
        }
      }
    }
  }
}
