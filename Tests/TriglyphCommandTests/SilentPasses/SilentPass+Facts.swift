/// A fact is missing, an expression fails, or there is nothing to look at.
extension SilentPass {
  private static let unknown = [systems: hub.replacing("mfa: true, ", with: "")]

  private static func vocabulary(deriving fields: String) -> String {
    (base["catalogue/metamodel.yaml"] ?? "") + "\n    derived: {\(fields)}\n"
  }

  static let facts = [
    Class(
      "A fact is not recorded",
      SilentPass(
        "`mfa` is left out of a document", unknown, says: "not decided for Hub: a fact is not recorded", as: "sec-mfa",
        status: 0),
      SilentPass(
        "the same, with `--fail-on-undecided`", unknown, command: "check", "--fail-on-undecided",
        says: "not decided for Hub: a fact is not recorded", as: "sec-mfa", status: 1),
      SilentPass(
        "`mfa:` without a value", [systems: hub.replacing("mfa: true", with: "mfa: ")], says: "`mfa` has no value",
        as: "yaml-empty-value", status: 2),
      SilentPass(
        "an initiative adds a system and does not say `mfa`",
        [
          "catalogue/new.yaml":
            "{kind: initiative, id: new, name: New, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: late, name: Late}]}\n"
        ], says: "not decided for Late: a fact is not recorded", as: "sec-mfa", status: 1)),
    Class(
      "An operator swallows an error",
      SilentPass(
        "`require: 1 / self.cost > 0 || true`", rule("require: 1 / self.cost > 0 || true"),
        says: "Hub: `require`: division by zero", as: "sec-mfa", status: 2),
      SilentPass(
        "`when: 1 / self.cost > 0 && false`", rule("when: 1 / self.cost > 0 && false\nrequire: self.mfa"),
        says: "Hub: `when`: division by zero", as: "sec-mfa", status: 2),
      SilentPass(
        "`require: '[0, 1].exists(n, 1 / n > 0)'`", rule("require: '[0, 1].exists(n, 1 / n > 0)'"),
        says: "Hub: `require`: division by zero", as: "sec-mfa", status: 2)),
    Class(
      "An expression fails while it runs",
      SilentPass(
        "`require: 1 / self.cost < 5`", rule("require: 1 / self.cost < 5"), says: "Hub: `require`: division by zero",
        as: "sec-mfa", status: 2),
      SilentPass(
        "a field that is derived by `1 / self.cost`, and a rule that reads it",
        [
          "catalogue/metamodel.yaml": vocabulary(deriving: "share: {type: integer, is: 1 / self.cost}"),
          ruleFile: rule("require: self.share < 5", id: "sec-mfa"),
        ], says: "Hub: `require`: division by zero", as: "sec-mfa", status: 2),
      SilentPass(
        "one that is derived by `1 / self.cost > 0 || true`, and another that is derived from it",
        [
          "catalogue/metamodel.yaml": vocabulary(
            deriving: "cheap: {type: boolean, is: 1 / self.cost > 0 || true}, fine: {type: boolean, is: self.cheap}"),
          ruleFile: rule("require: self.fine", id: "sec-mfa"),
        ], says: "division by zero", as: "derivation-error", status: 2)),
    Class(
      "A rule selects nothing",
      SilentPass(
        "`when: self.level == \"public\"`, and nothing is public",
        rule("when: self.level == \"public\"\nrequire: self.mfa"), says: "looked at nothing: sec-mfa", status: 0),
      SilentPass(
        "`for: dataset`, and there is none", rule("for: dataset\nrequire: has(self.name)"),
        says: "looked at nothing: sec-mfa", status: 0),
      SilentPass(
        "the same with `--quiet`", rule("for: dataset\nrequire: has(self.name)"), command: "check", "--quiet",
        says: "1 rule looked at nothing", status: 0),
      SilentPass(
        "the same in a JUnit report", rule("for: dataset\nrequire: has(self.name)"), command: "check", "-f", "junit",
        says: "<skipped type=\"idle\" message=\"looked at nothing\">", status: 0),
      SilentPass(
        "the same in GitHub's log", rule("for: dataset\nrequire: has(self.name)"), command: "check", "-f", "github",
        says: "1 rule looked at nothing", status: 0)),
    Class(
      "What must hold of every element is asked of no element",
      SilentPass(
        "`each: f in self.feeds`, and no system feeds one", rule("each: f in self.feeds\nrequire: f.mfa"),
        says: "looked at nothing: sec-mfa", status: 0),
      SilentPass(
        "the same where one system does, with `--verbose`",
        rule("each: f in self.feeds\nrequire: f.mfa").merging([
          "catalogue/two.yaml": "{kind: system, id: two, name: Two, feeds: [hub]}\n"
        ]) { $1 }, command: "check", "--verbose",
        says: "2 targets; 1 passed, 1 passed with nothing to check", status: 0),
      SilentPass(
        "`require: self.feeds.all(f, f.mfa)`, and no system feeds one", rule("require: self.feeds.all(f, f.mfa)"),
        says: "looked at nothing: sec-mfa", status: 0),
      SilentPass(
        "`for: view` and `require: every(dataset).all(d, d.name != \"\")`, and there is no dataset",
        rule("for: view\nrequire: every(dataset).all(d, d.name != \"\")\nmessage: some have no name"),
        says: "looked at nothing: sec-mfa", status: 0)),
  ]
}
