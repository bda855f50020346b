internal import CEL
internal import Catalogue

/// Reads a capability map from an estate. Kinds and relations are found by their roles alone.
struct CapabilityReader {
  private var sight: EstateSight
  private var model = CapabilityModel()
  /// By row: the capability's position, or -1.
  private var places: [Int32]
  private var rows: [Int32] = []

  /// Linear in capabilities and in what provides them, but for sorting.
  static func read(
    _ estate: Estate, _ heat: CapabilityHeat, _ options: DiagramOptions
  ) throws(DiagramFailure) -> CapabilityModel {
    var reader = CapabilityReader(estate, options)
    try reader.read(heat)
    return reader.model
  }

  private init(_ estate: Estate, _ options: DiagramOptions) {
    sight = EstateSight(estate, options)
    places = Array(repeating: -1, count: estate.entities.count)
    model.date = sight.date
    model.when = sight.when
  }

  private mutating func read(_ heat: CapabilityHeat) throws(DiagramFailure) {
    let metamodel = sight.metamodel
    let kinds = metamodel.kinds(inRole: "capability")
    func need(_ role: String, _ fields: [Field]) throws(DiagramFailure) {
      let indices = Set(kinds.map(\.index))
      if !fields.contains(where: { indices.contains($0.kind) }) {
        throw .missingRole(view: "capabilities", role: role)
      }
    }
    guard !kinds.isEmpty else { throw .missingRole(view: "capabilities", role: "capability") }
    let provides = metamodel.fields(inRole: "provides")
    guard !provides.isEmpty else { throw .missingRole(view: "capabilities", role: "provides") }
    let common = metamodel.fields(inRole: "common")
    if heat == .common { try need("common", common) }
    if heat == .maturity { try need("maturity", metamodel.fields(inRole: "maturity")) }
    model.tellsCommon = !common.isEmpty
    if kinds.count == 1 { model.title = (kinds[0].title.lowercased(), kinds[0].plural) }
    let providing = Set(provides.map(\.kind))
    if providing.count == 1, let only = providing.first.map({ metamodel.kinds[$0] }) {
      model.noun = (only.title.lowercased(), only.plural)
    }
    addCapabilities(kinds)
    guard !model.capabilities.isEmpty else {
      throw .nothingToDraw("there are no \(model.title.many) on \(model.date)")
    }
    addTree(kinds)
    addProviders(provides)
  }

  // MARK: Capabilities

  private mutating func addCapabilities(_ kinds: [Kind]) {
    var ended = 0
    for kind in kinds {
      let maturity = sight.metamodel.field(inRole: "maturity", of: kind.index)
      let reader = maturity.flatMap { FieldWordsReader($0.path, of: kind.index, sight.estate) }
      if case .enumeration(let type)? = reader?.declaration.type { model.maturityLength = type.values.count }
      var frame = Frame(graph: sight.estate.graph, slotCount: 1)
      for row in sight.estate.graph.members.rows(ofKind: kind.index) {
        if sight.hasEnded(row) {
          ended += 1
          continue
        }
        places[Int(row)] = Int32(model.capabilities.count)
        rows.append(row)
        var capability = CapabilityModel.Capability(
          identity: sight.estate.identity(row), name: sight.estate.name(row), kind: kind.title.lowercased())
        if case .bool(let flag)? = sight.value(inRole: "common", of: row) { capability.isCommon = flag }
        if let reader { capability.maturity = reader.words(of: row, &frame) }
        capability.link = sight.options.links?.link(kind: kind.name, id: sight.estate.entity(row).id)
        model.capabilities.append(capability)
      }
    }
    if ended > 0 {
      model.notes.append("Not shown: \(LandscapeWords.count(ended, model.title.one, model.title.many)) that ended.")
    }
  }

  /// What is part of what: by the relation in role `partOf`; of several wholes by the first; circles are cut.
  private mutating func addTree(_ kinds: [Kind]) {
    if !kinds.contains(where: { sight.metamodel.field(inRole: "partOf", of: $0.index) != nil }) {
      model.notes.append(
        "The vocabulary does not tell which \(model.title.one) is part of which: no relation has the role `partOf`.")
    }
    var several = 0
    for (position, row) in rows.enumerated() {
      let wholes = EstateSight.rows(sight.value(inRole: "partOf", of: row)).sorted()
        .filter { places[Int($0)] >= 0 && $0 != row }
      if wholes.count > 1 { several += 1 }
      model.capabilities[position].parent = wholes.first.map { Int(places[Int($0)]) }
    }
    if several > 0 {
      let count = LandscapeWords.count(several, "\(model.title.one) is", "\(model.title.many) are")
      model.notes.append("\(count) part of more than one: the first of them holds the box.")
    }
    let cut = cutCircles()
    if !cut.isEmpty {
      model.notes.append(
        "Parts of themselves, and drawn as if they were not: \(EstateSight.list(Array(cut.prefix(3))))"
          + (cut.count > 3 ? " and \(cut.count - 3) more." : "."))
    }
    for position in model.capabilities.indices {
      if let parent = model.capabilities[position].parent {
        model.capabilities[parent].children.append(position)
      } else {
        model.roots.append(position)
      }
    }
  }

  /// Takes its whole from the first of each circle; their names.
  private mutating func cutCircles() -> [String] {
    var result: [String] = []
    // Nought: not seen; else the walk that saw it.
    var seen = [Int](repeating: 0, count: model.capabilities.count)
    for start in model.capabilities.indices where seen[start] == 0 {
      var position = start
      while seen[position] == 0 {
        seen[position] = start + 1
        guard let parent = model.capabilities[position].parent else { break }
        position = parent
      }
      guard seen[position] == start + 1, model.capabilities[position].parent != nil else { continue }
      var first = position
      var next = model.capabilities[position].parent ?? position
      while next != position {
        first = min(first, next)
        guard let parent = model.capabilities[next].parent else { break }
        next = parent
      }
      model.capabilities[first].parent = nil
      result.append(model.capabilities[first].name)
    }
    return result
  }

  // MARK: Providers

  private mutating func addProviders(_ fields: [Field]) {
    let firstLive = sight.metamodel.livePhases.min() ?? 0
    var providers: Set<Int32> = []
    var ended: Set<Int32> = []
    var open: Set<Int32> = []
    for field in fields.sorted(by: { $0.kind < $1.kind }) {
      for row in sight.estate.graph.members.rows(ofKind: field.kind) {
        let value = sight.value(inRole: "provides", of: row)
        if EstateSight.isOpen(value) { open.insert(row) }
        let targets = Set(EstateSight.rows(value)).sorted().map { Int(places[Int($0)]) }.filter { $0 >= 0 }
        if targets.isEmpty { continue }
        if sight.hasEnded(row) {
          ended.insert(row)
          continue
        }
        let phase = sight.phase(of: row)
        let name = sight.estate.name(row)
        for target in targets {
          switch phase {
          case .known(let position) where position < firstLive: model.capabilities[target].coming.append(name)
          case .known(let position) where position > firstLive:
            let style = PhaseStyle(phase, names: sight.metamodel.phases, live: sight.metamodel.livePhases)
            model.capabilities[target].live.append(.init(name: "\(name) (\(style.title))", isEnding: true))
          case .known, .none: model.capabilities[target].live.append(.init(name: name))
          case .unknown: model.capabilities[target].unrecorded.append(name)
          }
        }
        if sight.isLive(row) { providers.insert(row) }
      }
    }
    model.providerCount = providers.count
    if !ended.isEmpty {
      let count = LandscapeWords.count(ended.count, "\(model.noun.one) that has", "\(model.noun.many) that have")
      model.notes.append("Not shown: \(count) ended.")
    }
    if !open.isEmpty {
      let count = LandscapeWords.count(open.count, model.noun.one, model.noun.many)
      model.notes.append("Of \(count) nobody recorded wholly what is provided.")
    }
  }
}
