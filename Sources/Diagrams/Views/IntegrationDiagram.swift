public import Catalogue

/// What joins some chosen systems to one another: each integration with its style, what it carries and fetches, the
/// platforms that it passes and the interface that it calls.
public struct IntegrationDiagram: Sendable {
  public let drawing: Drawing

  /// Linear in integrations, but for sorting. What is named twice counts once.
  public init(
    of subjects: [Int32], in estate: Estate, _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    var sight = EstateSight(estate, options)
    var rows: [Int32] = []
    for subject in subjects where !rows.contains(subject) {
      try sight.requireEnd(subject, view: "integration")
      rows.append(subject)
    }
    let chosen = Set(rows)
    let all = sight.joints().all
    let joints = all.filter { $0.from != $0.to && chosen.contains($0.from) && chosen.contains($0.to) }
    let names = rows.map(estate.identity)
    guard rows.count > 1 else {
      throw .nothingToDraw(
        "`draw integration` draws what joins two systems or more; for one alone there is `draw context \(names.first ?? "")`"
      )
    }
    guard !joints.isEmpty else {
      throw .nothingToDraw(
        "no \(sight.linkNoun.one) joins \(EstateSight.list(names)) on \(sight.date); `draw context` shows what each is joined to"
      )
    }
    var diagram = Diagram(
      view: "integration", title: options.title ?? Self.title(rows.map(estate.name)), date: sight.date,
      scope: "\(sight.when) | \(sight.count(joints.count)) between \(rows.count) chosen | as declared in the catalogue")
    var places: [Int32: Int] = [:]
    var apart: [String] = []
    for row in rows {
      guard joints.contains(where: { $0.from == row || $0.to == row }) else {
        apart.append(estate.name(row))
        continue
      }
      places[row] = diagram.nodes.count
      var node = sight.node(row)
      if let owner = sight.ownerLine(of: row) { node.facts.append(owner) }
      diagram.nodes.append(node)
    }
    diagram.edges = sight.edges(joints, places: places, withInterface: true)
    diagram.meanings = sight.meanings
    if !apart.isEmpty {
      diagram.notes.append("Not drawn, because nothing joins it to the others: \(EstateSight.list(apart)).")
    }
    let others = all.count { chosen.contains($0.from) != chosen.contains($0.to) }
    if others > 0 {
      diagram.notes.append("Not drawn: \(sight.count(others)) with systems that were not chosen.")
    }
    drawing = Drawing(diagram)
  }

  private static func title(_ names: [String]) -> String {
    names.count > 4 ? "What joins \(names.count) chosen systems" : "What joins \(EstateSight.list(names))"
  }
}
