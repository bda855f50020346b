internal import ArgumentParser
internal import Diagnostics
internal import Governance
internal import Reports

struct Test: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the examples that rules carry.",
    discussion: "Exit status: 0 all hold; 1 one does not, or a rule lacks one; 2 a rule or an example has a mistake.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "Rules; none: all.")
  var rules: [String] = []

  func run() async throws {
    let repository = try await common.load()
    let known = Set(repository.book.allRules.map(\.id))
    for rule in rules where !known.contains(rule) {
      let near = suggestion(for: rule, among: known.sorted()).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no rule \(escapedForTerminal(rule))\(near)\n")
      throw ExitCode(2)
    }
    let report = await ExampleRunner(repository.estate, repository.book).run(only: Set(rules))
    // A rule that could not be read is not tested, whatever the others say.
    Terminal.write(ExampleText.text(report, repository.diagnostics, style: Terminal.style))
    if repository.diagnostics.contains(where: { $0.severity == .error }) || !report.mistakes.isEmpty {
      throw ExitCode(2)
    }
    if report.ruleCount == 0 {
      Terminal.complain("triglyph: there is no rule to test\n")
      throw ExitCode(2)
    }
    if !report.isSuccess { throw ExitCode(1) }
  }
}
