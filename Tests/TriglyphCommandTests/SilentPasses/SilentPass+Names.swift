/// Something is called what nothing is called.
extension SilentPass {
  static let names = [
    Class(
      "A field's name is mistyped",
      SilentPass(
        "`require: self.mffa`", rule("require: self.mffa"), says: "system has no field `mffa`", as: "unknown-field",
        status: 2),
      SilentPass(
        "`when: self.levl == \"public\"`", rule("when: self.levl == \"public\"\nrequire: self.mfa"),
        says: "system has no field `levl`", as: "unknown-field", status: 2),
      SilentPass(
        "`let: {low: self.cots < 5}`, and nothing uses it", rule("let: {low: self.cots < 5}\nrequire: self.mfa"),
        says: "system has no field `cots`", as: "unknown-field", status: 2),
      SilentPass(
        "`mffa: true` in a document", [systems: hub.replacing("mfa:", with: "mffa:")], says: "a system has no `mffa`",
        as: "unknown-key", status: 2),
      SilentPass(
        "`triglyph query --kind system --where 'self.mffa'`", command: "query", "--kind", "system", "--where",
        "self.mffa",
        says: "system has no field `mffa`", as: "unknown-field", status: 2)),
    Class(
      "A test for presence, or a value without a type, hides the slip",
      SilentPass(
        "`require: has(self.mffa)`", rule("require: has(self.mffa)"), says: "system has no field `mffa`",
        as: "unknown-field", status: 2),
      SilentPass(
        "`require: self.?mffa.orValue(true)`", rule("require: self.?mffa.orValue(true)"),
        says: "system has no field `mffa`", as: "unknown-field", status: 2),
      SilentPass(
        "`require: dyn(self).mffa`", rule("require: dyn(self).mffa"), says: "there is no function `dyn`",
        as: "unknown-function", status: 2),
      SilentPass(
        "`require: self[\"mffa\"]`", rule("require: self[\"mffa\"]"), says: "`[]` cannot take system and string",
        as: "no-overload", status: 2)),
    Class(
      "A value is mistyped",
      SilentPass(
        "`require: self.level != \"oficial\"`", rule("require: self.level != \"oficial\""),
        says: "`oficial` is no value of level", as: "unknown-enum-value", status: 2),
      SilentPass(
        "`require: '!(self.level in [\"public\", \"oficial\"])'`",
        rule("require: '!(self.level in [\"public\", \"oficial\"])'"), says: "`oficial` is no value of level",
        as: "unknown-enum-value", status: 2),
      SilentPass(
        "`level: oficial` in a document", [systems: hub.replacing("official", with: "oficial")],
        says: "`oficial` is not a value of level", as: "wrong-value", status: 2),
      SilentPass(
        "`status: actve` of a rule", rule("status: actve\nrequire: self.mfa"),
        says: "`actve` is not a value of ruleStatus", as: "wrong-value", status: 2)),
    Class(
      "An id or a relation's name is mistyped",
      SilentPass(
        "`require: '!(\"hbu\" in self.feeds)'`", rule("require: '!(\"hbu\" in self.feeds)'"),
        says: "there is no system `hbu`", as: "unknown-entity", status: 2),
      SilentPass(
        "`require: self.id != \"hbu\"`", rule("require: self.id != \"hbu\""), says: "there is no system `hbu`",
        as: "unknown-entity", status: 2),
      SilentPass(
        "`require: '!(self.id in [\"hub\", \"hbu\"])'`", rule("require: '!(self.id in [\"hub\", \"hbu\"])'"),
        says: "there is no system `hbu`", as: "unknown-entity", status: 2),
      SilentPass(
        "the same with an alias of the hub, which no id is",
        rule("require: self.id != \"core\"").merging([
          systems: hub.replacing("id: hub,", with: "id: hub, aliases: [core],")
        ]) { $1 },
        says: "there is no system `core`", as: "unknown-entity", status: 2),
      SilentPass(
        "`when: self.kind == \"sistem\"`", rule("when: self.kind == \"sistem\"\nrequire: self.mfa"),
        says: "`sistem` is no kind that this can be", as: "unknown-kind", status: 2),
      SilentPass(
        "`require: self.fedby.size() == 0`", rule("require: self.fedby.size() == 0"),
        says: "system has no field `fedby`", as: "unknown-field", status: 2),
      SilentPass(
        "`for: sistem`", rule("for: sistem\nrequire: self.mfa"), says: "there is no kind `sistem`", as: "unknown-kind",
        status: 2),
      SilentPass(
        "`feeds: [hbu]` in a document", [systems: hub.replacing("feeds: []", with: "feeds: [hbu]")],
        says: "there is no system `hbu`", as: "dangling-reference", status: 1),
      SilentPass(
        "`clauses: [security/2]` of a rule", rule("clauses: [security/2]\nrequire: self.mfa"),
        says: "there is no clause `security/2`", as: "dangling-reference", status: 1),
      SilentPass(
        "`ref: system:hbu` in what an initiative changes",
        [
          "catalogue/new.yaml":
            "{kind: initiative, id: new, name: New, stage: design, goLive: 2026-06-01, changes: [{ref: 'system:hbu', set: {mfa: false}}]}\n"
        ], says: "there is no system `hbu` to change", as: "unknown-entity", status: 2),
      SilentPass(
        "`triglyph check --initiative nwe`", command: "check", "--initiative", "nwe",
        says: "there is no initiative nwe",
        status: 2)),
  ]
}
