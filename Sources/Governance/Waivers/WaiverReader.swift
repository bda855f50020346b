internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Reads the waivers of a repository: every mistake at its place, and a waiver only where there is none. What the loader
/// reports (a rule or a target that is not there, a day that is none, no end) is not reported again.
struct WaiverReader {
  private let estate: Estate
  private let rules: RuleBook
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var reads: Set<Int32> = []
  /// What open initiatives add, by `kind:id`.
  private let added: [String: Int32]

  init(_ estate: Estate, _ rules: RuleBook) {
    self.estate = estate
    self.rules = rules
    added = Dictionary(
      estate.initiatives.flatMap(\.added).map { (estate.identity($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func read() -> [Waiver] {
    refuseThoseOfInitiatives()
    let waivers = estate.rows(ofKind: "waiver").compactMap { read($0) }.sorted { $0.name < $1.name }
    let refused = renewingWrongly(waivers).union(repeating(waivers))
    return waivers.filter { !refused.contains($0.row) }
  }

  private mutating func report(
    _ id: String, _ summary: String, at node: YAMLNode?, notes: [String] = []
  ) {
    diagnostics.append(Diagnostic(id, .error, summary, at: node?.range, notes: notes))
  }

  // MARK: One waiver

  /// What must be known of a waiver.
  private static let certain = [
    "builtIn", "conditions", "expects", "from", "initiative", "reason", "rule", "targets", "until", "values",
  ]

  private mutating func read(_ row: Int32) -> Waiver? {
    guard let node = estate.entity(row).node else { return nil }
    let before = diagnostics.count
    let place = node.first("id") ?? node
    for key in Self.certain {
      // The loader takes it for a gap that somebody admits.
      if let value = node.first(key), value.isPlain, value.textEquals("unknown") {
        report("waiver-mistake", "`\(key)` of a waiver cannot be unknown: nobody could say what it covers", at: value)
      }
    }
    let rule = readRule(row, node, place)
    if let reason = node.first("reason"), reason.isScalar, reason.text.allSatisfy(\.isWhitespace) {
      report("waiver-mistake", "a waiver without a reason cannot be reviewed", at: reason)
    }
    let dates = (date("from", row), date("until", row))
    if case (let from?, let until?) = dates, until <= from {
      report(
        "waiver-mistake", "this waiver never holds: it ends on \(until.text) and begins on \(from.text)",
        at: node.first("until"), notes: ["`until` is the first day on which it holds no more"])
    }
    let conditions = readConditions(node, row)
    let initiative = one("initiative", row)
    // Whose own it is must be known: else it would cover the whole estate.
    guard initiative != .notKnown, case .enumeration(_, let expects) = estate.value("expects", of: row),
      let rule, case (let from?, let until?) = dates, diagnostics.count == before
    else { return nil }
    return Waiver(
      row: row, name: estate.identity(row), rule: rule.id, parts: parts(row, node),
      expects: expects == 1 ? .undecided : .failed, from: from, until: until,
      initiative: initiative.row.map(estate.identity), renews: one("renews", row).row, conditions: conditions,
      objection: Approval.objection(to: row, estate),
      isOfUnwaivable: rule.isUnwaivable, severity: rule.severity)
  }

  private mutating func readRule(
    _ row: Int32, _ node: YAMLNode, _ place: YAMLNode
  ) -> (id: String, isUnwaivable: Bool, severity: Severity)? {
    if let builtIn = node.first("builtIn"), builtIn.isScalar, !builtIn.isReported {
      if node.first("rule") != nil {
        report("waiver-mistake", "a waiver is of one rule: `rule` or `builtIn`, not both", at: builtIn)
        return nil
      }
      let name = builtIn.text
      if let entry = IntegrityRules.table.first(where: { $0.rule.rawValue == name }) {
        return (name, false, entry.severity)
      }
      if PaperRule(rawValue: name) != nil {
        report("waiver-mistake", "`\(name)` is about waivers and the baseline; it cannot be waived", at: builtIn)
      } else {
        let names = IntegrityRules.table.map(\.rule.rawValue)
        let near = suggestion(for: name, among: names) ?? "built in are: \(names.joined(separator: ", "))"
        report("waiver-mistake", "there is no built-in rule `\(name)`", at: builtIn, notes: [near])
      }
      return nil
    }
    guard let written = node.first("rule") else {
      if node.first("builtIn") == nil { report("waiver-mistake", "a waiver names the rule that it is of", at: place) }
      return nil
    }
    guard let named = one("rule", row).row else {
      if written.isScalar, IntegrityRules.table.contains(where: { $0.rule.rawValue == written.text }) {
        report("waiver-mistake", "`\(written.text)` is built in: write `builtIn` instead of `rule`", at: written)
      }
      return nil
    }
    let id = estate.entity(named).id
    let rule = rules.allRules.first { $0.id == id }
    return (id, rule?.isUnwaivable ?? false, rule?.severity ?? .blocker)
  }

  private mutating func readConditions(_ node: YAMLNode, _ row: Int32) -> [Waiver.Condition] {
    guard let value = node.first("conditions"), !value.isReported else { return [] }
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    if items.isEmpty {
      report("waiver-mistake", "a list of conditions holds at least one", at: value)
    }
    var environment = ExpressionEnvironment.of(estate)
    environment.functions = rules.functions
    environment.variables["self"] = .slot(0, .entity(KindSet([estate.entity(row).kind])))
    environment.firstFreeSlot = 1
    return items.compactMap { item in
      if item.isReported { return nil }
      guard item.isScalar else {
        diagnostics.append(LoadingDiagnostic.wrongShape(item, wanted: "an expression", for: "a condition"))
        return nil
      }
      let text = ExpressionText(item)
      let checked = Checker.check(
        Parser.parse(Array(item.utf8), macros: MacroSignature.all), in: environment, expecting: .bool)
      guard checked.problems.isEmpty else {
        diagnostics += checked.problems.map(text.diagnostic)
        return nil
      }
      let code = CompiledExpression(checked, in: environment)
      reads.formUnion(code.footprint.fields)
      let words = item.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return Waiver.Condition(text: words, code: code)
    }
  }

  // MARK: Values

  /// The target of a relation to one.
  private enum One: Equatable {
    case none, notKnown
    case some(Int32)

    var row: Int32? { if case .some(let row) = self { row } else { nil } }
  }

  private func one(_ path: String, _ row: Int32) -> One {
    let value = estate.value(path, of: row)
    if case .entity(let target) = value { return .some(target) }
    guard let view = value.listView, view.open == nil, view.count <= 1 else { return .notKnown }
    return view.count == 0 ? .none : view.row(at: 0).map { .some($0) } ?? .notKnown
  }

  private func date(_ path: String, _ row: Int32) -> CivilDate? {
    if case .date(let date) = estate.value(path, of: row) { date } else { nil }
  }

  /// What a key may hold: the targets, also those that only an initiative adds, and the values.
  private func parts(_ row: Int32, _ node: YAMLNode) -> Set<String> {
    var result = Set(targets(node).map(estate.identity))
    if let view = estate.value("values", of: row).listView {
      for index in 0..<view.count { if case .string(let text) = view[index] { result.insert(text) } }
    }
    return result
  }

  private func targets(_ node: YAMLNode) -> [Int32] {
    guard let value = node.first("targets") else { return [] }
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    return items.filter { $0.isScalar && !$0.isReported }.compactMap { item in
      if case .found(let row) = estate.find(item.text) { return row }
      if let row = added[item.text] { return row }
      let sameID = added.values.filter { estate.entity($0).id == item.text }
      return sameID.count == 1 ? sameID.first : nil
    }
  }

  // MARK: Several waivers

  /// An initiative is judged by the waivers that there are; it cannot bring its own.
  private mutating func refuseThoseOfInitiatives() {
    guard let kind = estate.metamodel.kind(named: "waiver")?.index else { return }
    for initiative in estate.initiatives {
      for row in initiative.added where estate.entity(row).kind == kind {
        let node = estate.entity(row).node
        report(
          "waiver-mistake", "an initiative cannot add a waiver", at: node?.first("id") ?? node,
          notes: ["write it as a document of its own with `initiative: \(initiative.id)`"])
      }
      for change in initiative.changes where estate.entity(change.entity).kind == kind {
        report(
          "waiver-mistake", "an initiative cannot change a waiver", at: change.node,
          notes: ["change the waiver's own document"])
      }
    }
  }

  /// Those that renew what they cannot.
  private mutating func renewingWrongly(_ waivers: [Waiver]) -> Set<Int32> {
    var result: Set<Int32> = []
    for waiver in waivers {
      guard let row = waiver.renews, let node = estate.entity(waiver.row).node?.first("renews") else { continue }
      let why: String
      if row == waiver.row {
        why = "a waiver cannot renew itself"
      } else if let other = waivers.first(where: { $0.row == row }), other.rule != waiver.rule {
        why = "\(other.name) is of another rule, \(other.rule)"
      } else if let other = waivers.first(where: { $0.row == row }), other.from >= waiver.from {
        why = "\(other.name) does not begin before this one"
      } else {
        continue
      }
      report("waiver-mistake", why, at: node)
      result.insert(waiver.row)
    }
    return result
  }

  /// Those that are about the same as another at one time.
  private mutating func repeating(_ waivers: [Waiver]) -> Set<Int32> {
    var result: Set<Int32> = []
    // Of two of one thing one names all that the other does: at one of what it names they meet.
    var seen: [String: [Waiver]] = [:]
    for waiver in waivers {
      let keys = waiver.parts.isEmpty ? [waiver.rule] : waiver.parts.sorted().map { "\(waiver.rule) \($0)" }
      for key in keys {
        for other in seen[key] ?? []
        where waiver.concerns(other) && waiver.from < other.until && other.from < waiver.until {
          if !result.insert(waiver.row).inserted { continue }
          let related = estate.place(of: other.row).map { [Diagnostic.Related("the other one", at: $0.range)] } ?? []
          diagnostics.append(
            Diagnostic(
              "waived-twice", .error, "\(waiver.name) and \(other.name) are about the same at one time",
              at: estate.place(of: waiver.row)?.range, related: related,
              notes: ["one ends on the day on which the next one begins"]))
        }
        seen[key, default: []].append(waiver)
      }
    }
    return result
  }
}
