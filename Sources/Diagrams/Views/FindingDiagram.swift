internal import CEL
public import Catalogue
public import Governance

/// The ways by which a rule found what it found, hop by hop, with the boxes that the finding names pointed out.
public struct FindingDiagram: Sendable {
  public let drawing: Drawing

  /// - Parameter estate: the view in which it was found. Linear in the hops.
  public init(
    _ finding: Finding, in estate: Estate, _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    guard finding.paths.contains(where: { !$0.isEmpty }) else {
      throw .nothingToDraw(
        "\(finding.shortName) is about \(finding.target ?? "the whole view") and has no way to draw; "
          + "`triglyph explain \(finding.shortName)` tells it")
    }
    var sight = EstateSight(estate, options)
    var diagram = Diagram(
      view: "finding", title: options.title ?? finding.message, date: sight.date,
      scope: [sight.when, finding.shortName, finding.rule, "\(finding.severity)", Self.word(finding.outcome)]
        .joined(separator: " | "))
    var places: [String: Int] = [:]
    func place(_ text: String, _ diagram: inout Diagram, _ sight: inout EstateSight) -> Int {
      if let known = places[text] { return known }
      places[text] = diagram.nodes.count
      guard let row = Self.row(of: text, finding, estate) else {
        let phase = PhaseStyle(.none, names: [], live: [])
        diagram.nodes.append(Diagram.Node(key: text, name: text, kind: "not in this view", phase: phase))
        return diagram.nodes.count - 1
      }
      let identity = estate.identity(row)
      var node = sight.node(row, isSubject: identity == finding.target)
      if let owner = sight.ownerLine(of: row) { node.facts.append(owner) }
      if identity != finding.target, finding.key.contains(identity) {
        node.marks.append(.named)
        node.emphasised.append((.named, "named by the finding"))
      }
      diagram.nodes.append(node)
      return diagram.nodes.count - 1
    }
    let joints = sight.joints().all
    var seen: Set<[String]> = []
    for hop in finding.paths.joined() {
      let label = Self.words(hop, joints, sight)
      guard seen.insert([hop.from, hop.to] + label).inserted else { continue }
      let from = place(hop.from, &diagram, &sight)
      let to = place(hop.to, &diagram, &sight)
      if let known = diagram.edges.firstIndex(where: { $0.from == from && $0.to == to }) {
        diagram.edges[known].labels.append(label)
        diagram.edges[known].count += 1
      } else {
        diagram.edges.append(Diagram.Edge(from: from, to: to, labels: [label]))
      }
    }
    diagram.meanings = [.solid: "a hop of the way that the rule followed, by the relation that is named"]
    if !finding.remedy.isEmpty { diagram.notes.append("What to do: \(finding.remedy)") }
    if let clause = finding.clause { diagram.notes.append("Clause \(clause.described)") }
    drawing = Drawing(diagram)
  }

  private static func word(_ outcome: Outcome) -> String {
    switch outcome {
    case .undecided: "undecided: facts are missing"
    default: "\(outcome)"
    }
  }

  /// What a hop's text stands for: where several have the id, the one that the finding names, else one that is joined.
  private static func row(of text: String, _ finding: Finding, _ estate: Estate) -> Int32? {
    switch estate.find(text) {
    case .found(let row): return row
    case .none: return nil
    case .ambiguous(let rows):
      if let named = rows.first(where: { ([finding.target ?? ""] + finding.key).contains(estate.identity($0)) }) {
        return named
      }
      let components = Set(estate.metamodel.kinds(inRole: "component").map(\.index))
      return rows.first { components.contains(estate.entity($0).kind) } ?? rows.first
    }
  }

  /// `sends Benefit claims`, or what the integration that carries the hop does.
  private static func words(_ hop: Finding.Hop, _ joints: [Joint], _ sight: EstateSight) -> [String] {
    let relation = PhaseStyle.readable(hop.relation ?? "leads to")
    guard let carrier = hop.carrier else { return [relation] }
    guard case .found(let row) = sight.estate.find(carrier) else { return [relation, carrier] }
    if let joint = joints.first(where: { $0.row == row }) { return sight.words(joint) }
    return sight.estate.entity(row).owner < 0 ? ["\(relation) \(sight.estate.name(row))"] : [relation, carrier]
  }
}
