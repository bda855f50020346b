internal import ArgumentParser
internal import Catalogue
internal import Diagnostics

extension LoadedRepository {
  /// The row of an entity that somebody named, in a view of the estate; without one a sentence and status 2.
  func row(of name: String, in estate: Estate) throws -> Int32 {
    let shown = escapedForTerminal(name)
    switch estate.find(name) {
    case .found(let row): return row
    case .ambiguous(let rows):
      Terminal.complain("triglyph: \(shown) may be \(rows.map(estate.identity).joined(separator: " or "))\n")
    case .none:
      if let (row, initiative) = self.estate.addition(name) {
        Terminal.complain(
          "triglyph: \(estate.identity(row)) is not there yet: initiative:\(initiative) adds it; look with --with \(initiative)\n"
        )
        throw ExitCode(2)
      }
      let id = name.split(separator: ":").last.map(String.init) ?? name
      let near = suggestion(forID: id, among: estate.writtenIDs).map { "; \($0)" } ?? ""
      Terminal.complain("triglyph: there is no \(shown)\(near)\n")
    }
    throw ExitCode(2)
  }

  /// The row of a document of one kind, by `kind:id` or the id alone; without one a sentence and status 2.
  func row(of name: String, kind: String) throws -> Int32 {
    let reference = name.contains(":") ? name : "\(kind):\(name)"
    if case .found(let row) = estate.find(reference), estate.kind(of: row).name == kind { return row }
    let id = name.split(separator: ":").last.map(String.init) ?? name
    let known = estate.rows(ofKind: kind).map { estate.entity($0).id }
    let near = suggestion(forID: id, among: known).map { "; \($0)" } ?? ""
    Terminal.complain("triglyph: there is no \(kind) \(escapedForTerminal(id))\(near)\n")
    throw ExitCode(2)
  }

  func complainOfInput() { Self.complain(ofInput: errorCount) }

  static func complain(ofInput count: Int) {
    if count == 0 { return }
    Terminal.complain(
      "triglyph: the answer lacks what \(count) input \(count == 1 ? "error hides" : "errors hide"); `triglyph check` shows \(count == 1 ? "it" : "them")\n"
    )
  }
}

extension Estate {
  /// The ids of what stands in documents: whoever asks for something that is not there may have meant one of them.
  var writtenIDs: [String] {
    entities.indices.map { Int32($0) }.filter {
      entity($0).node != nil && graph.members.contains($0) && kind(of: $0).isWritten
    }.map { entity($0).id }
  }

  /// What an open initiative adds under a name, and that initiative's id.
  func addition(_ name: String) -> (row: Int32, initiative: String)? {
    for initiative in initiatives {
      for row in initiative.added where identity(row) == name || entity(row).id == name { return (row, initiative.id) }
    }
    return nil
  }
}
