/// What stands where on a landscape: boxes (systems, or whole groups where those are folded) in columns, the lines
/// between boxes, and the hubs, whose links are marks in the boxes instead of lines.
struct LandscapeSheet: Equatable, Sendable {
  /// More links than an eye can follow into one box: what has more is a hub.
  static let lineLimit = 12
  /// The same where boxes are groups: taller, fewer, and joined by one line for each pair.
  static let foldedLineLimit = 24
  /// Lines between groups are thick and counted: more than this cannot be told apart, and hubs take some of them.
  static let foldedLineBudget = 24
  /// What has no more links than this is never a hub.
  static let fewLinks = 4
  /// Graphviz takes 3 to 7 s to lead curves around so many boxes, and 13 s around 250; lines are straight then.
  static let curveLimit = 150
  /// As many hubs as have a letter; others keep their lines.
  static let hubLimit = 8
  /// What a picture of folded groups shows of their systems, in rows altogether; and the most of one group.
  static let rowBudget = 320
  static let rowLimit = 24

  /// A link that is told by a letter in a box.
  struct Mark: Equatable, Sendable {
    var hub: Int
    /// How many integrations this box opens, and how many the hub.
    var opened: Int
    var received: Int
    var isLive: Bool
  }

  /// Whether boxes are groups.
  var isFolded = false
  /// How many systems of a group are named where it is folded.
  var rowsShown = 0
  /// Between boxes.
  var links: [LandscapeModel.Link] = []
  /// Integrations whose ends are both in one folded group, by group.
  var inner: [Int] = []
  /// The boxes that are hubs, in the order of their letters.
  var hubs: [Int] = []
  /// How many boxes each hub is joined to.
  var hubDegrees: [Int] = []
  /// By box.
  var marks: [[Mark]] = []
  /// How many links are marks.
  var markedLinks = 0
  /// Groups in columns, top to bottom; the legend, whose number is that of the groups, ends the last one.
  var columns: [[Int]] = []
  /// Whether lines are straight, and pass behind boxes.
  var isStraight: Bool { marks.count > Self.curveLimit && !links.isEmpty }
  /// The boxes that nothing joins to another.
  var isolated: [Bool] = []

  /// Each system a box.
  init(_ model: LandscapeModel) {
    links = model.links
    setHubs(boxes: model.systems.count)
    let rows = model.groups.map { ($0.systems.count + 1) / 2 }
    let inches = model.groups.indices.map { group in
      // A heading, and for each row a box with its gap; more where names and marks take more lines.
      0.65 + 0.62 * Double(rows[group])
    }
    setColumns(inches + [4], width: 4.7)
  }

  /// Each group a box.
  init(folding model: LandscapeModel) {
    isFolded = true
    rowsShown = min(Self.rowLimit, max(3, Self.rowBudget / max(1, model.groups.count)))
    inner = Array(repeating: 0, count: model.groups.count)
    var joined: [Int: LandscapeModel.Link] = [:]
    for link in model.links {
      let ends = link.ends.map { model.systems[$0].group }
      if ends[0] == ends[1] {
        inner[ends[0]] += link.count
        continue
      }
      let isForward = ends[0] < ends[1]
      let sorted = isForward ? ends : [ends[1], ends[0]]
      let key = sorted[0] * model.groups.count + sorted[1]
      var sum = joined[key] ?? LandscapeModel.Link(ends: sorted)
      sum.opened[0] += link.opened[isForward ? 0 : 1]
      sum.opened[1] += link.opened[isForward ? 1 : 0]
      sum.live += link.live
      joined[key] = sum
    }
    links = joined.keys.sorted().compactMap { joined[$0] }
    setHubs(boxes: model.groups.count)
    let inches = model.groups.map { 0.8 + 0.24 * Double(min($0.systems.count, rowsShown + 1)) }
    setColumns(inches + [3.5], width: 4.2)
  }

  // MARK: Hubs

  private func isHub(_ degree: Int, lines: Int) -> Bool {
    if isFolded, lines > Self.foldedLineBudget { return degree > Self.fewLinks }
    return degree > (isFolded ? Self.foldedLineLimit : Self.lineLimit)
  }

  /// Takes the links of the most joined boxes out of the lines. A hub is chosen anew after each, by what is left.
  private mutating func setHubs(boxes: Int) {
    marks = Array(repeating: [], count: boxes)
    isolated = Array(repeating: true, count: boxes)
    for link in links where link.ends[0] != link.ends[1] { for end in link.ends { isolated[end] = false } }
    var rest = links
    while hubs.count < Self.hubLimit {
      var degrees = [Int](repeating: 0, count: boxes)
      for link in rest where link.ends[0] != link.ends[1] { for end in link.ends { degrees[end] += 1 } }
      // The first of the most joined.
      guard let most = degrees.max(), isHub(most, lines: rest.count), let hub = degrees.firstIndex(of: most) else {
        break
      }
      for link in rest where link.ends.contains(hub) && link.ends[0] != link.ends[1] {
        let side = link.ends[0] == hub ? 1 : 0
        marks[link.ends[side]].append(
          Mark(hub: hubs.count, opened: link.opened[side], received: link.opened[1 - side], isLive: link.live > 0))
        markedLinks += 1
      }
      hubs.append(hub)
      hubDegrees.append(links.count { $0.ends.contains(hub) && $0.ends[0] != $0.ends[1] })
      rest.removeAll { $0.ends.contains(hub) && $0.ends[0] != $0.ends[1] }
    }
    links = rest
  }

  // MARK: Columns

  /// Fills columns with the groups in their order, in as many as make the sheet's sides like those of A3 landscape.
  private mutating func setColumns(_ heights: [Double], width: Double) {
    guard !heights.isEmpty else { return }
    var best = Double.infinity
    for count in 1...min(heights.count, 60) {
      let filled = Self.filled(heights, columns: count)
      let height = filled.map { $0.reduce(0) { $0 + heights[$1] } }.max() ?? 1
      // Height over width, against 1 over the square root of two; a title takes one and a half.
      let ratio = (height + 1.5) / (Double(filled.count) * width) / 0.707
      let distance = max(ratio, 1 / ratio)
      if distance < best { (best, columns) = (distance, filled) }
    }
  }

  /// The groups in their order in at most so many columns, the highest as low as it can be.
  private static func filled(_ heights: [Double], columns: Int) -> [[Int]] {
    var low = heights.max() ?? 0
    var high = heights.reduce(0, +)
    func fill(_ limit: Double) -> [[Int]] {
      var result: [[Int]] = [[]]
      var sum = 0.0
      for (index, height) in heights.enumerated() {
        if sum + height > limit, !result[result.count - 1].isEmpty {
          result.append([])
          sum = 0
        }
        result[result.count - 1].append(index)
        sum += height
      }
      return result
    }
    for _ in 0..<40 where high - low > 0.01 {
      let middle = (low + high) / 2
      if fill(middle).count <= columns { high = middle } else { low = middle }
    }
    return fill(high)
  }
}
