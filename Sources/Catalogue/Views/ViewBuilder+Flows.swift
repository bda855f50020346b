internal import CEL

extension ViewBuilder {
  /// Works out the flows of integrations that are new, and of those that carry something else or go another way now.
  mutating func changeFlows() {
    guard let flow = metamodel.kind(named: "flow"), let datasetField = metamodel.field("dataset", of: flow.index),
      let sourceField = metamodel.field("source", of: flow.index),
      let destinationField = metamodel.field("destination", of: flow.index)
    else { return }
    for kind in metamodel.kinds(inRole: "integration") {
      guard let fields = FlowFields(kind, metamodel) else { continue }
      for row in changedIntegrations(kind, fields).sorted() {
        var standing: Set<Int32> = []
        for hop in hops(of: row, fields) {
          guard let place = universe.ids.row(hop.id, kind: flow.index) else { continue }
          standing.insert(place)
          if !contains(place) { add([place]) }
          change(sourceField, place, hop.source)
          change(destinationField, place, hop.destination)
          change(datasetField, place, hop.dataset)
        }
        if let known = metamodel.kinds[kind.index].members["flows"], ground.members.contains(row) {
          for place in ground.adjacencies[Int(known)].targets(of: row) where !standing.contains(place) {
            ended.insert(place)
          }
        }
      }
    }
  }

  private mutating func change(_ field: Field, _ row: Int32, _ target: Int32) {
    let known = self.target(field.id, row)
    if known == target || known == nil && target < 0 { return }
    cells[field.id, default: [:]][row] = .some(target < 0 ? nil : .entity(target))
  }

  /// Those of which anything here changes which flows there are.
  func changedIntegrations(_ kind: Kind, _ fields: FlowFields) -> Set<Int32> {
    var result = Set(added.filter { raw.kind(of: $0) == kind.index })
    for field in deciding(kind, fields) {
      result.formUnion(cells[field.id]?.keys.map { $0 } ?? [])
      result.formUnion(lists[field.id]?.keys.map { $0 } ?? [])
    }
    return result.filter { contains($0) }
  }

  /// The fields of integrations by which it is decided which flows they have.
  func deciding(_ kind: Kind, _ fields: FlowFields) -> [Field] {
    fields.all + [kind.ownerRelation.flatMap { metamodel.field($0, of: kind.index) }].compactMap { $0 }
  }

  private struct Hop {
    var id: String
    var source: Int32
    var destination: Int32
    var dataset: Int32
  }

  private func hops(of row: Int32, _ fields: FlowFields) -> [Hop] {
    let entity = universe.entities[Int(row)]
    guard let owner = owner(of: row) else { return [] }
    func rows(_ field: Field) -> Targets {
      isList(field)
        ? targets(field.id, row) : Targets(rows: target(field.id, row).map { [$0] } ?? [], open: nil)
    }
    let way =
      [owner] + (fields.through.map { rows($0).rows } ?? []) + [rows(fields.target).rows.first ?? -1]
    var result: [Hop] = []
    for (field, isBack) in fields.moved {
      let moved = rows(field)
      for dataset in Set(moved.rows).sorted() + (moved.isOpen ? [-1] : []) {
        for hop in 0..<way.count - 1 {
          let (from, to) = isBack ? (way[way.count - 1 - hop], way[way.count - 2 - hop]) : (way[hop], way[hop + 1])
          let id = FlowFields.id(
            entity.id, dataset >= 0 ? universe.entities[Int(dataset)].id : nil, isBack: isBack, hop: hop)
          result.append(Hop(id: id, source: from, destination: to, dataset: dataset))
        }
      }
    }
    return result
  }
}
