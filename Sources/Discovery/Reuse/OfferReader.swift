internal import CEL
internal import Catalogue
internal import Governance

/// Reads what speaks for and against what provides a capability, in one view at one date.
struct OfferReader {
  static let phaseName = "phase"

  private var reader: GraphReader
  private var phases: PhaseReader
  private let estate: Estate
  private let narrowing: ReuseNarrowing
  /// The position of a phase from which on something is there, and no longer leaving.
  private let settled: Int32?

  init(_ estate: Estate, _ narrowing: ReuseNarrowing) {
    self.estate = estate
    self.narrowing = narrowing
    reader = GraphReader(estate)
    phases = PhaseReader(estate)
    settled = estate.metamodel.livePhases.min().map { Int32($0) }
  }

  /// What provides a capability or a narrower one: what fits first, then what is designated, then what most use.
  mutating func offers(of capability: Int32) -> [Offer] {
    var seen: Set<Int32> = []
    var result: [Offer] = []
    let designated = Set(reader.targets(.designated, of: capability))
    for row in designated.sorted() where seen.insert(row).inserted {
      result.append(offer(row, capability, isDesignated: true))
    }
    let serving = result.filter(\.isSettled).map(\.row)
    var isOnce = false
    if case .bool(true)? = reader.value(.common, of: capability) { isOnce = !serving.isEmpty }
    for narrower in narrower(capability) {
      for row in reader.origins(.provides, of: narrower) where seen.insert(row).inserted {
        var offer = offer(row, narrower, isDesignated: false)
        if isOnce { offer.objections.insert(.notDesignated(designated: serving), at: 0) }
        result.append(offer)
      }
    }
    return result.map { ($0, estate.identity($0.row)) }.sorted { a, b in
      if a.0.fit != b.0.fit { return a.0.fit < b.0.fit }
      if a.0.isDesignated != b.0.isDesignated { return a.0.isDesignated }
      if a.0.users.count != b.0.users.count { return a.0.users.count > b.0.users.count }
      return a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }.map(\.0)
  }

  /// The nearest capability above one, or itself, that is common.
  mutating func common(_ capability: Int32) -> Int32? {
    var row: Int32? = capability
    var seen: Set<Int32> = []
    while let current = row, seen.insert(current).inserted {
      if case .bool(true)? = reader.value(.common, of: current) { return current }
      row = reader.targets(.partOf, of: current).first
    }
    return nil
  }

  /// Nil: not recorded.
  mutating func owners(of row: Int32) -> [Int32]? {
    let links = reader.links(.owner, of: row)
    if reader.field(.owner, of: row) == nil { return [] }
    return links.certain.isEmpty && links.open != nil ? nil : links.certain
  }

  /// A capability and all below it, nearest first.
  private mutating func narrower(_ capability: Int32) -> [Int32] {
    var result = [capability]
    var place = 0
    while place < result.count {
      for row in reader.origins(.partOf, of: result[place]) where !result.contains(row) { result.append(row) }
      place += 1
    }
    return result
  }

  // MARK: One offer

  private mutating func offer(_ row: Int32, _ capability: Int32, isDesignated: Bool) -> Offer {
    let incoming = reader.origins(.target, of: row)
    let contracts = contracts(row)
    return Offer(
      row: row, capability: capability, isDesignated: isDesignated, users: users(row, incoming),
      owners: owners(of: row), phase: phase(row), ends: phases.end(of: row),
      classification: reader.value(.classification, of: row), exposure: reader.value(.exposure, of: row),
      interfaces: interfaces(row), styles: styles(incoming), contracts: contracts,
      objections: objections(row, contracts))
  }

  private mutating func phase(_ row: Int32) -> String? {
    if case .enumeration(_, let ordinal)? = phases.phase(of: row) { estate.metamodel.phases[Int(ordinal)] } else { nil }
  }

  private mutating func users(_ row: Int32, _ incoming: [Int32]) -> [Int32] {
    var found = Set(reader.origins(.dependsOn, of: row))
    for part in incoming where !phases.hasEnded(part) { found.insert(estate.entity(part).owner) }
    return found.filter { $0 >= 0 && $0 != row && !phases.hasEnded($0) }.sorted()
  }

  private mutating func styles(_ incoming: [Int32]) -> [(style: String, count: Int)] {
    var counts: [String: Int] = [:]
    for part in incoming where !phases.hasEnded(part) {
      if let value = reader.value(.style, of: part), case .enumeration = value {
        counts[ValueText.exact(value, estate), default: 0] += 1
      }
    }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Those that have not ended: the ones that stay first.
  private mutating func interfaces(_ row: Int32) -> [Offer.Interface] {
    let rows = reader.origins(.offeredBy, of: row).filter { !phases.hasEnded($0) }
    let found = rows.map { row -> (isLeaving: Bool, Offer.Interface) in
      var values: [(String, Value)] = []
      var addresses: [String] = []
      for id in estate.kind(of: row).order {
        let field = estate.metamodel.fields[Int(id)]
        switch field.shape {
        case .scalar(.enumeration):
          // Where a statement comes from is no property of the thing.
          guard field.isMaterial, case let value = reader.value(field.path, of: row), case .enumeration = value else {
            continue
          }
          values.append((field.path, value))
        case .scalar(.url): addresses += [reader.text(field.path, of: row)].filter { !$0.isEmpty }
        default: continue
        }
      }
      var isLeaving = false
      if case .enumeration(_, let ordinal)? = phases.phase(of: row) { isLeaving = ordinal != settled }
      return (isLeaving, Offer.Interface(row: row, phase: phase(row), values: values, addresses: addresses))
    }
    return found.filter { !$0.isLeaving }.map(\.1) + found.filter(\.isLeaving).map(\.1)
  }

  /// The last to end first.
  private mutating func contracts(_ row: Int32) -> [Offer.Contract] {
    reader.origins(.covers, of: row).compactMap { contract -> Offer.Contract? in
      guard let value = reader.value(.ends, of: contract) else { return nil }
      if case .date(let date) = value { return Offer.Contract(row: contract, ends: date) }
      return Offer.Contract(row: contract, ends: nil)
    }.sorted { a, b in
      let (x, y) = (a.ends ?? .never, b.ends ?? .never)
      return x != y ? x > y : a.row < b.row
    }
  }

  // MARK: What stands against it

  private mutating func objections(_ row: Int32, _ contracts: [Offer.Contract]) -> [Offer.Objection] {
    var result: [Offer.Objection] = []
    if let adding = estate.initiatives.first(where: { $0.added.contains(row) }) {
      result.append(.planned(initiative: adding.id))
    }
    if let phase = phases.phase(of: row) {
      if case .enumeration(_, let ordinal) = phase {
        if ordinal != settled {
          let name = estate.metamodel.phases[Int(ordinal)]
          result.append(.phase(name, since: day(row, settled), until: phases.end(of: row)))
        }
      } else {
        result.append(.unrecorded(field: Self.phaseName))
      }
    }
    compare(.classification, narrowing.classification, row, &result)
    compare(.exposure, narrowing.exposure, row, &result)
    if let last = contracts.first, let ends = last.ends, ends <= estate.graph.date {
      result.append(.contract(ends: ends))
    }
    return result
  }

  /// The first day of a phase, where that is still to come.
  private mutating func day(_ row: Int32, _ phase: Int32?) -> CivilDate? {
    guard let phase, case .date(let date) = reader.value("lifecycle.\(estate.metamodel.phases[Int(phase)])", of: row),
      date > estate.graph.date, date != .never
    else { return nil }
    return date
  }

  private mutating func compare(
    _ role: ReuseRole, _ wanted: String?, _ row: Int32, _ objections: inout [Offer.Objection]
  ) {
    guard let wanted, let field = reader.field(role, of: row) else { return }
    guard case .enumeration(let type, let ordinal) = reader.value(field.path, of: row) else {
      return objections.append(.unrecorded(field: field.path))
    }
    let enumeration = estate.metamodel.enums[Int(type)]
    guard let least = enumeration.ordinal(of: wanted), ordinal < least else { return }
    objections.append(
      .below(field: field.path, has: enumeration.titles[Int(ordinal)], needs: enumeration.titles[Int(least)]))
  }
}
