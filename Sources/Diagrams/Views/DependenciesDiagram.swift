internal import CEL
public import Catalogue

/// What something needs to be up, itself and through others: what it cannot do without, what is one of several ways,
/// what stops it by failing alone, and what comes back later than it has to.
public struct DependenciesDiagram: Sendable {
  public let drawing: Drawing

  /// Linear in components and what they need.
  public init(
    of subject: Int32, in estate: Estate, _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    var reader = NeedsReader(EstateSight(estate, options))
    guard reader.hasRole else { throw .missingRole(view: "dependencies", role: "dependsOn") }
    guard reader.canNeed(subject) else {
      throw .wrongKind(view: "dependencies", identity: estate.identity(subject), kinds: reader.kinds)
    }
    let needs = reader.needs(of: subject)
    guard needs.rows.count > 1 else {
      let open = needs.open.isEmpty ? "" : ", and not everything about it is recorded"
      throw .nothingToDraw("\(estate.identity(subject)) needs nothing else to be up on \(reader.sight.date)\(open)")
    }
    var diagram = Diagram(
      view: "dependencies", title: options.title ?? "What has to be up for \(estate.name(subject))",
      date: reader.sight.date, scope: "", direction: .down)
    let stopping = reader.stops()
    let times = Dictionary(uniqueKeysWithValues: needs.rows.map { ($0, reader.recovery(of: $0)) })
    let strictest = Self.strictest(needs, times)
    var singles = 0
    var slow = 0
    var unrecorded = 0
    for row in needs.rows {
      var node = reader.sight.node(row, isSubject: row == subject)
      if let tier = reader.sight.title(reader.sight.value(inRole: "criticality", of: row)) { node.facts.append(tier) }
      if reader.hasRecovery(row) {
        if let time = times[row] ?? nil {
          node.facts.append("back within \(EstateSight.words(time))")
        } else {
          node.facts.append("recovery time not recorded")
          unrecorded += 1
        }
      }
      if reader.isRedundant(row) { node.facts.append("goes on when a part fails") }
      if needs.open.contains(row) { node.facts.append("may need more: not recorded") }
      if row != subject, reader.isLethal(row, to: subject) {
        node.marks.append(.single)
        singles += 1
        let others = (stopping[row] ?? []).filter { $0 != row && $0 != subject }
        var text = "stops this if it fails alone"
        if !others.isEmpty { text += ", and \(others.count) more" }
        let top = reader.topTier(others)
        if top.count > 0 { text += " (\(top.count) of \(top.title))" }
        node.emphasised.append((.single, text))
      }
      if let time = times[row] ?? nil, let limit = strictest[row], time > limit.time {
        node.marks.append(.slow)
        slow += 1
        node.emphasised.append(
          (.slow, "needed within \(EstateSight.words(limit.time)) by \(estate.name(limit.row))"))
      }
      diagram.nodes.append(node)
    }
    var places = Dictionary(uniqueKeysWithValues: needs.rows.enumerated().map { ($1, $0) })
    let former = Self.former(of: subject, in: estate, reader.sight, options)
    let reachedBefore = Set((former ?? []).flatMap { [$0.from, $0.to] }).union([subject])
    for need in needs.needs {
      guard let from = places[need.from], let to = places[need.to] else { continue }
      var edge = Diagram.Edge(from: from, to: to, style: need.ways > 1 ? .dashed : .solid)
      if need.ways > 1 { edge.labels.append(["one of \(need.ways)"]) }
      if need.ways == 1, let above = times[need.from] ?? nil, let below = times[need.to] ?? nil, below > above {
        edge.style = .thick
        edge.labels.append(["\(EstateSight.words(above)) rests on \(EstateSight.words(below))"])
      }
      // What is reached only now needs what it always needed.
      if let former, reachedBefore.contains(need.from) || reader.sight.changes?[need.from]?.kind == .added,
        !former.contains(where: { $0.from == need.from && $0.to == need.to })
      {
        edge.change = Diagram.Change(kind: .added, title: "newly needed")
      }
      diagram.edges.append(edge)
    }
    let now = Set(needs.needs.map { [$0.from, $0.to] })
    for need in former ?? [] where !now.contains([need.from, need.to]) {
      guard let from = places[need.from], from < needs.rows.count else { continue }
      let to = places[need.to] ?? diagram.nodes.count
      if to == diagram.nodes.count {
        places[need.to] = to
        diagram.nodes.append(reader.sight.node(need.to))
        diagram.nodes[to].facts.append("no longer needed")
      }
      diagram.edges.append(
        Diagram.Edge(
          from: from, to: to, style: need.ways > 1 ? .dashed : .solid,
          change: Diagram.Change(kind: .retired, title: "no longer needed")))
    }
    diagram.meanings = [
      .solid: "cannot do without", .dashed: "needs this or another", .thick: "cannot do without what comes back later",
    ]
    diagram.scope =
      "\(reader.sight.when) | needs \(needs.rows.count - 1), itself or through others | \(Self.count(singles, "stops", "stop")) it by failing alone | "
      + "\(Self.count(slow, "comes", "come")) back too late | as declared in the catalogue"
    if unrecorded > 0 {
      diagram.notes.append(
        "\(LandscapeWords.count(unrecorded, "recovery time is", "recovery times are")) not recorded, so more may come back too late."
      )
    }
    if !needs.open.isEmpty {
      diagram.notes.append(
        "It is not fully recorded what \(LandscapeWords.count(needs.open.count, "box needs", "boxes need")).")
    }
    drawing = Drawing(diagram)
  }

  /// What it needed without the initiative in whose view it is drawn; nil: there is none, or it was not there.
  private static func former(
    of subject: Int32, in estate: Estate, _ sight: EstateSight, _ options: DiagramOptions
  ) -> [NeedsReader.Need]? {
    guard let changes = sight.changes else { return nil }
    let before = estate.seen(in: changes.base, at: changes.date)
    guard before.graph.members.contains(subject) else { return nil }
    var reader = NeedsReader(EstateSight(before, options))
    return reader.needs(of: subject).needs
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    number == 0 ? "nothing \(one)" : LandscapeWords.count(number, one, many)
  }

  /// For each, who above it that cannot do without it, itself or through others, has to be back first, and when.
  private static func strictest(
    _ needs: NeedsReader.Needs, _ times: [Int32: Int64?]
  ) -> [Int32: (time: Int64, row: Int32)] {
    var result: [Int32: (time: Int64, row: Int32)] = [:]
    var below: [Int32: [Int32]] = [:]
    for need in needs.needs where need.ways == 1 { below[need.from, default: []].append(need.to) }
    // Strictest first, so that each is reached once: linear.
    let order = needs.rows.compactMap { row in (times[row] ?? nil).map { (time: $0, row: row) } }
      .sorted { ($0.time, $0.row) < ($1.time, $1.row) }
    for start in order {
      var queue = below[start.row] ?? []
      while let row = queue.popLast() {
        guard result[row] == nil else { continue }
        result[row] = start
        queue += below[row] ?? []
      }
    }
    return result
  }
}
