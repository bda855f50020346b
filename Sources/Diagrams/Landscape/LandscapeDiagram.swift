/// A landscape free of notation, for Mermaid and JSON: every system, in its group, whatever the sheet folds.
enum LandscapeDiagram {
  static func diagram(_ model: LandscapeModel, _ words: LandscapeWords) -> Diagram {
    var result = Diagram(view: "landscape", title: words.title, date: model.date, scope: words.scope)
    result.notes = omissions(model)
    result.clusters = model.groups.map { Diagram.Cluster(key: $0.key, name: $0.name) }
    result.nodes = model.systems.map { system in
      var node = Diagram.Node(
        key: system.identity, name: system.name, kind: model.noun.one, phase: PhaseStyle(system.phase, model))
      node.facts = model.words(of: system)
      node.link = system.link
      node.change = system.change
      node.cluster = system.group
      return node
    }
    for link in model.links where link.ends[0] != link.ends[1] {
      for side in 0...1 where link.opened[side] > 0 {
        var edge = Diagram.Edge(
          from: link.ends[side], to: link.ends[1 - side], style: link.live > 0 ? .solid : .dashed)
        edge.count = link.opened[side]
        result.edges.append(edge)
      }
    }
    result.meanings = [
      .solid: "\(model.linkNoun.many), from who opens them", .dashed: "\(model.linkNoun.many), none of them live",
    ]
    return result
  }

  /// Nothing is folded here: of the sheet's notes those stay that say what is not shown.
  private static func omissions(_ model: LandscapeModel) -> [String] {
    var sheet = LandscapeSheet(model)
    sheet.hubs = []
    // What joins and folds is told by the sheet alone.
    sheet.isolated = []
    return LandscapeWords(model, sheet, title: "").notes.filter { !$0.hasPrefix("Lines are straight") }
  }
}
