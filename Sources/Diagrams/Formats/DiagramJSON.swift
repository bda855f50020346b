internal import Diagnostics

/// Writes a diagram as JSON: what is drawn, and where it stands in the picture, in points.
struct DiagramJSON {
  let diagram: Diagram
  /// Nil where nothing was laid out.
  let places: PicturePlaces.Found?

  init(_ diagram: Diagram, _ places: PicturePlaces.Found? = nil) {
    self.diagram = diagram
    self.places = places
  }

  private indirect enum Item {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// Hundredths.
    case decimal(Int)
    /// Within one line.
    case point(PicturePlaces.Point)
    case list([Item])
    case object([(String, Item)])

    static func texts(_ lines: [String]) -> Item { .list(lines.map { .text($0) }) }
  }

  var text: String {
    var result = ""
    var size: [(String, Item)] = []
    if let places {
      size = [("width", .decimal(places.size.width)), ("height", .decimal(places.size.height))]
    }
    write(
      .object(
        [
          ("format", .number(1)), ("tool", .text("triglyph")), ("view", .text(diagram.view)),
          ("title", .text(diagram.title)), ("date", .text(diagram.date)), ("scope", .text(diagram.scope)),
          ("notes", .texts(diagram.notes)), ("direction", .text(diagram.direction.rawValue)),
        ] + size + [
          (
            "clusters",
            .list(
              diagram.clusters.enumerated().map { index, cluster in
                .object([("key", .text(cluster.key)), ("name", .text(cluster.name))] + box(places?.clusters, index))
              })
          ),
          ("nodes", .list(diagram.nodes.indices.map(node))), ("edges", .list(diagram.edges.indices.map(edge))),
          (
            "legend",
            .list(diagram.legend.map { .object([("mark", .text($0.name)), ("meaning", .text($0.meaning))]) })
          ), ("lists", .list(diagram.lists.map(item))),
        ]), 0, &result)
    return result + "\n"
  }

  private func box(_ boxes: [PicturePlaces.Box?]?, _ index: Int) -> [(String, Item)] {
    guard let boxes, boxes.indices.contains(index), let box = boxes[index] else { return [] }
    return [
      ("x", .decimal(box.x)), ("y", .decimal(box.y)), ("width", .decimal(box.width)), ("height", .decimal(box.height)),
    ]
  }

  private func node(_ index: Int) -> Item {
    let node = diagram.nodes[index]
    var fields: [(String, Item)] = [
      ("key", .text(node.key)), ("name", .text(node.name)), ("kind", .text(node.kind)),
      ("shape", .text(node.shape.rawValue)),
    ]
    if node.shape.hasPhase { fields.append(("phase", .text(node.phase.title))) }
    fields += [("facts", .texts(node.facts)), ("marks", .texts(node.marks.map(\.rawValue)))]
    if !node.members.isEmpty { fields.append(("members", .texts(node.members))) }
    if node.isAbsent { fields.append(("absent", .flag(true))) }
    if let change = node.change { fields.append(("change", item(change))) }
    if !node.emphasised.isEmpty { fields.append(("pointedOut", .texts(node.emphasised.map(\.text)))) }
    if !node.sections.isEmpty {
      fields.append(
        (
          "sections",
          .list(node.sections.map { .object([("title", .text($0.title)), ("lines", .texts($0.lines))]) })
        ))
    }
    if let cluster = node.cluster, diagram.clusters.indices.contains(cluster) {
      fields.append(("cluster", .text(diagram.clusters[cluster].key)))
    }
    if let link = node.link { fields.append(("link", .text(link.text))) }
    return .object(fields + box(places?.nodes, index))
  }

  private func item(_ change: Diagram.Change) -> Item {
    .object([
      ("kind", .text(change.kind.rawValue)), ("title", .text(change.title)), ("details", .texts(change.details)),
    ])
  }

  private func item(_ list: Diagram.List) -> Item {
    .object([
      ("title", .text(list.title)),
      ("items", .list(list.items.map { .object([("sign", .text($0.sign)), ("text", .text($0.text))]) })),
    ])
  }

  private func edge(_ index: Int) -> Item {
    let edge = diagram.edges[index]
    var fields: [(String, Item)] = [
      ("from", .text(diagram.nodes[edge.from].key)), ("to", .text(diagram.nodes[edge.to].key)),
      ("style", .text(edge.style.rawValue)), ("count", .number(edge.count)),
      ("labels", .texts(edge.labels.map { $0.joined(separator: "; ") })),
    ]
    if let change = edge.change { fields.append(("change", item(change))) }
    if !edge.emphasised.isEmpty { fields.append(("pointedOut", .texts(edge.emphasised.map(\.text)))) }
    if let places, places.edges.indices.contains(index), let found = places.edges[index] {
      fields.append(("curves", .list(found.curves.map { .list($0.map { .point($0) }) })))
      if let tip = found.tailTip { fields.append(("tailTip", .point(tip))) }
      if let tip = found.headTip { fields.append(("headTip", .point(tip))) }
    }
    return .object(fields)
  }

  // MARK: Text

  private func write(_ item: Item, _ depth: Int, _ result: inout String) {
    switch item {
    case .text(let text): result += Self.quoted(text)
    case .number(let number): result += String(number)
    case .flag(let flag): result += flag ? "true" : "false"
    case .decimal(let number): result += Self.decimal(number)
    case .point(let point): result += "[\(Self.decimal(point.x)), \(Self.decimal(point.y))]"
    case .list(let items):
      writeAll(items.map { (nil, $0) }, "[", "]", depth, &result)
    case .object(let fields):
      writeAll(fields.map { ($0.0, $0.1) }, "{", "}", depth, &result)
    }
  }

  private func writeAll(
    _ items: [(name: String?, item: Item)], _ open: String, _ close: String, _ depth: Int, _ result: inout String
  ) {
    result += open
    let indent = "\n" + String(repeating: "  ", count: depth + 1)
    for (index, item) in items.enumerated() {
      result += (index > 0 ? "," : "") + indent
      if let name = item.name { result += Self.quoted(name) + ": " }
      write(item.item, depth + 1, &result)
    }
    if !items.isEmpty { result += "\n" + String(repeating: "  ", count: depth) }
    result += close
  }

  private static func decimal(_ hundredths: Int) -> String {
    let rest = hundredths.magnitude % 100
    let sign = hundredths < 0 ? "-" : ""
    return "\(sign)\(hundredths.magnitude / 100)" + (rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")
  }

  /// RFC 8259, section 7; what a terminal could take for a command is a code, too.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20 || escapedForTerminal(String(scalar)) != String(scalar):
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
