internal import CEL
internal import Catalogue
internal import Synchronization

extension Impact {
  /// The same with what each open initiative does, worked out by some tasks; the result does not depend on their number.
  public func withPlans(tasks: Int = 2) async -> Impact {
    let candidates = estate.initiatives.indices.filter { estate.initiatives[$0].isOpen }
    var result = self
    result.openInitiativeCount = candidates.count
    let reader = PlanReader(self)
    let views = Views(reader.views())
    let count = max(1, min(tasks, candidates.count))
    let parts = await withTaskGroup(of: [PlanReader.Found].self) { group in
      for _ in 0..<count {
        group.addTask {
          var found: [PlanReader.Found] = []
          while let (item, place) = views.next() { found.append(reader.read(item, place: place)) }
          return found
        }
      }
      var all: [PlanReader.Found] = []
      for await part in group { all += part }
      return all
    }
    let found = parts.sorted { $0.place < $1.place }
    result.endings += found.flatMap(\.endings)
    result.sortEndings()
    result.plans = found.compactMap(\.plan).enumerated().sorted { a, b in
      a.element.date != b.element.date ? a.element.date < b.element.date : a.offset < b.offset
    }.map(\.element)
    return result
  }

  /// Hands out views, each once, and keeps none: what was worked out for one is given back with it.
  private final class Views: Sendable {
    private let rest: Mutex<[(view: InitiativeView, estate: Estate)]>

    init(_ views: [(view: InitiativeView, estate: Estate)]) { rest = Mutex(views) }

    func next() -> (item: (view: InitiativeView, estate: Estate), place: Int)? {
      rest.withLock { rest in
        guard let item = rest.popLast() else { return nil }
        return (item, rest.count)
      }
    }
  }
}

/// Reads what one open initiative does to an entity and to those that depend on it.
struct PlanReader: Sendable {
  /// What came of one initiative.
  struct Found: Sendable {
    var place: Int
    var plan: Impact.Plan?
    var endings: [Impact.Ending]
  }

  private let impact: Impact
  private let roles: ImpactRoles
  private let edits: [Int32: [EditRow]]
  private let relevance: Relevance

  /// One row of the kind of edits.
  struct EditRow: Sendable {
    var words: String
    var isAddition: Bool
    var entity: Int32
    /// The number of the field; nil where it is the whole entity.
    var field: Int32?
    var targets: [Int32]
    var date: CivilDate?
  }

  init(_ impact: Impact) {
    self.impact = impact
    roles = impact.roles
    edits = Self.readEdits(impact.estate)
    relevance = Relevance(impact, edits)
  }

  /// The views of open initiatives, of an estate that works out no more than who depends on whom.
  func views() -> [(view: InitiativeView, estate: Estate)] {
    let open = impact.estate.initiatives.filter(\.isOpen)
    if open.isEmpty { return [] }
    let mattersAny = open.contains { relevance.canMatter($0) }
    let lean = mattersAny ? impact.estate.deriving(toRead: roles.dependences) : impact.estate
    return lean.initiativeViews().map { ($0, lean) }
  }

  func read(_ item: (view: InitiativeView, estate: Estate), place: Int) -> Found {
    let (view, initiative) = (item.view, item.view.initiative)
    let own = edits[initiative.row] ?? []
    var plan = Impact.Plan(
      initiative: initiative, date: view.date, isWithoutGoLive: view.isWithoutGoLive, edits: [], come: [], go: [],
      perhaps: [], isEnded: false)
    var known = Set(impact.dependents.map(\.row)).union([impact.entity])
    var endings: [Impact.Ending] = []
    if relevance.canMatter(initiative) {
      let before = item.estate.seen(in: view.base, at: view.date)
      let after = item.estate.seen(in: view.view, at: view.date)
      let (old, new) = (Dependence(before, roles), Dependence(after, roles))
      let (was, isNow) = (reached(old, before), reached(new, after))
      known.formUnion(was.map(\.row) + isNow.map(\.row))
      var phases = PhaseReader(after)
      plan.isEnded = after.graph.members.contains(impact.entity) && phases.hasEnded(impact.entity)
      if !plan.isEnded { compare(was, isNow, &plan) }
      endings = readEndings(own, initiative, new, before, after)
    }
    plan.edits = relevant(own, initiative, known, Set(plan.come + plan.perhaps)).map {
      Impact.Plan.Edit(words: $0.words, date: $0.date)
    }
    let isIdle = plan.edits.isEmpty && plan.come.isEmpty && plan.go.isEmpty && plan.perhaps.isEmpty
    return Found(place: place, plan: isIdle ? nil : plan, endings: endings)
  }

  private func reached(_ dependence: Dependence, _ estate: Estate) -> [Dependence.Reached] {
    estate.graph.members.contains(impact.entity) ? dependence.dependents(of: [impact.entity]) : []
  }

  private func compare(_ was: [Dependence.Reached], _ isNow: [Dependence.Reached], _ plan: inout Impact.Plan) {
    let (old, new) = (Set(was.lazy.map(\.row)), Set(isNow.lazy.map(\.row)))
    let certain = Set(was.lazy.filter { $0.doubt == nil }.map(\.row))
    plan.come = sorted(isNow.filter { $0.doubt == nil && !certain.contains($0.row) }.map(\.row))
    plan.go = sorted(was.filter { !new.contains($0.row) }.map(\.row))
    plan.perhaps = sorted(isNow.filter { $0.doubt != nil && !old.contains($0.row) }.map(\.row))
  }

  private func sorted(_ rows: [Int32]) -> [Int32] {
    rows.map { ($0, impact.estate.identity($0)) }.sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }.map(\.0)
  }

  // MARK: Endings

  /// What the initiative ends of the entity and of what it needs, where the base has another day or none.
  private func readEndings(
    _ edits: [EditRow], _ initiative: Initiative, _ new: Dependence, _ before: Estate, _ after: Estate
  ) -> [Impact.Ending] {
    guard after.graph.members.contains(impact.entity) else { return [] }
    let touched = Set(edits.map(\.entity))
    var (then, now) = (PhaseReader(before), PhaseReader(after))
    var namer = HopNamer(after, roles)
    func isEnded(_ row: Int32) -> CivilDate? {
      guard touched.contains(row), after.graph.members.contains(row), let day = now.end(of: row),
        !before.graph.members.contains(row) || then.end(of: row) != day, !initiative.added.contains(row)
      else { return nil }
      return day
    }
    var result: [Impact.Ending] = []
    if let day = isEnded(impact.entity) {
      result.append(EndingReader(after, roles).ending(of: impact.entity, way: [], on: day, by: initiative))
    }
    var ways: [Int32: [Impact.Hop]] = [impact.entity: []]
    let needs = touched.isEmpty ? [] : new.needs(of: impact.entity)
    for need in needs {
      ways[need.row] = (ways[need.neededBy] ?? []) + [namer.hop(from: need.neededBy, to: need.row)]
      guard let day = isEnded(need.row) else { continue }
      let ending = EndingReader(after, roles).ending(of: need.row, way: ways[need.row] ?? [], on: day, by: initiative)
      // Only where the entity, or what it needs on the way, still rests on it.
      let way = Set((ways[need.row] ?? []).map(\.from))
      if !ending.remaining.allSatisfy({ !way.contains($0) }) { result.append(ending) }
    }
    return result
  }

  // MARK: Edits

  /// Those that are about the entity or one that depends on it, or that lead to it, by date.
  private func relevant(
    _ edits: [EditRow], _ initiative: Initiative, _ known: Set<Int32>, _ come: Set<Int32>
  ) -> [EditRow] {
    let added = Set(initiative.added)
    let found = edits.filter { edit in
      if edit.targets.contains(impact.entity) { return true }
      if added.contains(edit.entity) {
        return edit.isAddition && (come.contains(edit.entity) || edit.entity == impact.entity)
      }
      if known.contains(edit.entity) { return true }
      return edit.entity >= 0 && impact.estate.entity(edit.entity).owner == impact.entity
    }
    return found.enumerated().sorted { a, b in
      let (x, y) = (a.element.date ?? .never, b.element.date ?? .never)
      return x != y ? x < y : a.offset < b.offset
    }.map(\.element)
  }

  /// Material edits, by the initiative.
  private static func readEdits(_ estate: Estate) -> [Int32: [EditRow]] {
    var frame = Frame(graph: estate.graph, slotCount: 1)
    var result: [Int32: [EditRow]] = [:]
    for row in estate.rows(ofKind: "edit") {
      guard case .entity(let initiative) = estate.value("initiative", of: row, &frame) else { continue }
      if case .bool(false) = estate.value("material", of: row, &frame) { continue }
      var edit = EditRow(words: estate.name(row), isAddition: false, entity: -1, field: nil, targets: [], date: nil)
      if case .entity(let entity) = estate.value("entity", of: row, &frame) { edit.entity = entity }
      if case .date(let date) = estate.value("date", of: row, &frame) { edit.date = date }
      if case .enumeration(let type, let ordinal) = estate.value("op", of: row, &frame) {
        edit.isAddition = estate.metamodel.enums[Int(type)].values[Int(ordinal)] == "add"
      }
      if edit.entity >= 0, case .string(let path) = estate.value("field", of: row, &frame) {
        edit.field = estate.metamodel.field(path, of: estate.entity(edit.entity).kind)?.id
      }
      edit.targets = Links(estate.value("to", of: row, &frame)).all
      result[initiative, default: []].append(edit)
    }
    return result
  }
}
