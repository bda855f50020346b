internal import CEL

/// Whether each row lives at the graph's own date, worked out once: rules ask it for every flow, and a flow asks its
/// integration and both its ends, which ask theirs. At another date, and where it is unknown, it is worked out anew.
enum LivingRows {
  private enum State: UInt8, Sendable { case no, yes, unknown }

  /// The graph with `live` looked up. `kinds`: each after those that it follows.
  static func lookedUp(_ graph: Graph, _ kinds: [Kind]) -> Graph {
    var graph = graph
    for kind in kinds {
      guard let field = kind.members["live"], !graph.kindRanges[kind.index].isEmpty else { continue }
      let slot = Int(field)
      let slow = graph.computed[slot]
      let rows = graph.kindRanges[kind.index]
      var frame = Frame(graph: graph, slotCount: 0)
      let states = rows.map { row -> State in
        switch slow(&frame, row) {
        case .bool(let flag): flag ? .yes : .no
        default: .unknown
        }
      }
      let first = rows.lowerBound
      let date = graph.date
      var computed = graph.computed
      computed[slot] = Graph.Computed { frame, row in
        guard frame.date == date, !frame.asksForChanges else { return slow(&frame, row) }
        switch states[Int(row - first)] {
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .unknown: return slow(&frame, row)
        }
      }
      graph = graph.replacing(adjacencies: graph.adjacencies, computed: computed)
    }
    return graph
  }
}
