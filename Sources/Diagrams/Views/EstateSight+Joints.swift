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
  /// What the initiative does to it in whose view it is read.
  var change: Diagram.Change?
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
        if Self.isOpen(target), !isGone(row), !isGone(source) { result.open.append(source) }
        guard !targets.isEmpty else { continue }
        let via = Self.rows(value(inRole: "through", of: row))
        let carried = value(inRole: "carries", of: row)
        let fetched = value(inRole: "fetches", of: row)
        for target in targets {
          let change = self.change(ofJoint: row, from: source, to: target)
          if change?.kind != .retired, hasEnded(row) || isGone(source) || isGone(target) {
            result.ended.append([source, target])
            continue
          }
          result.all.append(
            Joint(
              row: row, from: source, to: target, via: via, style: title(value(inRole: "style", of: row)),
              carries: Self.rows(carried).sorted().map(estate.name),
              fetches: Self.rows(fetched).sorted().map(estate.name),
              isOpen: Self.isOpen(carried) || Self.isOpen(fetched),
              interface: Self.rows(value(inRole: "interface", of: row)).first, isLive: isLive(row),
              change: change))
        }
      }
    }
    return result
  }

  /// What the initiative does to an integration, itself or by ending one of its ends.
  mutating func change(ofJoint row: Int32, from source: Int32, to target: Int32) -> Diagram.Change? {
    guard let changes else { return nil }
    if let own = changes[row] { return own }
    for end in [source, target] {
      guard let change = changes[end], change.kind == .retired, !hasEnded(row) || hasEnded(end) else { continue }
      return Diagram.Change(kind: .retired, title: "ends with \(estate.name(end))")
    }
    return nil
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

  /// The edges of a picture: integrations by their two ends and what an initiative does to them, in the order of those;
  /// and whether one of them is live.
  func edges(
    _ joints: [Joint], places: [Int32: Int], withInterface: Bool = false
  ) -> [Diagram.Edge] {
    var found: [EdgeKey: Diagram.Edge] = [:]
    for joint in joints {
      guard let from = places[joint.from], let to = places[joint.to], from != to else { continue }
      let key = EdgeKey(from: from, to: to, change: joint.change)
      var edge = found[key] ?? Diagram.Edge(from: from, to: to, style: .dashed, count: 0, change: joint.change)
      edge.labels.append(words(joint, withInterface: withInterface))
      edge.count += 1
      if joint.isLive { edge.style = .solid }
      found[key] = edge
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// What is one line.
  struct EdgeKey: Hashable, Comparable {
    var from: Int
    var to: Int
    /// Lines of what an initiative does to it; empty: nothing.
    var change: [String]

    init(from: Int, to: Int, change: Diagram.Change?) {
      (self.from, self.to) = (from, to)
      self.change = change.map { [$0.head] + $0.details } ?? []
    }

    static func < (a: EdgeKey, b: EdgeKey) -> Bool {
      if (a.from, a.to) != (b.from, b.to) { return (a.from, a.to) < (b.from, b.to) }
      return a.change.lexicographicallyPrecedes(b.change) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
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
