public import Catalogue
public import Diagnostics

/// The gate before a stage, and the initiative that is to pass it.
public struct GateQuestion: Sendable {
  /// The initiative's row, in the estate as it is.
  public private(set) var initiative: Int32
  /// The stage that lies behind the gate.
  public let stage: String
  let ordinal: Int32
  /// The stage that the initiative is at; nil: nobody recorded it.
  public let current: String?
  private let currentOrdinal: Int32?
  /// The stages that it enters on the way there, in their order; where it is there already, that one.
  public let entered: [String]
  /// Those of `entered` at which it is no change to the catalogue any more, but a part of it.
  public let enteredLive: [String]
  /// Whether it is at that stage or a later one.
  public let isPassed: Bool

  /// The stages that have a gate: all but the first, at which nobody is bound.
  public static func stages(_ estate: Estate) -> [String] { Array(allStages(estate).dropFirst()) }

  private static func allStages(_ estate: Estate) -> [String] {
    estate.metamodel.enums.first { $0.name == "stage" }?.values ?? []
  }

  /// Nil where there is no gate before the stage.
  public init?(_ initiative: Initiative, before stage: String, _ estate: Estate) {
    let all = Self.allStages(estate)
    guard let place = all.firstIndex(where: { $0.utf8.elementsEqual(stage.utf8) }), place > 0,
      let live = all.firstIndex(of: "live")
    else { return nil }
    self.initiative = initiative.row
    self.stage = all[place]
    ordinal = Int32(place)
    currentOrdinal = initiative.stage
    let known = initiative.stage.map(Int.init)
    current = known.map { all[$0] }
    isPassed = known.map { $0 >= place } ?? false
    let way = known.map { Array(all[min($0 + 1, place)...place]) } ?? [all[place]]
    let later = Set(all[live...])
    enteredLive = way.filter { later.contains($0) }
    entered = way.filter { !later.contains($0) }
  }

  /// The same of the initiative's row in another estate.
  public func asked(of row: Int32) -> GateQuestion {
    var result = self
    result.initiative = row
    return result
  }

  /// What is behind the gate, as documents of the kind in role `gate` tell it: the first by id. Nil where none does.
  public func gate(_ estate: Estate) -> Int32? {
    estate.metamodel.kinds(inRole: "gate").flatMap { estate.rows(ofKind: $0.name) }.first { row in
      Self.stageFields(of: estate.kind(of: row), estate).contains { field in
        if case .enumeration(_, ordinal) = estate.value(field.path, of: row) { true } else { false }
      }
    }
  }

  /// What stands between, in the order of what to do next.
  ///
  /// - Parameters:
  ///   - findings: those that count.
  ///   - estate: where they were found, the initiative behind the gate.
  ///   - origin: gives their places in the texts that are there.
  public func items(
    _ findings: [Finding], _ estate: Estate, _ book: RuleBook, origin: (SourceRange) -> SourceRange
  ) -> [GateItem] {
    let actors = GateActors(estate: estate, initiative: initiative)
    let rules = Dictionary(book.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let field = book.triage?.field?.path
    return findings.map { finding in
      let rule = rules[finding.rule]
      let step = GateStep.of(finding, rule, estate, laneField: field)
      let isDue = rule.map { rule in currentOrdinal.map { rule.stage <= $0 } ?? true } ?? true
      return GateItem(
        step: step, finding: finding.relocated(origin), actors: actors.actors(step, finding), isDue: isDue,
        stage: Self.stage(named: finding.key, estate))
    }.sorted(by: GateItem.precedes)
  }

  /// The first stage that passages among some names are about.
  private static func stage(named key: [String], _ estate: Estate) -> Int32 {
    let stages = key.flatMap { name -> [Int32] in
      guard case .found(let row) = estate.find(name), estate.kind(of: row).role == "passage" else { return [] }
      return stageFields(of: estate.kind(of: row), estate).compactMap { field in
        if case .enumeration(_, let ordinal) = estate.value(field.path, of: row) { ordinal } else { nil }
      }
    }
    return stages.min() ?? -1
  }

  private static func stageFields(of kind: Kind, _ estate: Estate) -> [Field] {
    kind.order.map { estate.metamodel.fields[Int($0)] }.filter { field in
      if case .scalar(.enumeration(let type)) = field.shape { type.name == "stage" } else { false }
    }
  }

  /// What the rules that bind behind the gate look at of the board's papers.
  public func papers(_ estate: Estate, _ book: RuleBook) -> BoardPapers {
    BoardPapers(book.rules.filter { $0.status == .active && $0.stage <= ordinal }, initiative, estate)
  }

  /// How many rules bind behind the gate.
  public func bindingRules(_ book: RuleBook) -> Set<String> {
    Set(book.rules.filter { $0.status == .active && $0.stage <= ordinal }.map(\.id))
  }
}
