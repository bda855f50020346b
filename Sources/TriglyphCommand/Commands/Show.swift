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

  @Flag(help: "Leave out what was found: for that everything is checked, which takes long in a large estate.")
  var noFindings = false

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var repository = try await common.load(derives: .none)
    let loading = clock.now - start
    // What is not there is said before anything is checked.
    let row = try self.row(in: repository.estate)
    repository = repository.deriving(toRead: nil)
    let estate = repository.estate
    let isInitiative = estate.kind(of: row).name == "initiative"
    let triage = isInitiative ? Triage(ofOpen: row, estate, repository.book) : nil
    var findings: [Finding]?
    var mistakeCount = repository.errorCount
    if !noFindings {
      let report = try await common.check(repository, failOn: nil, failsOnUndecided: false, loadedIn: loading)
      findings = report.allFindings
      mistakeCount = report.inputErrors.count
    }
    Terminal.write(EntityPage.text(row, estate, findings: findings, triage: triage))
    if mistakeCount > 0 {
      Terminal.complain("triglyph: the repository has \(mistakeCount) input errors; `triglyph check` shows them\n")
    }
  }

  private func row(in estate: Estate) throws -> Int32 {
    if entity.allSatisfy(\.isWhitespace) {
      Terminal.complain("triglyph: name an entity, such as system:payments\n")
      throw ExitCode(2)
    }
    switch estate.find(entity) {
    case .found(let row): return row
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
      let kind = entity.firstIndex(of: ":").map { String(entity[..<$0]) }
      let kinds = estate.metamodel.kindNames
      let nearKind = kind.flatMap { kinds.contains($0) ? nil : suggestion(for: $0, among: kinds) }
      let near = (nearKind ?? suggestion(for: id, among: known)).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no \(escapedForTerminal(entity))\(near)\n")
      throw ExitCode(2)
    }
  }
}
