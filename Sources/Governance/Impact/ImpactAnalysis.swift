internal import CEL
public import Catalogue

extension Impact {
  /// What depends on an entity of an estate, in the estate's own view and date.
  ///
  /// Breadth first over the inverse of the relation in role `dependsOn`: linear in what there is.
  /// - Precondition: the row is there, and the derived fields that `ImpactRoles.reads` names are worked out.
  public init(on row: Int32, in estate: Estate, _ roles: ImpactRoles) {
    precondition(estate.canRead(roles.reads), "the derived fields that the analysis reads are worked out")
    entity = row
    self.estate = estate
    self.roles = roles
    let dependence = Dependence(estate, roles)
    var namer = HopNamer(estate, roles)
    var frame = Frame(graph: estate.graph, slotCount: 1)
    let reached = dependence.dependents(of: [row])
    dependents = reached.map { item in
      Dependent(
        row: item.row, distance: item.distance, hop: namer.hop(from: item.row, to: item.next), doubt: item.doubt)
    }
    noteStops(&namer, &frame)
    for index in dependents.indices {
      dependents[index].criticality = criticality(of: dependents[index].row, &frame)
    }
    sort()
    let known = Set(dependents.map(\.row))
    var phases = PhaseReader(estate)
    if canBeNeeded {
      open = dependence.open.filter { $0.row != row && !known.contains($0.row) && !phases.hasEnded($0.row) }
    }
    affected = AffectedReader.read(self, dependence, &namer)
    hops = [:]
    for item in affected.reversed() { hops[item.row] = item.hop }
    for item in dependents { if let hop = item.hop { hops[item.row] = hop } }
    noteOwnEndings(dependence, &namer)
  }

  // MARK: What stops

  private mutating func noteStops(_ namer: inout HopNamer, _ frame: inout Frame) {
    guard roles.hasFailures else { return }
    var places: [Int32: Int] = [:]
    for (place, item) in dependents.enumerated() {
      places[item.row] = place
      if roles.failsWith[estate.entity(item.row).kind] != nil { dependents[place].stop = .no }
    }
    var phases = PhaseReader(estate)
    var others: [Dependent] = []
    var ended: Set<Int32> = []
    for (kind, field) in roles.failsWith.sorted(by: { $0.key < $1.key }) {
      for row in estate.graph.members.rows(ofKind: kind) where row != entity {
        let links = Links(frame.read(field, of: row))
        let stop: Stop
        if links.certain.contains(entity) {
          stop = .yes
        } else if let reason = links.possible.first(where: { $0.row == entity })?.reason {
          stop = .perhaps(reason)
        } else {
          continue
        }
        if let place = places[row] {
          dependents[place].stop = stop
        } else if phases.hasEnded(row) {
          ended.insert(row)
        } else {
          let doubt: Unknown? = if case .perhaps(let reason) = stop { reason } else { nil }
          others.append(Dependent(row: row, distance: 0, hop: nil, doubt: doubt, stop: stop))
        }
      }
    }
    place(others, ended, &namer)
  }

  /// Those that stop although none of their needs is without an alternative: all the alternatives stop. Each is put
  /// behind the nearest that it is joined to; what is joined by way of something that has ended is left out.
  private mutating func place(_ others: [Dependent], _ ended: Set<Int32>, _ namer: inout HopNamer) {
    var distances: [Int32: Int] = [entity: 0]
    for item in dependents { distances[item.row] = item.distance }
    var waiting = others.map { (item: $0, neighbours: namer.neighbours(of: $0.row)) }
    while !waiting.isEmpty {
      var found: [Dependent] = []
      for (item, neighbours) in waiting {
        let nearest = neighbours.compactMap { row in distances[row].map { ($0, row) } }.min(by: <)
        guard let (distance, row) = nearest else { continue }
        var placed = item
        placed.distance = distance + 1
        placed.hop = namer.hop(from: item.row, to: row)
        found.append(placed)
      }
      guard let least = found.map(\.distance).min() else { break }
      found.removeAll { $0.distance > least }
      for item in found { distances[item.row] = item.distance }
      dependents += found
      waiting.removeAll { waiter in found.contains { $0.row == waiter.item.row } }
    }
    var left = ended
    while let place = waiting.firstIndex(where: { !left.isDisjoint(with: $0.neighbours) }) {
      left.insert(waiting.remove(at: place).item.row)
    }
    let last = dependents.map(\.distance).max() ?? 0
    dependents += waiting.map { waiter in
      var item = waiter.item
      item.distance = last + 1
      return item
    }
  }

  // MARK: Order

  private func criticality(of row: Int32, _ frame: inout Frame) -> Int32? {
    guard let field = roles.criticality[estate.entity(row).kind],
      case .enumeration(_, let ordinal) = frame.read(field, of: row)
    else { return nil }
    return ordinal
  }

  private mutating func sort() {
    let keys = dependents.map { ($0, estate.identity($0.row)) }
    dependents = keys.sorted { a, b in
      if a.0.distance != b.0.distance { return a.0.distance < b.0.distance }
      let (x, y) = (a.0.criticality ?? -1, b.0.criticality ?? -1)
      return x != y ? x > y : a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }.map(\.0)
  }

  // MARK: Ways

  /// The steps from one of the dependents, or of the affected, to the entity: of the affected the first step as the
  /// relation is written. Empty where no relation tells.
  public func way(of row: Int32) -> [Hop] {
    var result: [Hop] = []
    var row = row
    while row != entity, let hop = hops[row], result.count <= hops.count {
      result.append(hop)
      row = hop.from == row ? hop.to : hop.from
    }
    return result
  }

  // MARK: Endings

  /// The ends that the view itself knows of: of the entity, and of what it needs where that ends first.
  private mutating func noteOwnEndings(_ dependence: Dependence, _ namer: inout HopNamer) {
    var phases = PhaseReader(estate)
    let today = estate.graph.date
    let own = phases.end(of: entity)
    if let own, own > today {
      endings.append(EndingReader(estate, roles).ending(of: entity, way: [], on: own, by: nil))
    }
    var ways: [Int32: [Hop]] = [entity: []]
    for need in dependence.needs(of: entity) {
      let hop = namer.hop(from: need.neededBy, to: need.row)
      let way = (ways[need.neededBy] ?? []) + [hop]
      ways[need.row] = way
      guard let end = phases.end(of: need.row), own.map({ end < $0 }) ?? true else { continue }
      endings.append(Ending(row: need.row, way: way, date: end, initiative: nil, remaining: [], behind: 0))
    }
    sortEndings()
  }

  mutating func sortEndings() {
    endings = endings.enumerated().sorted { a, b in
      a.element.date != b.element.date ? a.element.date < b.element.date : a.offset < b.offset
    }.map(\.element)
  }
}
