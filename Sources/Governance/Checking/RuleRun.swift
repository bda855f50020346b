internal import CEL
internal import Catalogue
internal import Diagnostics

/// Runs one rule over some of its targets, with one frame.
struct RuleRun {
  let rule: Rule
  let estate: Estate
  private(set) var counts = OutcomeCounts()
  private(set) var findings: [Finding] = []
  /// The measures of a ratchet, by identity: a rule that only measures fails where the measure rises.
  private(set) var measures: [String: Double] = [:]
  /// What their identities name.
  private var measured: [String: [String]] = [:]
  private var falls: [String: Finding] = [:]
  /// What the measures were in the base; nil: there is nothing to compare with.
  private let ratchet: [String: Double]?
  /// Where each identity stands in `findings`.
  private var places: [String: Int] = [:]
  /// Of the last target.
  private(set) var worst = Outcome.notApplicable
  /// How many targets exceeded the cost limit. A rule that is too dear for some is too dear for all: beyond a few it is
  /// not tried again, so that a run ends.
  private var exhausted = 0
  private static let exhaustionLimit = 3
  /// What the targets of one run have cost, and how many times one target's limit that may be: what stays just below the
  /// limit at each of thousands of targets would take hours.
  private var spent = 0
  private static let share = 20
  /// Targets that cost so much that it is worth asking first whether anything is otherwise, in the order of the run.
  private(set) var heavy: [Int32] = []
  private static let heavyCost = 1_000
  /// Whether the last target did.
  private var isExhausted = false
  private var maker: FindingMaker
  private let stages: StageTable
  /// Defaults that the condition and the lists of `each` read at this target.
  private var listDefaults: Set<Fact> = []

  /// - Parameter ratchet: what a rule that only measures measured in the base.
  init(_ rule: Rule, _ estate: Estate, _ stages: StageTable, ratchet: [String: Double]? = nil) {
    self.rule = rule
    self.ratchet = ratchet
    self.estate = estate
    self.stages = stages
    maker = FindingMaker(rule, estate)
  }

  mutating func run(_ row: Int32?, _ frame: inout Frame) {
    if let row {
      frame.slots[0] = .entity(row)
      staleAfter(0, &frame)
    }
    frame.beginTarget()
    isExhausted = false
    worst = .notApplicable
    frame.defaultsRead = []
    frame.isTracing = rule.readsDefaults
    if exhausted < Self.exhaustionLimit, spent / Self.share <= frame.costLimit {
      evaluate(row, &frame)
      spent += frame.cost
      if frame.cost > Self.heavyCost, let row { heavy.append(row) }
    } else {
      let message =
        exhausted < Self.exhaustionLimit
        ? "not evaluated, as the targets before it visited \(spent) elements together"
        : "not evaluated, as \(exhausted) targets before it exceeded what one may cost"
      isExhausted = true
      fail(EvaluationError(.costLimit, message), row, [], &frame)
    }
    frame.isTracing = false
    counts[worst] += 1
  }

  /// The value; an error that another operand would have hidden is an error all the same.
  private func value(_ expression: CompiledExpression, of key: String, _ frame: inout Frame) -> Value {
    frame.absorbedError = nil
    let value = expression.evaluate(&frame)
    let absorbed = frame.absorbedError
    frame.absorbedError = nil
    if let absorbed { return .error(absorbed.code, "`\(key)`: \(absorbed.message)") }
    if case .error(let error) = value { return .error(error.code, "`\(key)`: \(error.message)") }
    return value
  }

  /// What was found since it was last asked.
  mutating func takeFindings() -> [Finding] {
    places.removeAll(keepingCapacity: true)
    defer { findings.removeAll(keepingCapacity: true) }
    return findings
  }

  /// Names whose value depends on a slot that changed are to be evaluated again.
  private func staleAfter(_ slot: Int, _ frame: inout Frame) {
    for binding in rule.bindings where binding.dependsOn.contains(slot) { frame.slots[binding.slot] = .pending }
  }

  private mutating func settle(_ outcome: Outcome) { worst = max(worst, outcome) }

  private mutating func evaluate(_ row: Int32?, _ frame: inout Frame) {
    if let row, stages.isUpcoming(row, rule.stage) {
      settle(.upcoming)
      return
    }
    listDefaults = []
    var doubt: Unknown?
    if let condition = rule.condition {
      switch value(condition, of: "when", &frame) {
      case .bool(false): return
      case .bool(true): break
      case .unknown(let reason): doubt = reason
      case .error(let error): return fail(error, row, [], &frame)
      default: return fail(EvaluationError(.noSuchOverload, "`when` is no boolean"), row, [], &frame)
      }
    }
    settle(.passedWithNothing)
    step(0, row, [], doubt, &frame)
  }

  /// Goes through the generators from one on, then looks at the requirement.
  private mutating func step(
    _ depth: Int, _ row: Int32?, _ elements: [Value], _ doubt: Unknown?, _ frame: inout Frame
  ) {
    guard depth < rule.generators.count else { return require(row, elements, doubt, &frame) }
    let generator = rule.generators[depth]
    let value = value(generator.list, of: "each", &frame)
    if rule.readsDefaults { listDefaults = frame.defaultsRead }
    switch value {
    case .error(let error): return fail(error, row, elements, &frame)
    case .unknown(let reason): return undecided(reason.merged(with: doubt), row, [], &frame)
    default: break
    }
    guard let list = value.listView else {
      return fail(EvaluationError(.noSuchOverload, "`each` goes through a list"), row, elements, &frame)
    }
    for index in 0..<list.count {
      frame.slots[generator.slot] = list[index]
      staleAfter(generator.slot, &frame)
      let reason = list.reason(at: index)
      step(depth + 1, row, elements + [list[index]], doubt.map { $0.merged(with: reason) } ?? reason, &frame)
    }
    // There may be elements that nobody knows of: one undecided outcome of the target.
    if let open = list.open { undecided(open.merged(with: doubt), row, [], &frame) }
  }

  private mutating func require(_ row: Int32?, _ elements: [Value], _ doubt: Unknown?, _ frame: inout Frame) {
    guard let requirement = rule.requirement else {
      // A measure alone is a ratchet: it can only fail against a base, but it must be there.
      guard let measure = rule.measure else { return settle(.passed) }
      switch value(measure, of: "measure", &frame) {
      case .unknown(let reason): undecided(reason.merged(with: doubt), row, elements, &frame)
      case .error(let error): fail(error, row, elements, &frame)
      default: if let doubt { undecided(doubt, row, elements, &frame) } else { compare(row, elements, &frame) }
      }
      return
    }
    let value = value(requirement, of: "require", &frame)
    switch value {
    case .bool(true):
      if case .bool(true)? = rule.emptiness?.evaluate(&frame) { return settle(.passedWithNothing) }
      settle(.passed)
    case .bool(false):
      if let doubt { return undecided(doubt, row, elements, &frame) }
      settle(.failed)
      report(.failed, row, elements, nil, &frame)
    case .unknown(let reason): undecided(reason.merged(with: doubt), row, elements, &frame)
    case .error(let error): fail(error, row, elements, &frame)
    default: fail(EvaluationError(.noSuchOverload, "`require` is no boolean"), row, elements, &frame)
    }
  }

  /// A ratchet: a measure that nobody took before was nothing.
  private mutating func compare(_ row: Int32?, _ elements: [Value], _ frame: inout Frame) {
    let (identity, key, weight) = maker.weight(.failed, row, elements, &frame)
    guard let measure = weight.measure else { return settle(.passed) }
    measures[identity] = max(measures[identity] ?? measure, measure)
    measured[identity] = key
    let known = ratchet?[identity] ?? 0
    if ratchet != nil, measure > known {
      settle(.failed)
      return report(.failed, row, elements, nil, &frame)
    }
    settle(.passed)
    if measure < known { falls[identity] = maker.finding(.failed, row, elements, nil, nil, [], &frame) }
  }

  /// What the identities name of which a ratchet measures something else, or nothing any more.
  func names(ofOtherMeasuresThan other: RuleRun) -> [String] {
    // Names alone: in a closure over both, both would be copied.
    var names: Set<String> = []
    for (name, measure) in measures where other.measures[name] != measure { names.insert(name) }
    for name in other.measures.keys where measures[name] == nil { names.insert(name) }
    var result: [String] = []
    for name in names { result += measured[name] ?? other.measured[name] ?? [] }
    return result
  }

  /// Ratchets whose measure is less than in the base.
  var improvements: [Finding] {
    falls.filter { measures[$0.key] ?? 0 < ratchet?[$0.key] ?? 0 }.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func undecided(_ reason: Unknown, _ row: Int32?, _ elements: [Value], _ frame: inout Frame) {
    settle(.undecided)
    report(.undecided, row, elements, reason, &frame)
  }

  /// Keeps a finding, unless one with its identity is there that weighs as much: most of what a rule meets on its way
  /// through a large estate are the same few findings by other ways.
  private mutating func report(
    _ outcome: Outcome, _ row: Int32?, _ elements: [Value], _ reason: Unknown?, _ frame: inout Frame
  ) {
    let (identity, _, weight) = maker.weight(outcome, row, elements, &frame)
    if let place = places[identity] {
      let known = findings[place]
      if known.outcome > outcome { return }
      let isHeavier = weight.outweighs(known.weight) == true
      if known.outcome == .undecided, outcome == .undecided, let reason, !isHeavier {
        findings[place].missing = Set(known.missing + maker.facts(reason)).sorted { $0.name < $1.name }
        return
      }
      if known.outcome == outcome, !isHeavier { return }
    }
    let defaults = outcome == .failed ? listDefaults : []
    let finding = maker.finding(outcome, row, elements, reason, nil, defaults, isWeighed: true, &frame)
    if let place = places[finding.identity] {
      findings[place] = findings[place].merged(with: finding)
    } else {
      places[finding.identity] = findings.count
      findings.append(finding)
    }
  }

  private mutating func fail(_ error: EvaluationError, _ row: Int32?, _ elements: [Value], _ frame: inout Frame) {
    if error.code == .costLimit, !isExhausted {
      isExhausted = true
      exhausted += 1
    }
    settle(.error)
    findings.append(maker.finding(.error, row, elements, nil, error, [], &frame))
  }
}

/// Which initiatives a rule does not bind yet.
struct StageTable: Sendable {
  private let stages: [Int32: Int32]

  init(_ estate: Estate) {
    stages = Dictionary(
      estate.initiatives.compactMap { item in item.stage.map { (item.row, $0) } }, uniquingKeysWith: { a, _ in a })
  }

  func isUpcoming(_ row: Int32, _ stage: Int32) -> Bool { stages[row].map { $0 < stage } ?? false }
}
