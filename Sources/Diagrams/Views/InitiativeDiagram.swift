internal import CEL
public import Catalogue
public import Governance

/// What an initiative makes of the estate: what it adds, changes and retires and what that is joined to, with the findings
/// that it brings, worsens or puts right, before and after in one picture or in two frames.
public struct InitiativeDiagram: Sendable {
  public let drawing: Drawing

  /// Linear in integrations, but for sorting.
  ///
  /// - Parameters:
  ///   - estate: in the view of the initiative, on the day of that view.
  ///   - findings: those of the initiative's check.
  public init(
    of estate: Estate, findings: [Finding], isSideBySide: Bool = false, isWithoutGoLive: Bool = false,
    _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    var sight = EstateSight(estate, options)
    guard let changes = sight.changes else {
      throw .nothingToDraw("what is looked at is no initiative's view: there is no before and after")
    }
    let row = changes.initiative.row
    guard !changes.rows.isEmpty else {
      throw .nothingToDraw("\(estate.identity(row)) adds, changes and retires nothing")
    }
    let found = InitiativeFindings(findings)
    var scene = InitiativeScene(sight, changes)
    guard !scene.nodes.isEmpty else {
      throw .nothingToDraw(
        "\(estate.identity(row)) touches nothing that has a box: \(EstateSight.list(Array(scene.undrawn.prefix(5))))")
    }
    var diagram = Diagram(
      view: "initiative", title: options.title ?? "\(estate.name(row)): what it changes", date: sight.date, scope: "")
    (diagram.nodes, diagram.edges) = (scene.nodes, scene.edges)
    diagram.meanings = sight.meanings
    diagram.meanings[.dotted] = "leads to it by the relation that is named"
    diagram.scope = [
      "before and after \(sight.date)", Self.state(changes.initiative, &sight), Self.tally(changes, estate),
      found.tally,
      "as declared in the catalogue",
    ].joined(separator: " | ")
    found.place(in: &diagram, scene)
    diagram.notes = Self.notes(scene, changes, found, isWithoutGoLive: isWithoutGoLive)
    let isFolded = !options.expand && InitiativeFolding.fold(&diagram)
    if isSideBySide {
      InitiativeFrames.split(&diagram, &scene, isFolded: isFolded)
    } else if !options.expand, !isFolded {
      DiagramFolding.fold(&diagram, scene.joints, scene.places, &sight)
    }
    if !options.expand, !isFolded, diagram.edges.count > ContextDiagram.wordLimit {
      diagram.isTerse = true
      diagram.notes.append(
        "So many lines that they bear no more than what becomes of them: what they carry is in the tooltips, in Mermaid and in JSON; --expand draws it."
      )
    }
    drawing = Drawing(diagram)
  }

  /// `build, approved`.
  private static func state(_ initiative: Initiative, _ sight: inout EstateSight) -> String {
    let stage = sight.title(sight.estate.value("stage", of: initiative.row))?.lowercased() ?? "stage not recorded"
    return "\(stage), \(RulingWords.word(initiative.ruling))"
  }

  /// `adds 2 systems and 9 integrations, changes 1 service, retires 2 systems`.
  private static func tally(_ changes: InitiativeChanges, _ estate: Estate) -> String {
    var parts: [String] = []
    for (kind, verb) in [(Diagram.Change.Kind.added, "adds"), (.changed, "changes"), (.retired, "retires")] {
      var counts: [Int: Int] = [:]
      for row in changes.rows where changes[row]?.kind == kind {
        let entity = estate.entity(row)
        if entity.owner >= 0, estate.kind(of: row).role != "integration" { continue }
        counts[entity.kind, default: 0] += 1
      }
      if counts.isEmpty { continue }
      let words = counts.sorted { $0.key < $1.key }.map { index, count in
        let kind = estate.metamodel.kinds[index]
        return LandscapeWords.count(count, kind.title.lowercased(), kind.plural)
      }
      parts.append("\(verb) \(EstateSight.list(words))")
    }
    return parts.joined(separator: ", ")
  }

  private static func notes(
    _ scene: InitiativeScene, _ changes: InitiativeChanges, _ found: InitiativeFindings, isWithoutGoLive: Bool
  ) -> [String] {
    var notes: [String] = []
    let estate = scene.sight.estate
    if isWithoutGoLive {
      notes.append(
        changes.initiative.goLive == nil
          ? "It has no go-live: what it would change is drawn as of \(changes.date.text)."
          : "Its go-live is past: what it would change is drawn as of \(changes.date.text).")
    }
    if changes.last > changes.date {
      notes.append(
        "Its last entry comes into effect on \(changes.last.text); what comes after \(changes.date.text) bears its day."
      )
    }
    let others = estate.initiatives.count { $0.isCommitted && $0.row != changes.initiative.row }
    if others > 0 {
      notes.append(
        "Before is the catalogue with \(LandscapeWords.count(others, "other approved initiative", "other approved initiatives"))."
      )
    }
    if scene.omitted > 0 {
      notes.append(
        "Not drawn: \(scene.sight.count(scene.omitted)) of what it changes that \(scene.omitted == 1 ? "stays as it is" : "stay as they are"); --expand draws them."
      )
    }
    if !scene.undrawn.isEmpty {
      let shown = Array(scene.undrawn.prefix(5)) + (scene.undrawn.count > 5 ? ["\(scene.undrawn.count - 5) more"] : [])
      notes.append("Not drawn, because it is neither a box nor a line: \(EstateSight.list(shown)).")
    }
    if found.inheritedCount > 0 {
      notes.append(
        "Not drawn: \(LandscapeWords.count(found.inheritedCount, "finding that was", "findings that were")) there before; `triglyph check --initiative \(changes.initiative.id)` tells them."
      )
    }
    return notes
  }
}

/// What was decided about an initiative, in a word.
enum RulingWords {
  static func word(_ ruling: Initiative.Ruling) -> String {
    switch ruling {
    case .approved: "approved"
    case .deferred: "deferred"
    case .rejected: "rejected"
    case .none: "not decided"
    }
  }
}
