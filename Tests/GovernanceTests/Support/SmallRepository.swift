import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// The vocabulary of the tests' small catalogues.
let vocabulary = """
  kind: metamodel
  id: small
  name: Small
  enums:
    classification: {ordered: true, values: [{id: public, title: PUBLIC}, {id: official, title: OFFICIAL}, {id: secret, title: SECRET}]}
  kinds:
    organisation: {plural: organisations}
    location: {plural: locations, fields: {country: {type: string}}}
    dataset:
      plural: datasets
      fields: {classification: {type: classification}}
    system:
      plural: systems
      fields:
        classification: {type: classification}
        rto: {type: duration}
        mfa: {type: boolean}
        cost: {type: integer}
        redundant: {type: boolean, default: false}
        tags: {type: string, many: true}
      relations:
        holds: {to: dataset, many: true, inverse: heldBy}
        feeds: {to: system, many: true, inverse: fedBy}
        locations: {to: location, many: true, absent: unknown, inverse: houses}
        supplier: {to: organisation, absent: none, inverse: supplies}
        platform: {to: system, inverse: hosted}
      derived:
        worth: {type: integer, is: self.cost * 2}
  """

/// What came of checking a small repository.
struct Checked {
  let estate: Estate
  let book: RuleBook
  /// Of every stage.
  let diagnostics: [Diagnostic]
  let assessment: Assessment

  /// Files `1.yaml`, `2.yaml` and so on, beside the vocabulary.
  init(_ texts: [String], asOf: String = "2026-01-01", tasks: Int = 1, costLimit: Int? = nil) async {
    let files =
      [SourceText(name: "0.yaml", text: vocabulary)]
      + texts.enumerated().map { SourceText(name: "\($0 + 1).yaml", text: $1) }
    self = await Checked(files, asOf: asOf, tasks: tasks, costLimit: costLimit)
  }

  init(_ files: [SourceText], asOf: String, tasks: Int, costLimit: Int? = nil) async {
    let result = await RepositoryReader.read(files, asOf: CivilDate(asOf) ?? CivilDate(days: 0), tasks: tasks)
    estate = result.estate
    book = RuleBook(estate)
    diagnostics = result.diagnostics + book.diagnostics
    if let costLimit {
      assessment = await Assessment.run(book.rules, on: estate, tasks: tasks, costLimit: costLimit)
    } else {
      assessment = await Assessment.run(book.rules, on: estate, tasks: tasks)
    }
  }

  var findings: [Finding] { assessment.findings }

  /// `failed system:a | dataset:d`.
  var outcomes: [String] { findings.map { "\($0.outcome.name) \($0.key.joined(separator: " | "))" } }

  func count(_ outcome: Outcome) -> Int { assessment.counts[outcome] }

  func result(of rule: String) -> Assessment.RuleResult? { assessment.results.first { $0.rule.id == rule } }
}

/// Checks documents that must be free of mistakes.
func checked(
  _ texts: String..., asOf: String = "2026-01-01", tasks: Int = 1, costLimit: Int? = nil,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) async -> Checked {
  let result = await Checked(texts, asOf: asOf, tasks: tasks, costLimit: costLimit)
  #expect(result.diagnostics.map(\.line) == [], sourceLocation: sourceLocation)
  return result
}

/// A rule with the keys that every rule needs, where the text does not give them.
func rule(_ id: String = "r", _ text: String) -> String {
  var result = "kind: rule\nid: \(id)\n"
  for (key, value) in [
    ("name", "Rule"), ("title", "The title"), ("for", "system"), ("severity", "major"), ("stage", "idea"),
    ("message", "it is wrong"), ("remedy", "Put it right."),
  ] where !"\n\(text)".contains("\n\(key):") {
    result += "\(key): \(value)\n"
  }
  return result + text + "\n"
}

extension Diagnostic {
  /// `id 3:10 message; note; fix`.
  var line: String {
    let place = range.map { "\($0.start.line):\($0.start.column)" } ?? "-"
    return (["\(id) \(place) \(summary)"] + notes + fixes.map(\.summary)).joined(separator: "; ")
  }
}

extension Finding {
  /// `file:line:column`, and the text there.
  var at: String { place.map { "\($0.range.described) \($0.range.text)" } ?? "nowhere" }
}

/// Seeded, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
