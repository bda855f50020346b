/// A capability map with its words and fills: what DOT, Mermaid and JSON are written from.
struct CapabilitySheet: Sendable {
  let model: CapabilityModel
  let title: String
  /// Date, scope and counts.
  let scope: String
  /// What is folded, left out or not known: one sentence each.
  let notes: [String]
  let tones: [CapabilityTone]
  /// By capability: its tone; nil where it tells of its parts alone.
  let places: [Int?]
  let namesAll: Bool
  /// What is part of nothing and has a box of its own.
  let areas: [Int]
  /// What is part of nothing and has no parts, by tone, where there is too much of it for a box each.
  let gathered: [(tone: CapabilityTone?, members: [Int])]
  private let levels: Int
  private let isFolded: Bool

  init(
    _ model: CapabilityModel, _ heat: CapabilityHeat, levels: Int, isFolded: Bool, namesAll: Bool, title: String
  ) {
    self.model = model
    self.levels = levels
    self.isFolded = isFolded
    self.namesAll = namesAll
    self.title = title
    (tones, places) = model.tones(heat)
    let lone = model.roots.filter { model.capabilities[$0].children.isEmpty }
    if !namesAll, lone.count > Self.loneLimit {
      self.areas = model.roots.filter { !model.capabilities[$0].children.isEmpty }
      let (tones, places) = (tones, places)
      gathered = (tones.indices.map { Optional($0) } + [nil]).compactMap { place in
        let members = lone.filter { places[$0] == place }
        return members.isEmpty ? nil : (place.map { tones[$0] }, members)
      }
    } else {
      self.areas = model.roots
      gathered = []
    }
    let areas = LandscapeWords.count(model.roots.count, "area", "areas")
    scope = [
      model.when,
      "\(LandscapeWords.count(model.capabilities.count, model.title.one, model.title.many)) in \(areas)",
      "provided by \(LandscapeWords.count(model.providerCount, "live \(model.noun.one)", "live \(model.noun.many)"))",
      "fills tell \(heat.title(model.noun))", "as declared in the catalogue",
    ].joined(separator: " | ")
    var notes: [String] = []
    let gaps = model.gaps.count
    let leaves = model.capabilities.count { $0.children.isEmpty }
    if gaps > 0 {
      let noun = leaves == 1 ? model.title.one : model.title.many
      notes.append("\(gaps) of \(leaves) \(noun) that are not made of others have no live \(model.noun.one).")
    }
    let deeper = Self.deeper(model, than: levels)
    if deeper > 0 {
      let count = LandscapeWords.count(deeper, model.title.one, model.title.many)
      notes.append(
        isFolded
          ? "More \(model.title.many) than fit: \(count) below the second level \(deeper == 1 ? "is" : "are") counted in the boxes; --expand draws them."
          : "\(count) deeper than \(levels) levels \(deeper == 1 ? "stands" : "stand") beside the boxes of that level.")
    }
    if !gathered.isEmpty {
      notes.append(
        "More areas without parts than fit: \(lone.count) stand in one box for each fill, which names the first \(Self.gatheredLimit); --expand draws them."
      )
    }
    if !namesAll, model.isShortened {
      notes.append(
        "Of more than \(CapabilityModel.nameLimit) \(model.noun.many) a box counts the rest; tooltips name all.")
    }
    self.notes = notes + model.notes
  }

  /// More areas without parts than this are no map.
  static let loneLimit = 60
  /// How many of them a box names.
  static let gatheredLimit = 40

  private static func deeper(_ model: CapabilityModel, than levels: Int) -> Int {
    var result = 0
    var stack = model.roots.map { ($0, 1) }
    while let (position, level) = stack.popLast() {
      if level > levels { result += 1 }
      stack += model.capabilities[position].children.map { ($0, level + 1) }
    }
    return result
  }

  /// What stands in a box of a level as boxes of their own; beside those of the last level all that is below them, unless
  /// it is counted.
  func parts(of position: Int, level: Int) -> [Int] {
    if level + 1 < levels || isFolded { return model.capabilities[position].children }
    return model.descendants(of: position)
  }

  /// Whether a box of a level has boxes in it.
  func isNested(_ position: Int, level: Int) -> Bool {
    level < levels && !model.capabilities[position].children.isEmpty
  }

  func tone(of position: Int) -> CapabilityTone? {
    places[position].flatMap { tones.indices.contains($0) ? tones[$0] : nil }
  }

  /// What a box says: `common`, how many provide it, who.
  func words(of position: Int, namesAll: Bool) -> [String] {
    var result: [String] = []
    let word = tone(of: position)?.word
    if model.capabilities[position].isCommon == true, word?.contains("common") != true { result.append("common") }
    return result + model.words(of: position, namesAll: namesAll)
  }

  /// The fills that are there, in their order, with how many boxes have each; nil is that of what tells of its parts.
  var legend: [(tone: CapabilityTone?, count: Int)] {
    var counts: [Int: Int] = [:]
    for place in places { counts[place ?? -1, default: 0] += 1 }
    var result: [(tone: CapabilityTone?, count: Int)] = []
    for (index, tone) in tones.enumerated() { if let count = counts[index] { result.append((tone, count)) } }
    if let count = counts[-1] { result.append((nil, count)) }
    return result
  }

  // MARK: Mermaid and JSON

  /// Every capability, whatever a sheet folds: the parts by area, then the areas.
  var diagram: Diagram {
    var result = Diagram(view: "capabilities", title: title, date: model.date, scope: scope)
    result.notes = notes.filter {
      !$0.hasPrefix("Of more than") && !$0.hasPrefix("More ") && !$0.contains("deeper than")
    }
    result.direction = .down
    var numbers: [Int: Int] = [:]
    func add(_ position: Int, _ cluster: Int) {
      let capability = model.capabilities[position]
      var node = Diagram.Node(
        key: capability.identity, name: capability.name, kind: capability.kind,
        phase: PhaseStyle(.none, names: [], live: []))
      node.shape = .rounded
      node.facts = [tone(of: position)?.word].compactMap { $0 } + words(of: position, namesAll: true)
      node.link = capability.link
      node.cluster = cluster
      numbers[position] = result.nodes.count
      result.nodes.append(node)
    }
    for (cluster, root) in model.roots.enumerated() {
      result.clusters.append(
        Diagram.Cluster(key: model.capabilities[root].identity, name: model.capabilities[root].name))
      for position in model.descendants(of: root) { add(position, cluster) }
    }
    for (cluster, root) in model.roots.enumerated() { add(root, cluster) }
    for (position, capability) in model.capabilities.enumerated() {
      for child in capability.children {
        if let from = numbers[position], let to = numbers[child] {
          result.edges.append(Diagram.Edge(from: from, to: to))
        }
      }
    }
    result.edges.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    result.meanings = [.solid: "is made of"]
    return result
  }
}
