import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

@Suite struct ConsumersTests {
  private static let vocabulary = """
    kind: metamodel
    id: m
    name: M
    kinds:
      organisation: {plural: organisations}
      system:
        plural: systems
        role: component
        lifecycle: true
        relations:
          owner: {to: organisation, inverse: owns, role: owner}
          runsOn: {to: system, many: true, inverse: hosts}
          copies: {to: system, many: true, inverse: copiedBy}
        parts: {integrations: {kind: integration, key: to, inverse: from}}
        derived:
          dependsOn: {to: system, inverse: neededBy, role: dependsOn, is: self.runsOn}
      integration:
        plural: integrations
        role: integration
        relations: {to: {to: system, required: true, inverse: incoming, role: target}}
    """

  private func consumers(of name: String, _ text: String, vocabulary: String = vocabulary) async -> [String] {
    let files = [SourceText(name: "m.yaml", text: vocabulary), SourceText(name: "a.yaml", text: text)]
    let loaded = await RepositoryReader.read(files, asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0), tasks: 1)
    let estate = loaded.estate.deriving(toRead: Consumers.reads(loaded.metamodel))
    guard case .found(let row) = estate.find(name) else { return ["there is no \(name)"] }
    var consumers = Consumers(estate)
    return consumers.consumers(of: row).map {
      "\(estate.identity($0.row)) \($0.relation)\($0.needsIt ? " needs it" : "")"
    }
  }

  private let systems = """
    {kind: organisation, id: o, name: O}
    ---
    {kind: system, id: hub, name: Hub, owner: o, runsOn: [hub], copies: [hub]}
    ---
    {kind: system, id: a, name: A, copies: [hub], runsOn: [hub]}
    ---
    {kind: system, id: b, name: B, integrations: [{to: hub}], copies: [a]}
    ---
    {kind: system, id: c, name: C, copies: [hub], lifecycle: {active: 2000-01-01, retired: 2010-01-01}}
    ---
    {kind: system, id: d, name: D, copies: [hub]}
    ---
    {kind: evidence, id: e, name: E, type: test, date: 2026-01-01, targets: ['system:hub']}
    """

  @Test func `who cannot do without it comes first; what has ended and built-in kinds use nothing`() async {
    #expect(
      await consumers(of: "system:hub", systems) == [
        "system:a runsOn needs it", "system:b integration", "system:d copies",
      ])
    #expect(await consumers(of: "organisation:o", systems) == ["system:hub owner"])
    #expect(await consumers(of: "system:d", systems) == [])
  }

  @Test func `without roles relations tell`() async {
    let plain = Self.vocabulary.replacing(", role: dependsOn", with: "")
    let found = await consumers(of: "system:hub", systems, vocabulary: plain)
    #expect(found == ["system:a copies", "system:b integration", "system:d copies"])
  }
}
