/// A random catalogue of systems that exchange data, with initiatives on it: integrations and their flows, parts that
/// stand alone, records, references by older names, to what nobody has, and to what others propose.
struct RandomExchange {
  static let asOf = "2026-06-01"
  static let vocabulary = """
    kind: metamodel
    id: exchange
    name: Exchange
    lifecycle: {phases: [planned, active, phaseOut, retired], live: [active, phaseOut]}
    enums:
      style: {ordered: true, values: [api, event, file]}
    kinds:
      system:
        plural: systems
        role: component
        lifecycle: true
        fields:
          style: {type: style}
          count: {type: integer, default: 4}
          ratio: {type: number}
          flag: {type: boolean}
          rto: {type: duration, default: 1h}
          keep: {type: period}
          tags: {type: string, many: true}
          zones: {type: string, many: true, absent: unknown}
          check: {record: {style: {type: style}, date: {type: date}}}
          reviews: {many: true, record: {by: {type: string, required: true}, date: {type: date}}}
        relations:
          owner: {to: organisation, inverse: owns, role: owner}
          supplier: {to: organisation, absent: none, inverse: supplies}
          helpers: {to: organisation, many: true}
          holds: {to: dataset, many: true, absent: unknown, inverse: heldBy}
          about: {to: [dataset, organisation], many: true, inverse: subjectOf}
          needs: {to: system, many: true, inverse: neededBy}
          fallback: {to: system, absent: none, inverse: standsIn}
        parts:
          integrations: {kind: integration, key: to, inverse: from}
          modules: {kind: module, inverse: inside}
        derived:
          gives: {to: dataset, inverse: givenBy, is: "self.integrations.map(i, i.carries).flatten().distinct()"}
          reach: {to: system, inverse: reachedBy, recursive: true, is: "self.integrations.filter(i, i.live).map(i, i.to) + self.integrations.map(i, i.to.reach).flatten()"}
          stops: {to: system, inverse: stoppedBy, recursive: true, is: "[self] + self.needs.filter(n, n.fallback.size() == 0).map(n, n.stops).flatten()"}
          partners: {type: integer, is: "self.owner.owns.size()"}
          exposed: {type: boolean, recursive: true, is: "self.flag || self.needs.exists(n, n.exposed)"}
          depth: {type: integer, recursive: true, is: "self.needs.map(n, n.depth + 1).max(0)"}
          busy: {type: boolean, is: "self.live && every(integration).exists(i, i.live && i.to == self)"}
          fed: {to: dataset, inverse: feeds, is: "self.receives.filter(f, f.live).map(f, f.dataset)"}
      integration:
        plural: integrations
        role: integration
        lifecycle: {follows: [from, to]}
        fields: {style: {type: style}}
        relations:
          to: {to: system, required: true, inverse: incoming, role: target, why: It leads somewhere.}
          via: {to: system, many: true, inverse: passes, role: through}
          carries: {to: dataset, many: true, absent: unknown, inverse: carriedBy, role: carries}
          fetches: {to: dataset, many: true, inverse: fetchedBy, role: fetches}
        derived:
          hops: {type: integer, is: "self.flows.size()"}
          ends: {to: system, inverse: endOf, is: "self.flows.filter(f, f.live).map(f, f.destination)"}
      module:
        plural: modules
        lifecycle: true
        fields: {size: {type: integer}}
        relations: {runsOn: {to: system, inverse: runs}}
        derived:
          supplier: {to: organisation, inverse: supplies, is: "self.runsOn.supplier"}
      dataset:
        plural: datasets
        role: dataset
        fields: {level: {type: integer}}
        derived:
          places: {to: system, inverse: placeOf, is: "every(flow).filter(f, f.dataset == self && f.live).map(f, f.source)"}
      organisation: {plural: organisations, role: organisation}
    """

  private var random: RandomNumbers
  private(set) var documents: [String] = []
  private var systems: [String]
  private let datasets = ["d-1", "d-2", "d-3"]
  private let organisations = ["o-1", "o-2"]
  private var modules: [String] = []
  /// `system/own id`.
  private var integrations: [String] = []
  private var moduleIDs: [String] = []
  /// What the initiatives will add, by the initiative's number: systems, then datasets.
  private var proposed: [[String]]
  private var proposedData: [[String]]
  /// The initiative being written; -1: the catalogue.
  private var writer = -1

  init(seed: UInt64) {
    random = RandomNumbers(seed: seed)
    var ids = random.shuffled((0..<40).map { "s-\($0)" })
    systems = (0..<random.number(2...6)).map { _ in ids.removeLast() }
    let count = random.number(1...3)
    proposed = []
    proposedData = []
    for number in 0..<count {
      proposed.append((0..<random.below(3)).map { _ in ids.removeLast() })
      proposedData.append((0..<random.below(2)).map { "d-9\(number)\($0)" })
    }
    for id in datasets {
      add("kind: dataset", "id: \(id)", "name: \(id)", random.chance(50) ? "level: 3" : "", "aliases: [old-\(id)]")
    }
    for id in organisations { add("kind: organisation", "id: \(id)", "name: \(id)") }
    for id in systems { add(system(id, ids: ["kind: system", "id: \(id)"]).joined(separator: "\n")) }
    for index in 0..<random.below(4) { add(standing("x\(index)").joined(separator: "\n")) }
    let known = integrations
    for number in 0..<count { initiative(number, known) }
  }

  private mutating func add(_ lines: String...) {
    documents.append(lines.filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  // MARK: References

  private mutating func targetSystem() -> String {
    let others = proposed.indices.filter { $0 != writer }.flatMap { proposed[$0] }
    if !others.isEmpty, random.chance(10) { return random.pick(others) }
    if writer >= 0, !proposed[writer].isEmpty, random.chance(35) { return random.pick(proposed[writer]) }
    if random.chance(3) { return "missing" }
    let id = random.pick(systems)
    return random.chance(10) ? "old-\(id)" : random.chance(10) ? "\"system:\(id)\"" : id
  }

  private mutating func dataset() -> String {
    let others = proposedData.indices.filter { $0 != writer }.flatMap { proposedData[$0] }
    if !others.isEmpty, random.chance(15) { return random.pick(others) }
    if writer >= 0, !proposedData[writer].isEmpty, random.chance(35) { return random.pick(proposedData[writer]) }
    if random.chance(3) { return "missing" }
    let id = random.pick(datasets)
    return random.chance(10) ? "old-\(id)" : id
  }

  private mutating func targetSystems(_ range: ClosedRange<Int>) -> String { list(range) { $0.targetSystem() } }
  private mutating func someData(_ range: ClosedRange<Int>) -> String {
    random.chance(12) ? "unknown" : list(range) { $0.dataset() }
  }

  private mutating func list(_ range: ClosedRange<Int>, _ item: (inout RandomExchange) -> String) -> String {
    var items: [String] = []
    for _ in 0..<random.number(range) {
      let next = item(&self)
      if !items.contains(next) { items.append(next) }
    }
    return "[\(items.joined(separator: ", "))]"
  }

  private mutating func organisation() -> String { random.pick(organisations) }
  private mutating func gap(_ text: String) -> String { random.chance(12) ? "unknown" : text }
  private mutating func style() -> String { random.pick(["api", "event", "file"]) }
  private mutating func day() -> String { random.day(from: 70, to: 83) }

  // MARK: Entities

  /// Each field with a value, of which an entity has some.
  private mutating func systemFields() -> [(key: String, value: String)] {
    [
      ("style", gap(style())), ("count", gap("\(random.below(9))")), ("ratio", "0.5"), ("flag", "\(random.chance(50))"),
      ("rto", "\(random.number(1...9))h"), ("keep", "P2Y"), ("tags", random.pick(["[a]", "[b, a]", "[]"])),
      ("zones", gap(random.pick(["[north]", "[]"]))), ("check", gap("{style: \(style()), date: \(day())}")),
      ("reviews", "[{by: me, date: \(day())}]"), ("owner", gap(organisation())), ("supplier", gap(organisation())),
      ("helpers", "[\(organisation())]"), ("holds", someData(0...2)),
      ("about", "[\"dataset:\(dataset())\", \(organisation())]"),
      ("needs", targetSystems(0...2)), ("fallback", targetSystem()),
      (
        "lifecycle",
        random.pick(
          random.chance(15)
            ? ["active"] : ["{active: \(day())}", "{active: 2024-01-01, retired: \(day())}", "{active: 2024-01-01}"])
      ),
    ]
  }

  private mutating func system(_ id: String, ids: [String]) -> [String] {
    var lines = ids + ["name: \(id)", "aliases: [old-\(id)]"]
    for field in systemFields() where random.chance(60) { lines.append("\(field.key): \(field.value)") }
    let parts = (0..<random.below(3)).map { index -> String in
      integrations.append("\(id)/i\(index)")
      return "{id: i\(index), \(integrationFields().joined(separator: ", "))}"
    }
    if !parts.isEmpty || random.chance(30) { lines.append("integrations: [\(parts.joined(separator: ", "))]") }
    if random.chance(30) {
      moduleIDs.append("\(id)/m")
      lines.append("modules: [{id: m, size: 2, runsOn: \(targetSystem())}]")
    } else if random.chance(15) {
      lines.append("modules: unknown")
    }
    return lines
  }

  private mutating func integrationFields() -> [String] {
    var lines = ["to: \(targetSystem())"]
    if random.chance(60) { lines.append("via: \(targetSystems(0...3))") }
    if random.chance(70) { lines.append("carries: \(someData(0...3))") }
    if random.chance(60) { lines.append("fetches: \(someData(0...2))") }
    if random.chance(40) { lines.append("style: \(style())") }
    if random.chance(30) {
      let phase = random.pick(["active", "active", "retired", "phaseOut"])
      lines.append("lifecycle: {\(phase): \(phase == "active" ? day() : random.day(from: 76, to: 90))}")
    } else if random.chance(7) {
      lines.append("lifecycle: unknown")
    }
    return lines
  }

  /// A part in a document of its own; its owner may be what another proposes.
  private mutating func standing(_ id: String) -> [String] {
    var owner = targetSystem()
    while owner == "missing" { owner = targetSystem() }
    let plain = owner.filter { $0 != "\"" }.split(separator: ":").last.map(String.init) ?? owner
    let whole = plain.hasPrefix("old-") ? String(plain.dropFirst(4)) : plain
    if random.chance(25) {
      moduleIDs.append("\(whole)/\(id)")
      return ["kind: module", "id: \(id)", "inside: \(owner)", "size: \(random.below(5))", "runsOn: \(targetSystem())"]
    }
    integrations.append("\(whole)/\(id)")
    return ["kind: integration", "id: \(id)", "from: \(owner)"] + integrationFields()
  }

  // MARK: Initiatives

  private mutating func initiative(_ number: Int, _ known: [String]) {
    writer = number
    defer { writer = -1 }
    integrations = known
    let modules = moduleIDs
    let goLive = random.chance(85) ? random.day(from: 78, to: 82) : nil
    var lines = ["kind: initiative", "id: i\(number)", "name: I", "stage: design"]
    if let goLive { lines.append("goLive: \(goLive)") }
    var entries: [String] = []
    for id in proposed[number] {
      entries.append(system(id, ids: ["kind: system", "id: \(id)"]).joined(separator: ", "))
    }
    for id in proposedData[number] { entries.append("kind: dataset, id: \(id), name: D") }
    for index in 0..<random.below(3) { entries.append(standing("n\(number)\(index)").joined(separator: ", ")) }
    lines.append("adds: [\(entries.map { "{\($0)}" }.joined(separator: ", "))]")
    let changes = (0..<random.number(1...4)).map { _ in "{\(change(modules))}" }
    lines.append("changes: [\(changes.joined(separator: ", "))]")
    if random.chance(30) {
      lines.append("retires: [{ref: \"system:\(random.pick(systems))\", date: \(random.day(from: 84, to: 90))}]")
    }
    documents.append(lines.joined(separator: "\n"))
    if random.chance(50) {
      add(
        "kind: decision", "id: d\(number)", "name: D", "date: 2026-01-01", "outcome: approved",
        "targets: [\"initiative:i\(number)\"]")
    }
  }

  private mutating func change(_ modules: [String]) -> String {
    var keys: [String] = []
    var fields: [(key: String, value: String)]
    if random.chance(55), !integrations.isEmpty {
      keys.append("ref: \"integration:\(random.pick(integrations))\"")
      fields = [
        ("to", targetSystem()), ("via", targetSystems(0...3)), ("carries", someData(0...2)),
        ("fetches", someData(0...2)),
        ("style", gap(style())), ("lifecycle.retired", random.day(from: 84, to: 90)), ("lifecycle.active", gap(day())),
        ("lifecycle", "unknown"),
      ]
    } else if random.chance(10), !modules.isEmpty {
      keys.append("ref: \"module:\(random.pick(modules))\"")
      fields = [("size", "7"), ("runsOn", targetSystem()), ("name", "Other")]
    } else {
      let all = systems + proposed[writer] + proposed[random.below(writer + 1)]
      let id = random.pick(all)
      keys.append("ref: \"system:\(systems.contains(id) && random.chance(10) ? "old-" : "")\(id)\"")
      fields =
        systemFields() + [
          ("lifecycle.retired", gap(random.day(from: 84, to: 90))), ("lifecycle.phaseOut", gap(day())),
          ("check.date", gap(day())),
        ]
    }
    if random.chance(50) { keys.append("date: \(random.day(from: 76, to: 86))") }
    let lists = ["via", "carries", "fetches", "helpers", "holds", "about", "needs"]
    let chosen = random.some(1...4, of: fields)
    var verbs: [String: [String]] = [:]
    for field in chosen {
      let verb =
        lists.contains(field.key)
        ? random.pick(["set", "link", "link", "unlink", "unset"]) : random.pick(["set", "set", "unset"])
      if verb == "unset" {
        verbs["unset", default: []].append(field.key)
      } else if verb == "set" || field.value != "unknown" {
        verbs[verb, default: []].append("\"\(field.key)\": \(field.value)")
      }
    }
    for verb in ["set", "link", "unlink"] {
      if let items = verbs[verb] { keys.append("\(verb): {\(items.joined(separator: ", "))}") }
    }
    if let items = verbs["unset"] { keys.append("unset: [\(items.joined(separator: ", "))]") }
    return keys.joined(separator: ", ")
  }
}
