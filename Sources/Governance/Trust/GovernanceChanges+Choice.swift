internal import Catalogue
internal import Diagnostics

/// What `triglyph.yaml` says of rules: which are adopted, and what it sets in them.
extension GovernanceChanges {
  /// - Parameter documents: the judging documents that are otherwise; a rule that is new or gone is told as that.
  mutating func compareChoices(_ documents: [EntityChange]) {
    var former: [String: String] = [:]
    for change in documents where change.kind == .renamed && kind(of: change) == "rule" {
      guard let before = change.before, let after = change.after else { continue }
      former[head.estate.entity(after.row).id] = base.estate.entity(before.row).id
    }
    let before = Set(base.book.allRules.map(\.id))
    var unlisted: [RuleChoice.Exclusion] = []
    for rule in head.book.allRules {
      let old = former[rule.id] ?? rule.id
      guard before.contains(old) else { continue }
      if let exclusion = compareAdoption(rule.id, was: old) { unlisted.append(exclusion) }
      compareOverrides(rule.id, was: old)
    }
    tell(unlisted)
    let (old, new) = (base.book.choice, head.book.choice)
    if new.mode == .only, old.mode != .only {
      found.append(
        GovernanceChange(
          .settingChanged, "rules", "only what it lists is adopted now: a new rule judges when it is listed, too",
          at: new.range, was: old.range))
    }
  }

  /// Which packs are used: what that changes is told document by document, too.
  mutating func comparePacks() {
    for pack in base.packs where !head.packs.contains(pack) {
      found.append(
        GovernanceChange(.settingChanged, "use", "the pack \(pack) is used no more", at: head.use, was: base.use))
    }
    for pack in head.packs where !base.packs.contains(pack) {
      found.append(
        GovernanceChange(.vocabularyExtended, "use", "the pack \(pack) is used now", at: head.use, was: base.use))
    }
  }

  /// A rule that fell out because a list does not name it, which is told with the others of its list; nil: none.
  private mutating func compareAdoption(_ rule: String, was old: String) -> RuleChoice.Exclusion? {
    let (before, after) = (base.book.choice.exclusion(of: old), head.book.choice.exclusion(of: rule))
    switch (before, after) {
    case (nil, let now?):
      guard let reason = now.reason else { return now }
      add(.ruleExcluded, rule, "it is no longer adopted: \(reason)", at: now.range)
    case (let was?, nil): add(.ruleAdopted, rule, "it is adopted now", was: was.range)
    case (let was?, let now?) where was.reason != nil && now.reason != nil && was.reason != now.reason:
      add(
        .settingChanged, rule, "it is not adopted for another reason: \(now.reason ?? "")", at: now.range,
        was: was.range)
    default: break
    }
    return nil
  }

  /// One line for all that a list leaves out.
  private mutating func tell(_ unlisted: [RuleChoice.Exclusion]) {
    guard let first = unlisted.first else { return }
    if unlisted.count == 1 {
      add(.ruleExcluded, first.rule, "it is no longer adopted: `only` does not list it", at: first.range)
    } else {
      // The shorter list says as much as the longer one.
      let kept = head.book.rules.map(\.id)
      let names =
        kept.count < unlisted.count
        ? "; it lists \(kept.joined(separator: ", "))" : ": \(unlisted.map(\.rule).joined(separator: ", "))"
      found.append(
        GovernanceChange(
          .ruleExcluded, "rules", "\(unlisted.count) rules are no longer adopted, as `only` does not list them\(names)",
          at: first.range))
    }
  }

  private mutating func compareOverrides(_ rule: String, was old: String) {
    let (before, after) = (base.book.choice.override(of: old), head.book.choice.override(of: rule))
    if before == nil, after == nil { return }
    if let was = before?.severity ?? severity(old, base), let now = after?.severity ?? severity(rule, head),
      was != now, before?.severity != after?.severity
    {
      add(
        now < was ? .severityLowered : .ruleTightened, rule,
        "its severity is now \(now.name), was \(was.name), by an override", at: after?.range, was: before?.range)
    }
    let stages = head.estate.metamodel.enums.first { $0.name == "stage" }?.values ?? []
    func name(_ stage: Int32) -> String { stages.indices.contains(Int(stage)) ? stages[Int(stage)] : "\(stage)" }
    if before?.stage?.name != after?.stage?.name, let was = self.rule(old, base)?.stage,
      let now = self.rule(rule, head)?.stage,
      was != now
    {
      add(
        now > was ? .ruleWeakened : .ruleTightened, rule,
        "it binds initiatives from \(name(now)) on, was \(name(was)), by an override", at: after?.range,
        was: before?.range)
    }
    compareParameters(rule, before, after)
    if let before, let after, before.reason != after.reason || before.decision != after.decision {
      add(
        .settingChanged, rule, "its override has another reason or decision: \(after.reason) (\(after.decision))",
        at: after.range, was: before.range)
    }
  }

  /// Whether another value of a parameter asks for less only a reader can tell.
  private mutating func compareParameters(_ rule: String, _ before: RuleOverride?, _ after: RuleOverride?) {
    func values(_ override: RuleOverride?) -> [String: String] {
      Dictionary(
        (override?.parameters ?? []).map { ($0.key.text, $0.value.text) }, uniquingKeysWith: { first, _ in first })
    }
    let (was, now) = (values(before), values(after))
    for name in Set(was.keys).union(now.keys).sorted() where was[name] != now[name] {
      let words =
        switch (was[name], now[name]) {
        case (let was?, let now?): "is now `\(now)`, was `\(was)`"
        case (nil, let now?): "is now `\(now)`, in place of what its document says"
        default: "is what its document says, was `\(was[name] ?? "")`"
        }
      add(
        .ruleWeakened, rule, "its parameter `\(name)` \(words), by an override", at: after?.range, was: before?.range)
    }
  }

  private func rule(_ id: String, _ side: Side) -> Rule? { side.book.allRules.first { $0.id == id } }

  private func severity(_ id: String, _ side: Side) -> Severity? { rule(id, side)?.severity }

  private mutating func add(
    _ kind: GovernanceChange.Kind, _ rule: String, _ summary: String, at place: SourceRange? = nil,
    was former: SourceRange? = nil
  ) {
    found.append(GovernanceChange(kind, "rule:\(rule)", summary, at: place, was: former))
  }
}
