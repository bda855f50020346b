internal import CEL
internal import Catalogue

/// Reads what comes, changes and goes on which day: by open initiatives, and by what the catalogue says of its systems.
struct RoadmapReader {
  /// Something that happens.
  struct Event: Sendable {
    enum Kind: Int, Sendable { case comes, changes, goes }

    /// Nil: nobody recorded one.
    var day: CivilDate?
    /// The place of an initiative; nil: the catalogue itself.
    var actor: Int?
    var kind: Kind
    var row: Int32
    /// What it is called.
    var text: String
  }

  /// From when until when something lives.
  private struct Life {
    var isLiveNow: Bool
    var start: CivilDate?
    var end: CivilDate?

    func isLive(on day: CivilDate, from now: CivilDate) -> Bool {
      if let end, end <= day { return false }
      if let start, start > now { return start <= day }
      return isLiveNow
    }
  }

  /// Without derived fields, which no day depends on.
  let estate: Estate
  private var sight: EstateSight
  private(set) var events: [Event] = []
  /// Of initiatives that set one field differently: the one that wins, and what is told of it.
  private(set) var collisions: [(actor: Int, day: CivilDate?, text: String)] = []
  /// By row: with what is approved.
  private var approved: [Int32: Life] = [:]
  /// The same with all that is open.
  private var open: [Int32: Life] = [:]
  /// Systems of which nobody recorded in which phase they are.
  private(set) var unknownCount = 0
  private let systemKinds: Set<Int>

  init(_ estate: Estate, _ options: DiagramOptions) {
    self.estate = estate.deriving(toRead: [])
    sight = EstateSight(self.estate, options)
    systemKinds = sight.endKinds
    readCatalogue()
    readInitiatives()
    readCollisions()
    events.sort { a, b in
      let (x, y) = (a.day ?? .never, b.day ?? .never)
      if x != y { return x < y }
      if a.actor != b.actor { return (a.actor ?? -1) < (b.actor ?? -1) }
      return a.kind.rawValue != b.kind.rawValue ? a.kind.rawValue < b.kind.rawValue : a.row < b.row
    }
  }

  var now: CivilDate { estate.asOf }

  /// The singular and the plural of what is counted.
  var systemNoun: (one: String, many: String) {
    let kinds = systemKinds.sorted().map { estate.metamodel.kinds[$0] }
    return kinds.count == 1 ? (kinds[0].title.lowercased(), kinds[0].plural) : ("component", "components")
  }

  func liveCount(on day: CivilDate) -> (approved: Int, open: Int) {
    (
      approved.values.count { $0.isLive(on: day, from: now) }, open.values.count { $0.isLive(on: day, from: now) }
    )
  }

  func isSystem(_ row: Int32) -> Bool { systemKinds.contains(estate.entity(row).kind) }

  // MARK: The catalogue

  private mutating func readCatalogue() {
    let (metamodel, now) = (estate.metamodel, now)
    let committed = estate.seen(in: estate.committedView(), at: now)
    for kind in systemKinds.sorted() {
      for row in estate.graph.members.rows(ofKind: kind) {
        if case .unknown = sight.phase(of: row) { unknownCount += 1 }
        let life = Life(isLiveNow: sight.isLive(row), start: estate.start(of: row), end: estate.end(of: row))
        approved[row] = life
        open[row] = life
        let planned = Life(isLiveNow: life.isLiveNow, start: committed.start(of: row), end: committed.end(of: row))
        // What an approved initiative plans otherwise is told of that.
        if planned.start == life.start, let day = life.start, day > now { add(day, nil, .comes, row) }
        if planned.end == life.end, let day = life.end, day > now { add(day, nil, .goes, row) }
        let (first, final) = (metamodel.livePhases.min() ?? 0, metamodel.finalPhase ?? metamodel.phases.count)
        for phase in metamodel.phases.indices where phase > first && phase < final {
          let day = estate.day(phase, of: row)
          if let day, day > now, day == committed.day(phase, of: row) {
            add(day, nil, .changes, row, suffix: ": \(PhaseStyle.readable(metamodel.phases[phase]))")
          }
        }
      }
    }
  }

  // MARK: Initiatives

  private mutating func readInitiatives() {
    let places = Dictionary(
      estate.initiatives.enumerated().map { ($0.element.row, $0.offset) }, uniquingKeysWith: { a, _ in a })
    for view in estate.initiativeViews() {
      guard let place = places[view.initiative.row] else { continue }
      read(view.initiative, place, estate.seen(in: view.view, at: view.date))
      view.forget()
    }
  }

  private mutating func read(_ initiative: Initiative, _ place: Int, _ seen: Estate) {
    let added = Set(initiative.added)
    func isTold(_ row: Int32) -> Bool {
      let kind = seen.kind(of: row)
      return !kind.isBuiltIn && (seen.entity(row).owner < 0 || kind.role == "integration")
    }
    for row in initiative.added where isTold(row) {
      let (start, end) = (seen.start(ofAdded: row, goLive: initiative.goLive), seen.end(of: row))
      // What is added to something that is added is no event of its own.
      if !added.contains(seen.entity(row).owner) { add(start, place, .comes, row, in: seen) }
      if let end { add(end, place, .goes, row, in: seen) }
      guard isSystem(row) else { continue }
      let life = Life(isLiveNow: false, start: start ?? .never, end: end)
      if initiative.isCommitted { approved[row] = life }
      open[row] = life
    }
    let ends = ends(by: initiative, seen)
    for (row, end) in ends.sorted(by: { $0.key < $1.key }) where isTold(row) {
      add(end, place, .goes, row, in: seen)
      guard isSystem(row) else { continue }
      if initiative.isCommitted { approved[row]?.end = end }
      let known = open[row]?.end ?? .never
      open[row]?.end = min(known, end)
    }
    struct Key: Hashable {
      var row: Int32
      var day: CivilDate?
    }
    var told: Set<Key> = []
    for change in initiative.changes where !added.contains(change.entity) {
      let day = change.date ?? initiative.goLive
      let owner = seen.entity(change.entity).owner
      let row = isTold(change.entity) || owner < 0 ? change.entity : owner
      if let end = ends[row], change.date == nil || end == day { continue }
      if isTold(row), told.insert(Key(row: row, day: day)).inserted { add(day, place, .changes, row, in: seen) }
    }
  }

  /// What of the catalogue it ends, and when: where it plans another day, or the first one.
  private func ends(by initiative: Initiative, _ seen: Estate) -> [Int32: CivilDate] {
    var result: [Int32: CivilDate] = [:]
    for change in initiative.changes where estate.graph.members.contains(change.entity) {
      switch estate.metamodel.fields[Int(change.field)].shape {
      case .lifecycle, .phaseDate: break
      default: continue
      }
      if let end = seen.end(of: change.entity), end != estate.end(of: change.entity) { result[change.entity] = end }
    }
    return result
  }

  private mutating func readCollisions() {
    for collision in estate.collisions() {
      let (winner, other) = (estate.initiatives[collision.winner], estate.initiatives[collision.other])
      let change = winner.changes.last { change in
        change.entity == collision.entity && estate.metamodel.fields[Int(change.field)].path == collision.field
      }
      let entity =
        estate.graph.members.contains(collision.entity)
        ? estate.name(collision.entity) : estate.entity(collision.entity).id
      collisions.append(
        (
          collision.winner, change?.date ?? winner.goLive,
          "⚠ collides with \(estate.name(other.row)) over \(PhaseStyle.readable(collision.field)) of \(entity)"
        ))
    }
  }

  // MARK: Days

  private mutating func add(
    _ day: CivilDate?, _ actor: Int?, _ kind: Event.Kind, _ row: Int32, in seen: Estate? = nil, suffix: String = ""
  ) {
    let estate = seen ?? self.estate
    let noun = isSystem(row) ? "" : " (\(estate.kind(of: row).title.lowercased()))"
    let name = estate.kind(of: row).role == "integration" ? estate.entity(row).id : estate.name(row)
    let isLate = actor != nil && day.map { $0 < now } ?? false
    let late = isLate ? ", was due \(day?.text ?? "")" : ""
    events.append(
      Event(
        day: day.map { max($0, now) }, actor: actor, kind: kind, row: row, text: name + noun + suffix + late))
  }
}
