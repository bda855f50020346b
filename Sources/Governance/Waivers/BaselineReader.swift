internal import CEL
public import Catalogue
public import Diagnostics
internal import YAMLTree

/// Reads a baseline: every mistake at its place.
public struct BaselineReader {
  private let estate: Estate
  private let source: SourceText
  private var diagnostics: [Diagnostic] = []
  /// By the decision's row.
  private var approvals: [Int32: BaselineApproval] = [:]

  /// The baseline, or nil where the file cannot be understood; what is wrong with it, sorted for printing.
  public static func read(_ source: SourceText, _ estate: Estate) -> (Baseline?, [Diagnostic]) {
    var reader = BaselineReader(estate: estate, source: source)
    let baseline = reader.read()
    return (baseline, reader.diagnostics.sortedForPrinting())
  }

  private init(estate: Estate, source: SourceText) {
    self.estate = estate
    self.source = source
  }

  private mutating func read() -> Baseline? {
    let file = YAMLFile.parse(source)
    diagnostics += file.diagnostics
    guard let root = file.documents.first?.root else {
      if diagnostics.isEmpty { report("it is empty; it needs `format: 1`, `taken` and `findings`", at: nil) }
      return nil
    }
    if file.documents.count > 1 { report("it is one document, and this is another", at: file.documents[1].root) }
    guard
      let reader = MappingReader(root, "a baseline", keys: ["format", "taken", "revision", "findings"], &diagnostics)
    else { return nil }
    for key in ["format", "taken", "findings"] where !reader.has(key) {
      diagnostics.append(LoadingDiagnostic.missingKey(key, in: "a baseline", at: root))
    }
    if let format = reader.scalar("format", &diagnostics), format.text != "1" {
      report("this version reads format 1, not \(format.text)", at: format)
      return nil
    }
    let taken = reader.scalar("taken", &diagnostics).flatMap { date($0) }
    let revision = reader.text("revision", &diagnostics)
    if let value = reader["findings"], !value.isSequence {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a list", for: "`findings`"))
      return nil
    }
    var entries: [Baseline.Entry] = []
    var first: [String: YAMLNode] = [:]
    for item in reader.items("findings") {
      guard let entry = read(item) else { continue }
      if let known = first[entry.current] {
        diagnostics.append(
          Diagnostic(
            "duplicate", .error, "the entry \(entry.identity) is there already", at: item.range,
            related: [Diagnostic.Related("first here", at: known.range)]))
        continue
      }
      first[entry.current] = item
      entries.append(entry)
    }
    guard let taken else { return nil }
    return Baseline(taken: taken, revision: revision, entries: entries)
  }

  private mutating func read(_ item: YAMLNode) -> Baseline.Entry? {
    let keys = ["finding", "outcome", "severity", "measure", "decision", "added"]
    guard let reader = MappingReader(item, "an entry of the baseline", keys: keys, &diagnostics) else { return nil }
    for key in ["finding", "severity"] where !reader.has(key) {
      diagnostics.append(LoadingDiagnostic.missingKey(key, in: "an entry of the baseline", at: item))
    }
    let before = diagnostics.count
    let identity = reader.text("finding", &diagnostics)
    let severity = reader.scalar("severity", &diagnostics).flatMap { node -> Severity? in
      if let severity = Severity(node.text) { return severity }
      let names = Severity.allCases.map(\.name)
      report("`\(node.text)` is no severity", at: node, notes: [suggestion(for: node.text, among: names)])
      return nil
    }
    let outcome = reader.scalar("outcome", &diagnostics).flatMap { node -> Outcome? in
      if node.text == Outcome.undecided.name { return .undecided }
      if node.text != Outcome.failed.name { report("an outcome is failed or undecided", at: node) }
      return .failed
    }
    let measure = reader.scalar("measure", &diagnostics).flatMap { node -> Double? in
      if let number = Double(node.text), number.isFinite { return number }
      report("`\(node.text)` is no number", at: node)
      return nil
    }
    let added = reader.scalar("added", &diagnostics).flatMap { date($0) }
    let decision = reader.scalar("decision", &diagnostics)
    guard let identity, let severity, diagnostics.count == before else { return nil }
    if identity.hasPrefix("baseline-") || identity.hasPrefix("waiver-"),
      PaperRule(rawValue: String(identity.prefix { $0 != "|" })) != nil
    {
      report("a finding about waivers or the baseline cannot be in it", at: reader["finding"])
      return nil
    }
    let current = Self.current(identity, estate)
    let named = decision.map { approval($0.text, of: current) }
    return Baseline.Entry(
      identity: identity, current: current, outcome: outcome ?? .failed, severity: severity, measure: measure,
      decision: named?.name, added: added, objection: named?.objection, range: item.range)
  }

  private mutating func report(_ summary: String, at node: YAMLNode?, notes: [String?] = []) {
    diagnostics.append(
      Diagnostic(
        "baseline-mistake", .error, summary, at: node?.range ?? SourceRange(source, 0..<0),
        notes: notes.compactMap { $0 }))
  }

  private mutating func date(_ node: YAMLNode) -> CivilDate? {
    if let date = CivilDate(node.text) { return date }
    report("`\(node.text)` is no date; it is written YYYY-MM-DD", at: node)
    return nil
  }

  private mutating func approval(_ text: String, of identity: String) -> (name: String, objection: String?) {
    let name = text.hasPrefix("decision:") ? text : "decision:\(text)"
    guard case .found(let row) = estate.find(name), estate.kind(of: row).name == "decision" else {
      return (name, "there is no \(name)")
    }
    let approval = approvals[row] ?? BaselineApproval(row, estate)
    approvals[row] = approval
    return (approval.name, approval.objection(to: identity))
  }

  // MARK: Names

  /// An identity with what was renamed under its name of today.
  static func current(_ identity: String, _ estate: Estate) -> String {
    var parts = parts(identity)
    guard let rule = parts.first else { return identity }
    let before = parts
    for index in parts.indices.dropFirst() where parts[index].contains(":") {
      if case .found(let row) = estate.find(parts[index]) { parts[index] = estate.identity(row) }
    }
    let isBuiltIn = IntegrityRules.table.contains { $0.rule.rawValue == rule }
    if !isBuiltIn, case .found(let row) = estate.find("rule:\(rule)") { parts[0] = estate.entity(row).id }
    if parts == before { return identity }
    // The key of a rule's finding is a set, in order; that of a built-in rule is as it is.
    let key = isBuiltIn ? Array(parts.dropFirst()) : parts.dropFirst().sorted()
    return ([parts[0]] + key).joined(separator: "|")
  }

  /// The parts between bars; a bar behind a backslash is one of a text, and stays as it is written.
  static func parts(_ identity: String) -> [String] {
    var result = [""]
    var isEscaped = false
    for character in identity.unicodeScalars {
      if character == "|", !isEscaped {
        result.append("")
        continue
      }
      isEscaped = character == "\\" && !isEscaped
      result[result.count - 1].unicodeScalars.append(character)
    }
    return result
  }
}

extension Baseline {
  /// What reading a baseline can report.
  public static let registry: [(id: String, explanation: String)] = [
    ("baseline-mistake", "Something in `baseline.yaml` that means nothing; `triglyph baseline` writes the file.")
  ]
}
