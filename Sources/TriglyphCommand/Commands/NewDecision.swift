internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

struct NewDecision: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision",
    abstract: "Write the decision on waivers, and name it in them.",
    discussion: """
      A waiver holds when it names a decision that approves and that has the waiver among its targets. This writes both: \
      the decision to catalogue/governance/, and `decision` into each waiver; comments and everything else there stay. All \
      files are written, or none. Exit status: 0 they are; 2 none is.
      """)

  @OptionGroup var common: CommonOptions

  @Option(name: .customLong("for"), help: ArgumentHelp("A waiver; may be repeated.", valueName: "waiver:id"))
  var waivers: [String]

  @Option(help: "What was decided: approved, approved-with-conditions, deferred or rejected.")
  var outcome: String

  @Option(help: "The day on which it was decided (default: the day looked at).")
  var date: CivilDate?

  @Option(help: "What it is called (default: after the first waiver).")
  var name: String?

  @Option(help: "Its id.")
  var id: String?

  @Flag(help: "Print the differences and write nothing.")
  var dryRun = false

  func validate() throws {
    if let id, !EstateLoader.isID(id) {
      throw ValidationError("an id is made of a-z, 0-9 and single hyphens, at most 80 bytes")
    }
    if name?.allSatisfy(\.isWhitespace) == true { throw ValidationError("a name is not empty") }
  }

  func run() async throws {
    let repository = try await common.load(derives: .none)
    let estate = repository.estate
    if repository.errorCount > 0 {
      try refuse("the input has errors, and nothing is written; `triglyph check` shows them")
    }
    let outcome = try checkedOutcome(estate)
    var rows: [Int32] = []
    for name in waivers {
      let row = try repository.row(of: name, kind: "waiver")
      if !rows.contains(row) { rows.append(row) }
    }
    let draft = DecisionDraft(
      id: try checkedID(rows, estate), name: name, on: date ?? common.date, outcome: outcome, waivers: rows, estate)
    let writing = FieldWriting.prepare("decision", draft.id, of: rows, estate, repository.files)
    if !writing.problems.isEmpty {
      Terminal.complain(writing.problems)
      try refuse("nothing is written")
    }
    if dryRun {
      let diff =
        UnifiedDiff.text(draft.path, before: nil, after: Array(draft.text.utf8))
        + writing.changes.map { UnifiedDiff.text($0.name, before: $0.before, after: $0.after) }.joined()
      Terminal.write(Terminal.isOutput ? escapedForTerminal(diff, keepingLineBreaks: true) : diff)
      return
    }
    try write(draft, writing, repository.tree)
    if common.quiet { return }
    var text = "wrote \(draft.path)\n"
    for change in writing.changes { text += "changed \(escapedForTerminal(change.name))\n" }
    for row in rows {
      text += "\(estate.identity(row)) rests on decision:\(draft.id): \(outcome) on \((date ?? common.date).text)\n"
    }
    Terminal.write(text)
  }

  private func checkedOutcome(_ estate: Estate) throws -> String {
    let known = estate.metamodel.enums.first { $0.name == "outcome" }?.values ?? []
    if known.contains(outcome) { return outcome }
    let near = suggestion(for: outcome, among: known) ?? "it is one of \(known.joined(separator: ", "))"
    try refuse("\(escapedForTerminal(outcome)) is no outcome; \(near)")
  }

  /// The id that is asked for, or the one that a waiver names already and nothing has; nil: one is to be made.
  private func checkedID(_ rows: [Int32], _ estate: Estate) throws -> String? {
    var wanted = id
    for row in rows {
      let waiver = estate.identity(row)
      guard let written = estate.writtenValue("decision", row), let text = written.texts.first, !written.isUnknown
      else {
        continue
      }
      let named = text.hasPrefix("decision:") ? String(text.dropFirst("decision:".count)) : text
      if case .found(let decision) = estate.find("decision:\(named)") {
        try refuse("\(waiver) rests on \(estate.identity(decision)) already")
      }
      if let wanted, wanted != named {
        try refuse("\(waiver) names decision:\(escapedForTerminal(named)), not decision:\(wanted)")
      }
      guard EstateLoader.isID(named) else {
        try refuse("\(waiver) names \(escapedForTerminal(text)), which cannot be an id")
      }
      wanted = named
    }
    if let wanted, case .found(let row) = estate.find("decision:\(wanted)") {
      try refuse("there is a \(estate.identity(row)) already")
    }
    return wanted
  }

  private func write(_ draft: DecisionDraft, _ writing: FieldWriting, _ tree: WorkingTree) throws {
    let document = FileReplacement.File(
      path: "\(tree.root)/\(draft.path)", before: nil, after: Array(draft.text.utf8))
    do {
      try FileReplacement.replace(
        [document]
          + writing.changes.map { .init(path: "\(tree.root)/\($0.name)", before: $0.before, after: $0.after) })
    } catch {
      try refuse(error.description)
    }
  }

  private func refuse(_ sentence: String) throws -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
