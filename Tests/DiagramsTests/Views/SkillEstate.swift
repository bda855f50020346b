import CEL
import Catalogue
import Diagnostics

/// Capabilities in words that the shipped vocabulary does not use.
enum SkillEstate {
  static let metamodel = """
    kind: metamodel
    id: skills
    name: Skills
    lifecycle: {phases: [coming, running, windingDown, gone], live: [running, windingDown]}
    enums:
      ripeness: {ordered: true, values: [{id: green, title: green}, {id: ripe, title: ripe}]}
    kinds:
      skill:
        title: Skill
        role: capability
        plural: skills
        fields:
          shared: {type: boolean, role: common}
          ripeness: {type: ripeness, role: maturity}
        relations:
          whole: {to: skill, many: true, inverse: pieces, role: partOf}
      tool:
        title: Tool
        role: component
        plural: tools
        lifecycle: true
        relations:
          does: {to: skill, many: true, inverse: doneBy, role: provides}
    """

  static let documents = [
    "kind: skill\nid: cook\nname: Cooking",
    "kind: skill\nid: heat\nname: Heating\nwhole: [cook]\nshared: true\nripeness: ripe",
    "kind: skill\nid: boil\nname: Boiling\nwhole: [heat]\nshared: false\nripeness: green",
    "kind: skill\nid: fry\nname: Frying\nwhole: [heat]\nshared: false",
    "kind: skill\nid: cut\nname: Cutting\nwhole: [cook]\nshared: true",
    "kind: skill\nid: serve\nname: Serving\nshared: false",
    "kind: skill\nid: wash\nname: Washing\nshared: false",
    "kind: skill\nid: peel\nname: Peeling\nwhole: [cook]\nshared: true",
    "kind: tool\nid: stove\nname: Stove\ndoes: [heat, boil]\nlifecycle: running",
    "kind: tool\nid: kettle\nname: Kettle\ndoes: [boil]\nlifecycle: running",
    "kind: tool\nid: pan\nname: Pan\ndoes: [fry]\nlifecycle: windingDown",
    "kind: tool\nid: robot\nname: Robot\ndoes: [cut, wash]\nlifecycle: coming",
    "kind: tool\nid: ghost\nname: Ghost\ndoes: [serve]\nlifecycle: gone",
    "kind: tool\nid: stray\nname: Stray\ndoes: [peel]\nlifecycle: {gone: 2040-01-01, coming: unknown}",
  ]

  static func read(_ documents: [String] = documents, metamodel: String = metamodel) async -> Estate {
    let files = ([metamodel] + documents).enumerated().map { index, text in
      SourceText(name: "catalogue/\(index).yaml", text: text)
    }
    return await RepositoryReader.read(files, asOf: CivilDate("2026-12-01") ?? CivilDate(days: 0)).estate
  }
}
