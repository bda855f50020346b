internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance
internal import Reports

extension CommonOptions {
  /// Loads, supposes that an initiative stands behind a gate, and checks that.
  ///
  /// The files are changed in memory as somebody would change them who lets it in, and loaded again: so every rule says
  /// what it says then, and none is asked in another way than ever.
  func gate(
    _ stage: String, of name: String, alone: Bool, failOn: Severity?, failsOnUndecided: Bool
  ) async throws -> GateReport {
    let contents: RepositoryContents
    do {
      contents = try await RepositoryContents.ofWorkingTree(WorkingTree.nearest(to: repository), tasks: jobs)
    } catch let failure as WorkingTree.Failure {
      Terminal.complain("triglyph: \(failure.description)\n")
      throw ExitCode(2)
    }
    let repository = await LoadedRepository.load(contents, asOf: date, tasks: jobs, derives: .readByRules)
    let estate = repository.estate
    let row = try repository.initiative(name)
    guard let initiative = estate.initiatives.first(where: { $0.row == row }),
      let question = GateQuestion(initiative, before: stage, estate)
    else {
      let stages = GateQuestion.stages(estate)
      let near = suggestion(for: stage, among: stages).map { "; \($0)" } ?? "; gates: \(stages.joined(separator: ", "))"
      throw sentence("there is no gate \(escapedForTerminal(stage))\(near)")
    }
    if initiative.isBeforeLive, !initiative.isOpen {
      throw sentence("initiative \(initiative.id) was rejected: it passes no gate")
    }
    if !initiative.isBeforeLive, question.enteredLive.isEmpty {
      throw sentence("initiative \(initiative.id) is live or closed: the gate \(question.stage) lies behind it")
    }
    let failOn = failOn ?? repository.settings.failOn ?? .major
    let triage = Triage(ofOpen: row, estate, repository.book, alone: alone)
    var view: GateReport.Side?
    var catalogue: GateReport.Side?
    var refusals: [Diagnostic] = []
    if initiative.isBeforeLive {
      let supposed = SupposedStage(row, entering: question.entered, on: estate.asOf, estate, repository.files)
      refusals += supposed.problems
      let side = try await side(
        supposed, contents, initiative.id, isOfView: true, alone: alone, failOn, failsOnUndecided)
      view = side
    }
    if !question.enteredLive.isEmpty {
      var files: [SourceText]? = repository.files
      if initiative.isBeforeLive {
        let merge = await CheckedMerge.run(
          row,
          CheckedMerge.Repository(
            files: repository.files, estate: estate, diagnostics: repository.diagnostics,
            isVocabularyWhole: repository.isVocabularyWhole, settings: repository.settings.values),
          tasks: jobs)
        refusals += merge.problems
        files = merge.problems.isEmpty ? merge.files(repository.files) : nil
      }
      if let files {
        let before = await LoadedRepository.load(
          contents.with(files), asOf: date, tasks: jobs, derives: .none)
        let row = try before.initiative(initiative.id)
        let supposed = SupposedStage(
          row, entering: initiative.isBeforeLive ? question.entered + question.enteredLive : question.enteredLive,
          on: estate.asOf, before.estate, files, over: repository.files)
        refusals += supposed.problems
        catalogue = try await side(
          supposed, contents, initiative.id, isOfView: false, alone: alone, failOn, failsOnUndecided)
      }
    }
    return GateReport(
      question, estate, view: view, catalogue: catalogue, refusals: refusals, triage: triage, failOn: failOn,
      failsOnUndecided: failsOnUndecided)
  }

  private func side(
    _ supposed: SupposedStage, _ contents: RepositoryContents, _ id: String, isOfView: Bool, alone: Bool,
    _ failOn: Severity, _ failsOnUndecided: Bool
  ) async throws -> GateReport.Side {
    let repository = await LoadedRepository.load(
      contents.with(supposed.files), asOf: date, tasks: jobs, derives: .readByRules)
    let report = try await check(
      repository, failOn: failOn, failsOnUndecided: failsOnUndecided, initiative: isOfView ? id : nil, alone: alone,
      loadedIn: .zero)
    return GateReport.Side(report, repository.book, supposed)
  }

  private func sentence(_ text: String) -> ExitCode {
    Terminal.complain("triglyph: \(text)\n")
    return ExitCode(2)
  }
}

extension RepositoryContents {
  /// The same repository with other documents.
  fileprivate func with(_ files: [SourceText]) -> RepositoryContents {
    var result = self
    result.files = files
    return result
  }
}
