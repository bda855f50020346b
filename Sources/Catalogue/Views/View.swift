public import CEL
internal import Synchronization

/// The catalogue as it is with some initiatives applied: for every date one graph.
public final class View: Sendable {
  let universe: Universe
  /// Places of the initiatives applied, in the order in which they are.
  let applied: [Int]
  private let appliedSet: Set<Int>
  /// The initiative whose view it is, as a place; nil: the estate, or a base.
  public let initiative: Int?
  /// What the initiative is compared with.
  public let base: View?
  let today: CivilDate
  /// The derived fields that are worked out; nil: all.
  private let derived: Set<Int32>?
  /// Days on which a change of an applied initiative comes into effect, ascending.
  let changeDates: [CivilDate]
  private let isDateDependent: Bool
  typealias DerivationError = (row: Int32, field: Field, message: String)
  let graphs = Mutex<Graphs>(Graphs())
  /// How derived fields are worked out from those of another view or day; nil: not known yet.
  private let incremental: IncrementalPlan?
  private let ownPlan = Mutex<IncrementalPlan?>(nil)
  let anchor: View?
  /// A view with the same initiatives applied and none asked for, which has the same graphs but for who is asked for.
  let twin: View?
  private let epochs = Mutex<[Int: Epoch]>([:])
  /// By epoch: a graph with all derived fields.
  private let undated = Mutex<[Int: Graph]>([:])
  /// Graphs with some of them.
  let parts = Mutex<[ObjectIdentifier: Graphs]>([:])
  /// What the initiative adds, changes and retires, for rules that ask.
  let added: Set<Int32>
  let touched: Set<Int32>
  let retired: Set<Int32>

  init(
    _ universe: Universe, applying applied: [Int], of initiative: Int? = nil, base: View? = nil, today: CivilDate,
    derived: Set<Int32>?, anchor: View? = nil, twin: View? = nil, _ incremental: IncrementalPlan? = nil
  ) {
    self.anchor = anchor
    self.twin = twin
    self.incremental = incremental
    self.universe = universe
    self.applied = applied.sorted {
      Initiative.precedes(universe.initiatives[$0], universe.initiatives[$1])
    }
    appliedSet = Set(applied)
    self.initiative = initiative
    self.base = base
    self.today = today
    self.derived = derived
    changeDates = Set(applied.flatMap { universe.initiatives[$0].changes.compactMap(\.date) }).sorted()
    isDateDependent = universe.plan.dependsOnDate(derived, universe.metamodel)
    let own = initiative.map { universe.initiatives[$0] }
    added = Set(own?.added ?? [])
    touched = added.union(
      own?.changes.filter { universe.metamodel.fields[Int($0.field)].isMaterial }.map(\.entity) ?? [])
    let lastLive = universe.metamodel.livePhases.max() ?? 0
    retired = Set(
      own?.changes.compactMap { change in
        if case .day(let phase, .day(let day)) = change.effect, phase > lastLive, day != CivilDate.never.days {
          change.entity
        } else {
          nil
        }
      } ?? [])
  }

  /// Whether some fields can be read: none of them is derived, or what they need is worked out.
  func canRead(_ fields: Set<Int32>) -> Bool {
    derived.map { universe.plan.needed(toRead: fields).isSubset(of: $0) } ?? true
  }

  /// The graph at a date: what holds then, with derived fields.
  public func graph(at date: CivilDate) -> Graph { derived(at: date).graph }

  /// A graph on which an argument has its value at a date: as little is worked out for it as it reads.
  func graph(at date: CivilDate, toRead argument: DeferredArgument) -> Graph {
    guard let need = universe.needs.need(of: argument, universe.plan) else { return raw(at: date) }
    return graph(at: date, need)
  }

  /// The graph on which an argument has its value at a date, and the next day on which a change can turn it.
  func graph(
    at date: CivilDate, toRead argument: DeferredArgument, _ frame: borrowing Frame
  ) -> (graph: Graph, until: CivilDate?) {
    let need = universe.needs.need(of: argument, universe.plan)
    guard need == nil, !changeDates.isEmpty, let days = plan.everywhere.relevance.days(argument, self, frame)
    else { return (graph(at: date, toRead: argument), nextChange(after: date)) }
    // On all days between two of these the value is what it is on one of them: on a day whose graph is there, if any.
    let place = days.partitionPoint { $0 > date }
    let (first, next) = (place > 0 ? days[place - 1] : nil, place < days.count ? days[place] : nil)
    let home = frame.graph.date
    if first.map({ $0 <= home }) ?? true, next.map({ home < $0 }) ?? true { return (raw(at: home), next) }
    return (raw(at: first ?? CivilDate(days: .min / 2)), next)
  }

  /// The graph at a date without derived fields.
  func raw(at date: CivilDate) -> Graph {
    let epoch = epoch(date)
    if let graph = epochs.withLock({ $0[epoch]?.graph }) { return graph }
    let changed = built(at: date)
    let made = twin.map { own($0.raw(at: date), changed.patches) } ?? changed.builder.graph(changed.patches)
    return epochs.withLock { epochs in
      if let known = epochs[epoch]?.graph { return known }
      epochs[epoch] = Epoch(builder: changed.builder, patches: changed.patches, graph: made)
      return made
    }
  }

  /// Lets go of what was worked out; whoever asks again has it worked out again.
  func forget() {
    graphs.withLock { $0 = Graphs() }
    epochs.withLock { $0 = [:] }
    undated.withLock { $0 = [:] }
    parts.withLock { $0 = [:] }
  }

  /// What the view has otherwise than the catalogue's own at a date, derived fields aside.
  func patches(at date: CivilDate) -> Patches { built(at: date).patches }

  private func built(at date: CivilDate) -> Epoch {
    let epoch = epoch(date)
    if let known = epochs.withLock({ $0[epoch] }) { return known }
    let made: Epoch
    if let twin {
      let known = twin.built(at: date)
      made = Epoch(builder: known.builder, patches: known.patches, graph: nil)
    } else {
      let builder = extended(at: date) ?? ViewBuilder(self, at: date).applied()
      made = Epoch(builder: builder, patches: builder.patches, graph: nil)
    }
    return epochs.withLock { epochs in
      if let known = epochs[epoch] { return known }
      epochs[epoch] = made
      return made
    }
  }

  /// A graph of the twin's with the initiative that is asked for.
  func own(_ graph: Graph, _ patches: Patches) -> Graph {
    graph.changing(globals: globals(over: graph), context: ViewContext(self, patches))
  }

  /// What is there by name, the initiative that is asked for among it.
  func globals(over graph: Graph) -> [Value] {
    var globals = graph.globals
    if let initiative {
      globals[ExpressionEnvironment.initiativeGlobal] = .entity(universe.initiatives[initiative].row)
    }
    return globals
  }

  /// An initiative's own changes, over what it is compared with.
  private func extended(at date: CivilDate) -> ViewBuilder? {
    guard let initiative, let base, !base.applied.isEmpty, applied.count == base.applied.count + 1 else { return nil }
    return ViewBuilder(self, at: date, over: (base.raw(at: date), base.patches(at: date))).extended(by: initiative)
  }

  /// What holds between two days on which a change comes into effect.
  private struct Epoch {
    let builder: ViewBuilder
    let patches: Patches
    let graph: Graph?
  }

  /// The graph at a date, and what could not be worked out on the way.
  func derived(at date: CivilDate) -> Derived {
    let raw = self.raw(at: date)
    let key = self.key(date)
    if let known = graphs.withLock({ $0.all[key] }) {
      // What is worked out is the same on every day of the epoch; what is read at a date is not.
      if known.graph.date == date { return known }
      return known.on(known.graph.changing(date: date, context: known.graph.context), known.changes)
    }
    let made = derive(raw.changing(date: date, context: raw.context), at: date)
    undated.withLock { $0[epoch(date)] = made.graph }
    return graphs.withLock { graphs in
      if let known = graphs.all[key] { return known }
      graphs.keep(made, at: key)
      return made
    }
  }

  private func epoch(_ date: CivilDate) -> Int { changeDates.partitionPoint { $0 > date } }

  /// What is otherwise at a date than at another, derived fields included; the later graph is worked out on the way.
  func changes(from start: CivilDate, to end: CivilDate) -> ChangedFacts {
    let (old, new) = (patches(at: start), patches(at: end))
    var facts = Patches.changes(from: old, to: new, universe)
    facts.formUnion(universe.changes(from: start, to: end, new))
    let key = self.key(end)
    if self.key(start) == key { return facts }
    let before = derived(at: start)
    let raw = self.raw(at: end)
    let after = raw.changing(date: end, context: raw.context)
    let derivation = IncrementalDerivation(plan, from: before, to: after, facts)
    // What lies over what was worked out whole grows: now and then everything is worked out anew.
    let made = before.depth < Self.depthLimit ? derivation.derived(from: before) : derivedAnew(after)
    graphs.withLock { graphs in
      if graphs.all[key] == nil { graphs.keep(made, at: key) }
    }
    return derivation.changes
  }

  static let depthLimit = 400

  /// Where the graphs of a date are kept: where nothing derived depends on the date, one derivation does for the whole
  /// epoch.
  private func key(_ date: CivilDate) -> CivilDate {
    isDateDependent ? date : startOfEpoch(date)
  }

  func derivedAnew(_ raw: Graph, toRead fields: Set<Int32>? = nil) -> Derived {
    let living = LivingRows.lookedUp(raw, universe.following.filter { $0.lifecycle != .none })
    let derivation = Derivation(universe.plan, universe.metamodel, living, toRead: fields ?? derived)
    return Derived(graph: derivation.graph, errors: derivation.errors, changes: nil, order: derivation.order)
  }

  private func derive(_ raw: Graph, at date: CivilDate) -> Derived {
    if let twin, let base {
      let known = twin.derived(at: date)
      _ = base.derived(at: date)
      return known.on(own(known.graph, patches(at: date)), base.changesOfAnchor(at: date))
    }
    guard let (from, day) = nearest(to: date) else { return derivedAnew(raw) }
    let old = from.derived(at: day)
    if old.depth >= Self.depthLimit { return derivedAnew(raw) }
    var facts = Patches.changes(from: from.patches(at: day), to: patches(at: date), universe)
    if day != date { facts.formUnion(universe.changes(from: day, to: date, patches(at: date))) }
    let derivation = IncrementalDerivation(plan, from: old, to: raw, facts)
    return derivation.derived(from: old, changes: day == date && from === anchor ? derivation.changes : nil)
  }

  /// What is otherwise in the anchor at a date, where that is known of this day.
  private func changesOfAnchor(at date: CivilDate) -> ChangedFacts? {
    graphs.withLock { $0.all[key(date)] }.flatMap { $0.graph.date == date ? $0.changes : nil }
  }

  /// The view and the day whose derived fields are most like those of a date; nil: nothing was worked out yet.
  private func nearest(to date: CivilDate) -> (View, CivilDate)? {
    // An initiative's view differs from its base by what it does, on every day.
    if base != nil, let anchor { return (anchor, date) }
    let near = graphs.withLock { $0.all.keys.min { (distance($0, date), $0) < (distance($1, date), $1) } }
    guard let anchor else { return near.map { (self, $0) } }
    if !anchor.applied.isEmpty { return (anchor, date) }
    guard let near, distance(near, date) <= distance(anchor.today, date) else { return (anchor, anchor.today) }
    return (self, near)
  }

  func wholeGraph(inEpochOf date: CivilDate) -> Graph? { undated.withLock { $0[epoch(date)] } }

  /// A day that stands for all between two on which changes come into effect.
  func startOfEpoch(_ date: CivilDate) -> CivilDate {
    let epoch = epoch(date)
    return epoch == 0 ? CivilDate(days: .min) : changeDates[epoch - 1]
  }

  func applies(_ place: Int) -> Bool { appliedSet.contains(place) }

  var plan: IncrementalPlan {
    if let incremental { return incremental }
    return ownPlan.withLock { known in
      if let known { return known }
      let made = IncrementalPlan(universe, derived)
      known = made
      return made
    }
  }

  func distance(_ a: CivilDate, _ b: CivilDate) -> Int { abs(Int(a.days) - Int(b.days)) }
}

/// The graphs that a view keeps, by date: the first, which is of its own date, and some others.
struct Graphs {
  private(set) var all: [CivilDate: Derived] = [:]
  private var order: [CivilDate] = []
  private static let limit = 24

  mutating func keep(_ made: Derived, at date: CivilDate) {
    if order.count >= Self.limit { all[order.remove(at: 1)] = nil }
    order.append(date)
    all[date] = made
  }
}

/// A graph with derived fields.
struct Derived {
  let graph: Graph
  let errors: [View.DerivationError]
  /// What is otherwise than in the anchor at the same date, derived fields included, where that is known.
  let changes: ChangedFacts?
  /// In which order recursive fields follow.
  let order: CellOrder
  /// How many graphs it was worked out from, each from the one before.
  var depth = 0
  /// What lies over the first of these.
  var layers: [Int: IncrementalDerivation.Layer] = [:]

  /// The same of a graph on which all that is worked out is the same.
  func on(_ graph: Graph, _ changes: ChangedFacts? = nil) -> Derived {
    Derived(graph: graph, errors: errors, changes: changes, order: order, depth: depth, layers: layers)
  }
}

extension View {
  /// The next day after a date on which a change of an applied initiative comes into effect.
  func nextChange(after date: CivilDate) -> CivilDate? {
    let place = changeDates.partitionPoint { $0 > date }
    return place < changeDates.count ? changeDates[place] : nil
  }

  /// Whether the initiative changes an entity, or the integration that a flow belongs to.
  func touches(_ row: Int32) -> Bool {
    if touched.contains(row) { return true }
    let entity = universe.entities[Int(row)]
    return entity.node == nil && entity.owner >= 0 && touched.contains(entity.owner)
  }

  /// Whether an expression reads derived fields whose values differ from day to day.
  func isCoarse(_ footprint: Footprint) -> Bool { !footprint.fields.isDisjoint(with: universe.plan.dated) }

  /// Every day on which something in the view enters another phase, ascending.
  var allChangeDays: [Int32] {
    var days = universe.changeDays
    for place in applied {
      for change in universe.initiatives[place].changes {
        switch change.effect {
        case .day(_, .day(let day)): days.append(day)
        case .lifecycle(let plan):
          days += plan.days.compactMap { if case .day(let day) = $0 { day } else { nil } }
        default: continue
        }
      }
    }
    return Set(days).sorted()
  }
}

extension Array {
  /// The first place from which on a condition holds, of an array in which it holds from some place on.
  func partitionPoint(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
