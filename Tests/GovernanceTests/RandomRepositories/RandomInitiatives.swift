/// Random initiatives on a random estate, and decisions about them.
///
/// Dates keep to an order, so that what several initiatives plan for one entity makes a lifecycle: lives begin before
/// June 2026, are phased out from July 2026 to May 2027, and end from June 2027 on.
struct RandomInitiatives {
  private let estate: RandomEstate
  private var freeIDs: [String]
  /// `holder/target` of links whose id is their target's.
  private var keyedLinks: Set<String>
  /// Nodes that open initiatives add, so that others may refer to them.
  private var proposed: [String] = []
  private(set) var documents: [String] = []

  init(_ estate: RandomEstate) {
    self.estate = estate
    freeIDs = estate.freeIDs
    keyedLinks = Set(estate.nodes.flatMap { node in node.links.map { "\(node.id)/\($0)" } })
  }

  mutating func add(_ count: Int, _ random: inout RandomNumbers) {
    // Ids in an order that is not that of writing.
    for number in random.shuffled(Array(1...count)) { add("i\(number)", count, &random) }
  }

  /// One that is being written.
  private struct Draft {
    let id: String
    let goLive: String?
    /// Ids of nodes, and whole ids of links that stand on their own.
    var added: [String] = []
    var addedLinks: [String] = []
    var adds: [String] = []
    var changes: [String] = []
    var retires: [String] = []
    /// What it changes, with the day: nothing is changed twice on one day.
    var changed: Set<String> = []
  }

  private mutating func add(_ id: String, _ count: Int, _ random: inout RandomNumbers) {
    let stage = random.pick([
      "idea", "proposal", "proposal", "proposal", "design", "design", "design", "build", "build", "transition", "live",
      "closed",
    ])
    let isOver = stage == "live" || stage == "closed"
    let goLive = random.chance(85) ? random.day(from: random.chance(10) ? 70 : 78, to: 100) : nil
    var draft = Draft(id: id, goLive: goLive)
    for _ in 0..<random.below(4) { addEntry(&draft, isOver: isOver, &random) }
    for _ in 0..<random.number(draft.adds.isEmpty ? 1...4 : 0...4) { addChange(&draft, &random) }
    if random.chance(40) { addRetirement(&draft, &random) }
    var lines = ["kind: initiative", "id: \(id)", "name: Initiative \(id)", "stage: \(stage)"]
    if let goLive { lines.append("goLive: \(goLive)") }
    for (key, entries) in [("adds", draft.adds), ("changes", draft.changes), ("retires", draft.retires)]
    where !entries.isEmpty {
      lines.append("\(key):")
      lines += entries.map { "  - {\($0)}" }
    }
    documents.append(lines.joined(separator: "\n"))
    if !isOver { proposed += draft.added }
    decide(id, count, &random)
  }

  private mutating func decide(_ id: String, _ count: Int, _ random: inout RandomNumbers) {
    guard random.chance(65) else { return }
    for (number, month) in [66, 70, 74].prefix(random.pick([1, 1, 2, 3])).enumerated() {
      let outcome = random.pick(["approved", "approved", "approved-with-conditions", "rejected", "deferred"])
      var targets = ["'initiative:\(id)'"]
      if random.chance(10) { targets.append("'node:\(random.pick(estate.nodes).id)'") }
      // What an initiative adds is decided upon before it is there; some of it is turned down.
      if number == 0, let node = proposed.last { targets.append("'node:\(node)'") }
      documents.append(
        """
        kind: decision
        id: \(id)-\(number)
        name: Decision \(number) on \(id)
        date: \(random.day(from: month, to: month + 2))
        outcome: \(outcome)
        targets: [\(targets.joined(separator: ", "))]
        """)
    }
  }

  // MARK: Entries

  private mutating func addEntry(_ draft: inout Draft, isOver: Bool, _ random: inout RandomNumbers) {
    let ids = estate.nodes.map(\.id)
    if isOver {
      // Its entries are compared with the estate.
      let id = random.pick(ids)
      guard !draft.added.contains(id) else { return }
      draft.added.append(id)
      draft.adds.append(node(id, known: ids, draft, &random))
      return
    }
    let known = ids + draft.added
    switch random.below(10) {
    case 0..<5:
      guard let id = freeIDs.popLast() else { return }
      draft.adds.append(node(id, known: known, draft, &random))
      draft.added.append(id)
    case 5..<8:
      // A link of a node that is there, or that it adds.
      let holder = random.pick(known)
      let target = random.pick(known)
      var keys = RandomEstate.linkFacts(to: target, known, estate.items, &random)
      var own = target
      if random.chance(50) || !keyedLinks.insert("\(holder)/\(target)").inserted {
        own = "\(draft.id)-\(draft.adds.count)"
        keys.insert("id: \(own)", at: 0)
      }
      draft.addedLinks.append("\(holder)/\(own)")
      draft.adds.append((["kind: link", "holder: \(holder)"] + keys).joined(separator: ", "))
    case 8:
      let id = "s-\(draft.id)-\(draft.adds.count)"
      let uses = random.some(0...3, of: known).joined(separator: ", ")
      draft.adds.append(
        "kind: service, id: \(id), name: Service \(id), uses: [\(uses)], lifecycle: {active: 2026-09-01}")
    default:
      let id = "d-\(draft.id)-\(draft.adds.count)"
      draft.adds.append(
        (["kind: item, id: \(id), name: Item \(id)"] + RandomEstate.itemFacts(&random)).joined(separator: ", "))
    }
  }

  /// A node with all its facts and links.
  private mutating func node(
    _ id: String, known: [String], _ draft: Draft, _ random: inout RandomNumbers
  ) -> String {
    var keys = ["kind: node", "id: \(id)", "name: New \(id)"]
    keys += RandomEstate.nodeFacts(others: known, estate.items, estate.tags, &random)
    let targets = random.some(0...3, of: known + [id]) + foreign(&random)
    keys.append("to: [\(targets.joined(separator: ", "))]")
    if random.chance(80) {
      keys.append("lifecycle: {active: \(draft.goLive ?? random.day(from: 78, to: 90))}")
    }
    let linked = random.some(0...3, of: known)
    if !linked.isEmpty {
      let links = linked.map {
        "{\(RandomEstate.linkFacts(to: $0, known, estate.items, &random).joined(separator: ", "))}"
      }
      for target in linked { keyedLinks.insert("\(id)/\(target)") }
      keys.append("links: [\(links.joined(separator: ", "))]")
    }
    return keys.joined(separator: ", ")
  }

  /// Now and then what another open initiative adds.
  private func foreign(_ random: inout RandomNumbers) -> [String] {
    random.chance(10) ? random.some(1...1, of: proposed) : []
  }

  // MARK: Changes

  private mutating func addChange(_ draft: inout Draft, _ random: inout RandomNumbers) {
    let date = random.chance(50) ? nil : random.day(from: 76, to: 102)
    let day = date ?? draft.goLive ?? RandomRepository.asOf
    var edits: [(field: String, verb: String, text: String)]
    let reference: String
    switch random.below(12) {
    case 0:
      guard let service = estate.services.isEmpty ? nil : random.pick(estate.services) else { return }
      reference = "service:\(service.id)"
      edits = serviceEdits(service.uses, draft, &random)
    case 1, 2, 3:
      let links = estate.nodes.flatMap { node in node.links.map { "\(node.id)/\($0)" } } + draft.addedLinks
      guard !links.isEmpty else { return }
      reference = "link:\(random.pick(links))"
      edits = linkEdits(draft, &random)
    case 4:
      reference = "item:\(random.pick(estate.items))"
      edits = [
        ("level", "set", RandomEstate.level(&random)), ("size", "set", "\(random.below(12))"), ("secret", "unset", ""),
      ]
    default:
      let isOwn = random.chance(15) && draft.added.contains { id in !estate.nodes.contains { $0.id == id } }
      if isOwn {
        reference = "node:\(random.pick(draft.added))"
        edits = nodeEdits(nil, draft, &random)
      } else {
        let node = random.pick(estate.nodes)
        reference = "node:\(node.id)"
        edits = nodeEdits(node, draft, &random)
      }
    }
    edits = random.some(1...3, of: edits).filter { edit in
      // The plan of a life holds at once, whatever the day.
      draft.changed.insert("\(reference) \(edit.field) \(edit.field.hasPrefix("lifecycle") ? "" : day)").inserted
    }
    guard !edits.isEmpty else { return }
    var keys = ["ref: '\(reference)'"]
    if let date { keys.append("date: \(date)") }
    for verb in ["set", "link", "unlink"] {
      let items = edits.filter { $0.verb == verb }.map { "\($0.field): \($0.text)" }
      if !items.isEmpty { keys.append("\(verb): {\(items.joined(separator: ", "))}") }
    }
    let unset = edits.filter { $0.verb == "unset" }.map(\.field)
    if !unset.isEmpty { keys.append("unset: [\(unset.joined(separator: ", "))]") }
    draft.changes.append(keys.joined(separator: ", "))
  }

  /// One edit for each field, of which some are taken.
  private func nodeEdits(
    _ node: RandomEstate.Node?, _ draft: Draft, _ random: inout RandomNumbers
  ) -> [(field: String, verb: String, text: String)] {
    let known = estate.nodes.map(\.id) + draft.added
    var edits: [(field: String, verb: String, text: String)] = [
      ("level", "set", RandomEstate.level(&random)), ("load", "set", "\(random.below(12))"),
      ("flag", "set", "\(random.chance(50))"), ("due", "set", random.day(from: 76, to: 104)),
      ("tone", "set", "sharp"), ("note", "set", "Seen."), ("colours", "set", "[red, green]"),
      ("parent", "set", random.pick(known)), ("backup", "set", random.pick(known)),
    ]
    for index in edits.indices where !["note", "tone"].contains(edits[index].field) && random.chance(20) {
      edits[index].verb = "unset"
    }
    for (field, there, all) in [
      ("to", node?.to ?? [], known + foreign(&random)), ("tags", estate.tags, estate.tags),
      ("holds", estate.items, estate.items),
    ] {
      let isRemoval = random.chance(40) && !there.isEmpty
      let text = "[\(random.some(1...2, of: isRemoval ? there : all).joined(separator: ", "))]"
      edits.append((field, isRemoval ? "unlink" : random.chance(80) ? "link" : "set", text))
    }
    // The relations twice: they matter most.
    edits += edits.suffix(3)
    if node?.isOpenEnded == true {
      edits.append(("lifecycle.phaseOut", "set", random.day(from: 78, to: 88)))
      edits.append(("lifecycle.retired", "set", random.day(from: 89, to: 104)))
      edits.append(("lifecycle.active", "set", random.day(from: 48, to: 76)))
    }
    return edits
  }

  private func serviceEdits(
    _ uses: [String], _ draft: Draft, _ random: inout RandomNumbers
  ) -> [(field: String, verb: String, text: String)] {
    let known = estate.nodes.map(\.id) + draft.added
    let isRemoval = random.chance(40) && !uses.isEmpty
    return [
      ("level", "set", RandomEstate.level(&random)), ("load", random.pick(["set", "unset"]), "\(random.below(9))"),
      ("lead", random.pick(["set", "unset"]), random.pick(known)),
      (
        "uses", isRemoval ? "unlink" : "link",
        "[\(random.some(1...2, of: isRemoval ? uses : known).joined(separator: ", "))]"
      ),
    ]
  }

  private func linkEdits(
    _ draft: Draft, _ random: inout RandomNumbers
  ) -> [(field: String, verb: String, text: String)] {
    let known = estate.nodes.map(\.id) + draft.added
    return [
      ("to", "set", random.pick(known)), ("spare", random.pick(["set", "unset"]), random.pick(known)),
      ("rank", random.pick(["set", "unset"]), "\(random.below(6))"), ("open", "set", "\(random.chance(50))"),
      ("via", random.pick(["link", "unlink", "set"]), "[\(random.pick(known))]"),
      ("carries", random.pick(["link", "unlink"]), "[\(random.pick(estate.items))]"),
      ("lifecycle.retired", "set", random.day(from: 91, to: 104)),
    ]
  }

  private func addRetirement(_ draft: inout Draft, _ random: inout RandomNumbers) {
    let links = estate.nodes.flatMap { node in node.links.map { "link:\(node.id)/\($0)" } }
    let nodes = estate.nodes.filter(\.isOpenEnded).map { "node:\($0.id)" }
    let services = estate.services.filter(\.isOpenEnded).map { "service:\($0.id)" }
    let all = nodes + nodes + services + links
    guard let reference = all.isEmpty ? nil : random.pick(all),
      draft.changed.insert("\(reference) lifecycle.retired ").inserted
    else { return }
    let isAtGoLive = draft.goLive.map { $0 > "2027-08" } ?? false
    let date = isAtGoLive && random.chance(50) ? "" : ", date: \(random.day(from: 91, to: 104))"
    draft.retires.append("ref: '\(reference)'\(date)")
  }
}
