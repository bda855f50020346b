internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Diagrams
internal import Governance
internal import Reports

/// Where saved diagrams look: the repository without rules, and, for those that tell findings, the repository with its
/// rules on the day of the picture, checked once for each such day.
struct SavedScenes {
  let common: CommonOptions
  /// Loaded without rules.
  let repository: LoadedRepository
  private var judged: [CivilDate: LoadedRepository] = [:]
  private var reports: [CivilDate: CheckReport] = [:]
  private var roadmaps: [CivilDate: Roadmap] = [:]

  init(common: CommonOptions, repository: LoadedRepository) {
    self.common = common
    self.repository = repository
  }

  /// The most input errors that one of the repositories has.
  var errorCount: Int { judged.values.reduce(repository.errorCount) { max($0, $1.errorCount) } }

  /// What one saved diagram is drawn from.
  struct Scene {
    var repository: LoadedRepository
    var diagram: SavedDiagram
    var estate: Estate
    var sight: String?
    var found: DiagramFindings?

    var drawing: Drawing {
      get throws { try diagram.drawing(in: estate, sight: sight, repository.book, found) }
    }
  }

  /// - Parameter name: the initiative in whose view to look, instead of the diagram's own.
  mutating func scene(of diagram: SavedDiagram, with name: String? = nil) async throws -> Scene {
    if diagram.need == .nothing {
      let seen = try repository.seen(by: diagram, with: name, commanded: common.asOf)
      return Scene(repository: repository, diagram: diagram, estate: seen.estate, sight: seen.sight)
    }
    var common = common
    let day = common.asOf ?? diagram.asOf ?? repository.estate.graph.date
    common.asOf = day
    let repository: LoadedRepository
    if let known = judged[day] { repository = known } else { repository = try await common.load() }
    judged[day] = repository
    guard let diagram = SavedDiagram.all(in: repository.estate).first(where: { $0.id == diagram.id }) else {
      throw DiagramFailure.nothingToDraw("its document is not read on \(day.text)")
    }
    let name = name ?? diagram.initiative.map(repository.estate.identity)
    let seen = try name.map { try repository.seen(with: $0) } ?? (repository.estate, nil)
    var scene = Scene(repository: repository, diagram: diagram, estate: seen.0, sight: seen.1)
    if diagram.need == .roadmap {
      let roadmap: Roadmap
      if let known = roadmaps[day] {
        roadmap = known
      } else {
        roadmap = await Roadmap.run(repository.book.rules, on: repository.estate, tasks: common.jobs)
          .standing(repository.waivers, repository.baseline)
      }
      roadmaps[day] = roadmap
      scene.found = DiagramFindings(roadmap: roadmap)
      return scene
    }
    let report: CheckReport
    if let known = reports[day] {
      report = known
    } else {
      report = try await common.check(repository, failOn: nil, failsOnUndecided: false, loadedIn: .zero)
    }
    reports[day] = report
    let initiative = try name.map { try repository.initiative($0) }
    let checks = (report.portfolio?.checks ?? []).filter { $0.view.initiative.row == initiative }
    scene.found = DiagramFindings(
      estate: report.findings, view: checks.flatMap(\.findings),
      isWithoutGoLive: checks.contains(where: \.view.isWithoutGoLive))
    return scene
  }
}
