internal import CEL
public import Catalogue
public import Diagnostics
public import YAMLTree

/// Reads `rules` and `overrides` of `triglyph.yaml` for an estate: every mistake at its place.
public struct RuleChoiceReader {
  private let estate: Estate
  private var diagnostics: [Diagnostic] = []
  private let known: [String]

  /// - Parameters: the values of the two keys; nil: not written.
  /// - Returns: with a mistake in `rules` every rule is adopted, with one in an override the rule is as it is written: what
  ///   a mistake was to hide is shown.
  public static func read(
    rules: YAMLNode?, overrides: YAMLNode?, _ estate: Estate, _ diagnostics: inout [Diagnostic]
  ) -> RuleChoice {
    if rules == nil, overrides == nil { return .all }
    var reader = RuleChoiceReader(estate)
    let (mode, exclusions) = rules.flatMap { reader.readRules($0) } ?? (.all, [])
    let changes = overrides.map { reader.readOverrides($0) } ?? []
    diagnostics += reader.diagnostics
    return RuleChoice(mode: mode, exclusions: exclusions, overrides: changes, range: rules?.range)
  }

  private init(_ estate: Estate) {
    self.estate = estate
    known = estate.rows(ofKind: "rule").map { estate.entity($0).id }
  }

  private mutating func report(_ id: String, _ summary: String, at node: YAMLNode, notes: [String] = []) {
    diagnostics.append(Diagnostic(id, .error, summary, at: node.range, notes: notes))
  }

  // MARK: Which rules

  private mutating func readRules(_ node: YAMLNode) -> (RuleChoice.Mode, [RuleChoice.Exclusion])? {
    let before = diagnostics.count
    guard let reader = MappingReader(node, "`rules`", keys: ["only", "except"], &diagnostics) else { return nil }
    if reader.has("only"), reader.has("except") {
      report(
        "adoption-mistake", "`rules` says `only` or `except`, not both", at: node,
        notes: ["what `only` does not list is not adopted"])
      return nil
    }
    guard let key = ["only", "except"].first(where: reader.has) else {
      if diagnostics.count == before {
        report("adoption-mistake", "`rules` says which rules are adopted: `only` or `except`", at: node)
      }
      return nil
    }
    guard let list = reader[key] else { return nil }
    guard list.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(list, wanted: "a list", for: "`\(key)`"))
      return nil
    }
    let result = key == "only" ? readOnly(list) : readExcept(list)
    guard diagnostics.count == before else { return nil }
    return result
  }

  private mutating func readOnly(_ list: YAMLNode) -> (RuleChoice.Mode, [RuleChoice.Exclusion]) {
    var seen: [String: YAMLNode] = [:]
    for item in items(list) {
      guard item.isScalar else {
        diagnostics.append(LoadingDiagnostic.wrongShape(item, wanted: "the id of a rule", for: "an entry of `only`"))
        continue
      }
      _ = rule(item, "adoption-mistake", &seen)
    }
    if list.count == 0 {
      report("adoption-mistake", "`only` adopts no rule, and without one nothing would be checked", at: list)
    } else if !seen.isEmpty, !seen.keys.contains(where: isActive) {
      report("adoption-mistake", "`only` adopts no active rule, and without one nothing would be checked", at: list)
    }
    let exclusions = known.filter { seen[$0] == nil }.map {
      RuleChoice.Exclusion(rule: $0, reason: nil, range: list.range)
    }
    return (.only, exclusions)
  }

  private mutating func readExcept(_ list: YAMLNode) -> (RuleChoice.Mode, [RuleChoice.Exclusion]) {
    var seen: [String: YAMLNode] = [:]
    var exclusions: [RuleChoice.Exclusion] = []
    for item in items(list) {
      if item.isScalar {
        report(
          "adoption-mistake", "a rule that is not adopted has a reason: `{rule: \(item.text), reason: …}`", at: item,
          notes: [suggestion(for: item.text, among: known)].compactMap { known.contains(item.text) ? nil : $0 })
        continue
      }
      guard let entry = MappingReader(item, "an entry of `except`", keys: ["rule", "reason"], &diagnostics) else {
        continue
      }
      let reason = text("reason", entry, "adoption-mistake", "a rule that is not adopted has a reason", item)
      guard let node = named(entry, item), let id = rule(node, "adoption-mistake", &seen), let reason else { continue }
      exclusions.append(RuleChoice.Exclusion(rule: id, reason: reason, range: node.range))
    }
    if known.contains(where: isActive), !known.contains(where: { seen[$0] == nil && isActive($0) }) {
      report("adoption-mistake", "`except` leaves no rule, and without one nothing would be checked", at: list)
    }
    return (.except, exclusions)
  }

  /// Whether a rule runs where it is adopted; of one with a mistake nothing can be said.
  private func isActive(_ rule: String) -> Bool {
    guard case .found(let row) = estate.find("rule:\(rule)") else { return true }
    let status = estate.value("status", of: row)
    guard case .enumeration = status else { return true }
    return ValueText.exact(status, estate) == Rule.Status.active.rawValue
  }

  private func items(_ list: YAMLNode) -> [YAMLNode] {
    (0..<list.count).map { list[item: $0] }.filter { !$0.isReported }
  }

  /// The id of the rule that a node names; nil with a diagnostic.
  private mutating func rule(_ node: YAMLNode, _ mistake: String, _ seen: inout [String: YAMLNode]) -> String? {
    guard case .found(let row) = estate.find("rule:\(node.text)") else {
      var notes = [suggestion(for: node.text, among: known)].compactMap { $0 }
      if IntegrityRules.registry.contains(where: { $0.id == node.text }) || PaperRule(rawValue: node.text) != nil {
        notes = ["`\(node.text)` is built in: it is always there, and its findings can be waived or baselined at most"]
      }
      report(mistake, "there is no rule `\(node.text)`", at: node, notes: notes)
      return nil
    }
    let id = estate.entity(row).id
    if let first = seen[id] {
      diagnostics.append(
        Diagnostic(
          mistake, .error, "\(id) stands here already", at: node.range,
          related: [Diagnostic.Related("first here", at: first.range)]))
      return nil
    }
    seen[id] = node
    return id
  }

  private mutating func named(_ entry: MappingReader, _ item: YAMLNode) -> YAMLNode? {
    if !entry.has("rule") { diagnostics.append(LoadingDiagnostic.missingKey("rule", in: entry.what, at: item)) }
    return entry.scalar("rule", &diagnostics)
  }

  /// A text that says something; nil with a diagnostic.
  private mutating func text(
    _ key: String, _ entry: MappingReader, _ mistake: String, _ sentence: String, _ item: YAMLNode
  ) -> String? {
    guard entry.has(key) else {
      report(mistake, sentence, at: item, notes: ["`\(key)` is missing"])
      return nil
    }
    guard let node = entry.scalar(key, &diagnostics) else { return nil }
    let words = node.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty { report(mistake, sentence, at: node, notes: ["`\(key)` is empty"]) }
    return words.isEmpty ? nil : words
  }

  // MARK: Overrides

  private mutating func readOverrides(_ node: YAMLNode) -> [RuleOverride] {
    guard node.isSequence else {
      if !node.isReported {
        diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a list", for: "`overrides`"))
      }
      return []
    }
    var seen: [String: YAMLNode] = [:]
    return items(node).compactMap { readOverride($0, &seen) }
  }

  private mutating func readOverride(_ item: YAMLNode, _ seen: inout [String: YAMLNode]) -> RuleOverride? {
    let before = diagnostics.count
    guard
      let entry = MappingReader(item, "an override", keys: ["rule", "set", "reason", "decision"], &diagnostics)
    else { return nil }
    let reason = text("reason", entry, "override-mistake", "an override has a reason", item)
    let id = named(entry, item).flatMap { rule($0, "override-mistake", &seen) }
    let decision = readDecision(entry, item, id)
    guard entry.has("set") else {
      report("override-mistake", "an override says what it sets: `severity`, `stage` or `params`", at: item)
      return nil
    }
    guard let value = entry["set"],
      let set = MappingReader(value, "`set`", keys: ["severity", "stage", "params"], &diagnostics)
    else { return nil }
    if value.count == 0 {
      report("override-mistake", "an override sets `severity`, `stage` or `params`", at: value)
    }
    let severity = set.scalar("severity", &diagnostics).flatMap { readSeverity($0) }
    let stage = set.scalar("stage", &diagnostics).flatMap { readStage($0) }
    let parameters = set.pairs("params", &diagnostics)
    for (_, value) in parameters where !value.isScalar {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a single value", for: "a parameter"))
    }
    guard diagnostics.count == before, let id, let reason, let decision else { return nil }
    return RuleOverride(
      rule: id, severity: severity, stage: stage, parameters: parameters, reason: reason, decision: decision,
      range: (entry["rule"] ?? item).range)
  }

  private mutating func readSeverity(_ node: YAMLNode) -> Severity? {
    if let severity = Severity(node.text) { return severity }
    let names = Severity.allCases.map(\.name)
    report(
      "wrong-value", "`\(node.text)` is no severity", at: node,
      notes: [suggestion(for: node.text, among: names) ?? "it is one of \(names.joined(separator: ", "))"])
    return nil
  }

  private mutating func readStage(_ node: YAMLNode) -> (position: Int32, name: String)? {
    let type = estate.metamodel.enums.first { $0.name == "stage" }
    if let position = type?.ordinal(of: node.text) { return (position, node.text) }
    let names = type?.values ?? []
    report(
      "wrong-value", "`\(node.text)` is no stage", at: node,
      notes: [suggestion(for: node.text, among: names) ?? "it is one of \(names.joined(separator: ", "))"])
    return nil
  }

  /// The decision on which an override rests: it approves, and has the rule among its targets.
  private mutating func readDecision(_ entry: MappingReader, _ item: YAMLNode, _ rule: String?) -> String? {
    let mistake = "override-mistake"
    guard entry.has("decision") else {
      report(mistake, "an override rests on a decision", at: item, notes: ["`decision` is missing"])
      return nil
    }
    guard let node = entry.scalar("decision", &diagnostics) else { return nil }
    let name = node.text.hasPrefix("decision:") ? node.text : "decision:\(node.text)"
    guard case .found(let row) = estate.find(name) else {
      let ids = estate.rows(ofKind: "decision").map { estate.entity($0).id }
      report(
        mistake, "there is no decision `\(node.text)`", at: node,
        notes: [suggestion(for: node.text, among: ids)].compactMap { $0 })
      return nil
    }
    guard let rule else { return nil }
    let targets = estate.value("targets", of: row).listView
    let named = targets.map { view in
      (0..<view.count).compactMap { view.reason(at: $0) == nil ? view.row(at: $0) : nil }.map(estate.identity)
    }
    if !Approval.approves(row, estate) {
      report(
        mistake, "\(estate.identity(row)), on which this override of \(rule) rests, does not approve", at: node,
        notes: ["it counts from its own day on; until then the rule is what its document says"])
    } else if named?.contains("rule:\(rule)") != true {
      report(
        mistake, "\(estate.identity(row)), on which this override rests, does not name rule:\(rule)", at: node,
        notes: ["add rule:\(rule) to its `targets`: an approval of something else approves no override"])
    }
    return estate.identity(row)
  }
}
