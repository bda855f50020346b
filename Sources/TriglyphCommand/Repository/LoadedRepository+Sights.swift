internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Diagrams

extension LoadedRepository {
  /// The view of an open initiative that somebody named, on its day or another; without one a sentence and status 2.
  func seen(with name: String, at date: CivilDate? = nil) throws -> (estate: Estate, sight: String?) {
    let row = try initiative(name)
    guard let view = estate.initiativeViews().first(where: { $0.initiative.row == row }) else {
      Terminal.complain(
        "triglyph: \(estate.identity(row)) is not open: it is live, closed or rejected, and has no view of its own\n")
      throw ExitCode(2)
    }
    return (estate.seen(in: view.view, at: date ?? view.date), "with initiative \(estate.name(row))")
  }

  /// Where a saved diagram looks: its own day and initiative, unless the command names others.
  ///
  /// - Parameter commanded: the command's day, which the repository was loaded for.
  func seen(by diagram: SavedDiagram, with name: String? = nil, commanded: CivilDate?) throws -> (
    estate: Estate, sight: String?
  ) {
    let day = commanded == nil ? diagram.asOf : nil
    if let name = name ?? diagram.initiative.map(estate.identity) { return try seen(with: name, at: day) }
    return (day.map { estate.seen(in: estate.view, at: $0) } ?? estate, nil)
  }

  /// The mistakes in the document of an entity.
  func mistakes(in row: Int32) -> [Diagnostic] {
    guard let node = estate.entity(row).node else { return [] }
    return diagnostics.filter { diagnostic in
      guard diagnostic.severity == .error, let range = diagnostic.range, range.source === node.source else {
        return false
      }
      return node.utf8Range.contains(range.utf8Range.lowerBound)
    }
  }
}
