/// Where everything stands in a laid out drawing: in hundredths of a point, from the top left corner of the picture.
struct PicturePlaces: Equatable, Sendable {
  struct Box: Equatable, Sendable {
    /// Of the upper left corner.
    var x: Int
    var y: Int
    var width: Int
    var height: Int
  }

  struct Point: Equatable, Sendable {
    var x: Int
    var y: Int
  }

  /// A line as it is drawn, from its tail to its head.
  struct Line: Equatable, Sendable {
    var tail: String
    var head: String
    /// Chains of cubic Bezier curves: a point, and three more for each curve.
    var curves: [[Point]] = []
    /// The tips of arrows.
    var tailTip: Point?
    var headTip: Point?

    var reversed: Line {
      Line(
        tail: head, head: tail, curves: curves.reversed().map { $0.reversed() }, tailTip: headTip, headTip: tailTip)
    }
  }

  private(set) var width = 0
  private(set) var height = 0
  private(set) var boxes: [String: Box] = [:]
  private(set) var frames: [String: Box] = [:]
  private(set) var lines: [Line] = []

  /// Reads what the renderer writes as `places`; nil for anything else.
  init?(_ bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard let what = words.first else { continue }
      let numbers = words.dropFirst(2).compactMap { Int($0) }
      switch (what, words.count) {
      case ("picture", 3):
        guard let width = Int(words[1]), let height = Int(words[2]) else { return nil }
        (self.width, self.height) = (width, height)
      case ("box", 6) where numbers.count == 4:
        boxes[words[1]] = Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
      case ("frame", 6) where numbers.count == 4:
        frames[words[1]] = Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
      case ("line", 3...):
        guard let line = Self.line(words) else { return nil }
        lines.append(line)
      default: return nil
      }
    }
    if width <= 0 || height <= 0 { return nil }
  }

  private static func line(_ words: [String]) -> Line? {
    var line = Line(tail: words[1], head: words[2])
    var rest = words.dropFirst(3)
    while let what = rest.popFirst() {
      var points: [Point] = []
      while let word = rest.first, let x = Int(word) {
        guard let y = rest.dropFirst().first.flatMap({ Int($0) }) else { return nil }
        points.append(Point(x: x, y: y))
        rest = rest.dropFirst(2)
      }
      guard let first = points.first else { return nil }
      switch what {
      case "curve": line.curves.append(points)
      case "tail": line.tailTip = first
      case "head": line.headTip = first
      default: return nil
      }
    }
    return line
  }
}

/// What a drawing's nodes, frames and lines are called in its DOT.
struct PictureNames: Sendable {
  /// By the diagram's nodes; what is not drawn by itself has a name that no box bears.
  var nodes: [String]
  /// By the diagram's clusters.
  var clusters: [String]

  /// As `DiagramDOT` names them.
  init(_ diagram: Diagram) {
    var names = DOTNames()
    nodes = diagram.nodes.map { names.name(for: $0.key).text }
    clusters = diagram.clusters.indices.map { "cluster_frame\($0 + 1)" }
  }

  /// As `LandscapeDOT` names them: a group is a frame, or a box where it is folded.
  init(landscape diagram: Diagram) {
    var names = DOTNames()
    let groups = diagram.clusters.map { names.name(for: "group \($0.key)").text }
    clusters = groups.map { "cluster_\($0)" }
    nodes = diagram.nodes.map { names.name(for: $0.key).text }
  }
}

extension PicturePlaces {
  /// The places of a diagram's parts, in its own order; nil for what the picture does not show by itself.
  struct Found: Sendable {
    var size: (width: Int, height: Int)
    var nodes: [Box?]
    var clusters: [Box?]
    var edges: [Line?]
  }

  /// Linear. Of several lines between the same two boxes each is taken once, in the order in which they were written;
  /// one line that stands for both directions is both.
  func found(_ diagram: Diagram, _ names: PictureNames) -> Found {
    var free: [[String]: [Int]] = [:]
    for (index, line) in lines.enumerated().reversed() { free[[line.tail, line.head], default: []].append(index) }
    let shared = free.compactMapValues(\.last)
    let edges = diagram.edges.map { edge -> Line? in
      guard names.nodes.indices.contains(edge.from), names.nodes.indices.contains(edge.to) else { return nil }
      let way = [names.nodes[edge.from], names.nodes[edge.to]]
      let back = [way[1], way[0]]
      if let index = free[way]?.popLast() { return lines[index] }
      if let index = free[back]?.popLast() { return lines[index].reversed }
      return shared[way].map { lines[$0] } ?? shared[back].map { lines[$0].reversed }
    }
    return Found(
      size: (width, height), nodes: names.nodes.map { boxes[$0] },
      clusters: names.clusters.map { frames[$0] ?? boxes[String($0.dropFirst("cluster_".count))] }, edges: edges)
  }
}
