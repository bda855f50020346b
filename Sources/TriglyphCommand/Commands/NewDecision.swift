internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

struct NewDecision: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decision",
    abstract: "Write the decision on an initiative, or on waivers.",
    discussion: """
      A waiver holds when it names a decision that approves and that has the waiver among its targets. This writes both: \
      the decision to catalogue/governance/, and `decision` into each waiver; comments and everything else there stay. All \
      files are written, or none.

      On an initiative it records the outcome, the day, the gate, the lane and, where it approves, the digest of each \
      entry as it is now: what is changed afterwards was not approved. The gate is the initiative's next stage unless \
      --gate names another one, the lane is the one that the initiative claims, and who decided is written where --by says so.

      Exit status: 0 it is written; 2 nothing is.
      """)

  @OptionGroup var common: CommonOptions

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "An initiative, as initiative:id, or a waiver; of waivers it may be repeated.", valueName: "kind:id"))
  var targets: [String]

  @Option(help: "What was decided: approved, approved-with-conditions, deferred or rejected.")
  var outcome: String

  @Option(help: "The day on which it was decided (default: the day looked at).")
  var date: CivilDate?

  @Option(help: "The stage that it lets the initiative enter (default: the next one).")
  var gate: String?

  @Option(help: "The lane in which it was decided (default: the one that the initiative claims).")
  var lane: String?

  @Option(help: ArgumentHelp("Who decided; may be repeated.", valueName: "id"))
  var by: [String] = []

  @Option(help: "What it is called (default: after what it is on).")
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
    let initiatives = targets.count { $0.hasPrefix("initiative:") }
    if initiatives > 1 || initiatives > 0 && initiatives < targets.count {
      throw ValidationError("a decision is on one initiative, or on waivers: write one for each initiative")
    }
    if initiatives == 0, gate != nil || lane != nil || !by.isEmpty {
      throw ValidationError("--gate, --lane and --by are of a decision on an initiative")
    }
  }

  func run() async throws {
    let repository = try await common.load(derives: .none)
    let estate = repository.estate
    if repository.errorCount > 0 {
      try refuse("the input has errors, and nothing is written; `triglyph check` shows them")
    }
    let outcome = try checkedOutcome(estate)
    if let initiative = targets.first, initiative.hasPrefix("initiative:") {
      return try await decide(on: initiative, outcome, repository)
    }
    var rows: [Int32] = []
    for name in targets {
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
      show(draft, writing.changes.map { UnifiedDiff.text($0.name, before: $0.before, after: $0.after) })
      return
    }
    try write(draft, writing.changes.map { ($0.name, $0.before, $0.after) }, in: repository.tree)
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

  /// Prints the new document as a difference, and those of others.
  func show(_ draft: DecisionDraft, _ others: [String] = []) {
    let diff = UnifiedDiff.text(draft.path, before: nil, after: Array(draft.text.utf8)) + others.joined()
    Terminal.write(Terminal.isOutput ? escapedForTerminal(diff, keepingLineBreaks: true) : diff)
  }

  func write(
    _ draft: DecisionDraft, _ changes: [(name: String, before: [UInt8]?, after: [UInt8])] = [], in tree: WorkingTree
  ) throws {
    let document = FileReplacement.File(
      path: "\(tree.root)/\(draft.path)", before: nil, after: Array(draft.text.utf8))
    do {
      try FileReplacement.replace(
        [document] + changes.map { .init(path: "\(tree.root)/\($0.name)", before: $0.before, after: $0.after) })
    } catch {
      try refuse(error.description)
    }
  }

  func refuse(_ sentence: String) throws -> Never {
    Terminal.complain("triglyph: \(sentence)\n")
    throw ExitCode(2)
  }
}
