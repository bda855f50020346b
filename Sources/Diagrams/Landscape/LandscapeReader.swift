internal import CEL
internal import Catalogue

/// Reads from an estate what a landscape shows. Kinds and relations are found by their roles alone.
struct LandscapeReader {
  private let estate: Estate
  private let metamodel: Metamodel
  private var frame: Frame
  private var model = LandscapeModel()
  /// By row: the system's position, or -1.
  private var places: [Int32]
  /// By row: whether it is past its last live phase.
  private var retired: [Bool]

  /// Linear in rows and integrations, but for sorting.
  static func read(_ estate: Estate, grouping: Landscape.Grouping) throws(LandscapeFailure) -> LandscapeModel {
    var reader = LandscapeReader(estate)
    let kinds = try endKinds(estate.metamodel)
    reader.model.date = estate.graph.date.text
    reader.model.phaseNames = estate.metamodel.phases
    reader.model.livePhases = estate.metamodel.livePhases
    try reader.addSystems(of: kinds, grouping)
    reader.addLinks()
    return reader.model
  }

  private init(_ estate: Estate) {
    self.estate = estate
    metamodel = estate.metamodel
    frame = Frame(graph: estate.graph, slotCount: 1)
    places = Array(repeating: -1, count: estate.entities.count)
    retired = Array(repeating: false, count: estate.entities.count)
  }

  // MARK: Systems

  /// The kinds that integrations join: what owns one, is its target or is passed by it, and is a component.
  static func endKinds(_ metamodel: Metamodel) throws(LandscapeFailure) -> [Kind] {
    let integrations = metamodel.kinds(inRole: "integration")
    guard !integrations.isEmpty else { throw .missingRole("integration") }
    var ends: Set<Int> = []
    for integration in integrations {
      ends.formUnion(integration.partOf)
      for id in integration.order {
        let field = metamodel.fields[Int(id)]
        switch field.shape {
        case .owner(let kinds): ends.formUnion(kinds.kinds)
        case .relation(let kinds, _) where field.role == "target" || field.role == "through":
          ends.formUnion(kinds.kinds)
        default: continue
        }
      }
    }
    let components = metamodel.kinds(inRole: "component").filter { ends.contains($0.index) }
    guard !components.isEmpty else { throw .missingRole("component") }
    return components
  }

  private mutating func addSystems(of kinds: [Kind], _ grouping: Landscape.Grouping) throws(LandscapeFailure) {
    model.noun = nouns(kinds) ?? model.noun
    model.linkNoun = nouns(metamodel.kinds(inRole: "integration")) ?? model.linkNoun
    let fields = try groupFields(kinds, grouping)
    var found: [String: LandscapeModel.Group] = [:]
    var keys: [String] = []
    for kind in kinds {
      for row in estate.graph.members.rows(ofKind: kind.index) {
        let phase = phase(of: row, kind)
        if case .known(let position) = phase, position > (metamodel.livePhases.max() ?? .max) {
          retired[Int(row)] = true
          model.omissions.retiredSystems += 1
          continue
        }
        let (key, name) = fields[kind.index].map { group(of: row, $0) } ?? ("", "")
        let position = model.systems.count
        places[Int(row)] = Int32(position)
        found[key, default: LandscapeModel.Group(key: key, name: name)].systems.append(position)
        keys.append(key)
        model.systems.append(
          LandscapeModel.System(
            identity: estate.identity(row), name: estate.name(row), phase: phase, group: 0))
      }
    }
    // What is in no group comes last.
    model.groups = found.values.sorted {
      $0.key.isEmpty != $1.key.isEmpty ? $1.key.isEmpty : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    for index in model.groups.indices {
      if model.groups[index].key.isEmpty { model.groups[index].name = "No \(model.groupingName) recorded" }
      for system in model.groups[index].systems { model.systems[system].group = index }
    }
  }

  /// The singular and the plural, where all are of one kind.
  private func nouns(_ kinds: [Kind]) -> (one: String, many: String)? {
    kinds.count == 1 ? (kinds[0].title.lowercased(), kinds[0].plural) : nil
  }

  private mutating func groupFields(
    _ kinds: [Kind], _ grouping: Landscape.Grouping
  ) throws(LandscapeFailure) -> [Int: FieldDeclaration] {
    var result: [Int: FieldDeclaration] = [:]
    for kind in kinds {
      let path: String?
      switch grouping {
      case .owner: path = metamodel.field(inRole: "owner", of: kind.index)?.path
      case .field(let name): path = name
      }
      guard let path, let field = metamodel.field(path, ofKind: kind.index), Self.canGroup(by: field.type) else {
        continue
      }
      result[kind.index] = field
      model.groupingName = metamodel.field(path, of: kind.index)?.title?.lowercased() ?? path
    }
    guard result.isEmpty else { return result }
    switch grouping {
    case .owner: throw .missingRole("owner")
    case .field(let name):
      let known = kinds.flatMap { kind in
        metamodel.fieldNames(ofKind: kind.index).filter { name in
          metamodel.field(name, ofKind: kind.index).map { Self.canGroup(by: $0.type) } ?? false
        }
      }
      throw .unknownField(name, known: Set(known).sorted())
    }
  }

  /// Whether values of a type can be told apart and named: a field that cannot would put everything in one group.
  private static func canGroup(by type: ValueType) -> Bool {
    switch type {
    case .string, .bool, .int, .date, .enumeration, .entity, .list(.entity): true
    default: false
    }
  }

  /// What the group of a system is known by and called; empty where it is in none.
  private mutating func group(of row: Int32, _ field: FieldDeclaration) -> (key: String, name: String) {
    let texts = describe(frame.read(field, of: row))
    return (texts.map(\.key).joined(separator: " "), texts.map(\.name).joined(separator: ", "))
  }

  private func describe(_ value: Value) -> [(key: String, name: String)] {
    if let view = value.listView {
      return (0..<view.count).compactMap { view.row(at: $0) }.map { (estate.identity($0), estate.name($0)) }
    }
    switch value {
    case .entity(let row): return [(estate.identity(row), estate.name(row))]
    case .string(let text): return [(text, text)]
    case .bool(let flag): return [(flag ? "yes" : "no", flag ? "yes" : "no")]
    case .int(let number): return [("\(number)", "\(number)")]
    case .date(let date): return [(date.text, date.text)]
    case .enumeration(let type, let ordinal):
      let enumeration = metamodel.enums[Int(type)]
      return [("\(padded(ordinal)) \(enumeration.values[Int(ordinal)])", enumeration.titles[Int(ordinal)])]
    default: return []
    }
  }

  /// Sorts values of an enumeration in their own order.
  private func padded(_ ordinal: Int32) -> String {
    let digits = String(ordinal)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private mutating func phase(of row: Int32, _ kind: Kind) -> LandscapeModel.Phase {
    guard kind.lifecycle != .none else { return .none }
    guard case .enumeration(_, let ordinal) = estate.value("phase", of: row, &frame) else { return .unknown }
    return .known(Int(ordinal))
  }

  // MARK: Links

  private mutating func addLinks() {
    var links: [Int: LandscapeModel.Link] = [:]
    let firstLive = metamodel.livePhases.min() ?? 0
    let lastLive = metamodel.livePhases.max() ?? .max
    for kind in metamodel.kinds(inRole: "integration") {
      let target = metamodel.field(inRole: "target", of: kind.index)
      let through = metamodel.field(inRole: "through", of: kind.index)
      let targetField = target.flatMap { metamodel.field($0.path, ofKind: kind.index) }
      let throughField = through.flatMap { metamodel.field($0.path, ofKind: kind.index) }
      for row in estate.graph.members.rows(ofKind: kind.index) {
        let source = estate.entity(row).owner
        let targets = targetField.map { rows(frame.read($0, of: row)) } ?? []
        guard source >= 0, !targets.isEmpty else {
          model.omissions.openIntegrations += 1
          continue
        }
        let phase = phase(of: row, kind)
        let passed = throughField.map { rows(frame.read($0, of: row)) } ?? []
        for target in targets {
          let way = [source] + inOrder(passed, through?.path ?? "", row) + [target]
          if way.contains(where: { retired[Int($0)] }) || isPast(phase, lastLive) {
            model.omissions.retiredIntegrations += 1
            continue
          }
          guard way.allSatisfy({ places[Int($0)] >= 0 }) else {
            model.omissions.openIntegrations += 1
            continue
          }
          model.integrationCount += 1
          let isLive = !isBefore(phase, firstLive)
          for (from, to) in zip(way, way.dropFirst()) {
            let ends = [Int(places[Int(from)]), Int(places[Int(to)])]
            let isForward = ends[0] <= ends[1]
            let sorted = isForward ? ends : [ends[1], ends[0]]
            let key = sorted[0] * model.systems.count + sorted[1]
            var link = links[key] ?? LandscapeModel.Link(ends: sorted)
            link.opened[isForward ? 0 : 1] += 1
            link.live += isLive ? 1 : 0
            links[key] = link
          }
        }
      }
    }
    model.links = links.keys.sorted().compactMap { links[$0] }
  }

  private func isPast(_ phase: LandscapeModel.Phase, _ lastLive: Int) -> Bool {
    if case .known(let position) = phase { position > lastLive } else { false }
  }

  private func isBefore(_ phase: LandscapeModel.Phase, _ firstLive: Int) -> Bool {
    if case .known(let position) = phase { position < firstLive } else { false }
  }

  private func rows(_ value: Value) -> [Int32] {
    if case .entity(let row) = value { return [row] }
    guard let view = value.listView else { return [] }
    return (0..<view.count).compactMap { view.row(at: $0) }
  }

  /// Platforms in the order in which they are passed, which an adjacency does not keep: as they are written.
  private func inOrder(_ platforms: [Int32], _ path: String, _ row: Int32) -> [Int32] {
    guard platforms.count > 1 else { return platforms }
    let offsets = platforms.map { estate.place(of: $0, under: path, in: row)?.range.utf8Range.lowerBound ?? 0 }
    return platforms.indices.sorted { (offsets[$0], $0) < (offsets[$1], $1) }.map { platforms[$0] }
  }
}
