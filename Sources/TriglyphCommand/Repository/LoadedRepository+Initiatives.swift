internal import ArgumentParser
internal import CEL
internal import Catalogue
internal import Diagnostics

extension LoadedRepository {
  /// The row of an initiative by `initiative:id` or its id; without one a sentence and status 2.
  func initiative(_ name: String) throws -> Int32 {
    let shown = escapedForTerminal(name)
    let reference = name.contains(":") ? name : "initiative:\(name)"
    if case .found(let row) = estate.find(reference) {
      if estate.kind(of: row).name == "initiative" { return row }
      Terminal.complain("triglyph: \(shown) is no initiative\n")
      throw ExitCode(2)
    }
    let id = name.split(separator: ":").last.map(String.init) ?? name
    let known = estate.rows(ofKind: "initiative").map { estate.entity($0).id }
    let near = suggestion(for: id, among: known).map { "; \($0)" } ?? ""
    Terminal.complain("triglyph: there is no initiative \(escapedForTerminal(id))\(near)\n")
    throw ExitCode(2)
  }

  /// The view of an open initiative; of one that has none a sentence and status 2.
  func openView(_ name: String) throws -> InitiativeView {
    let row = try initiative(name)
    if let view = estate.initiativeViews().first(where: { $0.initiative.row == row }) { return view }
    Terminal.complain(
      "triglyph: \(estate.identity(row)) is not open: it is live, closed or rejected, and has no view of its own\n")
    throw ExitCode(2)
  }

  /// The estate, or the view of an open initiative, at a date: without one at the day of the run, or at its go-live.
  func seen(with name: String?, at date: CivilDate?) throws -> Estate {
    guard let name else { return date.map { estate.seen(in: estate.view, at: $0) } ?? estate }
    let view = try openView(name)
    return estate.seen(in: view.view, at: date ?? view.date)
  }
}
