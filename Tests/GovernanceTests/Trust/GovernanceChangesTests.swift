import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Every way in which a change may bring its own judge.
@Suite struct GovernanceChangesTests {
  static let vocabulary = """
    kind: metamodel
    id: small
    name: Small
    settings: {limit: {type: integer, default: 3}}
    enums:
      level: {ordered: true, values: [low, high]}
    kinds:
      system:
        plural: systems
        fields:
          owner: {type: string, required: true, why: T.}
          mfa: {type: boolean}
        relations: {feeds: {to: system, many: true, absent: unknown}}
        derived: {safe: {type: boolean, is: self.mfa}}
    """
  static let standard = """
    kind: standard
    id: security
    name: Security
    clauses:
      - {id: "1", name: Proof, level: must, requirement: Ask twice.}
    """
  static let rule = """
    kind: rule
    id: mfa
    name: MFA
    title: Asks twice
    clauses: [security/1]
    for: system
    severity: blocker
    stage: design
    when: self.safe
    let: {x: params.n}
    each: f in self.feeds
    require: f.mfa && x > 1
    params: {n: {type: integer, default: 2}}
    unwaivable: true
    message: No.
    remedy: Do.
    """
  static let rest = """
    {kind: system, id: a, name: A, owner: me, mfa: true}
    ---
    {kind: functions, id: shared, name: Shared, functions: {one: {params: {n: integer}, is: n > 1}}}
    ---
    {kind: decision, id: d1, name: D, date: 2026-01-01, outcome: deferred, targets: ['system:a']}
    ---
    {kind: waiver, id: w1, name: W, rule: mfa, targets: ['system:a'], reason: R., from: 2026-01-01, until: 2026-06-01}
    """

  private func side(_ texts: [String], failOn: Severity) async -> GovernanceChanges.Side {
    let files = texts.enumerated().map { SourceText(name: "\($0).yaml", text: $1) }
    let result = await RepositoryReader.read(files, asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0), tasks: 1)
    return GovernanceChanges.Side(estate: result.estate, book: RuleBook(result.estate), failOn: failOn)
  }

  /// Plays a replacement in the texts; gives what it changes.
  private func changes(
    _ old: String, _ new: String, failOn: Severity = .major, sourceLocation: SourceLocation = #_sourceLocation
  ) async -> [GovernanceChange] {
    let before = [Self.vocabulary, Self.standard, Self.rule, Self.rest]
    let after = before.map { $0.replacing(old, with: new) }
    #expect(old.isEmpty || before != after, "nothing is replaced", sourceLocation: sourceLocation)
    return GovernanceChanges.all(from: await side(before, failOn: .major), to: await side(after, failOn: failOn))
  }

  struct Play: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    var kind: GovernanceChange.Kind
    var subject: String
    var summary: String
    var testDescription: String { "\(kind.rawValue) \(subject): \(summary)" }

    init(_ old: String, _ new: String, _ kind: GovernanceChange.Kind, _ subject: String, _ summary: String) {
      (self.old, self.new, self.kind, self.subject, self.summary) = (old, new, kind, subject, summary)
    }
  }

  static let plays = [
    Play(rule, "", .ruleRemoved, "rule:mfa", "it is removed"),
    Play(
      "require: f.mfa && x > 1", "require: f.mfa || x > 0", .ruleWeakened, "rule:mfa",
      "`require` is now `f.mfa || x > 0`, was `f.mfa && x > 1`"),
    Play(
      "when: self.safe\n", "when: self.safe && self.mfa\n", .ruleWeakened, "rule:mfa",
      "`when` is now `self.safe && self.mfa`, was `self.safe`"),
    Play(
      "each: f in self.feeds", "each: f in self.feeds.filter(g, g.mfa)", .ruleWeakened, "rule:mfa",
      "`each` is now `f in self.feeds.filter(g, g.mfa)`, was `f in self.feeds`"),
    Play(
      "default: 2}}", "default: 1}}", .ruleWeakened, "rule:mfa",
      "`params.n` is now `{default: 1, type: integer}`, was `{default: 2, type: integer}`"),
    Play(
      "let: {x: params.n}", "let: {x: params.n + 1}", .ruleWeakened, "rule:mfa",
      "`let.x` is now `params.n + 1`, was `params.n`"),
    Play("for: system", "for: rule", .ruleWeakened, "rule:mfa", "`for` is now `rule`, was `system`"),
    Play("stage: design", "stage: live", .ruleWeakened, "rule:mfa", "`stage` is now `live`, was `design`"),
    Play(
      "unwaivable: true\n", "unwaivable: true\nstatus: draft\n", .ruleWeakened, "rule:mfa",
      "`status` is there now: `draft`"),
    Play("unwaivable: true\n", "", .ruleWeakened, "rule:mfa", "`unwaivable` is there no more, was `true`"),
    Play(
      "unwaivable: true\n", "unwaivable: true\nallowEmpty: true\n", .ruleWeakened, "rule:mfa",
      "`allowEmpty` is there now: `true`"),
    Play(
      "severity: blocker", "severity: minor", .severityLowered, "rule:mfa", "its severity is now minor, was blocker"),
    Play(
      "severity: blocker", "severity: [{when: self.mfa, is: blocker}, {is: advisory}]", .ruleWeakened, "rule:mfa",
      "its severity reads otherwise"),
    Play(", required: true, why: T.}", "}", .fieldRelaxed, "system.owner", "it is no longer required"),
    Play(
      "mfa: {type: boolean}", "mfa: {type: boolean, default: true}", .fieldRelaxed, "system.mfa",
      "where nobody wrote it, `true` is read"),
    Play(
      ", absent: unknown}}", "}}", .fieldRelaxed, "system.feeds",
      "where nobody wrote it, it is none and no longer unknown"),
    Play(
      "absent: unknown}}", "absent: unknown, awaits: true}}", .fieldRelaxed, "system.feeds",
      "it may name what is only proposed"),
    Play(
      "mfa: {type: boolean}", "mfa: {type: boolean, material: false}", .fieldRelaxed, "system.mfa",
      "it no longer counts as a change of design"),
    Play("is: self.mfa}", "is: 'true'}", .vocabularyChanged, "system.safe", "it is worked out otherwise"),
    Play(
      "values: [low, high]", "values: [high, low]", .vocabularyChanged, "metamodel:small",
      "`enums.level` reads otherwise"),
    Play(
      "is: n > 1", "is: n > 0", .functionChanged, "functions:shared",
      "`functions.one` is now `{is: \"n > 0\", params: {n: integer}}`, was `{is: \"n > 1\", params: {n: integer}}`"),
    Play("level: must", "level: may", .standardWeakened, "clause:security/1", "`level` is now `may`, was `must`"),
    Play(
      "requirement: Ask twice.", "requirement: Ask.", .standardWeakened, "clause:security/1",
      "`requirement` is now `Ask.`, was `Ask twice.`"),
    Play(
      "limit: {type: integer, default: 3}", "limit: {type: integer, default: 4}", .settingChanged, "limit",
      "it is now 4, was 3"),
    Play(
      "---\n{kind: decision",
      "---\n{kind: waiver, id: w2, name: W, rule: mfa, targets: ['system:a'], reason: R., from: 2026-01-01, until: 2027-06-01}\n---\n{kind: decision",
      .waiverAdded, "waiver:w2", "it waives mfa until 2027-06-01"),
    Play(
      "until: 2026-06-01", "until: 2027-06-01", .waiverChanged, "waiver:w1",
      "`until` is now `2027-06-01`, was `2026-06-01`"),
    Play(
      "---\n{kind: decision",
      "---\n{kind: decision, id: d2, name: D, date: 2026-01-02, outcome: approved, targets: ['system:a']}\n---\n{kind: decision",
      .decisionAdded, "decision:d2", "it says approved on system:a"),
    Play(
      "outcome: deferred", "outcome: approved", .decisionChanged, "decision:d1",
      "`outcome` is now `approved`, was `deferred`"),
    Play(
      "{kind: decision, id: d1, name: D, date: 2026-01-01, outcome: deferred, targets: ['system:a']}\n---\n", "",
      .decisionChanged, "decision:d1", "it is removed"),
  ]

  @Test(arguments: plays)
  func `each loosening is told, and is one`(play: Play) async {
    let found = await changes(play.old, play.new)
    let told = found.map { "\($0.kind.rawValue) \($0.subject): \($0.summary)" }
    #expect(told.contains("\(play.kind.rawValue) \(play.subject): \(play.summary)"), "\(told)")
    #expect(found.first { $0.kind == play.kind && $0.subject == play.subject }?.loosens == true)
  }

  static let others = [
    Play("stage: design", "stage: idea", .ruleTightened, "rule:mfa", "`stage` is now `idea`, was `design`"),
    Play(
      "message: No.", "message: Never.", .ruleReworded, "rule:mfa",
      "`message` reads otherwise; what it asks is the same"),
    Play(
      "level: must", "level: must, sources: [{name: Law, status: memory}]", .standardChanged, "clause:security/1",
      "`sources` is there now: `{name: Law, status: memory}`"),
    Play(
      "kinds:\n", "kinds:\n  thing: {plural: things}\n", .vocabularyExtended, "metamodel:small",
      "it declares more; what was there is as it was"),
    Play(
      "---\n{kind: waiver, id: w1, name: W, rule: mfa, targets: ['system:a'], reason: R., from: 2026-01-01, until: 2026-06-01}",
      "", .waiverRemoved, "waiver:w1", "it is removed"),
    Play("id: mfa\n", "id: two-factors\naliases: [mfa]\n", .ruleRenamed, "rule:two-factors", "it was rule:mfa"),
    Play(
      "remedy: Do.",
      "remedy: Do.\n---\nkind: rule\nid: new\nname: N\ntitle: N\nfor: system\nseverity: major\nstage: idea\nrequire: self.mfa\nmessage: N\nremedy: N",
      .ruleAdded, "rule:new", "it is new: it judges what comes after"),
  ]

  @Test(arguments: others)
  func `what loosens nothing is told apart`(play: Play) async {
    let found = await changes(play.old, play.new)
    #expect(
      found.map { "\($0.kind.rawValue) \($0.subject): \($0.summary)" } == [
        "\(play.kind.rawValue) \(play.subject): \(play.summary)"
      ])
    #expect(found.first?.loosens == false)
  }

  @Test func `nothing differs in what is written otherwise, and in what judges nobody`() async {
    #expect(await changes("", "").isEmpty)
    #expect(await changes("severity: blocker", "severity: \"blocker\" # as before").isEmpty)
    #expect(await changes("owner: me", "owner: you").isEmpty)
  }

  @Test func `what counts is a setting`() async {
    let found = await changes("", "", failOn: .blocker)
    #expect(found.map(\.summary) == ["it is now blocker, was major: less counts"])
    #expect(found.first?.loosens == true)
  }

  @Test func `a baseline only shrinks, or it is told`() async {
    var (before, after) = (await side([Self.vocabulary], failOn: .major), await side([Self.vocabulary], failOn: .major))
    before.baseline = [("mfa|system:a", nil), ("mfa|system:b", nil)]
    after.baseline = [("mfa|system:b", nil), ("mfa|system:c", nil)]
    let found = GovernanceChanges.all(from: before, to: after)
    #expect(
      found.map { "\($0.kind.rawValue) \($0.subject) \($0.loosens)" } == [
        "baseline-grown mfa|system:c true", "baseline-shrunk mfa|system:a false",
      ])
  }

  @Test func `a change has its places`() async {
    let found = await changes("severity: blocker", "severity: minor")
    #expect(found.first?.place?.described == "2.yaml:7:11")
    #expect(found.first?.former?.described == "2.yaml:7:11")
    #expect(await changes(Self.rule, "").first?.place == nil)
  }
}
