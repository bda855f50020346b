/// Something is not read.
extension SilentPass {
  private static let late = "{kind: system, id: late, name: Late, mfa: false}\n"

  static let inputs = [
    Class(
      "There is no rule, or they lie elsewhere",
      SilentPass(
        "there is no `rules/`", without: [ruleFile], says: "there is no rule to check against", as: "no-rules",
        status: 2),
      SilentPass(
        "the rules lie in `rule/`", ["rule/mfa.yaml": rule("require: self.mfa", id: "sec-mfa")], without: [ruleFile],
        says: "rule/ is passed over: it holds a file that ends with .yaml or .yml, and documents stand in rules/",
        as: "passed-over", status: 2),
      SilentPass(
        "some lie in `Rules/`, the others in `rules/`", ["Rules/mfa.yaml": rule("require: self.mfa", id: "sec-mfa")],
        says: "Rules/ is passed over: it holds a file that ends with .yaml or .yml, and documents stand in rules/",
        as: "passed-over", status: 0),
      SilentPass(
        "every rule is a draft", rule("status: draft\nrequire: self.mfa"), says: "there is no rule to check against",
        as: "no-rules", status: 2),
      SilentPass(
        "a document under `rules/` has no `kind`", ["rules/more.yaml": "id: more\nrequire: false\n"],
        says: "a document needs `kind`", as: "missing-key", status: 2),
      SilentPass(
        "`kind: rul`",
        ["rules/more.yaml": rule("require: self.mfa", id: "more").replacing("kind: rule", with: "kind: rul")],
        says: "there is no kind `rul`", as: "unknown-kind", status: 2),
      SilentPass(
        "`rules: {only: [sec-mffa]}` in `triglyph.yaml`", ["triglyph.yaml": "format: 1\nrules: {only: [sec-mffa]}\n"],
        says: "there is no rule `sec-mffa`", as: "adoption-mistake", status: 2),
      SilentPass(
        "there is no document at all", ["catalogue/notes.txt": "nothing\n"], without: Array(base.keys),
        says: "there is no document under catalogue, standards or rules", as: "nothing-to-check", status: 2)),
    Class(
      "A file is skipped",
      SilentPass(
        "a file is a link", links: ["catalogue/late.yaml": "systems.yaml"],
        says: "catalogue/late.yaml is not read: it is a link",
        as: "not-read", status: 2),
      SilentPass(
        "a folder is a link to one elsewhere", ["more/late.yaml": late], links: ["catalogue/more": "../more"],
        says: "catalogue/more is not read: it is a link to a folder", as: "not-read", status: 2),
      SilentPass(
        "a file's ending is in capitals", ["catalogue/late.YAML": late],
        says: "catalogue/late.YAML is not read: its ending is not in lower-case letters", as: "not-read", status: 2),
      SilentPass(
        "a file is called `late.yaml.txt`", ["catalogue/late.yaml.txt": late],
        says: "catalogue/late.yaml.txt is passed over: documents end with .yaml or .yml", as: "passed-over", status: 0),
      SilentPass(
        "a file is called `late.ymal`", ["catalogue/late.ymal": late],
        says: "catalogue/late.ymal is passed over: documents end with .yaml or .yml", as: "passed-over", status: 0),
      SilentPass(
        "a file is called `late.json`", ["catalogue/late.json": "{}\n"],
        says: "catalogue/late.json is passed over: documents end with .yaml or .yml", as: "passed-over", status: 0),
      SilentPass(
        "the same in a JUnit report", ["catalogue/late.json": "{}\n"], command: "check", "-f", "junit",
        says: "catalogue/late.json is passed over", status: 0),
      SilentPass(
        "a file was emptied", ["catalogue/late.yaml": "# moved\n"], says: "catalogue/late.yaml holds no document",
        as: "empty-file", status: 0),
      SilentPass(
        "a bracket in a file is not closed", ["catalogue/late.yaml": "kind: system\nid: [late\n"],
        says: "a comma or the closing `]` is missing",
        as: "yaml-unclosed-bracket", status: 2),
      SilentPass(
        "settings stand in `triglyph.yml`", ["triglyph.yml": "format: 1\nfailOn: minor\n"],
        says: "triglyph.yml is not read: settings stand in triglyph.yaml", as: "not-read", status: 2),
      SilentPass(
        "`triglyph check catalogue/systems.yaml`", command: "check", systems, says: "check looks at a whole repository",
        status: 2)),
    Class(
      "A key is unknown",
      SilentPass(
        "`allowempty: true` in a rule", rule("allowempty: true\nrequire: self.mfa"), says: "a rule has no `allowempty`",
        as: "unknown-key", status: 2),
      SilentPass(
        "`require` stands there twice", rule("require: self.mfa\nrequire: self.cost == 0"),
        says: "the key `require` stands here a second time", as: "yaml-duplicate-key", status: 2),
      SilentPass(
        "`levl: must` in a clause",
        ["standards/security.yaml": (base["standards/security.yaml"] ?? "").replacing("level:", with: "levl:")],
        says: "a clause has no `levl`", as: "unknown-key", status: 2),
      SilentPass(
        "`meny: true` in the metamodel",
        [
          "catalogue/metamodel.yaml": (base["catalogue/metamodel.yaml"] ?? "").replacing(
            "many: true, inverse: fedBy", with: "meny: true, inverse: fedBy")
        ],
        says: "the relation `feeds` has no `meny`", as: "unknown-key", status: 2),
      SilentPass(
        "`failon: minor` in `triglyph.yaml`", ["triglyph.yaml": "format: 1\nfailon: minor\n"],
        says: "`failon`", as: "unknown-key", status: 2),
      SilentPass(
        "`untill: 2026-03-01` in a waiver",
        ["catalogue/waiver.yaml": waiver().replacing("until:", with: "untill:"), systems: failing],
        says: "a waiver has no `untill`", as: "unknown-key", status: 2),
      SilentPass(
        "`finding` is called `findng` in the baseline",
        [
          "baseline.yaml":
            "format: 1\ntaken: 2026-01-01\nfindings:\n  - {findng: 'sec-mfa|system:hub', severity: major}\n",
          systems: failing,
        ],
        says: "an entry of the baseline has no `findng`", as: "unknown-key", status: 2),
      SilentPass(
        "`retire` for `retires` in an initiative",
        [
          "catalogue/new.yaml":
            "{kind: initiative, id: new, name: New, stage: design, goLive: 2026-06-01, retire: ['system:hub']}\n"
        ],
        says: "an initiative has no `retire`", as: "unknown-key", status: 2),
      SilentPass(
        "`triglyph check --strict`", command: "check", "--strict", says: "Unknown option '--strict'", status: 2)),
  ]
}
