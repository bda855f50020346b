internal import ArgumentParser
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
}
