import CEL
import Diagnostics

@testable import Catalogue

/// Everything that an estate says, as text; places left out.
struct EstateSnapshot: Equatable {
  var rows: [String] = []
  var values: [String] = []
  var diagnostics: [String] = []
  var settings: [String] = []

  init(_ result: RepositoryReader.Result) {
    let estate = result.estate
    var frame = Frame(graph: estate.graph, slotCount: 1)
    for row in estate.entities.indices.map({ Int32($0) }) {
      let entity = estate.entity(row)
      let owner = entity.owner >= 0 ? estate.identity(entity.owner) : "-"
      rows.append("\(estate.identity(row)) \(owner) \(entity.aliases)")
      for id in estate.metamodel.kinds[entity.kind].order {
        let path = estate.metamodel.fields[Int(id)].path
        frame.cost = 0
        values.append("\(estate.identity(row)).\(path) = \(Self.text(estate.value(path, of: row, &frame), estate))")
      }
    }
    diagnostics = (result.diagnostics + estate.integrity.map(\.diagnostic)).map {
      "\($0.id) \($0.summary) \($0.label ?? "") \($0.notes) \($0.fixes.map(\.summary))"
    }.sorted()
    settings = estate.settings.sorted { $0.key < $1.key }.map { "\($0.key) = \(Self.text($0.value, estate))" }
  }

  static func text(_ value: Value, _ estate: Estate) -> String {
    if let view = value.listView {
      let items = (0..<view.count).map { index in
        text(view[index], estate) + (view.reason(at: index).map { text(.unknown($0), estate) } ?? "")
      }
      return "[\(items.joined(separator: " "))\(view.open.map { text(.unknown($0), estate) } ?? "")]"
    }
    switch value {
    case .entity(let row): return estate.identity(row)
    case .unknown(let reason):
      return "?"
        + reason.facts.map { fact in
          guard let (row, path) = estate.origin(of: fact) else { return "-" }
          return "\(estate.identity(row)).\(path)"
        }.joined(separator: ",")
    case .record(let box): return "{\(box.fields.map { text($0, estate) }.joined(separator: " "))}"
    case .error(let error): return "!\(error.message)"
    default: return "\(value)"
    }
  }
}
