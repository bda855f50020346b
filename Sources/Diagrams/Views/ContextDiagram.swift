internal import CEL
public import Catalogue

/// A system among its neighbours: who sends what to it and gets what from it, through which platform, what it provides
/// and who answers for it.
///
/// A pure function of the estate and the options. Where more neighbours than a column can hold stand on one side of a
/// box, those of one owner are one box, unless the options say `expand`.
public struct ContextDiagram: Sendable {
  /// More boxes in one column are folded.
  static let columnLimit = 12
  /// The words of more lines cover one another.
  static let wordLimit = 40
  /// What is joined to more is no way to a neighbour's neighbour.
  static let hubLimit = 20
  /// Hops that `init` goes at most.
  public static let hopLimit = 4

  public let drawing: Drawing

  /// Linear in integrations, but for sorting.
  public init(
    of subject: Int32, in estate: Estate, hops: Int = 1, _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    var sight = EstateSight(estate, options)
    try sight.requireEnd(subject, view: "context")
    let found = sight.joints()
    let all = found.all
    let hops = min(max(1, hops), Self.hopLimit)
    let degrees = Self.degrees(all)
    let hubs = options.expand ? [] : Set(degrees.filter { $0.key != subject && $0.value > Self.hubLimit }.keys)
    let distances = Self.distances(from: subject, all, hops: hops, past: hubs)
    let near = all.filter { joint in
      guard let from = distances[joint.from], let to = distances[joint.to], joint.from != joint.to else { return false }
      return min(from, to) < hops
    }
    let joints = near.filter { joint in
      joint.from == subject || joint.to == subject || !(hubs.contains(joint.from) || hubs.contains(joint.to))
    }
    guard !joints.isEmpty else {
      throw .nothingToDraw(
        "nothing is joined to \(estate.identity(subject)) on \(sight.date): no \(sight.linkNoun.one) that is planned or live leads to it or from it"
      )
    }
    var diagram = Diagram(
      view: "context", title: options.title ?? "\(estate.name(subject)) and what it is joined to", date: sight.date,
      scope: "")
    let drawn = joints.reduce(into: Set([subject])) { $0.formUnion([$1.from, $1.to]) }
    let rows = distances.filter { drawn.contains($0.key) }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map(\.key)
    var places: [Int32: Int] = [:]
    for row in rows {
      places[row] = diagram.nodes.count
      var node = sight.node(row, isSubject: row == subject)
      if let owner = sight.ownerLine(of: row) { node.facts.append(owner) }
      if hubs.contains(row), let degree = degrees[row] { node.facts.append("joined to \(degree), not followed") }
      if row == subject { node.sections = Self.sections(of: row, all, &sight) }
      diagram.nodes.append(node)
    }
    diagram.edges = sight.edges(joints, places: places)
    diagram.meanings = sight.meanings
    let count = diagram.nodes.count - 1
    diagram.scope =
      "\(sight.when) | \(LandscapeWords.count(count, "neighbour", "neighbours")) within "
      + "\(LandscapeWords.count(hops, "hop", "hops")) | \(sight.count(joints.count)) | "
      + "as declared in the catalogue"
    let ended = found.ended.count { $0.contains(subject) }
    if ended > 0 {
      diagram.notes.append("Not drawn: \(sight.count(ended)) of it that \(ended == 1 ? "is" : "are") over.")
    }
    let open = found.open.count { $0 == subject }
    if open > 0 { diagram.notes.append("Not drawn: \(sight.count(open)) of it that nobody recorded the other end of.") }
    if near.count > joints.count {
      diagram.notes.append(
        "Not drawn: \(sight.count(near.count - joints.count)) of neighbours with what is joined to more than \(Self.hubLimit); --expand draws them."
      )
    }
    if !options.expand {
      DiagramFolding.fold(&diagram, joints, places, &sight)
      if diagram.edges.count > Self.wordLimit {
        diagram.isTerse = true
        diagram.notes.append(
          "So many lines that they bear no words: those are in the tooltips, in Mermaid and in JSON; --expand draws them."
        )
      }
    }
    drawing = Drawing(diagram)
  }

  /// How many others each is joined to.
  private static func degrees(_ joints: [Joint]) -> [Int32: Int] {
    var neighbours: [Int32: Set<Int32>] = [:]
    for joint in joints where joint.from != joint.to {
      neighbours[joint.from, default: []].insert(joint.to)
      neighbours[joint.to, default: []].insert(joint.from)
    }
    return neighbours.mapValues(\.count)
  }

  /// The fewest integrations to each system, either way, none of them through a hub.
  private static func distances(
    from start: Int32, _ joints: [Joint], hops: Int, past hubs: Set<Int32>
  ) -> [Int32: Int] {
    var neighbours: [Int32: [Int32]] = [:]
    for joint in joints {
      neighbours[joint.from, default: []].append(joint.to)
      neighbours[joint.to, default: []].append(joint.from)
    }
    var result: [Int32: Int] = [start: 0]
    var frontier = [start]
    for distance in 1...hops {
      var next: [Int32] = []
      for row in frontier where !hubs.contains(row) {
        for other in neighbours[row] ?? [] where result[other] == nil {
          result[other] = distance
          next.append(other)
        }
      }
      frontier = next
    }
    return result
  }

  /// What it provides, its interfaces with the number of their callers, and how many integrations only pass it.
  private static func sections(of subject: Int32, _ joints: [Joint], _ sight: inout EstateSight) -> [Diagram.Section] {
    var result: [Diagram.Section] = []
    let provided = sight.names(inRole: "provides", of: subject)
    if !provided.isEmpty {
      result.append(Diagram.Section(title: sight.title(ofRole: "provides", of: subject), lines: provided))
    }
    let interfaces = sight.interfaces(of: subject)
    if !interfaces.isEmpty {
      let lines = interfaces.map { interface in
        let callers = Set(joints.filter { $0.interface == interface }.map(\.from)).count
        let name = sight.estate.name(interface)
        return callers == 0
          ? "\(name) (no caller)" : "\(name) (\(LandscapeWords.count(callers, "caller", "callers")))"
      }
      result.append(Diagram.Section(title: sight.estate.kind(of: interfaces[0]).plural, lines: lines))
    }
    let passing = joints.count { $0.via.contains(subject) }
    if passing > 0 {
      result.append(
        Diagram.Section(title: "passes on", lines: [sight.count(passing) + " of others"]))
    }
    return result
  }
}

extension EstateSight {
  /// What a system promises to callers: the rows of kinds that the role `interface` leads to, which name it.
  mutating func interfaces(of subject: Int32) -> [Int32] {
    let kind = estate.entity(subject).kind
    var found: Set<Int32> = []
    for field in metamodel.fields(inRole: "interface") {
      guard case .relation(let targets, _) = field.shape else { continue }
      for target in targets.kinds {
        for id in metamodel.kinds[target].order {
          let relation = metamodel.fields[Int(id)]
          guard case .relation(let providers, false) = relation.shape, providers.contains(kind),
            let declaration = metamodel.field(relation.path, ofKind: target)
          else { continue }
          for row in estate.graph.members.rows(ofKind: target)
          where Self.rows(read(declaration, of: row)).contains(subject) && !hasEnded(row) {
            found.insert(row)
          }
        }
      }
    }
    return found.sorted()
  }
}
