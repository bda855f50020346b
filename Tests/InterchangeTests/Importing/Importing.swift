import CEL
import Catalogue
import Diagnostics
import Governance

@testable import Interchange

/// A small repository that tables are imported into.
enum Importing {
  static let vocabulary = """
    kind: metamodel
    id: small
    name: Small
    lifecycle: {phases: [planned, active, retired], live: [active]}
    enums:
      classification: {ordered: true, values: [{id: public, title: PUBLIC}, {id: secret, title: SECRET}]}
    kinds:
      organisation: {title: Organisation, plural: organisations}
      team: {title: Team, plural: teams}
      system:
        title: System
        plural: systems
        lifecycle: true
        fields:
          classification: {type: classification, required: true}
          mfa: {type: boolean}
          cost: {type: money}
          users: {type: integer}
          rto: {type: duration}
          site: {type: url}
          tags: {type: string, many: true}
          dpia: {record: {status: {type: string, required: true}, date: {type: date}}}
          notesOf: {many: true, record: {text: {type: string}}}
        relations:
          owner: {to: organisation, inverse: owns, role: owner}
          contact: {to: [organisation, team], inverse: contactFor}
          feeds: {to: system, many: true, inverse: fedBy}
        parts:
          ports: {kind: port, key: to, inverse: system}
        derived:
          many: {type: boolean, is: self.feeds.size() > 2}
      port:
        title: Port
        plural: ports
        relations:
          to: {to: system, inverse: calledBy}
    """

  static let documents = """
    {kind: organisation, id: tax, name: Tax office, aliases: [old-tax]}
    ---
    {kind: organisation, id: north, name: Office}
    ---
    {kind: organisation, id: south, name: Office}
    ---
    {kind: team, id: tax, name: Tax team}
    ---
    {kind: system, id: hub, name: Hub, classification: public, aliases: [old-hub]}
    ---
    {kind: initiative, id: plan, name: Plan, stage: idea, adds: [{kind: system, id: planned, name: P, classification: public}]}
    """

  static func repository() async -> CheckedMerge.Repository {
    let files = [SourceText(name: "m.yaml", text: vocabulary), SourceText(name: "d.yaml", text: documents)]
    let read = await RepositoryReader.read(files, asOf: CivilDate(days: 20_000))
    return CheckedMerge.Repository(
      files: files, estate: read.estate, diagnostics: read.diagnostics, isVocabularyWhole: read.isVocabularyWhole)
  }

  static func run(
    _ csv: String, _ map: String, kind: String = "system", skipsBadRows: Bool = false
  ) async throws -> CSVImport {
    let repository = await repository()
    let found = repository.estate.metamodel.kind(named: kind)
    guard let found, repository.diagnostics.isEmpty else { throw Broken(repository.diagnostics.map(\.summary)) }
    var options = CSVImport.Options()
    options.skipsBadRows = skipsBadRows
    return await CSVImport.run(
      SourceText(name: "t.csv", text: csv), kind: found, map: SourceText(name: "map.yaml", text: map), repository,
      options)
  }

  struct Broken: Error {
    var summaries: [String]
    init(_ summaries: [String]) { self.summaries = summaries }
  }
}

extension Importing {
  /// The repository with what was imported.
  static func load(_ repository: CheckedMerge.Repository, _ result: CSVImport) async -> RepositoryReader.Result {
    let text = result.documents.map(\.text).joined(separator: "---\n")
    return await RepositoryReader.read(
      repository.files + [SourceText(name: "n.yaml", text: text)], asOf: repository.estate.asOf)
  }
}
