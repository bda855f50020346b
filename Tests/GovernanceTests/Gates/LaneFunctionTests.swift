import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// The function in role `lane`.
@Suite struct LaneFunctionTests {
  static let vocabulary = """
    kind: metamodel
    id: v
    name: V
    enums:
      lane: {ordered: true, values: [light, middle, thorough]}
      colour: {values: [red]}
    kinds:
      system: {plural: systems, fields: {mfa: {type: boolean}, cost: {type: integer}}}
      initiative: {fields: {lane: {type: lane}}}
    """

  static func triage(_ functions: String, _ initiative: String = "lane: light") async -> (Triage?, [String]) {
    let files = [
      SourceText(
        name: "a.yaml", text: "{kind: system, id: a, name: A, mfa: true}\n---\n{kind: system, id: b, name: B}\n"),
      SourceText(name: "f.yaml", text: "kind: functions\nid: f\nname: F\nfunctions:\n\(functions)\n"),
      SourceText(
        name: "i.yaml",
        text: "kind: initiative\nid: i\nname: I\nstage: design\ngoLive: 2027-01-01\nspend: 10\n\(initiative)\n"),
      SourceText(name: "v.yaml", text: vocabulary),
    ]
    let result = await RepositoryReader.read(files, asOf: CivilDate("2026-01-01") ?? .never, tasks: 1)
    let book = RuleBook(result.estate)
    let problems = (result.diagnostics + book.diagnostics).map { "\($0.id) \($0.range?.start.line ?? 0)" }
    guard let row = result.estate.rows(ofKind: "initiative").first else { return (nil, problems) }
    return (Triage(ofOpen: row, result.estate.deriving(toRead: book.reads), book), problems)
  }

  static let sound = """
      asks:
        role: lane
        params: {i: initiative, l: lane}
        is: >-
          l == "thorough" ? ["spend", "factor"].filter(x, x == "spend" && i.spend > 99.0 || x == "factor" && i.touches.of(system).exists(s, !s.mfa))
          : l == "middle" ? ["spend"].filter(x, i.spend > 9.0) : []
    """

  @Test(arguments: [
    ("lane: light\nchanges: [{ref: 'system:a', set: {mfa: true}}]", 1, 1, 0, "spend"),
    ("lane: thorough\nchanges: [{ref: 'system:a', set: {mfa: false}}]", 2, 2, 2, "factor"),
    ("changes: [{ref: 'system:b', set: {cost: 2}}]", 1, 2, -1, "spend"),
  ])
  func `The most thorough lane that something asks for is asked for`(
    _ initiative: String, _ asked: Int, _ possible: Int, _ claimed: Int, _ fact: String
  ) async throws {
    let (found, problems) = await Self.triage(Self.sound, initiative)
    #expect(problems == [])
    let triage = try #require(found)
    #expect(triage.asked == asked && triage.possible == possible && (triage.claimed ?? -1) == claimed)
    #expect(triage.lanes[asked].facts == [fact])
    #expect(triage.isTooLight == (claimed >= 0 && claimed < asked))
    if possible > asked {
      #expect(triage.lanes[possible].possible == ["factor"])
      #expect(triage.lanes[possible].missing.map(\.name) == ["system:b.mfa"])
    }
  }

  @Test(arguments: [
    ("  f: {role: lane, params: {i: initiative}, is: '[\"x\"]'}", ["wrong-type 5"]),
    ("  f: {role: lane, params: {i: system, l: lane}, is: '[\"x\"]'}", ["wrong-type 5"]),
    ("  f: {role: lane, params: {i: initiative, l: colour}, is: '[\"x\"]'}", ["wrong-type 5"]),
    ("  f: {role: lane, params: {i: initiative, l: lane}, is: 'true'}", ["wrong-type 5"]),
    ("  f: {role: lan, params: {i: initiative, l: lane}, is: '[\"x\"]'}", ["unknown-type 5"]),
    (
      "  f: {role: lane, params: {i: initiative, l: lane}, is: '[\"x\"]'}\n  g: {role: lane, params: {i: initiative, l: lane}, is: '[\"x\"]'}",
      ["duplicate 6"]
    ),
  ])
  func `What cannot be asked is told at its place`(_ functions: String, _ wanted: [String]) async {
    let (_, problems) = await Self.triage(functions)
    #expect(problems == wanted)
  }

  @Test func `A mistake inside is told once, and an error names itself`() async throws {
    let (none, problems) = await Self.triage("  f: {role: lane, params: {i: initiative, l: lane}, is: 'i.nope'}")
    #expect(none == nil && problems.count == 1)
    let (found, _) = await Self.triage(
      "  f: {role: lane, params: {i: initiative, l: lane}, is: '[string(1 / (i.edits.size() - i.edits.size()))]'}")
    #expect(try #require(found).failure != nil)
  }

  @Test func `Where no function has the role there is no lane`() async {
    let (none, problems) = await Self.triage("  f: {params: {i: initiative}, is: 'true'}")
    #expect(none == nil && problems == [])
  }
}
