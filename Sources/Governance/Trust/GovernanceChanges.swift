internal import CEL
public import Catalogue
public import Diagnostics

/// Finds what two sides judge differently: rules, standards, the vocabulary, settings, waivers and decisions.
public struct GovernanceChanges {
  /// One side as it judges itself.
  public struct Side {
    public var estate: Estate
    public var book: RuleBook
    public var failOn: Severity
    /// The identities that the authority started with, each with its place.
    public var baseline: [(identity: String, range: SourceRange?)]
    /// The packs that it uses, and where it says so.
    public var packs: [String]
    public var use: SourceRange?

    public init(
      estate: Estate, book: RuleBook, failOn: Severity, baseline: [(identity: String, range: SourceRange?)] = [],
      packs: [String] = [], use: SourceRange? = nil
    ) {
      self.estate = estate
      self.book = book
      self.failOn = failOn
      self.baseline = baseline
      self.packs = packs
      self.use = use
    }
  }

  let base: Side
  let head: Side
  var found: [GovernanceChange] = []

  /// In the order of printing. Linear in the documents that judge.
  public static func all(from base: Side, to head: Side) -> [GovernanceChange] {
    var reader = GovernanceChanges(base, head)
    let difference = CatalogueDifference(from: base.estate, to: head.estate, includes: Judge.kinds.contains)
    for change in difference.changes { reader.read(change) }
    reader.compareVocabularies(difference.changes.filter { reader.kind(of: $0) == "metamodel" })
    reader.compareSettings()
    reader.comparePacks()
    reader.compareChoices(difference.changes)
    reader.compareBaselines()
    return reader.found.sorted(by: GovernanceChange.precedes)
  }

  private init(_ base: Side, _ head: Side) {
    self.base = base
    self.head = head
  }

  // MARK: Documents

  func kind(of change: EntityChange) -> String { String(change.identity.prefix { $0 != ":" }) }

  private mutating func read(_ change: EntityChange) {
    switch kind(of: change) {
    case "rule": readRule(change)
    case "standard", "clause": readStandard(change)
    case "functions": readFunctions(change)
    case "waiver": readWaiver(change)
    case "decision", "condition": readDecision(change)
    // Settings are compared by what they come to, vocabularies by what they declare.
    default: return
    }
  }

  mutating func add(_ kind: GovernanceChange.Kind, _ change: EntityChange, _ summary: String, field: String? = nil) {
    let changed = field.flatMap { name in change.fields.first { $0.path == name } }
    found.append(
      GovernanceChange(
        kind, change.identity, summary, at: changed?.after?.range ?? place(change.after?.row, head),
        was: changed?.before?.range ?? place(change.before?.row, base)))
  }

  private func place(_ row: Int32?, _ side: Side) -> SourceRange? { row.flatMap { side.estate.place(of: $0)?.range } }

  /// `require` is now `true`, was `self.mfa`; long texts are cut.
  static func words(_ field: EntityChange.Field) -> String {
    let limit = 100
    if !field.gained.isEmpty || !field.lost.isEmpty {
      var parts: [String] = []
      if !field.gained.isEmpty { parts.append("gains \(EntityChange.Field.shown(field.gained, limit: limit))") }
      if !field.lost.isEmpty { parts.append("loses \(EntityChange.Field.shown(field.lost, limit: limit))") }
      return "`\(field.path)` \(parts.joined(separator: " and "))"
    }
    switch field.shown(limit: limit) {
    case (let before?, let after?): return "`\(field.path)` is now `\(after)`, was `\(before)`"
    case (let before?, nil): return "`\(field.path)` is there no more, was `\(before)`"
    case (nil, let after?): return "`\(field.path)` is there now: `\(after)`"
    case (nil, nil): return "`\(field.path)`"
    }
  }

  // MARK: Standards, functions, waivers, decisions

  private mutating func readStandard(_ change: EntityChange) {
    switch change.kind {
    case .added: add(.standardChanged, change, "it is new")
    case .removed: add(.standardWeakened, change, "it is removed")
    case .renamed: add(.standardChanged, change, "it was \(change.before?.identity ?? "another")")
    case .changed: break
    }
    for field in change.fields {
      let weakens = ["level", "requirement", "attested"].contains(field.path) && !isRaised(field)
      add(weakens ? .standardWeakened : .standardChanged, change, Self.words(field), field: field.path)
    }
  }

  /// Whether an obligation became a stricter one.
  private func isRaised(_ field: EntityChange.Field) -> Bool {
    guard field.path == "level", let type = head.estate.metamodel.enums.first(where: { $0.name == "obligation" }),
      let before = field.before?.texts.first.flatMap(type.ordinal),
      let after = field.after?.texts.first.flatMap(type.ordinal)
    else { return false }
    return after > before
  }

  private mutating func readFunctions(_ change: EntityChange) {
    switch change.kind {
    // What nobody called before weakens nothing.
    case .added: return
    case .removed: add(.functionChanged, change, "these functions are removed")
    case .changed, .renamed:
      for field in change.fields where field.path == "functions" || field.path.hasPrefix("functions.") {
        add(.functionChanged, change, Self.words(field), field: field.path)
      }
    }
  }

  private mutating func readWaiver(_ change: EntityChange) {
    switch change.kind {
    case .added:
      let estate = head.estate
      let rule = change.after.map { written("rule", $0.row, estate) ?? written("builtIn", $0.row, estate) ?? "a rule" }
      let until = change.after.flatMap { written("until", $0.row, estate) }.map { " until \($0)" } ?? ""
      add(.waiverAdded, change, "it waives \(rule ?? "a rule")\(until)")
    case .removed: add(.waiverRemoved, change, "it is removed")
    case .changed, .renamed:
      let told = change.fields.filter { !["name", "summary", "notes", "labels"].contains($0.path) }
      for field in told { add(.waiverChanged, change, Self.words(field), field: field.path) }
    }
  }

  private mutating func readDecision(_ change: EntityChange) {
    switch change.kind {
    case .added:
      guard let row = change.after?.row else { return }
      let outcome = written("outcome", row, head.estate)
      let targets = written("targets", row, head.estate).map { " on \($0)" } ?? ""
      add(.decisionAdded, change, outcome.map { "it says \($0)\(targets)" } ?? "it is new")
    case .removed: add(.decisionChanged, change, "it is removed")
    case .changed, .renamed:
      let told = change.fields.filter { !["name", "summary", "notes", "labels"].contains($0.path) }
      for field in told { add(.decisionChanged, change, Self.words(field), field: field.path) }
    }
  }

  private func written(_ field: String, _ row: Int32, _ estate: Estate) -> String? {
    estate.writtenValue(field, row)?.words
  }

  // MARK: Baseline

  private mutating func compareBaselines() {
    let (before, after) = (Set(base.baseline.map(\.identity)), Set(head.baseline.map(\.identity)))
    for entry in head.baseline where !before.contains(entry.identity) {
      found.append(GovernanceChange(.baselineGrown, entry.identity, "it is in the baseline now", at: entry.range))
    }
    for entry in base.baseline where !after.contains(entry.identity) {
      found.append(
        GovernanceChange(.baselineShrunk, entry.identity, "it is in the baseline no more", was: entry.range))
    }
  }

  // MARK: Settings

  private mutating func compareSettings() {
    let (old, new) = (base.estate, head.estate)
    for name in Set(old.settings.keys).union(new.settings.keys).sorted() {
      let before = old.settings[name].map { ValueText.exact($0, old) }
      let after = new.settings[name].map { ValueText.exact($0, new) }
      if before == after { continue }
      // A setting that only one side declares is part of its vocabulary.
      guard let before, let after else { continue }
      found.append(GovernanceChange(.settingChanged, name, "it is now \(after), was \(before)"))
    }
    if base.failOn != head.failOn {
      let word = head.failOn > base.failOn ? "less counts" : "more counts"
      found.append(
        GovernanceChange(
          .settingChanged, "failOn", "it is now \(head.failOn.name), was \(base.failOn.name): \(word)"))
    }
  }
}
