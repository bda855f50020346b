import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// A small repository whose findings were resolved.
struct Resolving {
  let estate: Estate
  let book: RuleBook
  let waivers: WaiverBook
  let baseline: Baseline?
  /// Of every stage.
  let diagnostics: [Diagnostic]
  let result: Standings.Result

  /// Files `1.yaml`, `2.yaml` and so on, beside the vocabulary and what the rules are.
  init(
    _ texts: [String], baseline text: String? = nil, asOf: String = "2026-06-01", costLimit: Int? = nil,
    isIncremental: Bool = true
  ) async {
    let checked = await Checked([Self.rules] + texts, asOf: asOf)
    (estate, book) = (checked.estate, checked.book)
    waivers = WaiverBook(estate, book)
    let read = text.map { BaselineReader.read(SourceText(name: "baseline.yaml", text: $0), checked.estate) }
    baseline = read?.0
    diagnostics = checked.diagnostics + waivers.diagnostics + (read?.1 ?? [])
    let portfolio = await Portfolio.run(book.rules, on: estate, tasks: 1, isIncremental: isIncremental)
    var standings = Standings(waivers, baseline, estate)
    result = standings.resolve(
      IntegrityRules.findings(estate) + IntegrityRules.differences(estate) + checked.assessment.findings, portfolio,
      judgesPaper: true, isComplete: !diagnostics.contains { $0.severity == .error })
  }

  static let rules = [
    """
    kind: metamodel
    id: more
    name: More
    kinds:
      asset:
        plural: assets
        fields: {safe: {type: boolean}}
        relations: {owner: {to: organisation, inverse: owns, role: owner}}
      decision:
        relations: {by: {to: organisation, inverse: decided, role: approver}}
    """,
    rule("mfa", "severity: blocker\nrequire: self.mfa"),
    rule("fits", "each: d in self.holds\nrequire: self.classification >= d.classification"),
    rule("safe", "for: asset\nrequire: self.safe\nunwaivable: true"),
    rule("cheap", "when: has(self.cost)\nrequire: self.cost < 10\nmeasure: self.cost"),
    rule("owned", "for: asset\nrequire: self.name != self.name || self.safe\nseverity: minor"),
  ].joined(separator: "\n---\n")

  /// `waived mfa|system:a`, of the estate and of what initiatives answer for, those about waivers included.
  var lines: [String] {
    let views = result.portfolio?.checks.flatMap(\.findings).filter { $0.inView?.comparison.isOwn == true } ?? []
    return result.findings.map { "\($0.standing.word) \($0.identity)" }
      + views.map { "\($0.standing.word) \($0.inView?.initiative ?? "") \($0.identity)" }
  }

  /// Without those about waivers and the baseline.
  var standings: [String] {
    lines.filter { line in !PaperRule.allCases.contains { line.contains(" \($0.rawValue)|") } }
  }

  /// `waiver-unused|waiver:w`.
  var paper: [String] {
    result.findings.filter { PaperRule(rawValue: $0.rule) != nil }.map { finding in
      (finding.outcome == .failed ? "" : "\(finding.outcome.name) ") + finding.identity
    }
  }

  func finding(_ identity: String) -> Finding? { result.findings.first { $0.identity == identity } }
}

extension Finding.Standing {
  var word: String {
    switch self {
    case .open: "open"
    case .waived: "waived"
    case .baselined: "baselined"
    case .known: "known"
    }
  }
}

/// A system that fails `mfa`.
let failing = "{kind: system, id: a, name: A, classification: official, mfa: false}\n"

/// A decision that approves.
func decision(_ id: String = "yes", targets: String = "['waiver:w']", _ more: String = "date: 2026-01-01") -> String {
  let outcome = more.contains("outcome") ? "" : "\noutcome: approved"
  return "---\nkind: decision\nid: \(id)\nname: Yes\ntargets: \(targets)\n\(more)\(outcome)\n"
}

/// A waiver `w` of `mfa` for the system `a`, with the keys that a text does not give.
func waiver(_ text: String = "", id: String = "w") -> String {
  var result = "---\nkind: waiver\nid: \(id)\n"
  for (key, value) in [
    ("name", "W"), ("rule", "mfa"), ("targets", "['system:a']"), ("reason", "It takes time."), ("from", "2026-05-01"),
    ("until", "2026-09-01"), ("decision", "yes"),
  ] where !"\n\(text)".contains("\n\(key):") && !(key == "rule" && text.contains("builtIn:")) {
    result += "\(key): \(value)\n"
  }
  return result + text + "\n"
}
