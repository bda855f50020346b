internal import CEL
internal import Dispatch
internal import Synchronization

/// The values of one expression at many rows, worked out by two tasks where they are many.
enum RowValues {
  private static let fewest = 4_096

  static func of(_ expression: CompiledExpression, _ rows: Range<Int32>, _ graph: Graph) -> [Value] {
    guard rows.count >= fewest else { return evaluate(expression, rows, graph) }
    let middle = rows.lowerBound + Int32(rows.count / 2)
    let halves = [rows.lowerBound..<middle, middle..<rows.upperBound]
    let results = Mutex<[[Value]]>([[], []])
    DispatchQueue.concurrentPerform(iterations: halves.count) { index in
      let values = evaluate(expression, halves[index], graph)
      results.withLock { $0[index] = values }
    }
    return results.withLock { $0[0] + $0[1] }
  }

  private static func evaluate(_ expression: CompiledExpression, _ rows: Range<Int32>, _ graph: Graph) -> [Value] {
    var frame = Frame(graph: graph, slotCount: 1)
    // Of rows that the graph does not hold nobody asks.
    return rows.map { graph.members.contains($0) ? frame.derive(expression, on: $0) : .entities([]) }
  }
}
