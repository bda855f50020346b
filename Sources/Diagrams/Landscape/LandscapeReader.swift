internal import CEL
internal import Catalogue

/// Reads from an estate what a landscape shows. Kinds and relations are found by their roles alone.
struct LandscapeReader {
  let estate: Estate
  let metamodel: Metamodel
  private let options: Landscape.Options
  var frame: Frame
  var model = LandscapeModel()
  /// By row: the system's position, or -1.
  var places: [Int32]
  /// By row: whether it is past its last live phase.
  private var retired: [Bool]
  /// By row: whether it does not meet the condition.
  private var unchosen: [Bool]
  /// What the initiative does in whose view the estate is seen.
  private let changes: InitiativeChanges?

  /// Linear in rows and integrations, but for sorting.
  static func read(_ estate: Estate, _ options: Landscape.Options) throws(LandscapeFailure) -> LandscapeModel {
    var reader = LandscapeReader(estate, options)
    let kinds = try endKinds(estate.metamodel)
    reader.model.date = estate.graph.date.text
    reader.model.phaseNames = estate.metamodel.phases
    reader.model.livePhases = estate.metamodel.livePhases
    reader.model.condition = options.selection?.condition
    try reader.addSystems(of: kinds)
    try reader.colour(options.colouring, kinds)
    reader.addLinks()
    reader.countChangedIntegrations()
    return reader.model
  }

  private init(_ estate: Estate, _ options: Landscape.Options) {
    self.estate = estate
    self.options = options
    metamodel = estate.metamodel
    frame = Frame(graph: estate.graph, slotCount: 1)
    places = Array(repeating: -1, count: estate.entities.count)
    retired = Array(repeating: false, count: estate.entities.count)
    changes = InitiativeChanges(estate)
    unchosen = retired
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

  private mutating func addSystems(of kinds: [Kind]) throws(LandscapeFailure) {
    model.noun = nouns(kinds) ?? model.noun
    model.linkNoun = nouns(metamodel.kinds(inRole: "integration")) ?? model.linkNoun
    let readers = try groupReaders(kinds)
    var found: [FieldWords: LandscapeModel.Group] = [:]
    var keys: [FieldWords] = []
    for kind in kinds {
      for row in estate.graph.members.rows(ofKind: kind.index) {
        let phase = phase(of: row, kind)
        if case .known(let position) = phase, position > (metamodel.livePhases.max() ?? .max) {
          retired[Int(row)] = true
          // What the initiative ends is what its picture is about.
          if changes?[row]?.kind != .retired {
            model.omissions.retiredSystems += 1
            continue
          }
        }
        if let selection = options.selection, !selection.rows.contains(row) {
          unchosen[Int(row)] = true
          model.omissions.unchosenSystems += 1
          continue
        }
        if retired[Int(row)] { model.overCount += 1 }
        let words =
          readers[kind.index]?.words(of: row, &frame)
          ?? FieldWords(state: .unknown, text: "No \(model.groupingName) recorded")
        let position = model.systems.count
        places[Int(row)] = Int32(position)
        var group = found[words] ?? LandscapeModel.Group(key: words.key, name: words.text)
        group.systems.append(position)
        group.link = link(toGroup: words)
        found[words] = group
        keys.append(words)
        if words.count > 1 { model.severalCount += 1 }
        model.systems.append(
          LandscapeModel.System(
            identity: estate.identity(row), name: estate.name(row), phase: phase, group: 0,
            isDoubtful: options.selection?.undecided.contains(row) ?? false,
            link: options.links?.link(kind: kind.name, id: estate.entity(row).id), change: changes?[row]))
      }
    }
    if model.systems.isEmpty, let selection = options.selection {
      throw .nothingChosen(condition: selection.condition, plural: model.noun.many, date: model.date)
    }
    // What is in no group comes last.
    let order = found.keys.sorted(by: FieldWords.precedes)
    model.groups = order.compactMap { found[$0] }
    for index in model.groups.indices {
      for system in model.groups[index].systems { model.systems[system].group = index }
    }
  }

  /// Where the heading of a group leads, which stands for one entity.
  private func link(toGroup words: FieldWords) -> DiagramLink? {
    guard let links = options.links, words.count == 1, words.ordinal == nil,
      let colon = words.key.firstIndex(of: ":"), case .found(let row) = estate.find(words.key),
      estate.identity(row) == words.key
    else { return nil }
    return links.link(
      kind: String(words.key[..<colon]), id: String(words.key[words.key.index(after: colon)...]))
  }

  /// The singular and the plural, where all are of one kind.
  private func nouns(_ kinds: [Kind]) -> (one: String, many: String)? {
    kinds.count == 1 ? (kinds[0].title.lowercased(), kinds[0].plural) : nil
  }

  private mutating func groupReaders(_ kinds: [Kind]) throws(LandscapeFailure) -> [Int: FieldWordsReader] {
    let readers: [Int: FieldWordsReader]
    switch options.grouping {
    case .owner: readers = self.readers(inRole: "owner", kinds)
    case .field(let name): readers = self.readers(named: name, kinds)
    }
    if let first = kinds.lazy.compactMap({ readers[$0.index] }).first {
      model.groupingName = first.title
      return readers
    }
    switch options.grouping {
    case .owner: throw .missingRole("owner")
    case .field(let name): throw .unknownField(name, for: .grouped, known: tellingFields(kinds))
    }
  }

  func readers(inRole role: String, _ kinds: [Kind]) -> [Int: FieldWordsReader] {
    kinds.reduce(into: [:]) { result, kind in
      guard let field = metamodel.field(inRole: role, of: kind.index) else { return }
      result[kind.index] = FieldWordsReader(field.path, of: kind.index, estate)
    }
  }

  func readers(named name: String, _ kinds: [Kind]) -> [Int: FieldWordsReader] {
    kinds.reduce(into: [:]) { $0[$1.index] = FieldWordsReader(name, of: $1.index, estate) }
  }

  /// What tells boxes apart, by name, sorted.
  static func tellingFields(_ estate: Estate) -> [String] {
    LandscapeReader(estate, Landscape.Options()).tellingFields((try? endKinds(estate.metamodel)) ?? [])
  }

  func tellingFields(_ kinds: [Kind]) -> [String] {
    let names = kinds.flatMap { kind in
      metamodel.fieldNames(ofKind: kind.index).filter { FieldWordsReader($0, of: kind.index, estate) != nil }
    }
    return Set(names).sorted()
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
          if way.contains(where: { unchosen[Int($0)] }) {
            model.omissions.unchosenIntegrations += 1
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

  private mutating func countChangedIntegrations() {
    guard let changes else { return }
    let kinds = Set(metamodel.kinds(inRole: "integration").map(\.index))
    model.changedIntegrations = changes.rows.count { kinds.contains(estate.entity($0).kind) }
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
