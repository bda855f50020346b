public import CEL
public import Catalogue
public import Governance

/// The estate's states by date: on which day which initiative adds, changes and retires what, how many systems live then,
/// and which findings begin and end.
public struct RoadmapDiagram: Sendable {
  public let drawing: Drawing

  /// More initiatives of one card are counted.
  static let actorLimit = 8
  /// Likewise of a card that stands for many days.
  static let foldedActorLimit = 6

  /// Linear in systems for each card, and in what initiatives write.
  ///
  /// - Parameters:
  ///   - estate: the catalogue as it stands.
  ///   - until: the last day to draw; nil: the horizon of the settings, if they have one.
  ///   - roadmap: from when to when rules fail; nil: nobody looked.
  public init(
    of estate: Estate, until: CivilDate? = nil, findings roadmap: Roadmap? = nil,
    _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    let reader = RoadmapReader(estate, options)
    let horizon: CivilDate? = if case .date(let date)? = estate.graph.globals.dropFirst().first { date } else { nil }
    let end = max(until ?? horizon ?? .never, reader.now)
    let shown = reader.events.filter { $0.day.map { $0 <= end } ?? true }
    guard !shown.isEmpty else {
      throw .nothingToDraw(
        "nothing comes, changes or goes from \(reader.now.text)\(end == .never ? " on" : " until \(end.text)")")
    }
    let days = Set(shown.compactMap(\.day))
    let unit = RoadmapSpan.unit(for: days)
    var sheet = RoadmapSheet(reader, roadmap, end: end, unit: unit)
    var diagram = Diagram(
      view: "roadmap", title: options.title ?? "Roadmap: what comes and goes when", date: reader.now.text, scope: "",
      direction: .down)
    diagram.nodes = sheet.cards(shown)
    let count = diagram.nodes.count
    diagram.rowLength = count <= 4 ? count : count <= 8 ? 4 : 5
    diagram.edges = diagram.nodes.indices.dropFirst().map { Diagram.Edge(from: $0 - 1, to: $0) }
    diagram.meanings = [.solid: "then"]
    diagram.signs = sheet.signs
    diagram.scope = sheet.scope(shown)
    diagram.notes = Self.notes(reader, shown, days, unit, end, roadmap)
    drawing = Drawing(diagram)
  }

  private static func notes(
    _ reader: RoadmapReader, _ shown: [RoadmapReader.Event], _ days: Set<CivilDate>, _ unit: RoadmapSpan.Unit,
    _ end: CivilDate, _ roadmap: Roadmap?
  ) -> [String] {
    var notes: [String] = []
    let initiatives = reader.estate.initiatives
    if unit != .day {
      notes.append(
        "\(days.count) days on which something changes are drawn by \(unit.rawValue); --until draws fewer.")
    }
    let later = reader.events.count - shown.count
    if later > 0 {
      notes.append("Not drawn: \(LandscapeWords.count(later, "change", "changes")) after \(end.text).")
    }
    let past = initiatives.count { !$0.isBeforeLive && $0.ruling != .rejected }
    let rejected = initiatives.count { $0.ruling == .rejected }
    var closed: [String] = []
    if past > 0 {
      closed.append(
        LandscapeWords.count(past, "initiative that is live or closed", "initiatives that are live or closed"))
    }
    if rejected > 0 { closed.append("\(rejected) that \(rejected == 1 ? "was" : "were") rejected") }
    if !closed.isEmpty { notes.append("Not drawn: \(EstateSight.list(closed)).") }
    if reader.unknownCount > 0 {
      let noun = reader.systemNoun
      notes.append(
        "Not counted as live: \(LandscapeWords.count(reader.unknownCount, noun.one, noun.many)) of which nobody recorded the phase."
      )
    }
    if roadmap != nil {
      notes.append(
        "Findings are those of the catalogue with what is approved; `triglyph check --roadmap` names them. A card stands for the days until the next."
      )
    }
    return notes
  }
}
