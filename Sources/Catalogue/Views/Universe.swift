internal import CEL
internal import Synchronization

/// What all views of a catalogue share: every row that any of them may hold, and the catalogue's own graph before
/// derived fields are worked out.
final class Universe: Sendable {
  let metamodel: Metamodel
  let entities: [Entity]
  let ids: IDTable
  /// What open initiatives add, by `kind:id`.
  let addedRows: [String: Int32]
  /// The catalogue's own graph, without derived fields; `live` is worked out at each reading.
  let raw: Graph
  /// Lifecycles as they are written, and with what follows from others'.
  let written: LifecycleTable
  let lifecycles: LifecycleTable
  /// In the order of their rows.
  let initiatives: [Initiative]
  let conditional: [ConditionalReference]
  /// Their places, by what they stand in and by what they name.
  let conditionalBySource: [Int32: [Int]]
  let conditionalByTarget: [Int32: [Int]]
  /// The platforms that an integration passes, in order, where some initiative changes its flows.
  let passed: [Int32: [Int32]]
  /// Lifecycles as their documents write them, of what some initiative gives another.
  let lifecyclePlans: [Int32: LifecyclePlan]
  /// What rules look at, once they are compiled.
  let scopes: RuleScopes
  let plan: DerivationPlan
  /// Every day on which something enters another phase as the documents say, ascending.
  let changeDays: [Int32]
  /// What expressions need that are evaluated on other graphs: by their numbers, and each set of fields once.
  let needs = Needs()
  /// By row, when it enters the last phase of which the day is known.
  private let lastDays: [Int32]
  /// When rows enter phases; worked out when another day is first looked at.
  private let phaseDays = Mutex<PhaseDays?>(nil)
  /// Fields that follow from a lifecycle, by kind.
  let lifecycleFields: [[Int32]]
  /// Kinds, each after those that its lifecycle follows.
  let following: [Kind]

  init(
    metamodel: Metamodel, entities: [Entity], ids: IDTable, addedRows: [String: Int32], raw: Graph,
    written: LifecycleTable, lifecycles: LifecycleTable, initiatives: [Initiative], conditional: [ConditionalReference],
    passed: [Int32: [Int32]], lifecyclePlans: [Int32: LifecyclePlan], scopes: RuleScopes,
    plan: DerivationPlan, following: [Kind]
  ) {
    self.metamodel = metamodel
    self.entities = entities
    self.ids = ids
    self.addedRows = addedRows
    self.raw = raw
    self.written = written
    self.lifecycles = lifecycles
    self.initiatives = initiatives
    self.conditional = conditional
    conditionalBySource = Dictionary(grouping: conditional.indices) { conditional[$0].source }
    conditionalByTarget = Dictionary(grouping: conditional.indices) { conditional[$0].target }
    self.passed = passed
    self.lifecyclePlans = lifecyclePlans
    self.scopes = scopes
    self.plan = plan
    self.following = following
    // Of what follows others, a day of its own counts also where the ends' days are not known.
    changeDays = Set(lifecycles.allDays).union(written.allDays).sorted()
    lastDays = lifecycles.lastDays(unknownFrom: metamodel.livePhases.min() ?? 0)
    lifecycleFields = metamodel.kinds.map { kind in
      kind.order.filter { id in
        switch metamodel.fields[Int(id)].shape {
        case .lifecycle, .phaseDate, .phase, .live: true
        default: false
        }
      }
    }
  }

  /// When rows enter phases after a day.
  func phaseDays(after low: Int32) -> PhaseDays {
    phaseDays.withLock { known in
      if let known, known.low <= low { return known }
      // Whoever goes back asks for more than once.
      let made = PhaseDays(
        lifecycles, lastDays, following, raw, firstLive: metamodel.livePhases.min() ?? 0,
        after: known == nil ? low : .min)
      known = made
      return made
    }
  }
}
