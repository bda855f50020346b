import Testing

/// Documents with one mistake each, and some that only look so.
struct SchemaTrial: Sendable, CustomTestStringConvertible {
  enum Judge: Sendable { case both, loaderOnly, nobody }

  var name: String
  /// `@` stands for an id of its own.
  var text: String
  var refusedBy = Judge.both
  /// Whether its mistake stands in an example of a rule, which `triglyph test` reads.
  var isInExample = false

  var testDescription: String { name }

  private static func system(_ more: String, without: String = "", _ change: [String: String] = [:]) -> String {
    let fields = [
      ("kind", "system"), ("id", "@"), ("name", "A system"), ("type", "business"), ("classification", "official"),
      ("criticality", "tier3"), ("exposure", "internal"), ("owner", "customer-and-local-services"),
    ]
    return fields.filter { $0.0 != without }.map { "\($0.0): \(change[$0.0] ?? $0.1)\n" }.joined() + more
  }

  private static func rule(_ more: String, without: String = "", _ change: [String: String] = [:]) -> String {
    let fields = [
      ("kind", "rule"), ("id", "@"), ("name", "A rule"), ("title", "It has a name"), ("for", "system"),
      ("severity", "minor"), ("stage", "design"), ("status", "draft"), ("require", "self.name != self.id"),
      ("message", "${self} has none"), ("remedy", "Give it one."),
    ]
    return fields.filter { $0.0 != without }.map { "\($0.0): \(change[$0.0] ?? $0.1)\n" }.joined() + more
  }

  private static func initiative(_ more: String, stage: String = "design") -> String {
    "kind: initiative\nid: @\nname: A proposal\nstage: \(stage)\nowner: customer-and-local-services\n" + more
  }

  private static func waiver(_ more: String) -> String {
    "kind: waiver\nid: @\nname: A permission\nreason: It takes time.\nfrom: 2020-01-01\nuntil: 2020-02-01\n" + more
  }

  private static func both(_ name: String, _ text: String) -> SchemaTrial { SchemaTrial(name: name, text: text) }
  private static func beyond(_ name: String, _ text: String) -> SchemaTrial {
    SchemaTrial(name: name, text: text, refusedBy: .loaderOnly)
  }
  private static func fine(_ name: String, _ text: String) -> SchemaTrial {
    SchemaTrial(name: name, text: text, refusedBy: .nobody)
  }

  /// On kinds, keys, nesting, choices, what is required, and the form of values both judges agree.
  static let agreed: [SchemaTrial] = [
    both("a kind that is not there", system("", ["kind": "sistem"])),
    both("no kind", system("", without: "kind")),
    both("a kind that is a list", system("", ["kind": "[system]"])),
    both("a kind that the engine derives", "kind: flow\nid: @\nname: F"),
    both("a document that is a list", "- kind: system\n- id: x"),
    both("a document that is a word", "system"),
    both("no id", system("", without: "id")),
    both("an id in capitals", system("", ["id": "Hub"])),
    both("an id that ends with a hyphen", system("", ["id": "hub-"])),
    both("an id that is too long", system("", ["id": String(repeating: "a", count: 81)])),
    both("an id that is a mapping", system("", ["id": "{a: b}"])),
    both("a misspelt key", system("citicality: tier1\n")),
    both("a key of another kind", system("stage: design\n")),
    both("a key in other letters", system("RTO: 4h\n")),
    both("a key that the engine derives", system("live: true\n")),
    both("an inverse that is written", system("incoming: [caesar]\n")),
    both("a key of the lifecycle beside it", system("lifecycle.active: 2026-01-01\n")),
    both("a key of a record beside it", system("visibility: open\n")),
    both("no name", system("", without: "name")),
    both("no required choice", system("", without: "type")),
    both("no required relation", system("", without: "owner")),
    both("an empty name", system("", ["name": ""])),
    both("a name that is null", system("", ["name": "~"])),
    both("a name that is a list", system("", ["name": "[a, b]"])),
    both("a summary that is a mapping", system("summary: {en: Something}\n")),
    both("a choice that is not there", system("", ["type": "buisness"])),
    both("a choice in capitals", system("", ["classification": "OFFICIAL"])),
    both("a choice that is a list", system("", ["type": "[business]"])),
    both("a number for a choice", system("", ["criticality": "3"])),
    both("a duration without a unit", system("rto: 4\n")),
    both("a duration in words", system("rto: 4 hours\n")),
    both("a duration in the wrong order", system("rto: 30m4h\n")),
    both("a duration that is a list", system("rto: [4h]\n")),
    both("a word for a boolean", system("mfa: maybe\n")),
    both("a boolean of another YAML", system("mfa: yes\n")),
    both("a number for a boolean", system("mfa: 1\n")),
    both("a phase that is not there", system("lifecycle: live\n")),
    both("a lifecycle that is a list", system("lifecycle: [active]\n")),
    both("a phase among the days that is not there", system("lifecycle: {started: 2026-01-01}\n")),
    both("a day that there is not", system("lifecycle: {active: 2026-02-30}\n")),
    both("a leap day in a common year", system("lifecycle: {active: 2025-02-29}\n")),
    both("a day the other way round", system("lifecycle: {active: 01-02-2026}\n")),
    both("a month for a day", system("lifecycle: {active: 2026-02}\n")),
    both("a record that is a word", system("code: open\n")),
    both("a key that a record has not", system("code: {visible: open}\n")),
    both("a choice in a record that is not there", system("code: {visibility: public}\n")),
    both("a choice in a list that is not there", system("relays: [api, pigeon]\n")),
    both("a list in a list", system("relays: [[api]]\n")),
    both("an item that is unknown", system("relays: [unknown]\n")),
    both("a mapping where a list of references belongs", system("holds: {dataset: trader}\n")),
    both("a mapping in a list of references", system("holds: [{dataset: trader}]\n")),
    both("a list where one reference belongs", system("", ["owner": "[customer-and-local-services]"])),
    both("a reference to a kind that it does not lead to", system("", ["owner": "system:caesar"])),
    both("a reference to a kind that is not there", system("holds: [\"datset:trader\"]\n")),
    both("parts that are a mapping", system("integrations: {to: caesar}\n")),
    both("parts that are words", system("integrations: [caesar]\n")),
    both("a misspelt key in a part", system("integrations: [{to: caesar, style: api, use: feed, vai: [x]}]\n")),
    both("a part without what is required", system("integrations: [{to: caesar, style: api}]\n")),
    both("a part without what stands for its id", system("integrations: [{style: api, use: feed}]\n")),
    both("a part by itself without its owner", "kind: integration\nid: @\nto: caesar\nstyle: api\nuse: feed"),
    both("a whole number with a fraction", "kind: interface\nid: @\nname: I\nprovider: caesar\nmajorVersion: 1.5"),
    both("a word for a whole number", "kind: interface\nid: @\nname: I\nprovider: caesar\nmajorVersion: one"),
    both("a link without its scheme", "kind: interface\nid: @\nname: I\nprovider: caesar\nspec: example.org/a"),
    both(
      "a link with a space in it", "kind: interface\nid: @\nname: I\nprovider: caesar\nspec: https://example.org/a b"),
    both("an amount in signs", initiative("spend: £450000\n")),
    both("an amount with commas", initiative("spend: GBP 450,000\n")),
    both("a currency in small letters", initiative("spend: gbp 450000\n")),
    both("a stage that is not there", initiative("", stage: "desgin")),
    both("entries that are a mapping", initiative("adds: {kind: system, id: x}\n")),
    both("an entry without a kind", initiative("adds: [{id: x, name: X}]\n")),
    both("an entry of a kind that is not there", initiative("adds: [{kind: sytem, id: x, name: X}]\n")),
    both("an entry without what is required", initiative("adds: [{kind: purpose, id: at-@}]\n")),
    both("an entry with a misspelt key", initiative("changes: [{ref: \"system:caesar\", sett: {mfa: true}}]\n")),
    both("an initiative of an initiative's own", initiative("adds: [{kind: initiative, id: x, name: X}]\n")),
    both("a decision of an initiative's own", initiative("adds: [{kind: decision, id: x, name: X}]\n")),
    both("a change of nothing", initiative("changes: [{set: {mfa: true}}]\n")),
    both("a change that changes nothing", initiative("changes: [{ref: \"system:caesar\", why: It is good.}]\n")),
    both("a change without a kind", initiative("changes: [{ref: caesar, set: {mfa: true}}]\n")),
    both(
      "a change of a field that is not there", initiative("changes: [{ref: \"system:caesar\", set: {mfaa: true}}]\n")),
    both("a change to no choice", initiative("changes: [{ref: \"system:caesar\", set: {exposure: all}}]\n")),
    both("a link of what is no list", initiative("changes: [{ref: \"system:caesar\", link: {owner: hub}}]\n")),
    both("an end on no day", initiative("retires: [{ref: \"system:caesar\", date: soon}]\n")),
    both("an end of what never ends", initiative("retires: [{ref: \"standard:data\", date: 2030-01-01}]\n")),
    both(
      "a record in a list without what is required", initiative("reuseConsidered: [{candidate: x, verdict: adopt}]\n")),
    both("records that are one mapping", initiative("reuseConsidered: {candidate: x, verdict: adopt, reason: y}\n")),
    both("a rule that requires nothing", rule("", without: "require")),
    both("a rule without its scope", rule("", without: "for")),
    both("a rule about no kind", rule("", ["for": "[system, sevice]"])),
    both("a severity that is not there", rule("", ["severity": "critical"])),
    both("a list of severities with a word", rule("", ["severity": "[minor]"])),
    both("a severity with a misspelt key", rule("", ["severity": "[{if: self.live, is: major}, {is: minor}]"])),
    both("a rule with a misspelt key", rule("requires: self.mfa\n")),
    both("names that are a list", rule("let: [a, b]\n")),
    both("a name that is a list", rule("let: {a: [1, 2]}\n")),
    both("a parameter without a default", rule("params: {limit: {type: integer}}\n")),
    both("a condition that is a list", rule("when: [self.live]\n")),
    both("a status that is not there", rule("", ["status": "on"])),
    both("a standard with a mapping of clauses", "kind: standard\nid: @\nname: S\nclauses: {a: b}"),
    both(
      "a clause of no level",
      "kind: standard\nid: @\nname: S\nclauses: [{id: a, name: A, level: shall, requirement: R}]"),
    both("a clause that requires nothing", "kind: standard\nid: @\nname: S\nclauses: [{id: a, name: A, level: must}]"),
    both(
      "a waiver that never ends",
      "kind: waiver\nid: @\nname: W\nreason: R\nfrom: 2020-01-01\nrule: tech-need-met-by-existing"),
    both("a waiver of no rule", waiver("")),
    both("a waiver of two", waiver("rule: tech-need-met-by-existing\nbuiltIn: alias-used\n")),
    both("a waiver of targets that nobody knows", waiver("rule: tech-need-met-by-existing\ntargets: unknown\n")),
    both("a decision that is open", "kind: decision\nid: @\nname: D\ndate: 2026-01-01\noutcome: maybe"),
    both("a diagram of no view", "kind: diagram\nid: @\nname: D\nview: map"),
    both(
      "a condition that is met by a word",
      "kind: decision\nid: @\nname: D\ndate: 2026-01-01\noutcome: approved\nconditions: [{id: a, name: A, due: 2026-02-01, met: soon}]"
    ),
    both("a setting that is not there", "kind: settings\nid: @\nname: S\nvalues: {horizont: 12m}"),
    both("a setting of another form", "kind: settings\nid: @\nname: S\nvalues: {waiverBreadth: many}"),
    both("functions that are none", "kind: functions\nid: @\nname: F"),
    both("a function without a body", "kind: functions\nid: @\nname: F\nfunctions: {oneThing: {params: {x: system}}}"),
    fine("a document with what is required", system("")),
    fine("a name that is a number", system("", ["name": "2024"])),
    fine("a name that is a date", system("", ["name": "2026-01-01"])),
    fine("a name that YAML 1.1 takes for a boolean", system("", ["name": "NO"])),
    fine("a name that is a boolean", system("", ["name": "true"])),
    fine("a version that keeps its zero", "kind: standard\nid: @\nname: S\nversion: 1.10"),
    fine("an id that is a number", system("", ["id": "20260101"])),
    fine("a boolean in quotes", system("mfa: \"true\"\n")),
    fine("a gap that is admitted", system("rto: unknown\nlifecycle: unknown\nholds: unknown\nintegrations: unknown\n")),
    fine("a required gap that is admitted", system("", ["type": "unknown"])),
    fine("one reference where there may be several", system("holds: trader\n")),
    fine("a reference with its kind", system("holds: [\"dataset:trader\"]\n")),
    fine("one choice where there may be several", system("relays: api\n")),
    fine("the word of a phase", system("lifecycle: active\n")),
    fine("days that never come", system("lifecycle: {active: 2026-02-28, retired: never}\n")),
    fine("a duration as ISO writes it", system("rto: PT4H30M\nrpo: 1d12h\n")),
    fine("an amount in a currency", initiative("spend: GBP 450000.50\n")),
    fine("notes, labels and aliases", system("notes: 7\nlabels: [a, 7]\naliases: [once-@]\n")),
    fine("a kind with nothing but a name", "kind: purpose\nid: @\nname: P"),
  ]

  /// What a schema cannot know; the names stand in docs/schema.md.
  static let outOfReach: [(reason: String, trial: SchemaTrial)] = [
    ("what a reference leads to", beyond("a dataset that is not there", system("holds: [nothing]\n"))),
    (
      "whether an id is free",
      beyond(
        "two parts of one id",
        system("integrations: [{to: caesar, style: api, use: feed}, {to: caesar, style: file, use: feed}]\n"))
    ),
    ("whether an id is free", beyond("an alias that is taken", system("aliases: [caesar]\n"))),
    (
      "what a reference means",
      beyond(
        "an id of two kinds",
        "kind: decision\nid: @\nname: D\ndate: 2026-01-01\noutcome: approved\ntargets: [benefit-payment]")
    ),
    ("what an expression says", beyond("a field that is not there", rule("", ["require": "self.nothing"]))),
    ("what an expression says", beyond("an expression that ends too soon", rule("when: \"self.live &&\"\n"))),
    ("what a text in `${…}` says", beyond("a message about nobody", rule("", ["message": "${other} is wrong"]))),
    (
      "the order of days",
      beyond("an end before the beginning", system("lifecycle: {active: 2026-01-01, retired: 2025-01-01}\n"))
    ),
    (
      "what fields say together", beyond("a view without what it is of", "kind: diagram\nid: @\nname: D\nview: context")
    ),
    ("what fields say together", beyond("an end without a day", initiative("retires: [{ref: \"system:caesar\"}]\n"))),
    (
      "what fields say together",
      beyond("a severity that is never reached", rule("", ["severity": "[{is: major}, {is: minor}]"]))
    ),
    (
      "what fields say together",
      beyond(
        "a waiver that never holds",
        waiver("rule: tech-need-met-by-existing\n").replacing("until: 2020-02-01", "until: 2019-01-01"))
    ),
    (
      "what is there to change",
      beyond("a change of what is not there", initiative("changes: [{ref: \"system:nowhere\", set: {mfa: true}}]\n"))
    ),
    (
      "how a value is written",
      beyond("a whole number with a point", "kind: interface\nid: @\nname: I\nprovider: caesar\nmajorVersion: 2.0")
    ),
    ("how a value is written", beyond("a boolean in capitals", system("mfa: True\n"))),
    (
      "how a value is written",
      beyond("a number in hexadecimal", "kind: interface\nid: @\nname: I\nprovider: caesar\nmajorVersion: 0x10")
    ),
    ("what this product leaves out of YAML", beyond("a tag", "kind: purpose\nid: @\nname: !!str 7")),
  ]

  /// Mistakes in the examples of a rule.
  static let inExamples: [SchemaTrial] = [
    ("no title", "{given: [], finds: []}"), ("no documents", "{title: t, finds: []}"),
    ("no expectation", "{title: t, given: []}"), ("a misspelt key", "{title: t, given: [], find: []}"),
    ("a title that is a mapping", "{title: {}, given: [], finds: []}"),
    ("a day that there is not", "{title: t, asOf: 2026-02-30, given: [], finds: []}"),
    ("a severity that is not there", "{title: t, given: [], finds: [], severity: grave}"),
    ("a key that is a mapping", "{title: t, given: [], finds: [{a: b}]}"),
    ("a document without a kind", "{title: t, given: [{id: a}], finds: []}"),
    ("a document without an id", "{title: t, given: [{kind: system}], finds: []}"),
    ("a document with a misspelt key", "{title: t, given: [{kind: system, id: a, mfaa: true}], finds: []}"),
    ("a document with no choice", "{title: t, given: [{kind: system, id: a, exposure: all}], finds: []}"),
  ].map { SchemaTrial(name: "an example with \($0)", text: rule("examples: [\($1)]\n"), isInExample: true) }

  /// Mistakes in a vocabulary, each in one of its own.
  static let vocabularies: [SchemaTrial] = [
    ("a key that is not there", "kind: {}"), ("kinds that are a list", "kinds: [a]"),
    ("a kind with a misspelt key", "kinds: {a: {plurals: as}}"),
    ("a field without a type", "kinds: {a: {plural: as, fields: {f: {required: true}}}}"),
    ("a flag that is a word", "kinds: {a: {plural: as, fields: {f: {type: string, required: yes}}}}"),
    ("a field of no role", "kinds: {a: {plural: as, fields: {f: {type: string, role: hero}}}}"),
    ("a field that YAML reads as a boolean", "kinds: {a: {plural: as, fields: {\"no\": {type: string}}}}"),
    ("a relation to nowhere", "kinds: {a: {plural: as, relations: {r: {many: true}}}}"),
    ("a relation with a default", "kinds: {a: {plural: as, relations: {r: {to: a, default: x}}}}"),
    ("a part without its inverse", "kinds: {a: {plural: as, parts: {p: {kind: a}}}}"),
    ("a derived field without a body", "kinds: {a: {plural: as, derived: {d: {type: boolean}}}}"),
    ("a derived field without a type", "kinds: {a: {plural: as, derived: {d: {is: \"true\"}}}}"),
    ("an enumeration without values", "enums: {e: {ordered: true}}"),
    ("a setting without a type", "settings: {s: {default: 1}}"),
    ("a union of nothing", "unions: {u: {why: w}}"), ("one phase", "lifecycle: {phases: [a]}"),
    ("a record with a default", "kinds: {a: {plural: as, fields: {f: {record: {x: {type: string}}, default: y}}}}"),
    ("a lifecycle that is a word", "kinds: {a: {plural: as, lifecycle: own}}"),
  ].map { SchemaTrial(name: $0, text: "kind: metamodel\nid: more\nname: More\n\($1)\n") }

  /// Mistakes in a vocabulary that a schema cannot know: what is named may be declared in another document.
  static let vocabulariesOutOfReach = [
    ("a type that is not declared", "kinds: {a: {plural: as, fields: {f: {type: tpye}}}}"),
    ("a default of another type", "kinds: {a: {plural: as, fields: {f: {type: boolean, default: 7}}}}"),
  ].map { SchemaTrial(name: $0, text: "kind: metamodel\nid: more\nname: More\n\($1)\n", refusedBy: .loaderOnly) }

  /// Mistakes in `triglyph.yaml`.
  static let settings: [SchemaTrial] =
    [
      ("no format", "failOn: major"), ("another format", "format: 2"),
      ("a key that is not there", "format: 1\nfail: major"), ("a severity that is not there", "format: 1\nfailOn: all"),
      ("settings that are a list", "format: 1\nsettings: [a]"),
      ("a setting that is not there", "format: 1\nsettings: {waiverBreadht: 3}"),
      ("rules that are a list", "format: 1\nrules: [sec-mfa]"),
      ("rules both ways", "format: 1\nrules: {only: [sec-mfa], except: []}"),
      ("a rule that is left out without a reason", "format: 1\nrules: {except: [{rule: sec-mfa}]}"),
      ("an override that sets nothing", "format: 1\noverrides: [{rule: sec-mfa, reason: r, decision: d}]"),
      ("an override that rests on nothing", "format: 1\noverrides: [{rule: sec-mfa, set: {stage: build}, reason: r}]"),
    ].map { SchemaTrial(name: $0, text: "\($1)\n") }
    + [
      fine("a format", "format: 1\n"),
      fine("what counts, and settings", "format: 1\nfailOn: minor\nsettings: {waiverNotice: 10d, waiverBreadth: 3}\n"),
      fine("one rule", "format: 1\nrules: {only: [sec-mfa]}\n"),
      beyond("a rule that is not there", "format: 1\nrules: {only: [sec-mfaa]}\n"),
    ]
}

extension String {
  fileprivate func replacing(_ old: String, _ new: String) -> String {
    split(separator: "\n").map { $0 == old ? new : String($0) }.joined(separator: "\n") + "\n"
  }
}
