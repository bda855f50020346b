internal import ArgumentParser
internal import Diagnostics
internal import Reports

struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a rule, a clause (data/3), a standard, a finding (f-…) or the id of an error.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "What to explain.")
  var name: String

  func run() async throws {
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
}
