import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// A mistake in a rule is one error at its own line and column in the file, with a near match or the fix.
@Suite struct RuleMistakeTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    /// Keys of a rule; `«…»` encloses what the error must point at.
    var text: String
    var id: String
    /// Must stand in the summary, the notes or the fixes.
    var says: String
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ id: String, says: String) {
      self.name = name
      self.text = text
      self.id = id
      self.says = says
    }
  }

  static let mistakes = [
    // Plain, quoted, literal and folded scalars.
    Mistake(
      "an unknown field in a plain scalar", "require: self.«clasification» == \"official\"", "unknown-field",
      says: "classification"),
    Mistake(
      "an unknown field in single quotes", "require: 'self.mfa && self.«clasification» == \"it''s\"'", "unknown-field",
      says: "classification"),
    Mistake(
      "an unknown field in double quotes",
      "require: \"self.tags.exists(t, t == \\\"a\\\") && has(self.«clasification»)\"", "unknown-field",
      says: "classification"),
    Mistake(
      "an unknown field in a literal block",
      "require: |\n  self.mfa\n    && self.cost > 1\n    && has(self.«clasification»)", "unknown-field",
      says: "classification"),
    Mistake(
      "an unknown field in a folded block",
      "require: >-\n  self.mfa\n  && self.cost > 1\n\n  && has(self.«clasification»)", "unknown-field",
      says: "classification"),
    // Enumerations, arguments, types.
    Mistake(
      "an unknown value", "require: self.classification == «\"oficial\"»", "unknown-enum-value", says: "official"),
    Mistake(
      "an unknown value in a list", "require: self.classification in [\"public\", «\"oficial\"»]", "unknown-enum-value",
      says: "official"),
    Mistake("an unknown function", "require: self.holds.«sise»() > 0", "unknown-function", says: "size"),
    Mistake("two types that do not compare", "require: «self.cost == \"a\"»", "no-overload", says: "string"),
    Mistake("a requirement that is no boolean", "require: «self.cost + 1»", "wrong-type", says: "bool"),
    Mistake("a condition that is no boolean", "when: «self.cost»\nrequire: self.mfa", "wrong-type", says: "bool"),
    // The other keys.
    Mistake("a name in let", "let:\n  mine: self.«hold»\nrequire: mine.size() > 0", "unknown-field", says: "holds"),
    Mistake("a list in each", "each: d in self.«hold»\nrequire: has(d.classification)", "unknown-field", says: "holds"),
    Mistake(
      "an element of each", "each: d in self.holds\nrequire: d.«clasification» == \"public\"", "unknown-field",
      says: "classification"),
    Mistake(
      "the second of nested generators",
      "each:\n  - s in self.feeds\n  - d in s.«hold»\nrequire: has(d.classification)", "unknown-field", says: "holds"),
    Mistake(
      "a value that each cannot go through", "each: d in «self.cost»\nrequire: self.mfa", "wrong-type", says: "list"),
    Mistake("each without a list", "each: «self.holds»\nrequire: self.mfa", "rule-mistake", says: "x in list"),
    Mistake(
      "a hole of a message", "require: self.mfa\nmessage: \"${self.name} is ${self.«clasification»}\"", "unknown-field",
      says: "classification"),
    Mistake(
      "a hole of a block message", "require: self.mfa\nmessage: |\n  ${self.name}:\n  it is ${self.«clasification»}",
      "unknown-field", says: "classification"),
    Mistake("a hole that is not closed", "require: self.mfa\nmessage: it is «${self.name»", "rule-mistake", says: "}"),
    Mistake("a place", "require: self.mfa\nat: self.«clasification»", "unknown-field", says: "classification"),
    Mistake("a place that is none", "require: self.mfa\nat: «self.cost + 1»", "rule-mistake", says: "at"),
    Mistake("a key", "require: self.mfa\nkey: [self, self.«supplyer»]", "unknown-field", says: "supplier"),
    Mistake("a related entity", "require: self.mfa\nrelated: [self.«plattform»]", "unknown-field", says: "platform"),
    Mistake(
      "a severity's condition",
      "require: self.mfa\nseverity:\n  - {when: 'self.«csot» > 1', is: blocker}\n  - {is: minor}", "unknown-field",
      says: "cost"),
    Mistake("a severity", "require: self.mfa\nseverity: «blokker»", "wrong-value", says: "blocker"),
    Mistake(
      "a severity in a list", "require: self.mfa\nseverity:\n  - {when: self.mfa, is: «majr»}\n  - {is: minor}",
      "wrong-value", says: "major"),
    Mistake(
      "a list of severities that ends with a condition",
      "require: self.mfa\nseverity:\n  - «{when: self.mfa, is: major}»", "rule-mistake", says: "last severity"),
    Mistake(
      "a severity that is never reached", "require: self.mfa\nseverity:\n  - «{is: major}»\n  - {is: minor}",
      "rule-mistake", says: "never reached"),
    Mistake("no severity in the list", "require: self.mfa\nseverity: «[]»", "rule-mistake", says: "at least one"),
    Mistake("a kind", "for: «sistem»\nrequire: self.mfa", "unknown-kind", says: "system"),
    Mistake("a stage", "stage: «desing»\nrequire: self.mfa", "wrong-value", says: "design"),
    Mistake("a status", "status: «actve»\nrequire: self.mfa", "wrong-value", says: "active"),
    Mistake("a key of a rule", "«requires»: self.mfa\nmeasure: self.cost", "unknown-key", says: "require"),
    Mistake("a measure that is no number", "require: self.mfa\nmeasure: «self.mfa»", "wrong-type", says: "number"),
    Mistake(
      "a parameter", "require: self.cost > params.«minimun»\nparams: {minimum: {type: integer, default: 3}}",
      "unknown-field", says: "minimum"),
    Mistake(
      "a parameter's type", "require: self.mfa\nparams: {minimum: {type: «integr», default: 3}}", "unknown-type",
      says: "did you mean `integer`"),
    Mistake(
      "a parameter's default", "require: self.cost > params.least\nparams: {least: {type: integer, default: «many»}}",
      "wrong-value", says: "many"),
    Mistake("a name that is taken", "let: {«self»: self.cost}\nrequire: self.mfa", "duplicate", says: "self"),
    Mistake("an entity that nobody declares", "require: self.platform == «\"clowd\"»", "unknown-entity", says: "clowd"),
    // What YAML takes for something else: quote it.
    Mistake("a tag", "require: «!self.mfa»", "yaml-tag", says: "quote"),
    Mistake("a mapping", "require: self.mfa ? true «:» false", "yaml-colon-in-value", says: "quote"),
    Mistake("a list where an expression belongs", "require: «[self.mfa]»", "wrong-shape", says: "an expression"),
  ]

  @Test func `a parameter that no expression reads is told at its name, and the rule runs`() async {
    let checked = await Checked([
      """
      {kind: rule, id: r, name: R, title: T, for: system, severity: major, stage: design, message: "${params.word}",
        params: {word: {type: string, default: a}, least: {type: integer, default: 3}, most: {type: integer, default: 5},
          none: {type: integer, default: 9}},
        let: {cheap: self.cost < params.least}, when: "!cheap", require: self.mfa, remedy: R}
      """
    ])
    #expect(checked.book.rules.map(\.id) == ["r"])
    #expect(
      checked.diagnostics.map(\.line) == [
        "unused-parameter 2:82 r never reads its parameter `most`; whatever it is set to, the rule finds the same",
        "unused-parameter 3:5 r never reads its parameter `none`; whatever it is set to, the rule finds the same",
      ])
  }

  @Test(arguments: mistakes)
  func `a mistake is one error at its own place`(mistake: Mistake) async throws {
    let text = rule("r", mistake.text)
    let open = try #require(text.firstRange(of: "«")?.lowerBound)
    let bytes = text.replacing("«", with: "").replacing("»", with: "")
    let start = text[..<open].utf8.count
    let marked = try #require(text.firstRange(of: "»")?.lowerBound)
    let end = text[..<marked].utf8.count - 2
    let result = await Checked([bytes, "kind: system\nid: a\nname: A\n"])
    let lines = result.diagnostics.map(\.line)
    #expect(lines.count == 1, "\(lines)")
    let first = try #require(result.diagnostics.first)
    #expect(first.id == mistake.id)
    #expect(first.severity == .error)
    #expect(first.range?.source.name == "1.yaml")
    #expect(first.range?.utf8Range == start..<end, "\(lines) points at \(first.range?.text ?? "")")
    #expect(lines[0].contains(mistake.says), "\(lines)")
    // The rule does not run, and is still counted as a document.
    #expect(result.book.rules.isEmpty)
    #expect(result.book.documentCount == (mistake.id.hasPrefix("yaml-colon") ? 0 : 1))
  }

  @Test func `a missing argument is named at the call`() async {
    let result = await Checked([rule("r", "require: self.tags.exists(t)")])
    #expect(result.diagnostics.count == 1)
    #expect(result.diagnostics.first?.range?.text.contains("exists") == true, "\(result.diagnostics.map(\.line))")
  }

  @Test func `what follows a hash in an unquoted expression is said to be a comment`() async {
    let result = await Checked([rule("r", "require: self.tags.exists(t, t == \"a #1\" || self.mfa)")])
    #expect(result.diagnostics.count == 1, "\(result.diagnostics.map(\.line))")
    #expect(result.diagnostics.first?.notes.contains { $0.contains("comment") } == true)
    #expect(result.diagnostics.first?.range?.start.line == 10)
  }

  @Test func `lines and columns count code points and are the file's`() async {
    let text = "# é\n" + rule("r", "require: |\n  // ü ü\n  self.name == \"é\" && self.cots > 1")
    let result = await Checked([text])
    #expect(
      result.diagnostics.map(\.line) == [
        "unknown-field 13:28 system has no field `cots`; did you mean `cost` or `notes`?"
      ],
      "\(result.diagnostics.map(\.line))")
  }

  @Test func `a mistake in a shared function is told once, at its place`() async {
    let functions = """
      kind: functions
      id: f
      name: F
      functions:
        rich:
          params: {s: system, least: integer}
          is: s.csot > least
        odd: {params: {s: sistem}, is: '1'}
      """
    let result = await Checked([functions, rule("r", "require: rich(self, 1)")])
    #expect(
      result.diagnostics.filter { $0.range?.source.name == "1.yaml" }.map {
        "\($0.id) \($0.range?.described ?? "") \($0.range?.text ?? "")"
      }
        == ["unknown-field 1.yaml:7:11 csot", "unknown-type 1.yaml:8:21 sistem"], "\(result.diagnostics.map(\.line))")
    #expect(result.diagnostics.count == 2, "\(result.diagnostics.map(\.line))")
    let good = functions.replacing("csot", with: "cost").replacing("sistem", with: "system")
    for (call, id) in [
      ("rich(self)", "wrong-arguments"), ("rich(self, \"a\")", "no-overload"), ("rch(self, 1)", "unknown-function"),
    ] {
      let wrong = await Checked([good, rule("r", "require: '\(call)'")])
      #expect(
        wrong.diagnostics.count == 1 && wrong.diagnostics.first?.range?.source.name == "2.yaml",
        "\(wrong.diagnostics.map(\.line))")
      if call.hasPrefix("rch") { #expect(wrong.diagnostics.first?.id == id) }
    }
    #expect(await Checked([good, rule("r", "require: rich(self, 1)")]).diagnostics.isEmpty)
  }

  @Test func `names in a circle are reported, each at its place`() async {
    let result = await Checked([
      rule("r", "let:\n  one: two + 1\n  two: three + 1\n  three: one + 1\n  four: self.cost\nrequire: one > four")
    ])
    #expect(result.diagnostics.map(\.id) == ["circular-name", "circular-name", "circular-name"])
    #expect(result.diagnostics.map { $0.range?.text } == ["two + 1", "three + 1", "one + 1"])
  }

  @Test func `a mistake in a let is not repeated where the name is used`() async {
    let result = await Checked([
      rule("r", "let: {mine: self.hold, more: mine.size() + 1}\nrequire: mine.size() > more")
    ])
    #expect(result.diagnostics.map(\.id) == ["unknown-field"], "\(result.diagnostics.map(\.line))")
  }

  @Test func `several mistakes of one rule are all reported`() async {
    let result = await Checked([
      rule("r", "when: self.a\nlet: {x: self.b}\neach: d in self.c\nrequire: self.e\nmessage: ${self.f}\nat: self.g")
    ])
    #expect(result.diagnostics.count == 6, "\(result.diagnostics.map(\.line))")
  }

  @Test func `a blocker that reads a default is refused, through a let as well`() async {
    let result = await Checked([rule("r", "severity: blocker\nlet: {safe: self.redundant}\nrequire: safe")])
    #expect(result.diagnostics.map(\.id) == ["default-in-blocker"])
    #expect(result.diagnostics.first?.summary.contains("system.redundant") == true)
    let message = await Checked([rule("r", "severity: blocker\nrequire: self.mfa\nmessage: ${self.redundant}")])
    #expect(message.diagnostics.isEmpty, "what only a message reads decides nothing")
    let major = await Checked([rule("r", "severity: major\nrequire: self.redundant")])
    #expect(major.diagnostics.isEmpty)
  }

  @Test func `a default that a blocker reads is told at the expression that reads it`() async {
    let named = await Checked([
      rule("r", "severity: blocker\nlet: {safe: self.redundant, more: safe}\nrequire: >-\n  self.mfa &&\n  more")
    ])
    #expect(named.diagnostics.map { $0.range?.text } == ["self.redundant"])
    let broken = await Checked([
      rule("r", "severity: blocker\nwhen: self.redundant\nrequire: >-\n  self.mfa &&\n\n  self.mffa")
    ])
    let told = broken.diagnostics.first { $0.id == "default-in-blocker" }
    #expect(told?.range?.text == "self.redundant", "\(broken.diagnostics.map(\.line))")
  }

  @Test(arguments: [
    "at: self.redundant", "key: self.redundant", "let: {safe: self.redundant}\nat: self\nmessage: ${safe}",
  ])
  func `what only finds the place or the words of a blocker may have a default`(text: String) async {
    let result = await Checked([rule("r", "severity: blocker\nrequire: self.mfa\n\(text)")])
    #expect(result.diagnostics.isEmpty, "\(result.diagnostics.map(\.line))")
  }
}
