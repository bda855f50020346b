internal import ArgumentParser
internal import Diagnostics
internal import Reports

struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule, a clause (data/3), a standard, a finding (f-…) or the id of an error.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "What to explain.", completion: .ids(ofKinds: ["clause", "rule", "standard"]))
  var name: String?

  @Option(
    help:
      "Write a page for each rule, each standard and each kind into this folder, under rules/, standards/ and reference/kinds/."
  )
  var pages: String?

  func validate() throws {
    if (name == nil) == (pages == nil) { throw ValidationError("say what to explain, or --pages DIR") }
  }

  func run() async throws {
    if let pages {
      try await write(into: pages)
    } else if let name {
      try await explain(name)
    }
  }

  private func explain(_ name: String) async throws {
    let (repository, report) = try await common.check(failOn: nil, failsOnUndecided: false)
    if let page = ExplainPage.text(name, report, repository.book) {
      Terminal.write(page)
      return
    }
    if case .found = repository.estate.find(name) {
      Terminal.complain(
        "triglyph: \(escapedForTerminal(name)) is an entity; `triglyph show \(escapedForTerminal(name))` shows it\n")
      throw ExitCode(2)
    }
    if name.hasPrefix("f-"), name.dropFirst(2).allSatisfy(\.isHexDigit) {
      Terminal.complain("triglyph: \(await common.absence(of: name, repository, report))\n")
      throw ExitCode(2)
    }
    let near = suggestion(for: name, among: ExplainPage.names(report, repository.book)).map { "; \($0)" } ?? ""
    Terminal.complain("triglyph: nothing here is called \(escapedForTerminal(name))\(near)\n")
    throw ExitCode(2)
  }

  private func write(into folder: String) async throws {
    let repository = try await common.load(derives: .none)
    if repository.errorCount > 0 {
      Terminal.complain(repository.diagnostics.filter { $0.severity == .error })
      Terminal.complain("triglyph: the input errors come first; no page is written\n")
      throw ExitCode(2)
    }
    do {
      let outcome = try PagesFolder(path: folder).write(RulebookPages.all(repository.book, repository.estate))
      if !common.quiet {
        Terminal.write("\(outcome.pages) pages: \(outcome.written) written, \(outcome.removed) removed\n")
      }
    } catch {
      Terminal.complain("triglyph: \(error.description)\n")
      throw ExitCode(2)
    }
  }
}
