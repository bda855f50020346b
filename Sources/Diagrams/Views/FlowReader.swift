internal import CEL
internal import Catalogue

/// Reads where one dataset goes, hop by hop, and in which trust zones the places on its way are.
struct FlowReader {
  /// The trust zones of a place: mostly one.
  struct Zones: Hashable, Sendable {
    var order: [Int32]
    var name: String
    var isRecorded: Bool { order != [.max] }
  }

  var sight: EstateSight

  init(_ sight: EstateSight) { self.sight = sight }

  /// The hops of a dataset that have not ended, as integrations between neighbours on the way; and how many integrations
  /// do not say what they carry.
  mutating func flows(of dataset: Int32) -> (hops: [Joint], unknown: Int) {
    let estate = sight.estate
    var hops: [Joint] = []
    var unknown: Set<Int32> = []
    for row in estate.rows(ofKind: "flow") {
      guard let from = EstateSight.rows(estate.value("source", of: row)).first,
        let to = EstateSight.rows(estate.value("destination", of: row)).first,
        let integration = EstateSight.rows(estate.value("integration", of: row)).first
      else { continue }
      let change = sight.change(ofJoint: integration, from: from, to: to)
      if change?.kind != .retired, sight.hasEnded(integration) || sight.isGone(from) || sight.isGone(to) { continue }
      switch estate.value("dataset", of: row) {
      case .entity(dataset):
        hops.append(
          Joint(
            row: integration, from: from, to: to, via: [],
            style: sight.title(sight.value(inRole: "style", of: integration)), carries: [], fetches: [], isOpen: false,
            interface: nil, isLive: sight.isLive(integration), change: change))
      case .unknown: unknown.insert(integration)
      default: continue
      }
    }
    return (hops, unknown.count)
  }

  /// What components say of a dataset themselves, by the relations that are written: `holds it`, `master of it`.
  mutating func keepers(of dataset: Int32) -> [Int32: [String]] {
    let (estate, metamodel) = (sight.estate, sight.metamodel)
    var result: [Int32: [String]] = [:]
    let kind = estate.entity(dataset).kind
    for component in metamodel.kinds(inRole: "component") {
      for id in component.order {
        let field = metamodel.fields[Int(id)]
        guard case .relation(let targets, _) = field.shape, targets.contains(kind),
          let declaration = metamodel.field(field.path, ofKind: component.index)
        else { continue }
        for row in estate.graph.members.rows(ofKind: component.index)
        where EstateSight.rows(sight.read(declaration, of: row)).contains(dataset) && !sight.isGone(row) {
          result[row, default: []].append("\(field.title?.lowercased() ?? PhaseStyle.readable(field.path)) it")
        }
      }
    }
    return result
  }

  /// Of the places that a component's relations lead to and that have a field in role `zone`.
  mutating func zones(of row: Int32) -> Zones {
    let metamodel = sight.metamodel
    let kind = sight.estate.kind(of: row)
    let zoned = Set(metamodel.fields(inRole: "zone").map(\.kind))
    var found: [Int32: String] = [:]
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      guard case .relation(let targets, _) = field.shape, targets.kinds.contains(where: { zoned.contains($0) }),
        let declaration = metamodel.field(field.path, ofKind: kind.index)
      else { continue }
      for place in EstateSight.rows(sight.read(declaration, of: row)) {
        let value = sight.value(inRole: "zone", of: place)
        if case .enumeration(_, let ordinal)? = value, let title = sight.title(value) { found[ordinal] = title }
      }
    }
    if found.isEmpty { return Zones(order: [.max], name: "zone not recorded") }
    let sorted = found.sorted { $0.key < $1.key }
    return Zones(order: sorted.map(\.key), name: EstateSight.list(sorted.map(\.value)))
  }

  /// Whether a component is known to be rated lower than data.
  mutating func isBelow(_ row: Int32, _ rating: Value?) -> Bool {
    guard case .enumeration(let type, let needed)? = rating,
      case .enumeration(type, let own)? = sight.value(inRole: "classification", of: row)
    else { return false }
    return own < needed
  }
}
