import CEL
import Catalogue
import Diagnostics
import Governance

/// An estate with a field of every type that can group and colour.
enum ToneEstate {
  static let metamodel = """
    kind: metamodel
    id: tone
    name: Tone
    lifecycle: {phases: [coming, running, windingDown, gone], live: [running, windingDown]}
    enums:
      tier: {ordered: true, values: [{id: low, title: low}, {id: middle, title: in between}, {id: high, title: high}]}
      shape: {values: [round, square]}
    kinds:
      team: {role: organisation, plural: teams}
      spot: {plural: spots}
      box:
        role: component
        plural: boxes
        lifecycle: true
        fields:
          rank: {type: tier, role: criticality}
          form: {type: shape}
          twofold: {type: boolean, title: Has a second}
          remark: {type: text}
          size: {type: integer}
          back: {type: duration, title: Time to be back}
          tags: {type: string, many: true}
          money: {type: period}
        relations:
          keeper: {to: team, role: owner}
          spare: {to: box, absent: none, inverse: spareOf}
          spots: {to: spot, many: true, absent: unknown}
        parts:
          wires: {kind: wire, key: end, inverse: start}
      wire:
        role: integration
        plural: wires
        lifecycle: {follows: [start, end]}
        relations:
          end: {to: box, role: target}
    """

  static let documents = [
    "kind: team\nid: tax\nname: Tax", "kind: team\nid: care\nname: Care and cure",
    "kind: spot\nid: east\nname: East", "kind: spot\nid: west\nname: West",
    """
    kind: box
    id: a
    name: Alpha
    keeper: tax
    rank: high
    form: round
    twofold: true
    remark: "odd <b>&\\"'\\\\ ]]> | x"
    size: -3
    back: 4h
    tags: [red, blue]
    spare: b
    spots: [west, east]
    lifecycle: running
    wires: [{end: b}, {end: c}]
    """,
    """
    kind: box
    id: b
    name: Beta
    keeper: care
    rank: low
    form: square
    twofold: false
    size: 20
    back: 30m
    spots: [east]
    lifecycle: windingDown
    """,
    "kind: box\nid: c\nname: Gamma\nkeeper: tax\nsize: 3\nlifecycle: coming",
  ]

  static func read(_ documents: [String] = documents) async -> Estate {
    let files = ([metamodel] + documents).enumerated().map { index, text in
      SourceText(name: "catalogue/\(index).yaml", text: text)
    }
    return await RepositoryReader.read(files, asOf: CivilDate("2026-12-01") ?? CivilDate(days: 0)).estate
  }
}
