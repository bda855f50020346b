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
  }

  private func collectFlows(_ kind: Kind, into found: inout [Flow]) {
    let fields = kind.order.map { metamodel.fields[Int($0)] }
    func relation(_ role: String) -> Field? {
      fields.first { field in
        if case .relation = field.shape { field.role == role } else { false }
      }
    }
    let target = relation("target")
    let through = relation("through")
    let moved = [(relation("carries"), "/out-", false), (relation("fetches"), "/back-", true)]
    var way: [Int32] = []
    for row in kindRanges[kind.index] {
      let source = entities[Int(row)].owner
      guard source >= 0 else { continue }
      // Platforms are passed in the order in which they are written; an adjacency would sort them.
      way.removeAll(keepingCapacity: true)
      way.append(source)
      if let through { forEachTarget(of: through, row) { way.append($0) } }
      var end: Int32 = -1
      if let target { forEachTarget(of: target, row) { end = end < 0 ? $0 : end } }
      way.append(end)
      let id = entities[Int(row)].id
      for (field, label, isBack) in moved {
        guard let field else { continue }
        func addHops(_ dataset: Int32) {
          let name = dataset >= 0 ? entities[Int(dataset)].id : "unrecorded"
          let start = id + "/" + name + label
          for hop in 0..<way.count - 1 {
            let (from, to) = isBack ? (way[way.count - 1 - hop], way[way.count - 2 - hop]) : (way[hop], way[hop + 1])
            found.append(
              Flow(
                id: start + String(hop + 1), integration: row, dataset: dataset, source: from, destination: to,
                field: field.id))
          }
        }
        var datasets: [Int32] = []
        forEachTarget(of: field, row) { datasets.append($0) }
        if datasets.count > 1 { datasets = Array(Set(datasets)).sorted() }
        for dataset in datasets { addHops(dataset) }
        if open[Int(field.id)][row] != nil { addHops(-1) }
      }
    }
  }

  private func forEachTarget(of field: Field, _ row: Int32, _ body: (Int32) -> Void) {
    if plans[Int(field.id)].isList {
      for pair in targets(of: field, row) { body(pair.target) }
    } else if let target = column(field)?.number(row) {
      body(target)
    }
  }
}
