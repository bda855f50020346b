internal import CEL
internal import Catalogue

/// What a rule looks at in a view and in its base.
struct ViewTargets {
  var before: [Int32] = []
  var after: [Int32] = []
  /// Whether the view itself is looked at.
  var isView = false

  mutating func drop(_ rows: Set<Int32>) {
    if rows.isEmpty { return }
    before.removeAll { rows.contains($0) }
    after.removeAll { rows.contains($0) }
  }
}

/// The rows of an initiative's view and of its base.
struct ViewScene {
  private let initiative: Int32
  private let before: Graph
  private let after: Graph
  private let initiatives: Int?
  /// Rows that only one of the two holds.
  private let moved: [Int32]
  /// What the initiative adds, changes or retires, ascending.
  private let reached: [Int32]
  /// Its names.
  private let reachedNames: Set<String>
  /// The estate's findings.
  private let findings: FindingsByName

  /// - Parameter findings: the estate's.
  init(_ view: InitiativeView, _ before: Estate, _ after: Estate, _ findings: FindingsByName) {
    initiative = view.initiative.row
    self.before = before.graph
    self.after = after.graph
    initiatives = before.metamodel.kind(named: "initiative")?.index
    moved = before.graph.members.absent.symmetricDifference(after.graph.members.absent).sorted()
    reached = view.initiative.reached
    reachedNames = Set(reached.map { after.identity($0) })
    self.findings = findings
  }

  /// Whether a finding is of something that the initiative adds, changes or retires.
  func isNear(_ finding: Finding) -> Bool {
    finding.target.map(reachedNames.contains) ?? false || finding.key.contains(where: reachedNames.contains)
  }

  /// Whether one could be that comes of what an integrity finding says.
  func isNear(_ item: IntegrityFinding) -> Bool {
    reachedNames.contains(item.entity) || item.reference.map(reachedNames.contains) ?? false
  }

  /// Whether the initiative adds, changes or retires a row, or it is in one of the two only.
  func isNear(_ row: Int32) -> Bool { reached.contains(row) || moved.contains(row) }

  /// All that a rule looks at.
  func targets(_ rule: Rule) -> ViewTargets {
    guard case .entities(let kinds) = rule.scope else { return ViewTargets(isView: true) }
    var targets = ViewTargets()
    for kind in kinds.kinds {
      // Other initiatives are looked at in their own views, and in the base this one is not there.
      if kind == initiatives {
        targets.after.append(initiative)
      } else {
        targets.before += before.members.rows(ofKind: kind)
        targets.after += after.members.rows(ofKind: kind)
      }
    }
    return targets
  }

  /// Some of it, with what comes, what goes, what the initiative reaches, and the initiative itself.
  func targets(_ rule: Rule, among rows: [Int32]) -> ViewTargets {
    var targets = select(rule, Set(rows + moved + reached))
    if case .entities(let kinds) = rule.scope, let initiatives, kinds.contains(initiatives) {
      targets.after.append(initiative)
    }
    return targets
  }

  /// What the initiative reaches of it, and where the rule's findings in the estate name what it reaches.
  func nearTargets(_ rule: Rule) -> ViewTargets {
    let named = findings.targets[rule.id].map { targets in reachedNames.flatMap { targets[$0] ?? [] } } ?? []
    return select(rule, Set(reached + named))
  }

  private func select(_ rule: Rule, _ rows: Set<Int32>) -> ViewTargets {
    guard case .entities(let kinds) = rule.scope else { return ViewTargets() }
    var targets = ViewTargets()
    for row in rows.sorted() {
      let kind = after.kind(of: row)
      guard kinds.contains(kind), kind != initiatives else { continue }
      if before.members.contains(row) { targets.before.append(row) }
      if after.members.contains(row) { targets.after.append(row) }
    }
    return targets
  }
}

/// Where findings stand, by what they name.
struct FindingsByName: Sendable {
  /// Rows of targets by rule, then by the names of a finding's target and key.
  private(set) var targets: [String: [String: [Int32]]] = [:]

  /// - Parameter rows: of what is named.
  init(_ findings: [Finding], _ estate: Estate, naming rows: some Sequence<Int32>) {
    let names = Set(rows.map(estate.identity))
    for finding in findings {
      guard let target = finding.target else { continue }
      // Of thousands of findings few name anything that initiatives reach.
      guard names.contains(target) || finding.key.contains(where: names.contains),
        case .found(let row) = estate.find(target)
      else { continue }
      for name in Set([target] + finding.key) where names.contains(name) {
        targets[finding.rule, default: [:]][name, default: []].append(row)
      }
    }
  }
}
