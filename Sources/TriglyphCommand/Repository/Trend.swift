internal import CEL
internal import Diagnostics
internal import Governance
internal import History
internal import Reports

/// The days of a trend, and what was found on each.
struct Trend {
  enum Step: String, CaseIterable {
    case week, month, quarter, year

    var period: Period {
      switch self {
      case .week: Period(days: 7)
      case .month: Period(months: 1)
      case .quarter: Period(months: 3)
      case .year: Period(months: 12)
      }
    }
  }

  let tree: WorkingTree
  let common: CommonOptions

  /// So many states are evaluated at most.
  static let limit = 400
  /// The first day that git can look back to.
  static let firstDay = CivilDate(year: 1971, month: 1, day: 1) ?? CivilDate(days: 365)

  /// From the first day on, a step after another, and the last day whatever it is; nil: more than the limit.
  static func days(from first: CivilDate, to last: CivilDate, every step: Step) -> [CivilDate]? {
    var days: [CivilDate] = []
    for count in 0... {
      let (period, factor) = (step.period, Int32(count))
      // From the first day each time: the last days of months do not drift.
      guard let day = first.adding(Period(months: period.months * factor, days: period.days * factor)), day < last
      else { break }
      if days.count == limit { return nil }
      days.append(day)
    }
    return days + [last]
  }

  func rows(_ days: [CivilDate]) async throws -> [TrendReport.Row] {
    let repository = try await repository()
    var rows: [TrendReport.Row] = []
    for day in days { rows.append(try await row(day, repository)) }
    return rows
  }

  private func repository() async throws -> GitRepository {
    do throws(GitFailure) {
      return try await GitRepository(around: tree.root)
    } catch {
      throw WorkingTree.Failure(description: escapedForTerminal(error.sentence))
    }
  }

  private func row(_ day: CivilDate, _ repository: GitRepository) async throws -> TrendReport.Row {
    switch await Self.found(day, repository) {
    case .none(let state, let commit): return TrendReport.Row(date: day, commit: commit, state: state)
    case .contents(let revision, let contents):
      return TrendReport.Row(date: day, commit: revision.shortCommit, state: try await state(revision, contents, day))
    }
  }

  private enum Found {
    case none(TrendReport.Row.State, commit: String?)
    case contents(GitRevision, GitRevision.Contents)
  }

  private static func found(_ day: CivilDate, _ repository: GitRepository) async -> Found {
    var commit: String?
    do throws(GitFailure) {
      guard day >= firstDay, let revision = try await repository.lastCommit(until: day.text) else {
        // What was cut off may hold an older one.
        return repository.isShallow
          ? .none(
            .unreadable(
              reason: "this clone is shallow, and its history begins later: fetch all of it (`git fetch --unshallow`)"),
            commit: nil)
          : .none(.nothing(reason: "no commit of this branch is so old"), commit: nil)
      }
      commit = revision.shortCommit
      return .contents(revision, try await revision.contents())
    } catch {
      if case .noCatalogue = error { return .none(.nothing(reason: "there was no catalogue yet"), commit: commit) }
      return .none(.unreadable(reason: error.sentence), commit: commit)
    }
  }

  private func state(
    _ revision: GitRevision, _ contents: GitRevision.Contents, _ day: CivilDate
  ) async throws -> TrendReport.Row.State {
    if !contents.submodules.isEmpty {
      return .unreadable(reason: "submodules are not looked into: \(contents.submodules.joined(separator: ", "))")
    }
    let sources = RepositoryContents(
      tree: tree, revision: revision, files: contents.files, settings: contents.settings, baseline: contents.baseline,
      otherCount: contents.otherCount, unread: contents.unread.map { ("\(revision.name):\($0.path)", $0.reason) })
    let loaded = await LoadedRepository.load(sources, asOf: day, tasks: common.jobs, derives: .readByRules)
    let check = try await common.check(loaded, failOn: nil, failsOnUndecided: false, loadedIn: .zero)
    return .stood(TrendReport.Standing(check))
  }
}
