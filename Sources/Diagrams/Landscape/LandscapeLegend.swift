/// What a landscape says above its columns, and the legend that closes the last of them: each mark as it is drawn.
struct LandscapeLegend {
  let model: LandscapeModel
  let sheet: LandscapeSheet
  let words: LandscapeWords

  /// Code points of the scope or a note.
  private static let textLimit = 480

  /// Broken between its parts, and inside one that is longer than a line.
  static func scopeLines(_ scope: String) -> [String] {
    var lines: [String] = []
    for part in scope.split(separator: " | ").map(String.init) {
      if let last = lines.last, last.count + 3 + part.count <= 120 {
        lines[lines.count - 1] = "\(last) | \(part)"
      } else {
        lines += DOTText.wrapped(part, width: 120, maximum: 6, limit: textLimit)
      }
    }
    return lines
  }

  /// The letter of a hub.
  static func letter(_ position: Int) -> String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(position % 26))) }

  /// Title, date, scope, counts, and what is folded or left out.
  var head: DOTMarkup {
    var rows: [[DOTMarkup.Cell]] = [
      [DOTMarkup.Cell(.font(points: 24, colour: .ink, [.bold([.lines(DOTText.wrapped(words.title, width: 60))])]))],
      [
        DOTMarkup.Cell(
          .font(
            points: 13, colour: .ink,
            [.lines(Self.scopeLines(words.scope))]))
      ],
    ]
    if !words.notes.isEmpty {
      let lines = words.notes.flatMap { DOTText.wrapped($0, width: 130, maximum: 6, limit: Self.textLimit) }
      rows.append([DOTMarkup.Cell(.font(points: 11, colour: .muted, [.lines(lines)]))])
    }
    return .table(DOTMarkup.Table(rows: rows))
  }

  /// The heading of a group, as a node over its boxes.
  static func heading(_ name: String, _ link: DiagramLink? = nil) -> [DOTAttribute] {
    let links = link.map { [DOTAttribute.link($0)] } ?? []
    return [
      .number("sortv", 0), .word("shape", "plain"),
      .label(
        .table(
          DOTMarkup.Table(
            padding: 2,
            rows: [
              [DOTMarkup.Cell(.font(points: 12, colour: .ink, [.bold([.lines(DOTText.wrapped(name, width: 38))])]))]
            ]))),
      .tooltip([name]),
    ] + links
  }

  /// The legend as a cluster: a sample box for each phase that is there, sample lines, and the letters.
  func write(at position: Int, _ writer: inout DOTWriter) {
    writer.cluster(
      DOTName(text: "legend"),
      [
        .number("sortv", position), .word("packmode", "array_ul2"), .number("pack", 8),
        .label(.font(points: 12, colour: .ink, [.bold([.text("Legend")])])), .word("labeljust", "l"),
        .word("style", "rounded"), .colour("color", .ink), .number("margin", 8), .number("peripheries", 1),
        .tooltip(["Legend"]),
      ]
    ) { writer in
      var rank = 0
      for (attributes, title, count) in samplesOfBoxes {
        let label = DOTMarkup.font(
          points: 11, colour: .ink,
          [
            .lines(DOTText.wrapped(title, width: 24)), .lines(["", ""]),
            .font(points: 10, colour: .muted, [.text("\(count)")]),
          ])
        writer.node(
          DOTName(text: "legend\(rank)"),
          [.number("sortv", rank), .label(label)] + attributes + [.tooltip([title])])
        rank += 1
      }
      // Two to a row, so that the ends of a sample line stand beside one another.
      if rank % 2 == 1 {
        writer.node(
          DOTName(text: "legend\(rank)"), [.number("sortv", rank), .word("style", "invis"), .text("label", [])])
        rank += 1
      }
      var lines: [(from: Int, to: Int, sample: Sample)] = []
      for sample in samples {
        for (offset, text) in [sample.from, sample.to].enumerated() {
          writer.node(
            DOTName(text: "legend\(rank + offset)"),
            [
              .number("sortv", rank + offset), .word("shape", "plaintext"), .hundredths("width", 60),
              .label(.font(points: 10, colour: .ink, [.lines(text)])), .tooltip(text),
            ])
        }
        lines.append((rank, rank + 1, sample))
        rank += 2
      }
      let texts = self.texts
      if !texts.isEmpty {
        writer.node(
          DOTName(text: "legend\(rank)"),
          [
            .number("sortv", rank), .word("shape", "plain"),
            .label(
              .table(
                DOTMarkup.Table(rows: texts.map { [DOTMarkup.Cell(.font(points: 10, colour: .ink, [.lines($0)]))] }))),
            .tooltip(["Letters"]),
          ])
      }
      for line in lines {
        writer.edge(
          DOTName(text: "legend\(line.from)"), DOTName(text: "legend\(line.to)"),
          line.sample.attributes + [.tooltip(line.sample.to)])
      }
    }
  }

  private struct Sample {
    var from: [String]
    var to: [String]
    var attributes: [DOTAttribute]
  }

  private var samples: [Sample] {
    guard !sheet.links.isEmpty else { return [] }
    var result = [
      Sample(from: ["opens"], to: ["is called"], attributes: [.hundredths("penwidth", LandscapeDOT.width(1))])
    ]
    if sheet.links.contains(where: { $0.opened[0] > 0 && $0.opened[1] > 0 }) {
      result.append(
        Sample(
          from: ["opens some"], to: ["opens some"],
          attributes: [.word("dir", "both"), .hundredths("penwidth", LandscapeDOT.width(1))]))
    }
    if sheet.links.contains(where: { $0.count > 1 }) {
      result.append(
        Sample(
          from: ["several"], to: ["thicker,", "counted"],
          attributes: [.hundredths("penwidth", LandscapeDOT.width(4)), .outerLabel(LandscapeDOT.numberLabel(4))]))
    }
    if sheet.links.contains(where: { $0.live == 0 }) {
      result.append(
        Sample(
          from: ["opens"], to: ["none of", "them live"],
          attributes: [.word("style", "dashed"), .hundredths("penwidth", LandscapeDOT.width(1))]))
    }
    return result
  }

  /// The hubs' letters and how they are read.
  private var texts: [[String]] {
    var result: [[String]] = []
    for (position, hub) in sheet.hubs.enumerated() {
      let name = sheet.isFolded ? model.groups[hub].name : model.systems[hub].name
      result.append(DOTText.wrapped("\(Self.letter(position)): \(name)", width: 26))
    }
    if !sheet.hubs.isEmpty {
      result.append(
        DOTText.wrapped(
          "→A opens, ←A is called, ↔A both; ×3: three \(model.linkNoun.many); in brackets: none live", width: 26))
    }
    return result
  }

  /// A box for each phase, and before those for each fill where fills tell something else: then the outline is the phase.
  private var samplesOfBoxes: [(attributes: [DOTAttribute], title: String, count: Int)] {
    samplesOfStyles.map { ($0.style.attributes, $0.title, $0.count) }
      + model.changeCounts.map { kind, count in
        var style = PhaseStyle(.none, model)
        style.fill = .paper
        // In a table rows have no outline: there a sign and a word say it.
        let outline = sheet.isFolded ? [] : LandscapeDOT.outline(kind)
        return (style.attributes + outline, "\(kind.sign)\u{A0}\(kind.rawValue) by the initiative", count)
      }
  }

  private var samplesOfStyles: [(style: PhaseStyle, title: String, count: Int)] {
    guard let colouring = model.colouring else {
      return phases.map { phase, count in
        let style = PhaseStyle(phase, model)
        return (style, style.title, count)
      }
    }
    let tones = colouring.tones.map { tone in
      var style = PhaseStyle(.none, model)
      style.fill = tone.fill
      return (style: style, title: "fill: \(tone.title)", count: tone.count)
    }
    let outlines = phases.map { phase, count in
      var style = PhaseStyle(phase, model)
      style.fill = .paper
      return (style: style, title: "outline: \(style.title)", count: count)
    }
    // In a table rows have no outline: there the phase is a word alone.
    return sheet.isFolded ? tones : tones + outlines
  }

  /// The phases that are there, in their order, with the number of systems.
  private var phases: [(LandscapeModel.Phase, Int)] {
    var counts: [LandscapeModel.Phase: Int] = [:]
    for system in model.systems { counts[system.phase, default: 0] += 1 }
    let order = model.phaseNames.indices.map { LandscapeModel.Phase.known($0) } + [.unknown, .none]
    return order.compactMap { phase in counts[phase].map { (phase, $0) } }
  }
}
