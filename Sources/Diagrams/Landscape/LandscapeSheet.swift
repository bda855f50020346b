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
  /// How many boxes of a group stand side by side, where each system is one.
  var boxColumns: [Int] = []
  /// The boxes that nothing joins to another.
  var isolated: [Bool] = []

  /// Each system a box.
  init(_ model: LandscapeModel) {
    links = model.links
    setHubs(boxes: model.systems.count)
    // A line more in most boxes.
    let row = 0.62 + (model.colouring == nil ? 0 : 0.2) + (model.systems.contains(where: \.isDoubtful) ? 0.17 : 0)
    boxColumns = Self.boxColumns(model.groups.map(\.systems.count), row: row)
    let inches = zip(model.groups, boxColumns).map { Self.height(of: $0.systems.count, columns: $1, row: row) }
    let legend = 4 + 0.3 * Double(model.colouring?.tones.count ?? 0)
    setColumns(inches + [legend], widths: boxColumns.map { 0.5 + 2.1 * Double($0) } + [4.7])
  }

  /// A heading, and for each row a box with its gap; more where names and marks take more lines.
  private static func height(of systems: Int, columns: Int, row: Double) -> Double {
    0.65 + row * Double((systems + columns - 1) / columns)
  }

  /// How many boxes stand beside one another in each group: two, and more where a group alone would be higher than the
  /// whole sheet should be.
  private static func boxColumns(_ sizes: [Int], row: Double) -> [Int] {
    let area = sizes.reduce(0) { $0 + height(of: $1, columns: 2, row: row) * 4.7 }
    let limit = max(3, (area * 0.707).squareRoot())
    return sizes.map { size in (2...12).first { height(of: size, columns: $0, row: row) <= limit } ?? 12 }
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
    // Where fills tell something else than the phase, its words are a line of their own.
    let row = model.colouring == nil ? 0.24 : 0.42
    let inches = model.groups.map { 0.8 + row * Double(min($0.systems.count, rowsShown + 1)) }
    let legend = 3.5 + 0.3 * Double(model.colouring?.tones.count ?? 0)
    setColumns(inches + [legend], widths: Array(repeating: 4.2, count: inches.count + 1))
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

  private mutating func setColumns(_ heights: [Double], widths: [Double]) {
    columns = SheetColumns.arranged(heights: heights, widths: widths)
  }
}
