import CEL
import Catalogue
import Diagnostics

/// Small estates, written as literals.
enum SmallEstate {
  /// A vocabulary that shares no word with the shipped one but the roles.
  static let metamodel = """
    kind: metamodel
    id: small
    name: Small
    lifecycle: {phases: [coming, running, windingDown, gone], live: [running, windingDown]}
    enums:
      tier: {ordered: true, values: [low, high]}
    kinds:
      team:
        role: organisation
        plural: teams
      fact:
        role: dataset
        plural: facts
      box:
        role: component
        plural: boxes
        lifecycle: true
        fields:
          rank: {type: tier}
        relations:
          keeper: {to: team, role: owner}
        parts:
          wires: {kind: wire, key: end, inverse: start}
      wire:
        role: integration
        plural: wires
        lifecycle: {follows: [start, end]}
        relations:
          end: {to: box, role: target}
          across: {to: box, many: true, role: through}
          takes: {to: fact, many: true, role: carries}
    """

  static let documents = [
    "kind: team\nid: tax\nname: Tax",
    "kind: team\nid: care\nname: Care and cure",
    "kind: box\nid: ledger\nname: Ledger\nkeeper: tax\nrank: high\nlifecycle: running\nwires:\n  - {end: record, across: [bridge]}\n  - {id: again, end: record}",
    "kind: box\nid: bridge\nname: Bridge\nkeeper: tax\nlifecycle: running",
    "kind: box\nid: record\nname: Record of care\nkeeper: care\nrank: low\nlifecycle: windingDown\nwires:\n  - {end: ledger}\n  - {end: next}",
    "kind: box\nid: next\nname: Next record\nkeeper: care\nlifecycle: coming",
    "kind: box\nid: stray\nname: Stray\nlifecycle: {gone: 2040-01-01, coming: unknown}",
    "kind: box\nid: past\nname: Past\nkeeper: care\nlifecycle: gone\nwires:\n  - {end: ledger}",
  ]

  static func read(_ documents: [String] = documents) async -> Estate {
    let files = ([metamodel] + documents).enumerated().map { index, text in
      SourceText(name: "catalogue/\(index).yaml", text: text)
    }
    return await RepositoryReader.read(files, asOf: CivilDate("2026-12-01") ?? CivilDate(days: 0)).estate
  }

  /// Boxes of their own, in so many teams, each joined to the next.
  static func many(_ count: Int, teams: Int) async -> Estate {
    var documents = (0..<teams).map { "kind: team\nid: team-\($0)\nname: Team \($0)" }
    for index in 0..<count {
      documents.append(
        "kind: box\nid: box-\(index)\nname: Box \(index)\nkeeper: team-\(index % teams)\nlifecycle: running\n"
          + "wires:\n  - {end: box-\((index + 1) % count)}")
    }
    return await read(documents)
  }
}
