internal import CEL
internal import Catalogue

/// One integration as a picture tells it.
struct Joint: Sendable {
  var row: Int32
  /// Who opens it, and whom it leads to.
  var from: Int32
  var to: Int32
  /// The platforms that it passes, by row.
  var via: [Int32]
  var style: String?
  var carries: [String]
  var fetches: [String]
  /// Whether nobody recorded wholly what it carries.
  var isOpen: Bool
  var interface: Int32?
  var isLive: Bool
}

/// All integrations of a view, in the order of their rows.
struct Joints: Sendable {
  /// Those that have not ended, nor has an end of theirs.
  var all: [Joint] = []
  /// The two ends of those that have.
  var ended: [[Int32]] = []
  /// Who opens those of which nobody recorded where they lead.
  var open: [Int32] = []
}

extension EstateSight {
  mutating func joints() -> Joints {
    var result = Joints()
    for kind in metamodel.kinds(inRole: "integration") {
      for row in estate.graph.members.rows(ofKind: kind.index) {
        let source = estate.entity(row).owner
        guard source >= 0 else { continue }
        let target = value(inRole: "target", of: row)
        let targets = Self.rows(target)
        if Self.isOpen(target), !hasEnded(row), !hasEnded(source) { result.open.append(source) }
        guard !targets.isEmpty else { continue }
        let via = Self.rows(value(inRole: "through", of: row))
        let carried = value(inRole: "carries", of: row)
        let fetched = value(inRole: "fetches", of: row)
        for target in targets {
          if hasEnded(row) || hasEnded(source) || hasEnded(target) {
            result.ended.append([source, target])
            continue
          }
          result.all.append(
            Joint(
              row: row, from: source, to: target, via: via, style: title(value(inRole: "style", of: row)),
              carries: Self.rows(carried).sorted().map(estate.name),
              fetches: Self.rows(fetched).sorted().map(estate.name),
              isOpen: Self.isOpen(carried) || Self.isOpen(fetched),
              interface: Self.rows(value(inRole: "interface", of: row)).first, isLive: isLive(row)))
        }
      }
    }
    return result
  }

  /// `event: sends Tax return`, `via Integration platform`.
  func words(_ joint: Joint, withInterface: Bool = false) -> [String] {
    var what: [String] = []
    if !joint.carries.isEmpty { what.append("sends " + Self.list(joint.carries)) }
    if !joint.fetches.isEmpty { what.append("fetches " + Self.list(joint.fetches)) }
    if joint.isOpen { what.append(what.isEmpty ? "what it carries is not recorded" : "perhaps more") }
    var first = joint.style ?? estate.kind(of: joint.row).title.lowercased()
    if !what.isEmpty { first += ": " + what.joined(separator: "; ") }
    if !joint.isLive { first += " (\(phaseWord(joint)))" }
    var result = [first]
    if !joint.via.isEmpty { result.append("via " + Self.list(joint.via.map(estate.name))) }
    if withInterface, let interface = joint.interface { result.append("interface " + estate.name(interface)) }
    return result
  }

  private func phaseWord(_ joint: Joint) -> String {
    var copy = self
    let style = PhaseStyle(copy.phase(of: joint.row), names: metamodel.phases, live: metamodel.livePhases)
    return style.title
  }

  /// The edges of a picture: integrations by their two ends and whether one of them is live, in the order of those.
  func edges(
    _ joints: [Joint], places: [Int32: Int], withInterface: Bool = false
  ) -> [Diagram.Edge] {
    var found: [[Int]: Diagram.Edge] = [:]
    for joint in joints {
      guard let from = places[joint.from], let to = places[joint.to], from != to else { continue }
      let key = [from, to]
      var edge = found[key] ?? Diagram.Edge(from: from, to: to, style: .dashed, count: 0)
      edge.labels.append(words(joint, withInterface: withInterface))
      edge.count += 1
      if joint.isLive { edge.style = .solid }
      found[key] = edge
    }
    return found.values.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  /// What solid and dashed say where lines are integrations.
  var meanings: [Diagram.Edge.Style: String] {
    let many = linkNoun.many
    return [
      .solid: "\(many), from who opens them to whom they lead; data is sent along the arrow and fetched against it",
      .dashed: "\(many), none of them live",
    ]
  }

  /// What joins systems, in the singular and the plural.
  var linkNoun: (one: String, many: String) {
    let kinds = metamodel.kinds(inRole: "integration")
    return kinds.count == 1 ? (kinds[0].title.lowercased(), kinds[0].plural) : ("link", "links")
  }

  func count(_ joints: Int) -> String { LandscapeWords.count(joints, linkNoun.one, linkNoun.many) }

  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
