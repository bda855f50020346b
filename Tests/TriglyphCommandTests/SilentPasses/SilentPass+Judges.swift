/// A rule that cannot tell, or of which something else is taken than was written.
extension SilentPass {
  private static let passing = """
    examples:
      - title: asks twice
        given: [{kind: system, id: a, mfa: true}]
        finds: []
    """

  private static func both(failingAt cost: Int) -> String {
    """
    examples:
      - {title: twice, given: [{kind: system, id: a, mfa: true, cost: 1}], finds: []}
      - {title: once, given: [{kind: system, id: b, mfa: false, cost: \(cost)}], finds: [b]}
    """
  }

  static let judges = [
    Class(
      "A message that cannot be written takes the verdict with it",
      SilentPass(
        "`message: ${self} and ${1 / self.cost}`",
        rule("require: self.mfa\nmessage: ${self} and ${1 / self.cost}").merging([systems: failing]) { $1 },
        says: "Hub and ?", as: "sec-mfa", status: 1),
      SilentPass(
        "`message: ${self.nmae}`", rule("require: self.mfa\nmessage: ${self.nmae}"), says: "system has no field `nmae`",
        as: "unknown-field", status: 2)),
    Class(
      "A rule can never fail, or nobody knows whether it can",
      SilentPass(
        "`require: true`", rule("require: true"), says: "sec-mfa requires what is always true, so it can find nothing",
        as: "constant-requirement", status: 0),
      SilentPass(
        "`require: self.mfa || 1 < 2`", rule("require: self.mfa || 1 < 2"),
        says: "sec-mfa requires what is always true, so it can find nothing", as: "constant-requirement", status: 0),
      SilentPass(
        "`require: self.cost == self.cost`", rule("require: self.cost == self.cost"),
        says: "sec-mfa requires what is always true, so it can find nothing", as: "constant-requirement", status: 0),
      SilentPass(
        "`require: self.feeds.of(dataset).size() == 0`, and systems feed systems",
        rule("require: self.feeds.of(dataset).size() == 0"), says: "so nothing in it is a dataset", as: "never",
        status: 2),
      SilentPass(
        "`params: {limit: {type: integer, default: 3}}`, and nothing reads it",
        rule("params: {limit: {type: integer, default: 3}}\nrequire: self.mfa"),
        says: "sec-mfa never reads its parameter `limit`", as: "unused-parameter", status: 0),
      SilentPass(
        "`triglyph test`, and no example fails", rule("require: self.mfa\n\(passing)"), command: "test",
        says: "sec-mfa has no example that fails", as: "rule-without-example", status: 1),
      SilentPass(
        "`triglyph test`, and an example gives nothing to look at",
        rule("require: self.mfa\nexamples: [{title: none, given: [], finds: []}]"), command: "test",
        says: "the example “none” gives nothing that the rule looks at", as: "example-failed", status: 1),
      SilentPass(
        "`triglyph test`, and `when` leaves out what passes",
        rule("when: self.cost > 4\nrequire: self.mfa\n\(both(failingAt: 5))"),
        command: "test", says: "no example that passes asks the rule anything", as: "vacuous-rule", status: 1),
      SilentPass(
        "`triglyph test --mutate`, and no example notices a slip",
        rule("require: self.mfa || self.cost > 4\n\(both(failingAt: 1))"),
        command: "test", "--mutate", says: "survived: `self.cost >= 4` for `self.cost > 4`", as: "mutant-survived",
        status: 1)),
    Class(
      "A severity hides a failure",
      SilentPass(
        "`severity: warn`", rule("severity: warn\nrequire: self.mfa"), says: "`warn` is no severity", as: "wrong-value",
        status: 2),
      SilentPass(
        "a rule without `severity`, which is then major",
        [
          ruleFile: rule("require: self.mfa", id: "sec-mfa").replacing("severity: major\n", with: ""), systems: failing,
        ],
        says: "Hub asks for one factor only", as: "sec-mfa", status: 1),
      SilentPass(
        "the same rule", [ruleFile: rule("require: self.mfa", id: "sec-mfa").replacing("severity: major\n", with: "")],
        says: "rule:sec-mfa does not say its `severity`", as: "required-field-missing", status: 1),
      SilentPass(
        "`failOn: blocker` in `triglyph.yaml`", ["triglyph.yaml": "format: 1\nfailOn: blocker\n", systems: failing],
        says: "fails on blocker and above", status: 0),
      SilentPass(
        "the finding that then does not count", ["triglyph.yaml": "format: 1\nfailOn: blocker\n", systems: failing],
        says: "Hub asks for one factor only", as: "sec-mfa", status: 0),
      SilentPass(
        "`triglyph check --fail-on errors`", command: "check", "--fail-on", "errors", says: "'errors' is invalid",
        status: 2)),
    Class(
      "Of two things of one name one is taken",
      SilentPass(
        "two rules of one id", ["rules/more.yaml": rule("require: self.cost == 0", id: "sec-mfa")],
        says: "rule:sec-mfa is there already", as: "duplicate", status: 2),
      SilentPass(
        "two systems of one id", ["catalogue/more.yaml": failing], says: "system:hub is there already",
        as: "duplicate", status: 2),
      SilentPass(
        "an alias that is another's id",
        ["catalogue/more.yaml": "{kind: system, id: two, aliases: [hub], name: Two, mfa: true}\n"],
        says: "system:hub is there already", as: "duplicate", status: 2),
      SilentPass(
        "two metamodels that declare one field",
        [
          "catalogue/more.yaml":
            "{kind: metamodel, id: more, name: More, kinds: {system: {fields: {mfa: {type: string}}}}}\n"
        ],
        says: "`mfa` on system is there already", as: "duplicate", status: 2),
      SilentPass(
        "a shared function that is called as one of the language is",
        [
          "rules/shared.yaml":
            "{kind: functions, id: shared, name: Shared, functions: {days: {params: {a: date, b: date}, is: '0'}}}\n"
        ],
        says: "days is a function of the language", as: "duplicate", status: 2),
      SilentPass(
        "`let: {self: self.feeds}`", rule("let: {self: self.feeds}\nrequire: self.mfa"),
        says: "the name self is there already", as: "duplicate", status: 2),
      SilentPass(
        "an override that no decision approves",
        [
          "triglyph.yaml":
            "format: 1\noverrides: [{rule: sec-mfa, set: {severity: minor}, reason: Later, decision: board}]\n"
        ],
        says: "there is no decision `board`", as: "override-mistake", status: 2),
      SilentPass(
        "an override that one approves",
        [
          "triglyph.yaml":
            "format: 1\noverrides: [{rule: sec-mfa, set: {severity: minor}, reason: Later, decision: board}]\n",
          "catalogue/board.yaml":
            "{kind: decision, id: board, name: Board, date: 2025-12-01, outcome: approved, targets: ['rule:sec-mfa']}\n",
        ], says: "sec-mfa: severity is minor, not major, by decision:board: Later", status: 0),
      SilentPass(
        "a rule that is not adopted",
        [
          "triglyph.yaml": "format: 1\nrules: {only: [sec-cost]}\n",
          "rules/cost.yaml": rule("require: self.cost == 0", id: "sec-cost"),
        ],
        says: "1 of 2 rules adopted", status: 0)),
  ]
}
