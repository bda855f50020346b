internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one entity: its fields, its relations both ways, what was found about it.",
    discussion: """
      Exit status: 0 the page is complete; 2 there is no such entity, or the catalogue has mistakes; 3 a bug of triglyph's.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "kind:id, or the id where it is unambiguous.", completion: .ids())
  var entity: String

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("Look in the view of an open initiative, at its go-live.", valueName: "initiative"),
    completion: .ids(ofKind: "initiative"))
  var initiative: String?

  /// Which findings are looked for.
  enum Findings: String, ExpressibleByArgument, CaseIterable { case here, all, none }

  @Option(
    help: """
      here: what names it in the estate, or in the view that is looked at. all: in the views of all open initiatives, \
      too, which takes long in a large estate. none: nothing is looked for.
      """)
  var findings = Findings.here

  func validate() throws {
    if initiative != nil, findings == .all {
      throw ValidationError("--with looks in one view, --findings all in every one")
    }
  }

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    var repository = try await common.load(derives: .none)
    let loading = clock.now - start
    // What is not there is said before anything is checked.
    let view = try initiative.map { try repository.openView($0) }
    let row = try self.row(
      in: view.map { repository.estate.seen(in: $0.view, at: $0.date) } ?? repository.estate, repository)
    let isInitiative = repository.estate.kind(of: row).name == "initiative"
    let isOfEstate = view == nil && !isInitiative
    let naming =
      isOfEstate && findings == .here
      ? FindingsNaming(row, repository.estate, repository.book, repository.waivers) : nil
    let shown = Set(repository.estate.kind(of: row).order)
    switch findings {
    case .here where isOfEstate: repository = repository.deriving(toRead: naming.map { $0.reads.union(shown) })
    case .none where isOfEstate: repository = repository.deriving(toRead: shown)
    default: repository = repository.deriving(toRead: nil)
    }
    let estate = try repository.seen(with: initiative, at: nil)
    let triage = isInitiative ? Triage(ofOpen: row, estate, repository.book) : nil
    let about: EntityPage.Findings
    let mistakeCount = repository.errorCount
    switch findings {
    case .none: about = .notLookedFor
    case .all:
      let report = try await common.check(repository, failOn: nil, failsOnUndecided: false, loadedIn: loading)
      about = .everywhere(report.allFindings)
    case .here:
      if let naming {
        about = await .inEstate(
          naming.findings(on: estate, repository.waivers, repository.baseline, tasks: common.jobs))
      } else {
        about = await .inView(common.findings(inViewOf: initiative ?? estate.entity(row).id, repository))
      }
    }
    Terminal.write(EntityPage.text(row, estate, about, triage: triage, width: Terminal.isOutput ? Terminal.width : nil))
    if mistakeCount > 0 {
      LoadedRepository.complain(ofInput: mistakeCount)
      throw ExitCode(2)
    }
  }

  private func row(in estate: Estate, _ repository: LoadedRepository) throws -> Int32 {
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
      if let (row, initiative) = estate.addition(entity) {
        Terminal.complain(
          "triglyph: \(estate.identity(row)) is not there yet: initiative:\(initiative) adds it; look with --with \(initiative)\n"
        )
        throw ExitCode(2)
      }
      let id = entity.split(separator: ":").last.map(String.init) ?? entity
      let known = estate.writtenIDs
      let kind = entity.firstIndex(of: ":").map { String(entity[..<$0]) }
      let kinds = estate.metamodel.kindNames
      let nearKind = kind.flatMap { kinds.contains($0) ? nil : suggestion(for: $0, among: kinds) }
      let near = (nearKind ?? suggestion(forID: id, among: known)).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no \(escapedForTerminal(shortened(entity)))\(near)\n")
      // It may be what a mistake hides.
      repository.complainOfInput()
      throw ExitCode(2)
    }
  }

  /// What was typed, as far as anybody would read it again.
  private func shortened(_ text: String) -> String { text.count > 80 ? "\(text.prefix(80))…" : text }
}
