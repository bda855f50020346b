internal import ArgumentParser
internal import Governance
internal import Reports

extension CommonOptions {
  /// Loads two sides and judges them alike; a broken environment is one sentence and status 2.
  func compare(_ base: String, _ head: String?, _ trust: Since.Trust) async throws -> ComparedRepositories {
    do {
      return try await ComparedRepositories.load(
        repository, ComparedRepositories.Options(base: base, head: head, trust: trust, asOf: date, tasks: jobs))
    } catch let failure as WorkingTree.Failure {
      Terminal.complain("triglyph: \(failure.description)\n")
      throw ExitCode(2)
    }
  }

  /// Loads and checks the working tree beside a revision: only what is new there counts.
  func check(
    since revision: String, trust: Since.Trust, failOn: Severity?, failsOnUndecided: Bool, initiative: String?,
    alone: Bool
  ) async throws -> (LoadedRepository, CheckReport) {
    let clock = ContinuousClock()
    let start = clock.now
    let sides = try await compare(revision, nil, trust)
    let loading = clock.now - start
    var since: Since?
    var own = sides.ownJudges().head
    // With mistakes in the input there is nothing to compare: they come first.
    if sides.head.errorCount == 0 {
      let former = try await check(
        sides.judgedBase, failOn: failOn, failsOnUndecided: failsOnUndecided, own: sides.ownJudges().base,
        loadedIn: .zero)
      since = Since(
        revision: sides.revisions.base?.name ?? revision, commit: sides.revisions.base?.shortCommit ?? "", trust: trust,
        former: FormerFindings(former.allFindings, renames: sides.renames), governance: sides.governance)
      if own != nil, sides.bringsPapers {
        // What its own waivers would do about what is found, to say so. By its own decisions the initiative may be open no
        // more.
        let itself = try await check(
          sides.head, failOn: failOn, failsOnUndecided: failsOnUndecided, alone: alone, loadedIn: .zero)
        own = sides.ownJudges(found: itself.allFindings).head
      }
    }
    let report = try await check(
      sides.judgedHead, failOn: failOn, failsOnUndecided: failsOnUndecided, initiative: initiative, alone: alone,
      since: since, own: own, loadedIn: loading)
    return (sides.judgedHead, report)
  }
}
