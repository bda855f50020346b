internal import CEL
internal import Catalogue
internal import Diagnostics

/// Makes a finding of what a rule met at a target: message, place, path, facts. Only what is reported is worked out.
struct FindingMaker {
  private let rule: Rule
  private let estate: Estate
  /// The ways of what was weighed last, perhaps without the names of hops.
  private var weighed: [PathBox] = []
  /// Most makers find nothing.
  private lazy var clause: Finding.Clause? = rule.clauses.first.map { row in
    Finding.Clause(
      id: estate.entity(row).id, level: ValueText.exact(estate.value("level", of: row), estate),
      title: estate.name(row))
  }

  init(_ rule: Rule, _ estate: Estate) {
    self.rule = rule
    self.estate = estate
  }

  /// - Parameter isWeighed: whether it is what was weighed last.
  mutating func finding(
    _ outcome: Outcome, _ row: Int32?, _ elements: [Value], _ reason: Unknown?, _ error: EvaluationError?,
    _ listDefaults: Set<Fact>, isWeighed: Bool = false, _ frame: inout Frame
  ) -> Finding {
    for slot in rule.messageSlots { frame.slots[slot] = .pending }
    if let slot = rule.pathSlot {
      frame.slots[slot] = .error(EvaluationError(.noSuchOverload, "no closure of `each` leads here"))
    }
    let spent = frame.cost
    defer { frame.cost = spent }
    frame.beginTarget()
    let isWhole = elements.count == rule.generators.count
    let defaults = outcome == .failed ? readDefaults(row, elements, listDefaults, &frame) : []
    let key = self.key(outcome, row, elements, &frame)
    let rawMeasure = isWhole ? rule.measure?.evaluate(&frame) : nil
    var place = self.place(row, elements, isWhole: isWhole, &frame)
    let missing = reason.map { facts($0) } ?? []
    if outcome == .undecided, let first = missing.first?.range { place.place = Place(range: first, isAbsent: true) }
    var paths: [[Finding.Hop]] = []
    if isWhole {
      let isKnown = isWeighed && !frame.isTracing
      let ways = isKnown ? weighed.map { $0.named(&frame) } : ways(elements, &frame)
      if rule.path == nil, let way = ways.first, let slot = rule.pathSlot { frame.slots[slot] = .path(way) }
      paths = ways.map(hops)
    }
    return Finding(
      rule: rule.id, outcome: outcome, severity: severity(isWhole: isWhole, &frame), target: row.map(estate.identity),
      key: key, identity: identity(key), message: message(outcome, row, elements, error, isWhole: isWhole, &frame),
      place: place.place, field: place.field,
      label: label(outcome, place.place, place.field, place.entity, row, missing),
      related: related(isWhole: isWhole, &frame).filter { $0.range != place.place?.range }, paths: paths,
      clause: clause,
      remedy: rule.remedy, measure: number(rawMeasure), missing: missing, defaults: defaults)
  }

  // MARK: Weight

  /// The identity of what would be a finding, what that names, and its weight, without its words.
  mutating func weight(
    _ outcome: Outcome, _ row: Int32?, _ elements: [Value], _ frame: inout Frame
  ) -> (identity: String, key: [String], weight: Finding.Weight) {
    // Words have a budget of their own; the target's goes on where it was.
    let spent = frame.cost
    defer { frame.cost = spent }
    frame.beginTarget()
    let isWhole = elements.count == rule.generators.count
    let key = self.key(outcome, row, elements, &frame)
    let severity = severity(isWhole: isWhole, &frame)
    let measure = isWhole ? number(rule.measure?.evaluate(&frame)) : nil
    weighed = isWhole ? unnamedWays(elements, &frame) : []
    let hopCount = weighed.first?.hops.count ?? 0
    return (identity(key), key, Finding.Weight(severity: severity, measure: measure, hopCount: hopCount))
  }

  /// The ways of the finding; the names of their hops are not worked out.
  private func unnamedWays(_ elements: [Value], _ frame: inout Frame) -> [PathBox] {
    let pending = rule.bindings.filter { binding in
      guard binding.mayHoldHops, case .pending = frame.slots[binding.slot] else { return false }
      return true
    }
    frame.namesHops = false
    let ways = ways(elements, &frame)
    frame.namesHops = true
    // What came of a path just now came of one without names.
    for binding in pending { frame.slots[binding.slot] = .pending }
    return ways
  }

  // MARK: Identity

  private func key(_ outcome: Outcome, _ row: Int32?, _ elements: [Value], _ frame: inout Frame) -> [String] {
    if outcome != .error, elements.count == rule.generators.count, !rule.key.isEmpty {
      var parts: Set<String> = []
      for expression in rule.key { parts.formUnion(keyParts(expression.evaluate(&frame))) }
      // A key with a gap in it would make one finding of many.
      if !parts.isEmpty, !parts.contains("") { return parts.sorted() }
    }
    return (row.map { [estate.identity($0)] } ?? []) + elements.map { ValueText.exact($0, estate) }
  }

  /// The texts of a value in a key; an empty one stands for what is not known.
  private func keyParts(_ value: Value) -> [String] {
    switch value {
    case .unknown, .error, .pending: return [""]
    default: break
    }
    guard let view = value.listView else { return [ValueText.exact(value, estate)] }
    return (0..<view.count).map { ValueText.exact(view[$0], estate) }
  }

  /// Rule and key; the key is a set, so its order does not matter.
  private func identity(_ key: [String]) -> String { Finding.identity(rule.id, key) }

  private func number(_ value: Value?) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .double(let number): number
    case .duration(let nanoseconds): Double(nanoseconds) / 1e9
    default: nil
    }
  }

  private func severity(isWhole: Bool, _ frame: inout Frame) -> Severity {
    guard isWhole else { return rule.severity }
    // Of cases of which nobody knows whether they apply, and the one that does if they do not, the heaviest counts.
    var heaviest: Severity?
    for item in rule.severities {
      guard let condition = item.condition else { return max(heaviest ?? item.severity, item.severity) }
      switch condition.evaluate(&frame) {
      case .bool(true): return max(heaviest ?? item.severity, item.severity)
      case .bool(false): continue
      default: heaviest = max(heaviest ?? item.severity, item.severity)
      }
    }
    return rule.severity
  }

  // MARK: Words

  private func message(
    _ outcome: Outcome, _ row: Int32?, _ elements: [Value], _ error: EvaluationError?, isWhole: Bool,
    _ frame: inout Frame
  ) -> String {
    let target = row.map(estate.name) ?? "the view"
    switch outcome {
    case .error: return "\(target): \(error?.message ?? "the rule could not be evaluated")"
    case .undecided:
      let names = ([target] + elements.map { ValueText.message($0, estate) }).joined(separator: " / ")
      return "not decided for \(names): a fact is not recorded"
    default: return isWhole ? rule.message.text(&frame, estate) : rule.title
    }
  }

  /// What stands at the place: a gap, or whose value it is.
  private func label(
    _ outcome: Outcome, _ place: Place?, _ field: String?, _ entity: Int32?, _ row: Int32?,
    _ missing: [Finding.MissingFact]
  ) -> String? {
    if outcome == .undecided, let fact = missing.first {
      if let flaw = fact.flaw { return flaw }
      return "no \(fact.name.split(separator: ".").dropFirst().joined(separator: ".")) here"
    }
    guard outcome == .failed, let place, let field else { return nil }
    if place.isAbsent { return "no \(field) here" }
    guard let entity else { return nil }
    let kind = estate.kind(of: entity).title.lowercased()
    return entity == row ? "this \(kind)" : "\(kind) \(estate.name(entity))"
  }

  // MARK: Places

  private func place(
    _ row: Int32?, _ elements: [Value], isWhole: Bool, _ frame: inout Frame
  ) -> (place: Place?, field: String?, entity: Int32?) {
    guard isWhole, let at = rule.at, case .entity(let entity) = at.entity.evaluate(&frame) else {
      let ruleItself = Place(range: (rule.node.first("id") ?? rule.node).range, isAbsent: false)
      return (row.flatMap { estate.place(of: $0) } ?? ruleItself, nil, nil)
    }
    // What is derived is written nowhere: the entity itself is the place.
    guard let path = at.path, estate.isWritten(path, entity) else { return (estate.place(of: entity), nil, entity) }
    // Of a list the item that an element of `each` names.
    for element in elements.reversed() {
      if case .entity(let target) = element, let found = estate.place(of: target, under: path, in: entity),
        !found.isAbsent,
        found.range != estate.place(of: path, in: entity)?.range
      {
        return (found, path, entity)
      }
    }
    return (estate.place(of: path, in: entity) ?? estate.place(of: entity), path, entity)
  }

  private func related(isWhole: Bool, _ frame: inout Frame) -> [Diagnostic.Related] {
    guard isWhole else { return [] }
    var rows: [Int32] = []
    for expression in rule.related {
      let value = expression.evaluate(&frame)
      if case .entity(let row) = value { rows.append(row) }
      if let view = value.listView { rows += (0..<view.count).compactMap { view.row(at: $0) } }
    }
    var result: [Diagnostic.Related] = []
    for row in rows.prefix(5) {
      if let place = estate.place(of: row) {
        result.append(
          Diagnostic.Related("\(estate.kind(of: row).title.lowercased()) \(estate.name(row))", at: place.range))
      }
    }
    return result
  }

  /// At most so many paths are shown where a rule gives a list of them.
  private static let pathLimit = 3

  /// Ways of at least one hop, unless it is that of the closure that `each` walks.
  private func ways(_ elements: [Value], _ frame: inout Frame) -> [PathBox] {
    if let expression = rule.path {
      let value = expression.evaluate(&frame)
      if case .path(let path) = value { return path.hops.isEmpty ? [] : [path] }
      guard let view = value.listView else { return [] }
      return (0..<min(view.count, Self.pathLimit)).compactMap { index in
        guard case .path(let path) = view[index], !path.hops.isEmpty else { return nil }
        return path
      }
    }
    // The way of the closure that `each` walks.
    for (generator, element) in zip(rule.generators, elements).reversed() {
      guard case .reach = generator.list.type, case .entity(let row) = element else { continue }
      if let path = generator.list.evaluate(&frame).way(to: row, &frame) { return [path] }
    }
    return []
  }

  private func hops(_ path: PathBox) -> [Finding.Hop] {
    path.hops.enumerated().map { index, hop in
      Finding.Hop(
        from: estate.entity(path.nodes[index]).id, relation: hop.relation, carrier: hop.via.map(carrierName),
        range: hop.via.flatMap { estate.place(of: $0)?.range }, to: estate.entity(path.nodes[index + 1]).id)
    }
  }

  /// A flow is known by its dataset, anything else by its id.
  private func carrierName(_ row: Int32) -> String {
    if estate.kind(of: row).name == "flow" {
      if case .entity(let dataset) = estate.value("dataset", of: row) { return estate.entity(dataset).id }
      return "(not recorded)"
    }
    return estate.entity(row).id
  }

  // MARK: Facts

  func facts(_ reason: Unknown) -> [Finding.MissingFact] { estate.missingFacts(reason.facts) }

  /// Evaluates the deciding expressions again and notes the defaults that they read; of those that the lists of `each`
  /// read the target's and the elements' own.
  private func readDefaults(
    _ row: Int32?, _ elements: [Value], _ listDefaults: Set<Fact>, _ frame: inout Frame
  ) -> [String] {
    guard frame.isTracing else { return [] }
    let before = frame.defaultsRead
    frame.defaultsRead = []
    let saved = rule.bindings.map { frame.slots[$0.slot] }
    for binding in rule.bindings { frame.slots[binding.slot] = .pending }
    _ = rule.condition?.evaluate(&frame)
    _ = rule.requirement?.evaluate(&frame)
    for (binding, value) in zip(rule.bindings, saved) { frame.slots[binding.slot] = value }
    var read = frame.defaultsRead
    frame.defaultsRead = before
    var own = Set([row].compactMap { $0 })
    for case .entity(let element) in elements { own.insert(element) }
    read.formUnion(listDefaults.filter { own.contains($0.row) })
    return read.filter { estate.isDefault($0) }.compactMap { fact in
      estate.origin(of: fact).map { "\(estate.identity($0.row)).\($0.path)" }
    }.sorted()
  }
}
