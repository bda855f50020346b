/// Puts boxes into layers from one end of their lines to the other, and into an order within each, so that few lines
/// cross: for pictures that show the same boxes twice, which a layout of its own would order in two ways.
struct LayerOrder {
  /// Positions of boxes, by layer.
  private(set) var layers: [[Int]] = []

  private let count: Int
  private let lines: [(from: Int, to: Int)]
  private static let sweeps = 8

  /// Linear in boxes and lines, but for sorting; the same lines in another order give the same layers.
  init(count: Int, lines: [(from: Int, to: Int)]) {
    self.count = count
    let forward = Self.withoutCycles(count, lines)
    self.lines = forward
    let ranks = Self.ranks(count, forward)
    layers = Array(repeating: [], count: (ranks.max() ?? -1) + 1)
    for (box, rank) in ranks.enumerated() { layers[rank].append(box) }
    order(ranks)
  }

  /// Each pair once, and none that leads back.
  private static func withoutCycles(_ count: Int, _ lines: [(from: Int, to: Int)]) -> [(from: Int, to: Int)] {
    var below: [[Int]] = Array(repeating: [], count: count)
    for line in lines where line.from != line.to { below[line.from].append(line.to) }
    below = below.map { Array(Set($0)).sorted() }
    enum State { case fresh, open, done }
    var states = Array(repeating: State.fresh, count: count)
    var result: [(from: Int, to: Int)] = []
    for start in 0..<count where states[start] == .fresh {
      var stack = [(box: start, next: 0)]
      states[start] = .open
      while let top = stack.last {
        guard top.next < below[top.box].count else {
          states[top.box] = .done
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let other = below[top.box][top.next]
        result.append(states[other] == .open ? (other, top.box) : (top.box, other))
        if states[other] == .fresh {
          states[other] = .open
          stack.append((other, 0))
        }
      }
    }
    return result
  }

  /// The longest way to each; what nothing leads to stands just before what it leads to.
  private static func ranks(_ count: Int, _ lines: [(from: Int, to: Int)]) -> [Int] {
    var below: [[Int]] = Array(repeating: [], count: count)
    var open = Array(repeating: 0, count: count)
    for line in lines {
      below[line.from].append(line.to)
      open[line.to] += 1
    }
    let first = open.map { $0 == 0 }
    var ranks = Array(repeating: 0, count: count)
    var queue = (0..<count).filter { open[$0] == 0 }
    var place = 0
    while place < queue.count {
      let box = queue[place]
      place += 1
      for other in below[box] {
        ranks[other] = max(ranks[other], ranks[box] + 1)
        open[other] -= 1
        if open[other] == 0 { queue.append(other) }
      }
    }
    for box in 0..<count where first[box] {
      if let nearest = below[box].map({ ranks[$0] }).min() { ranks[box] = nearest - 1 }
    }
    return ranks
  }

  /// Each by the mean place of what it is joined to, back and forth.
  private mutating func order(_ ranks: [Int]) {
    var joined: [[Int]] = Array(repeating: [], count: count)
    for line in lines {
      joined[line.from].append(line.to)
      joined[line.to].append(line.from)
    }
    var heights = Array(repeating: 0.0, count: count)
    func settle(_ layer: [Int]) {
      for (place, box) in layer.enumerated() { heights[box] = (Double(place) + 0.5) / Double(layer.count) }
    }
    for layer in layers { settle(layer) }
    for sweep in 0..<Self.sweeps {
      let isForward = sweep % 2 == 0
      for index in isForward ? Array(layers.indices) : layers.indices.reversed() {
        let means = layers[index].map { box -> Double in
          let others = joined[box].filter { isForward ? ranks[$0] < index : ranks[$0] > index }
          return others.isEmpty ? heights[box] : others.reduce(0) { $0 + heights[$1] } / Double(others.count)
        }
        layers[index] = zip(means, layers[index]).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
        settle(layers[index])
      }
    }
  }
}
