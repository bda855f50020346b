internal import CEL
internal import Diagnostics

extension EstateLoader {
  /// Derives the flows: one for each integration, dataset, direction and hop. What an integration carries without
  /// saying so becomes a flow whose dataset is unknown.
  mutating func addFlows() {
    guard let flow = metamodel.kind(named: "flow"),
      let integrationField = metamodel.field("integration", of: flow.index),
      let sourceField = metamodel.field("source", of: flow.index),
      let destinationField = metamodel.field("destination", of: flow.index),
      let datasetField = metamodel.field("dataset", of: flow.index)
    else { return }
    var found: [Flow] = []
    for kind in metamodel.kinds(inRole: "integration") { collectFlows(kind, into: &found) }
    // Ids are ASCII, so the order of strings is the order of bytes.
    found.sort { $0.id < $1.id }
    let first = Int32(entities.count)
    kindRanges[flow.index] = first..<first + Int32(found.count)
    entities.reserveCapacity(entities.count + found.count)
    let integrations = makeColumn(integrationField)
    let sources = makeColumn(sourceField)
    let destinations = makeColumn(destinationField)
    let datasets = makeColumn(datasetField)
    for item in found {
      let row = Int32(entities.count)
      entities.append(Entity(kind: flow.index, id: item.id, node: nil, owner: item.integration))
      ids.insert(item.id, flow.index, row)
      if item.isOnlyPossible || absent.contains(item.integration) { absent.insert(row) }
      integrations.set(row, number: item.integration)
      if item.source >= 0 { sources.set(row, number: item.source) }
      if item.destination >= 0 { destinations.set(row, number: item.destination) }
      if item.dataset >= 0 {
        datasets.set(row, number: item.dataset)
      } else {
        // The fact to record is the integration's, not the flow's.
        gaps[Fact(row: row, field: datasetField.id)] = Fact(row: item.integration, field: item.field)
      }
    }
  }

  private struct Flow {
    var id: String
    var integration: Int32
    /// -1: not recorded.
    var dataset: Int32
    var source: Int32
    var destination: Int32
    /// The relation that tells of it.
    var field: Int32
    /// Whether only some initiative's view can have it.
    var isOnlyPossible = false
  }

  private mutating func collectFlows(_ kind: Kind, into found: inout [Flow]) {
    guard let fields = FlowFields(kind, metamodel) else { return }
    let changed = changedIntegrations(fields)
    let (target, through) = (fields.target.id, fields.through?.id)
    let moved = fields.moved.map { (field: $0.field.id, isBack: $0.isBack) }
    var way: [Int32] = []
    var datasets: [Int32] = []
    for row in kindRanges[kind.index] {
      let source = entities[Int(row)].owner
      guard source >= 0 else { continue }
      // What it belongs to may be there in some views only, and so are its flows.
      let isCertain = owner(of: row) != nil
      // Platforms are passed in the order in which they are written; an adjacency would sort them.
      way.removeAll(keepingCapacity: true)
      way.append(source)
      if let through { forEachTarget(of: through, row) { way.append($0) } }
      if changed[row] != nil || !isCertain || absent.contains(row) { passed[row] = Array(way.dropFirst()) }
      var end: Int32 = -1
      forEachTarget(of: target, row) { end = end < 0 ? $0 : end }
      way.append(end)
      for (field, isBack) in moved {
        datasets.removeAll(keepingCapacity: true)
        forEachTarget(of: field, row) { datasets.append($0) }
        if datasets.count > 1 { datasets = Array(Set(datasets)).sorted() }
        if open[Int(field)][row] != nil { datasets.append(-1) }
        for dataset in datasets {
          for hop in 0..<way.count - 1 {
            let (from, to) = isBack ? (way[way.count - 1 - hop], way[way.count - 2 - hop]) : (way[hop], way[hop + 1])
            found.append(
              Flow(
                id: flowID(row, dataset, isBack: isBack, hop), integration: row, dataset: dataset, source: from,
                destination: to, field: field, isOnlyPossible: !isCertain))
          }
        }
        guard let possible = changed[row] else { continue }
        let all = Set(datasets).union(possible.targets[field] ?? []).union([-1])
        let longest = way.count - 1 + (through.flatMap { possible.targets[$0]?.count } ?? 0)
        for dataset in all.sorted() {
          for hop in (datasets.contains(dataset) ? way.count - 1 : 0)..<longest {
            found.append(
              Flow(
                id: flowID(row, dataset, isBack: isBack, hop), integration: row, dataset: dataset, source: -1,
                destination: -1, field: field, isOnlyPossible: true))
          }
        }
      }
    }
  }

  private func flowID(_ integration: Int32, _ dataset: Int32, isBack: Bool, _ hop: Int) -> String {
    FlowFields.id(
      entities[Int(integration)].id, dataset >= 0 ? entities[Int(dataset)].id : nil, isBack: isBack, hop: hop)
  }

  private struct PossibleFlows {
    /// What changes lead a relation to, by field.
    var targets: [Int32: [Int32]] = [:]
  }

  /// Integrations whose flows some initiative changes.
  private func changedIntegrations(_ fields: FlowFields) -> [Int32: PossibleFlows] {
    let known = Set(fields.all.map(\.id))
    var result: [Int32: PossibleFlows] = [:]
    for change in initiatives.lazy.flatMap(\.changes) where known.contains(change.field) {
      switch change.effect {
      case .targets(let targets, _), .link(let targets, _):
        result[change.entity, default: PossibleFlows()].targets[change.field, default: []] += targets
      default: result[change.entity, default: PossibleFlows()].targets[change.field, default: []] += []
      }
    }
    // What another initiative would add may be there in a view, too.
    for reference in conditional where known.contains(reference.field) {
      result[reference.source, default: PossibleFlows()].targets[reference.field, default: []].append(reference.target)
    }
    return result
  }

  private func forEachTarget(of field: Int32, _ row: Int32, _ body: (Int32) -> Void) {
    if plans[Int(field)].isList {
      for place in places(of: row, in: field) { body(pairs[Int(field)][place].target) }
    } else if let target = columns[Int(field)]?.number(row) {
      body(target)
    }
  }
}
