internal import CEL
public import Catalogue

/// Where a dataset travels and rests: every hop of every integration that carries or fetches it, in frames by trust zone,
/// with what is rated lower than it and what crosses from one zone to another pointed out.
public struct DataflowDiagram: Sendable {
  public let drawing: Drawing

  /// Linear in flows, but for sorting.
  public init(
    of dataset: Int32, in estate: Estate, _ options: DiagramOptions = DiagramOptions()
  ) throws(DiagramFailure) {
    let datasets = estate.metamodel.kinds(inRole: "dataset")
    guard !datasets.isEmpty else { throw .missingRole(view: "dataflow", role: "dataset") }
    guard datasets.contains(where: { $0.index == estate.entity(dataset).kind }) else {
      throw .wrongKind(view: "dataflow", identity: estate.identity(dataset), kinds: datasets.map(\.plural))
    }
    var reader = FlowReader(EstateSight(estate, options))
    let flows = reader.flows(of: dataset)
    let keepers = reader.keepers(of: dataset)
    let rows = Set(flows.hops.flatMap { [$0.from, $0.to] } + keepers.keys).sorted()
    let noun = reader.sight.linkNoun
    guard !rows.isEmpty else {
      throw .nothingToDraw(
        "\(estate.identity(dataset)) travels and rests nowhere on \(reader.sight.date): no \(noun.one) carries it and nothing holds it"
      )
    }
    let zones = rows.map { reader.zones(of: $0) }
    var diagram = Diagram(
      view: "dataflow", title: options.title ?? "Data flow of \(estate.name(dataset))",
      date: reader.sight.date, scope: "")
    let frames = Set(zones).sorted { $0.order.lexicographicallyPrecedes($1.order) }
    diagram.clusters = frames.map { Diagram.Cluster(key: "zone \($0.name)", name: $0.name) }
    let rating = reader.sight.value(inRole: "classification", of: dataset)
    var low = 0
    var unrated = 0
    for (row, zone) in zip(rows, zones) {
      var node = reader.sight.node(row)
      node.facts += keepers[row] ?? []
      if let title = reader.sight.title(reader.sight.value(inRole: "classification", of: row)) {
        node.facts.append("rated \(title)")
      } else if reader.sight.declaration(inRole: "classification", of: estate.entity(row).kind) != nil {
        node.facts.append("rating not recorded")
        unrated += 1
      }
      if let owner = reader.sight.ownerLine(of: row) { node.facts.append(owner) }
      if reader.isBelow(row, rating) {
        node.marks.append(.lower)
        node.emphasised.append((.lower, "rated lower than the data"))
        low += 1
      }
      node.cluster = frames.firstIndex(of: zone)
      diagram.nodes.append(node)
    }
    let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1, $0) })
    diagram.edges = reader.sight.edges(flows.hops, places: places)
    var crossings = 0
    for index in diagram.edges.indices {
      let (from, to) = (zones[diagram.edges[index].from], zones[diagram.edges[index].to])
      var seen: Set<[String]> = []
      diagram.edges[index].labels = diagram.edges[index].labels.filter { seen.insert($0).inserted }
      guard from != to else { continue }
      guard from.isRecorded, to.isRecorded else {
        if diagram.edges[index].style == .solid { diagram.edges[index].style = .dotted }
        continue
      }
      crossings += 1
      if diagram.edges[index].style == .solid { diagram.edges[index].style = .double }
      diagram.edges[index].labels.append(["from \(from.name) to \(to.name)"])
    }
    diagram.meanings = [
      .solid: "the data goes this way, within a zone", .dashed: "the same, by \(noun.many) none of which is live",
      .dotted: "the data goes this way; in which zone one end is was not recorded",
      .double: "the data goes this way, from one zone to another",
    ]
    diagram.scope =
      [
        reader.sight.when,
        reader.sight.title(rating).map { "\(estate.name(dataset)): \($0)" } ?? "classification not recorded",
        LandscapeWords.count(rows.count, "place", "places"),
        (crossings == 0 ? "no way is known to cross" : LandscapeWords.count(crossings, "way crosses", "ways cross"))
          + " a zone's border",
        low == 0 ? "nothing is known to be rated lower" : LandscapeWords.count(low, "is", "are") + " rated lower",
        "as declared in the catalogue",
      ].joined(separator: " | ")
    if flows.unknown > 0 {
      diagram.notes.append(
        "\(reader.sight.count(flows.unknown)) \(flows.unknown == 1 ? "does" : "do") not say what \(flows.unknown == 1 ? "it carries" : "they carry"), which may be this."
      )
    }
    let outside = zones.count { !$0.isRecorded }
    if outside > 0 {
      diagram.notes.append(
        "The zone of \(LandscapeWords.count(outside, "place", "places")) was not recorded, so more ways may cross a border."
      )
    }
    if unrated > 0 {
      diagram.notes.append(
        "The rating of \(LandscapeWords.count(unrated, "place", "places")) was not recorded, so more may be rated lower."
      )
    }
    if !options.expand { DiagramFolding.fold(&diagram, flows.hops, places, &reader.sight) }
    drawing = Drawing(diagram)
  }
}
