internal import ArgumentParser
internal import Diagnostics
internal import Governance
internal import Reports

struct Test: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run the examples that rules carry.",
    discussion: """
      Of each rule it is told, too, whether its examples ask it anything, and whether a condition of it is the same \
      whatever is recorded.

      With --coverage says which parts of a rule no example evaluates: operands, branches, what is asked of an element.

      With --mutate also changes each rule, one place at a time (`<` for `<=`, a condition left out, another value of an \
      enumeration), and runs the rule's own examples on each change. A change that none of them notices is a survivor, \
      told at its place: an example is wanted there, or an entry under `equivalents` in the rule that says why there can \
      be none.

      The rules of a pack were tested where it was made: with --packs, or by name, their examples run here, too, with what \
      this repository replaces or adds.

      Exit status: 0 all hold; 1 one does not, or a rule lacks one, or a survivor is not explained; 2 a rule or an \
      example has a mistake.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "Rules; none: all.")
  var rules: [String] = []

  @Flag(help: "Change each rule, one place at a time, and tell what its examples do not notice.")
  var mutate = false

  @Flag(help: "Tell which parts of a rule no example evaluates.")
  var coverage = false

  @Flag(help: "Test the rules of the packs that the repository uses, too.")
  var packs = false

  func run() async throws {
    let repository = try await common.load()
    let known = Set(repository.book.allRules.map(\.id))
    for rule in rules where !known.contains(rule) {
      if case .found = repository.estate.find("rule:\(rule)") {
        Terminal.complain(repository.diagnostics.filter { $0.severity == .error })
        Terminal.complain("triglyph: the rule \(escapedForTerminal(rule)) cannot be tested: its mistakes come first\n")
        throw ExitCode(2)
      }
      let near = suggestion(for: rule, among: known.sorted()).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no rule \(escapedForTerminal(rule))\(near)\n")
      throw ExitCode(2)
    }
    let left = rules.isEmpty && !packs ? repository.book.allRules.filter { $0.pack != nil } : []
    // No names stand for all rules.
    let names = left.isEmpty ? Set(rules) : known.subtracting(left.map(\.id))
    let runner = ExampleRunner(repository.estate, repository.book)
    let report = !left.isEmpty && names.isEmpty ? ExampleReport() : await runner.run(only: names)
    // A rule that could not be read is not tested, whatever the others say.
    Terminal.write(ExampleText.text(report, repository.diagnostics, style: Terminal.style))
    if repository.diagnostics.contains(where: { $0.severity == .error }) || !report.mistakes.isEmpty {
      throw ExitCode(2)
    }
    if !left.isEmpty {
      let ids = Set(left.compactMap(\.pack)).sorted().joined(separator: ", ")
      Terminal.write("\(left.count) \(left.count == 1 ? "rule" : "rules") of \(ids) not tested here: --packs does\n")
    } else if report.ruleCount == 0 {
      Terminal.complain("triglyph: there is no rule to test\n")
      throw ExitCode(2)
    }
    var isSuccess = report.isSuccess
    if mutate || coverage, report.ruleCount > 0 {
      let mutation = await MutationRunner(repository.estate, repository.book).run(
        only: names, mutate ? .mutants : .coverage, tasks: common.jobs)
      Terminal.write(
        MutationText.text(mutation, style: Terminal.style, isQuiet: common.quiet, isVerbose: common.verbose))
      isSuccess = isSuccess && mutation.isSuccess
    }
    if !isSuccess { throw ExitCode(1) }
  }
}
