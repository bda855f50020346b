/// The strongly connected components of a graph from which no edge leads out, by Tarjan's algorithm.
struct StrongComponents {
  /// Each ascending, in the order in which they are found.
  private(set) var closed: [[Int32]] = []
  private var numbers: [Int32: Int] = [:]
  private var lowest: [Int32: Int] = [:]
  private var open: [Int32] = []
  private var isOpen: Set<Int32> = []

  private struct Visit {
    let node: Int32
    let edges: [Int32]
    var next = 0
  }

  /// - Parameter edges: where a node's edges lead, always to nodes.
  init(_ nodes: [Int32], _ edges: (Int32) -> [Int32]) {
    for node in nodes where numbers[node] == nil { visit(node, edges) }
  }

  private mutating func visit(_ start: Int32, _ edges: (Int32) -> [Int32]) {
    // A stack of its own, however deep the graph.
    var visits = [begin(start, edges)]
    var leadsOut: Set<Int32> = []
    while var top = visits.popLast() {
      guard top.next < top.edges.count else {
        close(top.node, &leadsOut)
        if let parent = visits.last?.node {
          if isOpen.contains(top.node) {
            lower(parent, to: lowest[top.node] ?? 0)
          } else {
            leadsOut.insert(parent)
          }
        }
        continue
      }
      let target = top.edges[top.next]
      top.next += 1
      visits.append(top)
      if numbers[target] == nil {
        visits.append(begin(target, edges))
      } else if isOpen.contains(target) {
        lower(top.node, to: numbers[target] ?? 0)
      } else {
        leadsOut.insert(top.node)
      }
    }
  }

  private mutating func begin(_ node: Int32, _ edges: (Int32) -> [Int32]) -> Visit {
    numbers[node] = numbers.count
    lowest[node] = numbers[node]
    open.append(node)
    isOpen.insert(node)
    return Visit(node: node, edges: edges(node))
  }

  private mutating func lower(_ node: Int32, to number: Int) {
    if number < lowest[node] ?? 0 { lowest[node] = number }
  }

  private mutating func close(_ node: Int32, _ leadsOut: inout Set<Int32>) {
    guard lowest[node] == numbers[node], let first = open.lastIndex(of: node) else { return }
    let component = open[first...].sorted()
    open.removeSubrange(first...)
    isOpen.subtract(component)
    if !component.contains(where: leadsOut.contains) { closed.append(component) }
  }
}
