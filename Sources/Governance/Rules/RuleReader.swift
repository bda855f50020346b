internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Reads one rule document: every mistake at its place, and a rule only when there is none.
struct RuleReader {
  let estate: Estate
  let id: String
  let row: Int32
  let node: YAMLNode
  var diagnostics: [Diagnostic] = []
  var environment: Environment
  var footprint = Footprint()
  /// Every field that any of its expressions reads, the message's included.
  var reads: Set<Int32> = []
  var slotCount = 1
  /// In an example's estate a parameter's entity may be missing, and mistakes were reported already.
  var isExample = false
  var names = NameTable()
  /// What `triglyph.yaml` sets in place of what the document says.
  var override: RuleOverride?
  /// Mistakes of that: the rule is then what its document says.
  var mistakesOfOverride: [Diagnostic] = []
  /// Declarations that nothing reads; they keep no rule from running.
  var unused: [Diagnostic] = []
  /// The names of parameters that any of its expressions reads, the message's included.
  var readParameters: Set<String> = []
  /// What is read in place of one of its texts: a mutant's.
  var substitute: RuleSubstitute?
  /// Every expression that it checked, in the order of reading; nil: nobody asks.
  var noted: [(text: ExpressionText, checked: CheckedExpression)]?

  /// What was compiled, where it stands and what it reads, in the order of reading.
  var compiled: [(place: SourceRange, footprint: Footprint, slot: Int?)] = []

  init(_ estate: Estate, _ functions: [String: SharedFunction], id: String, row: Int32, _ node: YAMLNode) {
    self.init(estate, Self.environment(estate, functions), id: id, row: row, node)
  }

  /// - Parameter environment: `environment` of the estate; what a rule declares itself is added to its own copy.
  init(_ estate: Estate, _ environment: Environment, id: String, row: Int32, _ node: YAMLNode) {
    self.estate = estate
    self.id = id
    self.row = row
    self.node = node
    self.environment = environment
  }

  /// What every rule's expressions can name.
  static func environment(_ estate: Estate, _ functions: [String: SharedFunction]) -> Environment {
    var environment = ExpressionEnvironment.of(estate)
    environment.functions = functions
    return environment
  }

  mutating func read() -> Rule? {
    let before = diagnostics.count
    // Unknown keys and broken values are the loader's to report; here they only keep the rule from running.
    var quiet: [Diagnostic] = []
    let known = estate.metamodel.kind(named: "rule")?.order.map { estate.metamodel.fields[Int($0)].path } ?? []
    guard let reader = MappingReader(node, "a rule", keys: ["kind", "id"] + known, &quiet) else { return nil }
    isReportedElsewhere = !quiet.isEmpty || (0..<node.count).contains { node.value($0).isReported }
    isUsable = !isReportedElsewhere
    guard let scope = readScope(reader) else { return nil }
    if case .entities(let kinds) = scope { environment.variables["self"] = .slot(0, .entity(kinds)) }
    declareParameters(reader)
    let (bindings, generators) = readNames(reader)
    let condition = expression(reader, "when", expecting: .bool)
    let requirement = expression(reader, "require", expecting: .bool)
    let emptiness = requirement == nil ? nil : emptiness(reader)
    let measure = readMeasure(reader)
    if requirement == nil, measure == nil, !reader.has("require"), !reader.has("measure") {
      report("rule-mistake", "a rule needs `require` or `measure`", at: node.first("id") ?? node)
    }
    // What only finds the place, the identity and the words of a finding decides nothing.
    let deciding = compiled
    let at = readPlace(reader)
    let key = expressions(reader, "key")
    let related = expressions(reader, "related")
    let path = expression(reader, "path")
    let message = readMessage(
      reader, walks: generators.contains { if case .reach = $0.list.type { true } else { false } })
    compiled = deciding
    let written = readSeverity(reader)
    let severities = override?.severity.map { [Rule.SeverityCase(condition: nil, severity: $0)] } ?? written
    let ownStage = readStage(reader)
    let stage = override?.stage?.position ?? ownStage
    let severity = severities.map(\.severity).max() ?? .advisory
    if severity == .blocker { refuseDefaults() }
    let status = readStatus(reader)
    guard diagnostics.count == before, isUsable else { return nil }
    noteUnreadParameters(reader)
    let slots = slotCount
    return Rule(
      id: id, row: row, title: reader["title"]?.text ?? id, scope: scope, clauses: clauseRows(),
      stage: stage, status: status,
      allowsEmpty: reader["allowEmpty"]?.text == "true", rationale: reader["rationale"]?.text,
      remedy: reader["remedy"]?.text ?? "", footprint: footprint, node: node, override: override,
      severities: severities,
      condition: condition, bindings: bindings, generators: generators, requirement: requirement, emptiness: emptiness,
      measure: measure,
      key: key, at: at, related: related, path: path, message: message,
      messageSlots: messageSlots, pathSlot: pathSlot, slotCount: slots, reads: reads,
      readsDefaults: footprint.fields.contains { estate.metamodel.fields[Int($0)].defaultText != nil },
      mentionsInitiative: allGlobals.contains(ExpressionEnvironment.initiativeGlobal),
      functions: environment.functions)
  }

  mutating func report(_ id: String, _ summary: String, at node: YAMLNode, notes: [String] = []) {
    diagnostics.append(Diagnostic(id, .error, summary, at: node.range, notes: notes))
  }

  // MARK: Scope, stage, severity

  private mutating func readScope(_ reader: MappingReader) -> Rule.Scope? {
    let items = reader.items("for").filter { substitute?.drops($0) != true }
    if items.isEmpty {
      if !reader.has("for") { report("missing-key", "a rule needs `for`", at: node.first("id") ?? node) }
      return nil
    }
    if items.count == 1, items[0].text == "view" { return .view }
    var kinds = KindSet.empty
    for item in items {
      if let found = estate.metamodel.kinds(named: item.text) {
        kinds = kinds.union(found)
      } else {
        let near = suggestion(for: item.text, among: estate.metamodel.kindNames + ["view"])
        report("unknown-kind", "there is no kind `\(item.text)`", at: item, notes: [near].compactMap { $0 })
      }
    }
    return kinds.isEmpty ? nil : .entities(kinds)
  }

  private mutating func readStage(_ reader: MappingReader) -> Int32 {
    guard let node = reader["stage"] else { return 0 }
    let stages = estate.metamodel.enums.first { $0.name == "stage" }
    if let stage = stages?.ordinal(of: node.text) { return stage }
    isUsable = false
    return 0
  }

  private mutating func readStatus(_ reader: MappingReader) -> Rule.Status {
    guard let node = reader["status"] else { return .active }
    if let status = Rule.Status(rawValue: node.text) { return status }
    isUsable = false
    return .active
  }

  private mutating func readSeverity(_ reader: MappingReader) -> [Rule.SeverityCase] {
    guard let value = reader["severity"] else { return [] }
    if value.isScalar {
      return severity(value).map { [Rule.SeverityCase(condition: nil, severity: $0)] } ?? []
    }
    var cases: [Rule.SeverityCase] = []
    let items = reader.items("severity")
    if items.isEmpty { report("rule-mistake", "a list of severities holds at least one", at: value) }
    for (index, item) in items.enumerated() {
      guard let entry = MappingReader(item, "a severity", keys: ["when", "is"], &diagnostics) else { continue }
      guard let node = entry.scalar("is", &diagnostics), let severity = severity(node) else { continue }
      let condition = expression(entry, "when", expecting: .bool)
      if index == items.count - 1, entry.has("when") {
        report("rule-mistake", "the last severity has no `when`: it stands for all other cases", at: item)
      }
      if index < items.count - 1, !entry.has("when") {
        report("rule-mistake", "the severities after this one are never reached: it has no `when`", at: item)
      }
      cases.append(Rule.SeverityCase(condition: condition, severity: severity))
    }
    return cases
  }

  private mutating func severity(_ node: YAMLNode) -> Severity? {
    if let severity = Severity(node.text) { return severity }
    let names = Severity.allCases.map(\.name)
    let near = suggestion(for: node.text, among: names) ?? "it is one of \(names.joined(separator: ", "))"
    report("wrong-value", "`\(node.text)` is no severity", at: node, notes: [near])
    return nil
  }

  /// The clauses in the order of writing: the first is the rule's home.
  private func clauseRows() -> [Int32] {
    guard !isExample, let view = estate.value("clauses", of: row).listView else { return [] }
    let rows = (0..<view.count).compactMap { view.row(at: $0) }
    let written = node.first("clauses").map { value in
      value.isSequence ? (0..<value.count).map { value[item: $0].text } : [value.text]
    }
    func position(_ row: Int32) -> Int { written?.firstIndex(of: estate.entity(row).id) ?? .max }
    return rows.sorted { position($0) < position($1) }
  }

  // MARK: Expressions

  mutating func expression(_ reader: MappingReader, _ key: String, expecting: ValueType? = nil) -> CompiledExpression? {
    guard let value = scalar(reader, key) else { return nil }
    return compile(ExpressionText(value), bytes(of: value), expecting: expecting)?.1
  }

  /// The scalar under a key. Of the rule's own expressions the loader has said already that one is a list.
  private mutating func scalar(_ reader: MappingReader, _ key: String) -> YAMLNode? {
    guard let value = reader[key], !value.isScalar, reader.node == node,
      case .expression? = estate.metamodel.kind(named: "rule").flatMap({ estate.metamodel.field(key, of: $0.index) })?
        .shape
    else { return reader.scalar(key, &diagnostics) }
    isUsable = false
    return nil
  }

  /// One expression, or a YAML list of them.
  private mutating func expressions(_ reader: MappingReader, _ key: String) -> [CompiledExpression] {
    reader.items(key).compactMap { item in
      guard item.isScalar else {
        diagnostics.append(LoadingDiagnostic.wrongShape(item, wanted: "an expression", for: "`\(key)`"))
        return nil
      }
      return compile(ExpressionText(item), bytes(of: item))?.1
    }
  }

  /// The text of a scalar, or what stands in its place.
  func bytes(of value: YAMLNode) -> [UInt8] { substitute?.bytes(of: value) ?? Array(value.utf8) }

  /// Parses, checks and compiles; reports problems at their places in the file.
  mutating func compile(
    _ text: ExpressionText, _ bytes: [UInt8], expecting: ValueType? = nil
  ) -> (CheckedExpression, CompiledExpression)? {
    let parsed = Parser.parse(bytes, macros: MacroSignature.all)
    return check(parsed, text, expecting: expecting)
  }

  mutating func check(
    _ parsed: ParsedExpression, _ text: ExpressionText, expecting: ValueType? = nil
  ) -> (CheckedExpression, CompiledExpression)? {
    environment.firstFreeSlot = slotCount
    noteParameters(parsed.tree)
    let checked = Checker.check(parsed, in: environment, expecting: expecting)
    noted?.append((text, checked))
    guard checked.problems.isEmpty else {
      // What follows from a mistake in a `let` is not reported again where the name is used.
      diagnostics += checked.problems.filter { !names.isBroken($0, in: parsed) }.map(text.diagnostic)
      return nil
    }
    let compiled = CompiledExpression(checked, in: environment)
    self.compiled.append((text.range(of: 0..<parsed.text.count), compiled.footprint, nil))
    footprint.formUnion(compiled.footprint)
    reads.formUnion(compiled.footprint.fields)
    allGlobals.formUnion(compiled.footprint.globals)
    slotCount = max(slotCount, compiled.slotCount)
    return (checked, compiled)
  }

  private mutating func readMeasure(_ reader: MappingReader) -> CompiledExpression? {
    guard let compiled = expression(reader, "measure") else { return nil }
    switch compiled.type {
    case .int, .double, .duration, .error: return compiled
    default:
      if let value = reader["measure"] {
        report(
          "wrong-type", "a measure is a number, and this is \(environment.description(of: compiled.type))", at: value)
      }
      return nil
    }
  }

  private mutating func readPlace(_ reader: MappingReader) -> CompiledExpression.Place? {
    guard let value = scalar(reader, "at") else { return nil }
    guard let (checked, _) = compile(ExpressionText(value), Array(value.utf8)) else { return nil }
    if let place = CompiledExpression.place(checked, in: environment) {
      slotCount = max(slotCount, place.entity.slotCount)
      return place
    }
    report("rule-mistake", "`at` names an entity or a field of one", at: value)
    return nil
  }

  private mutating func readMessage(_ reader: MappingReader, walks: Bool) -> MessageTemplate {
    guard let value = reader.scalar("message", &diagnostics) else { return .empty }
    var segments: [MessageTemplate.Segment] = []
    let text = Array(value.utf8)
    // Inside a message, `path` and `measure` are the rule's own.
    let saved = environment
    for name in ["path", "measure"] {
      guard let node = reader[name], node.isScalar, environment.variables[name] == nil else { continue }
      let parsed = Parser.parse(Array(node.utf8), macros: MacroSignature.all)
      environment.firstFreeSlot = slotCount
      let checked = Checker.check(parsed, in: environment)
      guard checked.problems.isEmpty else { continue }
      let compiled = CompiledExpression(checked, in: environment)
      let slot = max(slotCount, compiled.slotCount)
      slotCount = slot + 1
      environment.variables[name] = .lazy(slot, compiled)
      messageSlots.insert(slot)
    }
    // Without `path` it is the way that the closure of `each` went.
    if walks, !reader.has("path"), environment.variables["path"] == nil {
      environment.variables["path"] = .slot(slotCount, .path)
      pathSlot = slotCount
      messageSlots.insert(slotCount)
      slotCount += 1
    }
    for piece in MessageTemplate.pieces(of: text) {
      if piece.isHole {
        if piece.offset + piece.bytes.count >= text.count {
          let range = piece.offset - 2..<text.count
          diagnostics.append(
            Diagnostic(
              "rule-mistake", .error, "a hole that `${` opens ends with `}`", at: value.sourceRange(ofValueRange: range)
            ))
          continue
        }
        let footprint = self.footprint
        if let (_, compiled) = compile(ExpressionText(value, valueOffset: piece.offset), piece.bytes) {
          segments.append(.hole(compiled))
        }
        // What only a message reads decides nothing.
        self.footprint = footprint
      } else {
        segments.append(.text(String(decoding: piece.bytes, as: UTF8.self)))
      }
    }
    environment = saved
    return MessageTemplate(segments: segments)
  }

  /// Of everything, messages included.
  private var allGlobals: Set<Int> = []
  /// False after a mistake that the loader reports.
  private var isUsable = true
  /// Whether reading the YAML or the document met a mistake in it.
  private(set) var isReportedElsewhere = false
  private var pathSlot: Int?
  /// Lazy slots that only the message fills; stale with every finding.
  var messageSlots: Set<Int> = []
}
