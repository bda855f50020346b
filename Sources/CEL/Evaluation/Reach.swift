/// How a closure reached what it reached: enough to walk back from each entity to a start, and to name the hops.
final class Reach: Sendable {
  /// As many as the list's elements: the position of the element it was reached from, or `-1 - i` for start `i`.
  let parents: [Int32]
  let starts: [Int32]
  let tracer: StepTracer
  /// The variables that the step reads, as they were.
  let captured: [(slot: Int, value: Value)]
  /// How many slots the frame had.
  let slotCount: Int
  /// Where it was walked.
  let graph: Graph
  let date: CivilDate

  init(
    parents: [Int32], starts: [Int32], tracer: StepTracer, captured: [(slot: Int, value: Value)],
    _ frame: borrowing Frame
  ) {
    self.parents = parents
    self.starts = starts
    self.tracer = tracer
    self.captured = captured
    slotCount = frame.slots.count
    graph = frame.graph
    date = frame.date
  }

  /// The way to an element, from its start.
  func path(to index: Int, rows: [Int32], _ frame: inout Frame) -> PathBox {
    var nodes = [rows[index]]
    var position = parents[index]
    while position >= 0 {
      nodes.append(rows[Int(position)])
      position = parents[Int(position)]
    }
    nodes.append(starts[Int(-1 - position)])
    nodes.reverse()
    return frame.namesHops ? named(nodes, &frame) : PathBox(nodes, unnamed: self)
  }

  /// A way with names to its hops.
  func named(_ nodes: [Int32], _ frame: inout Frame) -> PathBox {
    if frame.graph === graph, frame.date == date { return PathBox(nodes: nodes, hops: hops(nodes, &frame)) }
    let way = nodes
    let traced = frame.elsewhere(graph, date, stale: []) { frame in
      .path(PathBox(nodes: way, hops: self.hops(way, &frame)))
    }
    if case .path(let path) = traced { return path }
    return PathBox(nodes: nodes, hops: Array(repeating: PathBox.Hop(relation: nil, via: nil), count: nodes.count - 1))
  }

  private func hops(_ nodes: [Int32], _ frame: inout Frame) -> [PathBox.Hop] {
    // The frame may by now serve an expression that needs fewer.
    if frame.slots.count < slotCount {
      frame.slots.append(contentsOf: repeatElement(.pending, count: slotCount - frame.slots.count))
    }
    let saved = captured.map { (slot: $0.slot, value: frame.slots[$0.slot]) }
    for item in captured { frame.slots[item.slot] = item.value }
    let hops = zip(nodes, nodes.dropFirst()).map { hop(from: $0, to: $1, &frame) }
    for item in saved { frame.slots[item.slot] = item.value }
    return hops
  }

  /// From a platform that thousands of flows leave many ways go on: the second time all its hops are gathered.
  private func hop(from source: Int32, to target: Int32, _ frame: inout Frame) -> PathBox.Hop {
    // Which defaults are read is noted each time.
    if frame.isTracing { return tracer.hop(from: source, to: target, &frame) }
    if frame.hops?.reach !== self { frame.hops = HopMemory(self) }
    switch frame.hops?.sources[source] {
    case .gathered(let all)?: return all[target] ?? PathBox.Hop(relation: nil, via: nil)
    case .asked?:
      let all = tracer.hops(from: source, &frame)
      note(.gathered(all), source, &frame)
      return all[target] ?? PathBox.Hop(relation: nil, via: nil)
    case nil:
      note(.asked, source, &frame)
      return tracer.hop(from: source, to: target, &frame)
    }
  }

  /// A step that walks itself may by now have put another closure's memory in place.
  private func note(_ state: HopMemory.Source, _ row: Int32, _ frame: inout Frame) {
    if frame.hops?.reach === self { frame.hops?.sources[row] = state }
  }
}

/// The hops of one closure, by where they come from.
struct HopMemory {
  enum Source {
    case asked
    case gathered([Int32: PathBox.Hop])
  }

  let reach: Reach
  var sources: [Int32: Source] = [:]

  init(_ reach: Reach) { self.reach = reach }
}

/// Tells by which relation, and carried by which entity, a step leads from one entity to another.
struct StepTracer: Sendable {
  /// One way through a step: a relation of the step's variable, perhaps filtered, perhaps mapped to the target.
  struct Chain: Sendable {
    var relation: String
    /// Parameters of inlined functions to fill first.
    var prelude: [(slot: Int, code: Frame.Code)]
    /// The entities that carry the hop; without `target`, the targets themselves.
    var carriers: Frame.Code
    var target: (slot: Int, code: Frame.Code)?
  }

  var variable: Int
  var chains: [Chain]

  func hop(from source: Int32, to target: Int32, _ frame: inout Frame) -> PathBox.Hop {
    var found = PathBox.Hop(relation: nil, via: nil)
    each(from: source, &frame) { other, hop in
      if other == target { found = hop }
      return other != target
    }
    return found
  }

  /// The first hop to each entity that a step leads to.
  func hops(from source: Int32, _ frame: inout Frame) -> [Int32: PathBox.Hop] {
    var all: [Int32: PathBox.Hop] = [:]
    each(from: source, &frame) { target, hop in
      if all[target] == nil { all[target] = hop }
      return true
    }
    return all
  }

  /// - Parameter visit: false: no more is asked for.
  private func each(from source: Int32, _ frame: inout Frame, _ visit: (Int32, PathBox.Hop) -> Bool) {
    frame.slots[variable] = .entity(source)
    for chain in chains {
      for item in chain.prelude { frame.slots[item.slot] = item.code(&frame) }
      guard let carriers = Self.rows(chain.carriers(&frame)) else { continue }
      for carrier in carriers {
        guard let mapping = chain.target else {
          if !visit(carrier, PathBox.Hop(relation: chain.relation, via: nil)) { return }
          continue
        }
        frame.slots[mapping.slot] = .entity(carrier)
        for target in Self.rows(mapping.code(&frame)) ?? [] {
          if !visit(target, PathBox.Hop(relation: chain.relation, via: carrier)) { return }
        }
      }
    }
  }

  private static func rows(_ value: Value) -> [Int32]? {
    if case .entity(let row) = value { return [row] }
    guard let view = value.listView else { return nil }
    return (0..<view.count).compactMap { view.row(at: $0) }
  }
}
