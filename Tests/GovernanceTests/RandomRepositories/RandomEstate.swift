/// The entities of a random repository, as they are before any initiative.
struct RandomEstate {
  struct Node {
    let id: String
    /// Own ids of its links; those that are written within it have their target's.
    var links: [String]
    var to: [String]
    /// Whether an initiative may plan the end of its life: it has begun to live before the view's date, and does not end.
    var isOpenEnded: Bool
  }

  private(set) var nodes: [Node] = []
  private(set) var services: [(id: String, uses: [String], isOpenEnded: Bool)] = []
  private(set) var items: [String] = []
  private(set) var tags: [String] = []
  private(set) var documents: [String] = []
  /// Ids of nodes that nobody has yet.
  private(set) var freeIDs: [String]

  init(_ random: inout RandomNumbers) {
    // The order of ids is none of the documents, and what initiatives add falls between what is there.
    freeIDs = random.shuffled((0..<90).map { "n\($0)" })
    let count = random.number(3...16)
    let ids = (0..<count).map { _ in freeIDs.removeLast() }
    items = (0..<random.number(1...4)).map { "d\(9 - $0)" }
    tags = (0..<random.number(1...3)).map { "t\($0)" }
    for id in items { document("item", id, Self.itemFacts(&random)) }
    for id in tags { document("tag", id, random.chance(60) ? ["weight: \(random.below(4))"] : []) }
    // Sparse and dense, with and without circles.
    let density = random.number(1...3)
    let isAcyclic = random.chance(40)
    for (index, id) in ids.enumerated() {
      let others = isAcyclic ? Array(ids[..<index]) : ids
      var node = Node(id: id, links: [], to: random.some(0...density, of: others), isOpenEnded: false)
      node.links = random.some(0...min(3, density), of: others)
      var lines = Self.nodeFacts(others: others, items, tags, &random)
      lines += node.to.isEmpty ? [] : ["to: [\(node.to.joined(separator: ", "))]"]
      let (lifecycle, isOpenEnded) = Self.lifecycle(&random)
      lines += lifecycle
      node.isOpenEnded = isOpenEnded
      if !node.links.isEmpty {
        lines.append("links:")
        for target in node.links {
          lines.append("  - {" + Self.linkFacts(to: target, ids, items, &random).joined(separator: ", ") + "}")
        }
      }
      document("node", id, lines)
      nodes.append(node)
    }
    for index in 0..<random.below(6) {
      let uses = random.some(0...3, of: ids)
      var lines = ["uses: [\(uses.joined(separator: ", "))]"]
      if random.chance(70) { lines.append("level: \(Self.level(&random))") }
      if random.chance(50) { lines.append("load: \(random.below(9))") }
      if random.chance(50) { lines.append("flag: \(random.chance(50))") }
      if random.chance(40) { lines.append("lead: \(random.pick(ids))") }
      let (lifecycle, isOpenEnded) = Self.lifecycle(&random)
      document("service", "s\(index)", lines + lifecycle)
      services.append(("s\(index)", uses, isOpenEnded))
    }
    // Links in documents of their own.
    for index in 0..<random.below(3) {
      let holder = random.below(count)
      let facts = Self.linkFacts(to: random.pick(ids), ids, items, &random)
      document("link", "own-\(index)", ["holder: \(ids[holder])"] + facts)
      nodes[holder].links.append("own-\(index)")
    }
  }

  private mutating func document(_ kind: String, _ id: String, _ lines: [String]) {
    documents.append(
      (["kind: \(kind)", "id: \(id)", "name: \(kind.uppercased()) \(id)"] + lines).joined(separator: "\n"))
  }

  // MARK: Facts

  static func level(_ random: inout RandomNumbers) -> String { random.pick(["low", "middle", "high"]) }

  static func itemFacts(_ random: inout RandomNumbers) -> [String] {
    var lines: [String] = []
    if random.chance(80) { lines.append("level: \(level(&random))") }
    if random.chance(70) { lines.append("size: \(random.below(12))") }
    if random.chance(60) { lines.append("secret: \(random.chance(50))") }
    return lines
  }

  /// Everything but `to`, the lifecycle and the links.
  static func nodeFacts(
    others: [String], _ items: [String], _ tags: [String], _ random: inout RandomNumbers
  ) -> [String] {
    var lines: [String] = []
    if random.chance(85) { lines.append("level: \(random.chance(90) ? level(&random) : "unknown")") }
    if random.chance(30) { lines.append("tone: \(random.pick(["plain", "sharp"]))") }
    if random.chance(80) { lines.append("load: \(random.chance(92) ? "\(random.below(10))" : "unknown")") }
    if random.chance(55) { lines.append("flag: \(random.chance(35))") }
    if random.chance(50) { lines.append("due: \(random.day(from: 70, to: 105))") }
    if random.chance(40) {
      lines.append("colours: [\(random.some(0...2, of: ["red", "green", "blue"]).joined(separator: ", "))]")
    }
    if random.chance(75) { lines.append("tags: [\(random.some(0...2, of: tags).joined(separator: ", "))]") }
    if random.chance(50) { lines.append("holds: [\(random.some(0...2, of: items).joined(separator: ", "))]") }
    if !others.isEmpty {
      if random.chance(50) { lines.append("parent: \(random.pick(others))") }
      if random.chance(50) { lines.append("backup: \(random.pick(others))") }
    }
    return lines
  }

  /// The keys of a link, without an id: it is that of what it leads to.
  static func linkFacts(
    to target: String, _ nodes: [String], _ items: [String], _ random: inout RandomNumbers
  ) -> [String] {
    var keys = ["to: \(target)"]
    if random.chance(70) { keys.append("rank: \(random.below(6))") }
    if random.chance(40) { keys.append("open: \(random.chance(50))") }
    if random.chance(30) { keys.append("spare: \(random.pick(nodes))") }
    if random.chance(30) { keys.append("via: [\(random.some(0...2, of: nodes).joined(separator: ", "))]") }
    if random.chance(70) { keys.append("carries: [\(random.some(0...2, of: items).joined(separator: ", "))]") }
    if random.chance(25) {
      let phase = random.pick(["active", "active", "retired"])
      let day = phase == "active" ? random.day(from: 60, to: 90) : random.day(from: 91, to: 104)
      keys.append("lifecycle: {\(phase): \(day)}")
    }
    return keys
  }

  /// Lines for a lifecycle, and whether it is one that begins in the past and has no end.
  private static func lifecycle(_ random: inout RandomNumbers) -> (lines: [String], isOpenEnded: Bool) {
    let active = random.day(from: 48, to: 76)
    switch random.below(12) {
    case 0: return ([], false)
    case 1: return (["lifecycle: \(random.pick(["active", "planned", "phaseOut"]))"], false)
    case 2: return (["lifecycle: {active: \(active), retired: unknown}"], false)
    case 3: return (["lifecycle: {active: \(random.day(from: 78, to: 90))}"], false)
    case 4: return (["lifecycle: {active: \(active), retired: \(random.day(from: 77, to: 100))}"], false)
    case 5:
      let phaseOut = random.day(from: 74, to: 84)
      return (
        ["lifecycle: {active: 2024-01-01, phaseOut: \(phaseOut), retired: \(random.day(from: 85, to: 100))}"], false
      )
    default: return (["lifecycle: {active: \(active)}"], true)
    }
  }
}
