internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Initiatives before rows are given: how far each has come, and drafts of what the open ones add.
extension EstateLoader {
  /// Reads the states of all initiatives, and what the open ones add as drafts beside the catalogue's own.
  /// - Precondition: the documents' drafts are sorted and none repeats another's id.
  mutating func readOverlays() {
    guard let kind = metamodel.kind(named: "initiative") else { return }
    let places = drafts.indices.filter { drafts[$0].kind == kind.index }
    guard !places.isEmpty else { return }
    let rulings = readRulings()
    initiatives = places.map { place in
      let draft = drafts[place]
      let names = [draft.id] + aliases(of: draft).map(\.text)
      let ruling = names.compactMap { rulings[$0] }.max { ($0.date, $0.id) < ($1.date, $1.id) }
      let stage = draft.node.first("stage").flatMap { node in
        metamodel.enums.first { $0.name == "stage" }?.ordinal(of: node.text)
      }
      let live = metamodel.enums.first { $0.name == "stage" }?.ordinal(of: "live") ?? .max
      return Initiative(
        row: Int32(place), id: draft.id, stage: stage, goLive: draft.node.first("goLive").flatMap { date($0) },
        ruling: ruling?.ruling ?? .none, ruled: ruling?.date, isBeforeLive: stage.map { $0 < live } ?? true)
    }
    let count = drafts.count
    for (index, initiative) in initiatives.enumerated().sorted(by: { Initiative.precedes($0.1, $1.1) })
    where initiative.isOpen {
      let start = drafts.count
      for entry in items(drafts[Int(initiative.row)].node, "adds") { readAdded(entry) }
      for place in start..<drafts.count { drafts[place].initiative = index }
    }
    guard drafts.count > count else { return }
    followRenamedOwners()
    sortDrafts(from: count, without: dropTaken(from: count))
    // Rows have moved.
    var rows: [String: Int32] = [:]
    for row in drafts.indices.reversed() where drafts[row].kind == kind.index && drafts[row].initiative < 0 {
      rows[drafts[row].id] = Int32(row)
    }
    initiatives = initiatives.map { initiative in
      Initiative(
        row: rows[initiative.id] ?? initiative.row, id: initiative.id, stage: initiative.stage,
        goLive: initiative.goLive, ruling: initiative.ruling, ruled: initiative.ruled,
        isBeforeLive: initiative.isBeforeLive)
    }
    for row in drafts.indices where drafts[row].initiative >= 0 {
      initiatives[drafts[row].initiative].added.append(Int32(row))
      absent.insert(Int32(row))
    }
  }

  /// Reports what is added under an id that is taken already; the places of those drafts and of their parts.
  private mutating func dropTaken(from start: Int) -> Set<Int> {
    var first: [Identity: Int] = [:]
    var dropped: Set<Int> = []
    for place in start..<drafts.count {
      let key = identity(drafts[place])
      if let owner = drafts[place].owner, dropped.contains(owner) {
        dropped.insert(place)
      } else if let other = first[key] ?? self.place(of: key, before: start) {
        let initiative = drafts[other].initiative
        let reason =
          initiative < 0
          ? "the catalogue has one already"
          : initiative == drafts[place].initiative
            ? "it is added twice" : "initiative:\(initiatives[initiative].id) adds one, too"
        reportTaken(place, by: reason, at: drafts[other].idNode)
        dropped.insert(place)
      } else {
        first[key] = place
      }
    }
    return dropped
  }

  private struct Identity: Hashable {
    let kind: Int
    let id: String
  }

  /// The draft of an id among the first ones, which are sorted.
  private func place(of identity: Identity, before end: Int) -> Int? {
    var (low, high) = (0, end)
    while low < high {
      let middle = (low + high) / 2
      let kind = drafts[middle].kind
      let isBefore = kind != identity.kind ? kind < identity.kind : drafts[middle].id < identity.id
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low < end && self.identity(drafts[low]) == identity ? low : nil
  }

  private func identity(_ draft: EntityDraft) -> Identity { Identity(kind: draft.kind, id: draft.id) }
  private func key(_ draft: EntityDraft) -> String { "\(metamodel.kinds[draft.kind].name):\(draft.id)" }

  private mutating func reportTaken(_ place: Int, by reason: String, at other: YAMLNode) {
    diagnostics.append(
      Diagnostic(
        "id-taken", .error, "`\(key(drafts[place]))` cannot be added: \(reason)",
        at: drafts[place].idNode.range,
        related: [Diagnostic.Related("the other one", at: other.range)],
        fixes: [Diagnostic.Fix("give it another id, or change what is there under `changes`")]))
  }

  /// An entry of `adds`; what is wrong with its shape is reported when entries are checked.
  mutating func readAdded(_ entry: YAMLNode) {
    guard let kindNode = entry.first("kind"), kindNode.isScalar, !kindNode.isReported,
      let kind = metamodel.kind(named: kindNode.text), kind.isWritten
    else { return }
    let count = unnamed.count
    readEntity(entry, kindPlans[kind.index], owner: nil)
    unnamed.removeSubrange(count...)
  }

  func date(_ node: YAMLNode) -> CivilDate? {
    guard node.isScalar, !node.isReported, !isAdmittedGap(node) else { return nil }
    return ScalarReader.date(node)
  }

  func items(_ node: YAMLNode, _ key: String) -> [YAMLNode] {
    guard let value = node.first(key), value.isSequence else { return [] }
    return (0..<value.count).map { value[item: $0] }.filter { $0.isMapping }
  }

  // MARK: Decisions

  private struct DatedRuling {
    var date: CivilDate
    /// The decision's: of two of one day the later one counts.
    var id: String
    var ruling: Initiative.Ruling
  }

  /// The latest ruling on each initiative, by the id that the decision names, as of the day of the run.
  private func readRulings() -> [String: DatedRuling] {
    guard let kind = metamodel.kind(named: "decision") else { return [:] }
    var result: [String: DatedRuling] = [:]
    for place in drafts.indices where drafts[place].kind == kind.index {
      let draft = drafts[place]
      guard let date = draft.node.first("date").flatMap({ self.date($0) }), date <= options.asOf,
        let outcome = draft.node.first("outcome"), outcome.isScalar, let targets = draft.node.first("targets")
      else { continue }
      let ruling: Initiative.Ruling
      switch outcome.text {
      case "approved", "approved-with-conditions": ruling = .approved
      case "rejected": ruling = .rejected
      case "deferred": ruling = .deferred
      // It may be worked on: nobody builds on it yet.
      case "endorsed": ruling = .none
      default: continue
      }
      let items = targets.isSequence ? (0..<targets.count).map { targets[item: $0] } : [targets]
      for item in items where item.isScalar && item.text.hasPrefix("initiative:") {
        let id = String(item.text.dropFirst("initiative:".count))
        if let known = result[id], (known.date, known.id) > (date, draft.id) { continue }
        result[id] = DatedRuling(date: date, id: draft.id, ruling: ruling)
      }
    }
    return result
  }
}
