internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

extension EntityPage {
  /// The open initiatives that touch an entity or name it, each with what it does, and their ids.
  static func initiatives(of row: Int32, _ estate: Estate) -> (text: String, names: [String]) {
    guard estate.kind(of: row).name != "initiative" else { return ("", []) }
    let own = edits(of: row, "editedBy", estate)
    let naming = edits(of: row, "namedByEdits", estate)
    var result = ""
    var names: [String] = []
    for initiative in estate.initiatives where initiative.isOpen {
      var words: [String] = []
      if initiative.added.contains(row) { words.append("adds it") }
      words += own.filter { $0.initiative == initiative.row && $0.op != "add" }.map { edit in
        edit.op == "retire" ? "retires it" : "\(edit.op) \(edit.field)"
      }
      let origins = naming.filter { $0.initiative == initiative.row }.map {
        "\(estate.identity($0.entity)) \($0.field)"
      }
      if !origins.isEmpty { words.append("named by " + origins.joined(separator: ", ")) }
      if words.isEmpty { continue }
      names.append(initiative.id)
      let stage = ValueText.exact(estate.value("stage", of: initiative.row), estate)
      let day = initiative.goLive.map { "goes live \($0.text)" } ?? "no go-live recorded"
      result +=
        "  \(estate.identity(initiative.row))  \(stage), \(day): \(escapedForTerminal(words.joined(separator: "; ")))\n"
    }
    return ("\ninitiatives\n" + (result.isEmpty ? "  none\n" : result), names)
  }

  private struct Edit {
    var initiative: Int32
    var entity: Int32
    var op: String
    var field: String
  }

  private static func edits(of row: Int32, _ inverse: String, _ estate: Estate) -> [Edit] {
    guard let view = estate.value(inverse, of: row).listView else { return [] }
    return (0..<view.count).compactMap { view.row(at: $0) }.compactMap { edit in
      guard case .entity(let initiative) = estate.value("initiative", of: edit),
        case .entity(let entity) = estate.value("entity", of: edit)
      else { return nil }
      var field = ""
      if case .string(let text) = estate.value("field", of: edit) { field = text }
      return Edit(
        initiative: initiative, entity: entity, op: ValueText.exact(estate.value("op", of: edit), estate), field: field)
    }
  }
}
