import Testing

/// A way in which a check could lie by saying nothing: what is played in a small repository, and what is said of it.
struct SilentPass: Sendable, CustomTestStringConvertible {
  /// What is wrong, as `docs/silent-passes.md` has it.
  let name: String
  /// Files beside those of `base`, or in their place; an empty path takes none away.
  let files: [String: String]
  /// Files of `base` that are left out.
  let without: [String]
  /// Links, and where they lead to.
  let links: [String: String]
  let arguments: [String]
  /// A line of the output holds it.
  let says: String
  /// The id of the diagnostic or the built-in rule that says it; nil: it is no diagnostic.
  let code: String?
  let status: Int32

  init(
    _ name: String, _ files: [String: String] = [:], without: [String] = [], links: [String: String] = [:],
    command arguments: String..., says: String, as code: String? = nil, status: Int32
  ) {
    self.name = name
    self.files = files
    self.without = without
    self.links = links
    self.arguments = arguments.isEmpty ? ["check"] : arguments
    self.says = says
    self.code = code
    self.status = status
  }

  var testDescription: String { name }

  /// Its row in the page.
  var row: String {
    let cells = [name, says, code.map { "`\($0)`" } ?? "", "\(status)"].map { $0.replacing("|", with: "\\|") }
    return "| \(cells.joined(separator: " | ")) |"
  }

  /// One class: its heading in the page, and its cases.
  struct Class: Sendable {
    let title: String
    let passes: [SilentPass]

    init(_ title: String, _ passes: SilentPass...) {
      self.title = title
      self.passes = passes
    }
  }

  static let classes = names + facts + inputs + judges + [waivers]

  // MARK: What they are played in

  static let ruleFile = "rules/sec-mfa.yaml"
  static let systems = "catalogue/systems.yaml"
  static let hub = "{kind: system, id: hub, name: Hub, mfa: true, level: official, cost: 0, feeds: [], holds: []}\n"
  /// The same, of which the rule of `base` says something.
  static let failing = hub.replacing("mfa: true", with: "mfa: false")

  static let base: [String: String] = [
    "catalogue/metamodel.yaml": """
    kind: metamodel
    id: small
    name: Small
    enums:
      level: {ordered: true, values: [{id: public, title: Public}, {id: official, title: Official}]}
    kinds:
      dataset: {plural: datasets}
      system:
        plural: systems
        fields: {mfa: {type: boolean}, level: {type: level}, cost: {type: integer}}
        relations:
          feeds: {to: system, many: true, inverse: fedBy}
          holds: {to: dataset, many: true, inverse: heldBy}
    """,
    "standards/security.yaml": """
    kind: standard
    id: security
    name: Security
    clauses:
      - {id: "1", name: Everybody proves who they are, level: must, requirement: Ask twice.}
    """,
    systems: hub, ruleFile: rule("require: self.mfa", id: "sec-mfa"),
  ]

  /// A rule that says what it must, but for what the text says itself.
  static func rule(_ text: String, id: String) -> String {
    var result = "kind: rule\nid: \(id)\n"
    for (key, value) in [
      ("name", "More than one factor"), ("title", "Sign-in asks for more than one factor"), ("clauses", "[security/1]"),
      ("for", "system"), ("severity", "major"), ("stage", "design"), ("message", "${self} asks for one factor only"),
      ("remedy", "Ask for a second one."),
    ] where !"\n\(text)".contains("\n\(key):") {
      result += "\(key): \(value)\n"
    }
    return result + text + "\n"
  }

  static func rule(_ text: String) -> [String: String] { [ruleFile: rule(text, id: "sec-mfa")] }
}
