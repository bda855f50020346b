import CEL
import Catalogue
import Diagnostics

/// An estate in which somebody can need, provide, carry and fail, in words that the shipped vocabulary does not use.
enum ShopEstate {
  static let metamodel = """
    kind: metamodel
    id: shop
    name: Shop
    lifecycle: {phases: [coming, running, windingDown, gone], live: [running, windingDown]}
    enums:
      weight: {ordered: true, values: [{id: light, title: light}, {id: heavy, title: heavy weight}]}
      grade: {ordered: true, values: [{id: open, title: OPEN}, {id: closed, title: CLOSED}]}
      band: {ordered: true, values: [{id: street, title: street}, {id: vault, title: vault}]}
      way: {values: [{id: call, title: call}, {id: parcel, title: parcel}]}
    kinds:
      crew: {role: organisation, plural: crews}
      skill: {role: capability, plural: skills}
      fact:
        role: dataset
        plural: facts
        fields: {grade: {type: grade, role: classification}}
      place:
        plural: places
        fields: {band: {type: band, role: zone}}
      box:
        title: Box
        role: component
        plural: boxes
        lifecycle: true
        fields:
          weight: {type: weight, role: criticality}
          grade: {type: grade, role: classification}
          back: {type: duration, role: recovery}
          twofold: {type: boolean, default: false}
        relations:
          keeper: {to: crew, role: owner}
          can: {to: skill, many: true, role: provides}
          base: {to: box, many: true, absent: unknown}
          spares: {to: box, many: true}
          stands: {to: place, many: true}
          keeps: {to: fact, many: true}
        parts:
          wires: {kind: wire, key: end, inverse: start}
        derived:
          chances:
            type: list(list(box))
            is: "self.base.map(b, [b]) + [self.spares].filter(s, s.size() > 0)"
          cannotWithout:
            to: box
            inverse: neededBy
            role: dependsOn
            is: "self.chances.filter(w, w.size() == 1).flatten()"
          fallsWith:
            to: box
            inverse: fells
            role: failsWith
            recursive: true
            is: >-
              [self].filter(x, !x.twofold)
              + self.chances.map(w, w.map(x, x.fallsWith).common()).flatten()
      door:
        title: Door
        plural: doors
        lifecycle: true
        relations:
          house: {to: box, required: true, inverse: doors}
      wire:
        title: Wire
        role: integration
        plural: wires
        lifecycle: {follows: [start, end]}
        fields:
          way: {type: way, role: style}
        relations:
          end: {to: box, role: target}
          across: {to: box, many: true, role: through}
          takes: {to: fact, many: true, absent: unknown, role: carries}
          brings: {to: fact, many: true, role: fetches}
          door: {to: door, absent: none, role: interface}
    """

  static let documents = [
    "kind: crew\nid: tax\nname: Tax", "kind: crew\nid: care\nname: Care and cure",
    "kind: skill\nid: count\nname: Counting", "kind: fact\nid: sum\nname: Sums",
    "kind: fact\nid: bill\nname: Bills\ngrade: closed",
    "kind: fact\nid: hearsay\nname: Hearsay", "kind: place\nid: yard\nname: Yard\nband: street",
    "kind: place\nid: cellar\nname: Cellar\nband: vault",
    "kind: door\nid: front\nname: Front door\nhouse: ledger\nlifecycle: running",
    """
    kind: box
    id: ledger
    name: Ledger
    keeper: tax
    can: [count]
    weight: heavy
    grade: closed
    stands: [cellar]
    keeps: [bill]
    back: 4h
    base: [floor]
    spares: [east, west]
    lifecycle: running
    wires:
      - {end: archive, way: parcel, takes: [bill, sum], across: [post]}
      - {id: late, end: next, way: call, takes: []}
    """,
    """
    kind: box
    id: till
    name: Till
    keeper: care
    weight: light
    stands: [cellar]
    back: 8h
    base: [ledger]
    lifecycle: running
    wires:
      - {end: ledger, way: call, takes: [bill], brings: [sum], door: front}
      - {id: again, end: ledger, way: parcel}
    """,
    "kind: box\nid: archive\nname: Archive\nkeeper: care\ngrade: open\nstands: [yard]\nlifecycle: windingDown",
    "kind: box\nid: next\nname: Next archive\nlifecycle: coming",
    "kind: box\nid: post\nname: Post room\nkeeper: tax\nlifecycle: running",
    "kind: box\nid: floor\nname: Floor\nback: 48h\nbase: []\nlifecycle: running",
    "kind: box\nid: east\nname: East hall\nback: 1h\nbase: [mains]\nlifecycle: running",
    "kind: box\nid: west\nname: West hall\nback: 90m\nbase: [mains]\nlifecycle: running",
    "kind: box\nid: mains\nname: Mains\nlifecycle: running",
    "kind: box\nid: lonely\nname: Lonely\nbase: []\nlifecycle: running",
    "kind: box\nid: past\nname: Past\nlifecycle: gone\nwires:\n  - {end: ledger, way: call}",
  ]

  static func read(_ documents: [String] = documents) async -> Estate {
    let files = ([metamodel] + documents).enumerated().map { index, text in
      SourceText(name: "catalogue/\(index).yaml", text: text)
    }
    let result = await RepositoryReader.read(files, asOf: CivilDate("2026-12-01") ?? CivilDate(days: 0))
    return result.estate
  }

  static func row(_ id: String, _ estate: Estate) -> Int32 {
    if case .found(let row) = estate.find("box:\(id)") { row } else { -1 }
  }

  /// A box in the middle with so many callers, kept in turn by three crews.
  static func star(_ count: Int) async -> Estate {
    var documents = (0..<3).map { "kind: crew\nid: crew-\($0)\nname: Crew \($0)" }
    documents.append("kind: box\nid: hub\nname: Hub\nlifecycle: running")
    documents.append("kind: box\nid: side\nname: Side\nlifecycle: running\nwires: [{end: hub}, {id: s, end: b10}]")
    for index in 10..<10 + count {
      documents.append(
        "kind: box\nid: b\(index)\nname: Box \(index)\nkeeper: crew-\(index % 3)\nlifecycle: running\nwires: [{end: hub, way: call, takes: []}]"
      )
    }
    return await read(documents)
  }
}
