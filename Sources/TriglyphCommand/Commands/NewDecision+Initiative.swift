internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Interchange

extension NewDecision {
  /// Writes the decision on an initiative.
  func decide(on target: String, _ outcome: String, _ repository: LoadedRepository) async throws {
    let estate = repository.estate
    let row = try repository.initiative(target)
    let name = estate.identity(row)
    let day = date ?? common.date
    guard let initiative = estate.initiatives.first(where: { $0.row == row }) else {
      try refuse("\(name) cannot be decided upon")
    }
    guard initiative.isBeforeLive else {
      try refuse("\(name) is live or closed already: nothing is left to decide")
    }
    if day > common.date {
      try refuse("\(day.text) lies ahead of \(common.date.text), the day looked at: nothing is decided yet")
    }
    if let known = DecisionDraft.decisions(on: row, since: day, estate).first {
      try refuse(
        "\(known.name) on \(name) is of \(known.date.text), and of two decisions the later one counts; "
          + "--date says on which later day this one was taken")
    }
    if DecisionDraft.approves(outcome), DecisionDraft.entries(of: row, estate).isEmpty {
      try refuse("\(name) changes nothing: there is nothing to approve")
    }
    if let id, case .found(let taken) = estate.find("decision:\(id)") {
      try refuse("there is a \(estate.identity(taken)) already")
    }
    let fields = DecisionDraft.Fields(estate, repository.book)
    let gate = try self.gate(of: initiative, fields)
    if DecisionDraft.approves(outcome),
      let known = DecisionDraft.sameApproval(of: row, for: gate, fields, estate)
    {
      try refuse(
        "\(known) approves \(name) as it is now\(gate.map { " for \($0)" } ?? "") already; --gate names another stage")
    }
    let draft = DecisionDraft(
      DecisionDraft.Request(
        id: id, name: self.name, date: day, outcome: outcome, gate: gate,
        lane: try lane.map { try known($0, "lane", fields.lane == nil ? [] : fields.lanes) }, by: by),
      on: row, fields, estate)
    if !by.isEmpty, fields.by == nil {
      try refuse("--by: no relation of a decision has the role approver in this vocabulary")
    }
    let problems = await NewDocument.problems(
      SourceText(name: draft.path, text: draft.text),
      CheckedMerge.Repository(
        files: repository.files, estate: estate, diagnostics: repository.diagnostics,
        isVocabularyWhole: repository.isVocabularyWhole, settings: repository.settings.values), tasks: common.jobs)
    if !problems.isEmpty {
      Terminal.complain(problems)
      try refuse("it would be wrong so; nothing is written")
    }
    if dryRun { return show(draft) }
    try write(draft, in: repository.tree)
    if common.quiet { return }
    var text = "wrote \(draft.path)\n\(name): \(outcome) on \(day.text)\n"
    if outcome == "approved-with-conditions" { text += "its conditions stand there as a comment, to be written\n" }
    Terminal.write(text + "then: triglyph check --initiative \(initiative.id)\n")
  }

  /// The stage that is named, or the one behind the initiative's own.
  private func gate(of initiative: Initiative, _ fields: DecisionDraft.Fields) throws -> String? {
    if let gate { return try known(gate, "stage", fields.gate == nil ? [] : fields.stages) }
    guard fields.gate != nil, let stage = initiative.stage.map(Int.init),
      fields.stages.indices.contains(stage + 1)
    else { return nil }
    return fields.stages[stage + 1]
  }

  private func known(_ word: String, _ what: String, _ values: [String]) throws -> String {
    if values.contains(word) { return word }
    if values.isEmpty { try refuse("a decision says no \(what) in this vocabulary") }
    let near = suggestion(for: word, among: values) ?? "it is one of \(values.joined(separator: ", "))"
    try refuse("\(escapedForTerminal(word)) is no \(what); \(near)")
  }
}
