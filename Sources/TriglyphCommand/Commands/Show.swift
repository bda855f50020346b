internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one entity: its fields, its relations both ways, what was found about it.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "kind:id, or the id where it is unambiguous.", completion: .ids())
  var entity: String

  func run() async throws {
    let (repository, report) = try await common.check(failOn: nil, failsOnUndecided: false)
    let estate = repository.estate
    switch estate.find(entity) {
    case .found(let row):
      let isInitiative = estate.kind(of: row).name == "initiative"
      let triage = isInitiative ? Triage(ofOpen: row, estate, repository.book) : nil
      Terminal.write(EntityPage.text(row, estate, findings: report.allFindings, triage: triage))
    case .ambiguous(let rows):
      Terminal.complain("triglyph: \(entity) may be \(rows.map(estate.identity).joined(separator: " or "))\n")
      throw ExitCode(2)
    case .none where entity.hasPrefix("f-"):
      Terminal.complain(
        "triglyph: \(escapedForTerminal(entity)) is no entity; a finding is explained: triglyph explain \(escapedForTerminal(entity))\n"
      )
      throw ExitCode(2)
    case .none:
      let id = entity.split(separator: ":").last.map(String.init) ?? entity
      let known = estate.entities.indices.filter {
        estate.entities[$0].node != nil && estate.graph.members.contains(Int32($0))
      }.map { estate.entities[$0].id }
      let near = suggestion(for: id, among: known).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no \(escapedForTerminal(entity))\(near)\n")
      throw ExitCode(2)
    }
    if !report.inputErrors.isEmpty {
      Terminal.complain(
        "triglyph: the repository has \(report.inputErrors.count) input errors; `triglyph check` shows them\n")
    }
  }
}
