/// One closure: the step, and how to run it.
struct Walk: Sendable {
  let stride: Stride
  let tracer: StepTracer
  let captured: [Int]

  /// Breadth first. The certain part first; then what is reached only through possible steps, each with its reason.
  func run(
    from certainStarts: [Int32], maybe: [(row: Int32, reason: Unknown)], open startsOpen: Unknown?, _ limit: Int,
    _ frame: inout Frame
  ) -> Value {
    var starts = certainStarts.sorted()
    var rows: [Int32] = []
    var parents: [Int32] = []
    var open = startsOpen
    var possibleEdges: [PossibleLevels.Arrival] = []
    var marks = frame.takeMarks()
    defer { frame.giveBack(marks) }

    if limit > 0, let adjacency = stride.adjacency, maybe.isEmpty {
      let cost = frame.cost
      switch frame.graph.adjacencies[adjacency].walk(from: starts, limit, &marks, &frame, &rows, &parents) {
      case .ended: return finished(rows, parents, [:], open, open, starts, &frame)
      case .tooDear: return frame.costError
      case .inDoubt:
        frame.cost = cost
        marks.begin(rowCount: frame.graph.rowCount)
        rows.removeAll(keepingCapacity: true)
        parents.removeAll(keepingCapacity: true)
      }
    }

    // The certain part.
    var frontier = starts.indices.map { (row: starts[$0], parent: Int32(-1 - $0)) }
    var level = 0
    while !frontier.isEmpty, level < limit {
      level += 1
      if !frame.spend(frontier.count) { return frame.costError }
      var next: [(row: Int32, parent: Int32)] = []
      for node in frontier {
        let value = stride.targets(of: node.row, &frame)
        switch value {
        case .error: return value
        case .unknown(let reason): open = Unknown.merge(open, reason)
        case .entity(let target):
          if marks.insert(target) {
            rows.append(target)
            parents.append(node.parent)
            next.append((target, Int32(rows.count - 1)))
          }
        default:
          guard let view = value.listView else { return .error(.noSuchOverload, "a step gives entities") }
          var targets: [Int32] = []
          for index in 0..<view.count {
            guard let target = view.row(at: index) else { continue }
            if let reason = view.reason(at: index) {
              possibleEdges.append(
                PossibleLevels.Arrival(target: target, parent: node.parent, level: level, reason: reason))
            } else {
              targets.append(target)
            }
          }
          open = Unknown.merge(open, view.open)
          if !zip(targets, targets.dropFirst()).allSatisfy({ $0 <= $1 }) { targets.sort() }
          for target in targets where marks.insert(target) {
            rows.append(target)
            parents.append(node.parent)
            next.append((target, Int32(rows.count - 1)))
          }
        }
      }
      frontier = next
    }

    // What is possibly reached, level by level; within a limit also what is reached for certain, but possibly sooner.
    var reasons: [Int: Unknown] = [:]
    var places: [Int32: Int] = [:]
    var levels = PossibleLevels(possibleEdges)
    var order = open
    for edge in possibleEdges { order = Unknown.merge(order, edge.reason) }
    let certain = Set(certainStarts)
    for item in maybe.sorted(by: { $0.row < $1.row }) where !certain.contains(item.row) {
      starts.append(item.row)
      levels.add(item.row, parent: Int32(-starts.count), level: 0, item.reason)
      order = Unknown.merge(order, item.reason)
    }
    if limit < Int.max, !levels.isEmpty {
      for (place, row) in rows.enumerated() { places[row] = place }
    }
    while let arrival = levels.next() {
      var parent = arrival.parent
      if arrival.level > 0 {
        if marks.insert(arrival.target) {
          rows.append(arrival.target)
          parents.append(arrival.parent)
          reasons[rows.count - 1] = arrival.reason
          parent = Int32(rows.count - 1)
        } else if let place = places.removeValue(forKey: arrival.target) {
          parent = Int32(place)
        } else {
          continue
        }
      }
      if arrival.level >= limit { continue }
      if !frame.spend(1) { return frame.costError }
      let value = stride.targets(of: arrival.target, &frame)
      switch value {
      case .error: return value
      case .unknown(let reason): open = Unknown.merge(open, reason.merged(with: arrival.reason))
      case .entity(let target): levels.add(target, parent: parent, level: arrival.level + 1, arrival.reason)
      default:
        guard let view = value.listView else { return .error(.noSuchOverload, "a step gives entities") }
        for index in 0..<view.count {
          guard let target = view.row(at: index) else { continue }
          let reason = arrival.reason.merged(with: view.reason(at: index))
          levels.add(target, parent: parent, level: arrival.level + 1, reason)
        }
        if let more = view.open { open = Unknown.merge(open, more.merged(with: arrival.reason)) }
      }
    }
    return finished(rows, parents, reasons, open, Unknown.merge(order, open), starts, &frame)
  }

  private func finished(
    _ rows: [Int32], _ parents: [Int32], _ reasons: [Int: Unknown], _ open: Unknown?, _ order: Unknown?,
    _ starts: [Int32], _ frame: inout Frame
  ) -> Value {
    let values = captured.map { (slot: $0, value: frame.slots[$0]) }
    let reach = Reach(parents: parents, starts: starts, tracer: tracer, captured: values, frame)
    return .list(
      ListBox(entities: rows, possible: reasons, open: open, order: rows.count > 1 ? order : nil, reach: reach))
  }
}

/// What is possibly reached, in the order of levels: the edges that were found beside the certain part, and those found
/// from them.
private struct PossibleLevels {
  struct Arrival {
    var target: Int32
    var parent: Int32
    var level: Int
    var reason: Unknown
  }

  /// Ascending by level.
  private let edges: [Arrival]
  private var nextEdge = 0
  /// Those found later, ascending by level too, as what is next never has a lower level than what was.
  private var found: [Arrival] = []
  private var nextFound = 0

  init(_ edges: [Arrival]) { self.edges = edges }

  var isEmpty: Bool { nextEdge == edges.count && nextFound == found.count }

  mutating func add(_ target: Int32, parent: Int32, level: Int, _ reason: Unknown) {
    found.append(Arrival(target: target, parent: parent, level: level, reason: reason))
  }

  mutating func next() -> Arrival? {
    let isEdge = nextFound == found.count || nextEdge < edges.count && edges[nextEdge].level <= found[nextFound].level
    guard isEdge else {
      nextFound += 1
      return found[nextFound - 1]
    }
    guard nextEdge < edges.count else { return nil }
    nextEdge += 1
    return edges[nextEdge - 1]
  }
}

extension Adjacency {
  fileprivate enum Walked { case ended, tooDear, inDoubt }

  /// Breadth first, as far as it is known for certain which edges there are: what is reached is the queue.
  fileprivate func walk(
    from starts: [Int32], _ limit: Int, _ marks: inout RowMarks, _ frame: inout Frame, _ reached: inout [Int32],
    _ parents: inout [Int32]
  ) -> Walked {
    let targets = storage.targets
    let isDefinite = self.isDefinite
    let isPatched = patch != nil
    /// False where the row's edges are in doubt.
    func expand(_ row: Int32, _ parent: Int32) -> Bool {
      if isPatched {
        guard rows.contains(row) else { return true }
        if !self.isDefinite(row) { return false }
        for target in self.targets(of: row) where marks.insert(target) {
          reached.append(target)
          parents.append(parent)
        }
        return true
      }
      guard rows.contains(row) else { return true }
      if !isDefinite, possible[row] != nil || open[row] != nil { return false }
      let place = Int(row - rows.lowerBound)
      for index in Int(offsets[place])..<Int(offsets[place + 1]) {
        let target = targets[index]
        if marks.insert(target) {
          reached.append(target)
          parents.append(parent)
        }
      }
      return true
    }
    if !frame.spend(starts.count) { return .tooDear }
    for (index, row) in starts.enumerated() where !expand(row, Int32(-1 - index)) { return .inDoubt }
    var level = 1
    var head = 0
    while head < reached.count, level < limit {
      level += 1
      let end = reached.count
      if !frame.spend(end - head) { return .tooDear }
      while head < end {
        if !expand(reached[head], Int32(head)) { return .inDoubt }
        head += 1
      }
    }
    return .ended
  }
}
