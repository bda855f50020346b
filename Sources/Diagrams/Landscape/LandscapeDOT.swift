/// Writes a landscape as DOT: a column of groups is a cluster without a frame, a group a cluster with one (or a table,
/// where it is folded), all packed by Graphviz's `osage` in the order given.
struct LandscapeDOT {
  enum Lines { case curved, straight }

  let model: LandscapeModel
  let sheet: LandscapeSheet
  let words: LandscapeWords
  private let systemNames: [DOTName]
  private let groupNames: [DOTName]

  init(model: LandscapeModel, sheet: LandscapeSheet, words: LandscapeWords) {
    self.model = model
    self.sheet = sheet
    self.words = words
    var names = DOTNames()
    groupNames = model.groups.map { names.name(for: "group \($0.key)") }
    systemNames = sheet.isFolded ? [] : model.systems.map { names.name(for: $0.identity) }
  }

  func text(lines: Lines) -> String {
    let legend = LandscapeLegend(model: model, sheet: sheet, words: words)
    var writer = DOTWriter()
    writer.graph([
      .label(legend.head),
      .word("labelloc", "t"), .word("labeljust", "l"), .word("fontname", "DejaVu Sans"), .number("fontsize", 11),
      .colour("fontcolor", .ink), .colour("bgcolor", .paper), .hundredths("pad", 25),
      lines == .curved ? .word("splines", "true") : .word("splines", "line"),
      // Curved lines go around boxes; where a number finds no room beside one, it is to be seen all the same.
      lines == .curved ? .word("outputorder", "nodesfirst") : .word("outputorder", "edgesfirst"),
      .word("forcelabels", "true"),
      .word("packmode", "array_ut", max(1, sheet.columns.count)),
      .number("pack", sheet.isFolded ? 60 : 32), .tooltip([words.title]),
    ]) { writer in
      writer.nodes([
        .word("shape", "box"), .word("fontname", "DejaVu Sans"), .number("fontsize", 11), .colour("fontcolor", .ink),
        .word("margin", "0.06,0.04"), .hundredths("height", 36), .hundredths("width", 190),
      ])
      writer.edges([
        .word("fontname", "DejaVu Sans"), .number("fontsize", 10), .colour("fontcolor", .ink), .colour("color", .line),
        .hundredths("arrowsize", 65),
      ])
      for (position, column) in sheet.columns.enumerated() {
        writer.cluster(
          DOTName(text: "column\(position + 1)"),
          [
            .number("sortv", position), .word("packmode", "array_ul1"), .number("pack", sheet.isFolded ? 36 : 14),
            .number("peripheries", 0),
            .text("label", []), .number("margin", 0),
          ]
        ) { writer in
          for group in column {
            if group == model.groups.count {
              legend.write(at: group, &writer)
            } else if sheet.isFolded {
              writeTable(group, &writer)
            } else {
              writeCluster(group, &writer)
            }
          }
        }
      }
      for link in sheet.links { writeLink(link, &writer) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  // MARK: Groups

  /// The heading is a node, which lines go around; a cluster's own label they would cross.
  private func writeCluster(_ position: Int, _ writer: inout DOTWriter) {
    let group = model.groups[position]
    let isSingle = group.systems.count == 1
    let name = groupNames[position].text
    writer.cluster(
      groupNames[position],
      [
        .number("sortv", position), .word("packmode", "array_ul1"), .number("pack", 4), .text("label", []),
        .word("style", "filled,rounded"), .colour("fillcolor", .groupFill), .colour("color", .groupLine),
        .number("margin", 8), .number("peripheries", 1), .tooltip([group.name]),
      ]
    ) { writer in
      writer.node(DOTName(text: "\(name)h"), LandscapeLegend.heading(group.name, group.link))
      writer.cluster(
        DOTName(text: "\(name)b"),
        [
          .number("sortv", 1), .word("packmode", "array_ul", isSingle ? 1 : sheet.boxColumns[position]),
          // Between boxes there are lines and their numbers.
          .number("pack", 20), .number("peripheries", 0), .number("margin", 0),
        ]
      ) { writer in
        for system in group.systems { writeBox(system, isWide: isSingle, &writer) }
      }
    }
  }

  private func writeBox(_ position: Int, isWide: Bool, _ writer: inout DOTWriter) {
    let system = model.systems[position]
    let style = model.style(of: system)
    let hub = sheet.hubs.firstIndex(of: position)
    var label: [DOTMarkup] = []
    let name = DOTMarkup.lines(DOTText.wrapped(system.name, width: isWide ? 42 : 20))
    if let hub {
      label.append(.bold([.text("\(LandscapeLegend.letter(hub))  "), name]))
    } else {
      label.append(name)
    }
    label += Self.words(of: system.change, width: isWide ? 44 : 23)
    var small: [String] = []
    for words in model.words(of: system) { small += DOTText.wrapped(words, width: isWide ? 46 : 25) }
    let marks = Self.text(of: sheet.marks[position])
    if !marks.isEmpty { small += DOTText.wrapped(marks, width: isWide ? 46 : 23, maximum: 6) }
    if sheet.isolated[position] { small.append("no \(model.linkNoun.many)") }
    if let hub { small.append("joined to \(sheet.hubDegrees[hub])") }
    if !small.isEmpty {
      label.append(.lines(["", ""]))
      label.append(.font(points: 10, colour: .muted, [.lines(small)]))
    }
    var tooltip = [system.name, system.identity, model.groups[system.group].name, style.title]
    if !system.toneWords.isEmpty { tooltip.append(system.toneWords) }
    if let change = system.change { tooltip += [change.head] + change.details }
    for mark in sheet.marks[position] { tooltip.append(describe(mark)) }
    var attributes: [DOTAttribute] = [
      .number("sortv", model.groups[system.group].systems.firstIndex(of: position) ?? 0),
      .label(.font(points: 11, colour: .ink, label)),
    ]
    attributes += style.attributes
    if let change = system.change { attributes += Self.outline(change.kind) }
    if hub != nil { attributes.append(.number("peripheries", 2)) }
    if isWide { attributes.append(.hundredths("width", 392)) }
    if let link = system.link { attributes.append(.link(link)) }
    attributes.append(.tooltip(tooltip))
    writer.node(systemNames[position], attributes)
  }

  private func writeTable(_ position: Int, _ writer: inout DOTWriter) {
    let group = model.groups[position]
    let hub = sheet.hubs.firstIndex(of: position)
    var rows: [[DOTMarkup.Cell]] = []
    let title = DOTMarkup.lines(
      DOTText.wrapped((hub.map { LandscapeLegend.letter($0) + "  " } ?? "") + group.name, width: 34))
    var facts = [LandscapeWords.count(group.systems.count, model.noun.one, model.noun.many)]
    if sheet.inner[position] > 0 { facts.append("\(sheet.inner[position]) within") }
    if let hub { facts.append("joined to \(sheet.hubDegrees[hub])") }
    facts += toneCounts(of: group).map(Self.unbroken)
    facts += LandscapeModel.changeCounts(group.systems.map { model.systems[$0] })
      .map { "\($0.kind.sign)\u{A0}\($0.count)\u{A0}\($0.kind.rawValue)" }
    if sheet.isolated[position] { facts.append("no \(model.linkNoun.many) to another") }
    let marks = Self.text(of: sheet.marks[position])
    if !marks.isEmpty { facts.append(marks) }
    var head = DOTMarkup.Cell(
      .bold([title]), .lines(["", ""]),
      .font(
        points: 10, colour: .muted,
        [.lines(DOTText.wrapped(facts.joined(separator: " | "), width: 42, maximum: 6))]))
    head.fill = .headFill
    head.link = group.link
    head.minimumWidth = 200
    rows.append([head])
    let unnamed = LandscapeWords.unnamed(group.systems.count, sheet)
    for system in named(of: group, unnamed: unnamed) {
      var content: [DOTMarkup] = [.lines(DOTText.wrapped(model.systems[system].name, width: 34))]
      let words = model.words(of: model.systems[system])
      if !words.isEmpty {
        let text = words.joined(separator: ", ")
        content.append(
          model.systems[system].toneWords.isEmpty
            ? .font(points: 10, colour: .muted, [.text(" (\(text))")])
            : .font(points: 10, colour: .muted, [.lines([""] + DOTText.wrapped(text, width: 40))]))
      }
      if let change = model.systems[system].change {
        content += [
          .lines(["", ""]),
          .font(points: 10, colour: .ink, [.bold([.lines(DOTText.wrapped(change.head, width: 40))])]),
        ]
      }
      var cell = DOTMarkup.Cell()
      cell.content = content
      cell.fill = model.style(of: model.systems[system]).fill
      cell.link = model.systems[system].link
      rows.append([cell])
    }
    if unnamed > 0 {
      var cell = DOTMarkup.Cell(.font(points: 10, colour: .muted, [.text("and \(unnamed) more")]))
      cell.fill = .paper
      rows.append([cell])
    }
    let table = DOTMarkup.Table(border: 1, cellBorder: 1, spacing: 0, padding: 3, colour: .groupLine, rows: rows)
    writer.node(
      groupNames[position],
      [
        .word("shape", "plain"), .number("sortv", position), .label(.table(table)),
        .tooltip([group.name] + sheet.marks[position].map(describe)),
      ])
  }

  /// The systems of a folded group that it names, in their order: what an initiative does something to before all else.
  private func named(of group: LandscapeModel.Group, unnamed: Int) -> [Int] {
    let changed = group.systems.filter { model.systems[$0].change != nil }
    let others = group.systems.filter { model.systems[$0].change == nil }
    return (changed + others).prefix(group.systems.count - unnamed).sorted()
  }

  /// What an initiative does to a box, in its own words.
  private static func words(of change: Diagram.Change?, width: Int) -> [DOTMarkup] {
    guard let change else { return [] }
    var result: [DOTMarkup] = [
      .lines(["", ""]),
      .font(points: 10, colour: .ink, [.bold([.lines(DOTText.wrapped(change.head, width: width))])]),
    ]
    // A sign stays with what it stands before.
    let details = change.lines.dropFirst().flatMap { line in
      DOTText.wrapped(line.replacing("− ", with: "−\u{A0}").replacing("+ ", with: "+\u{A0}"), width: width)
    }
    if !details.isEmpty { result += [.lines(["", ""]), .font(points: 10, colour: .ink, [.lines(details)])] }
    return result
  }

  static func outline(_ kind: Diagram.Change.Kind) -> [DOTAttribute] {
    [.colour("color", kind.colour), .hundredths("penwidth", 300)]
  }

  /// A short statement on one line.
  private static func unbroken(_ fact: String) -> String {
    fact.count > 30 ? fact : fact.replacing(" ", with: "\u{A0}")
  }

  /// What fills tell of a group's systems, those that are not named too: `3 tier 1`.
  private func toneCounts(of group: LandscapeModel.Group) -> [String] {
    guard let colouring = model.colouring else { return [] }
    var counts: [Int: Int] = [:]
    for system in group.systems { if let tone = model.systems[system].tone { counts[tone, default: 0] += 1 } }
    return counts.keys.sorted().filter { colouring.tones.indices.contains($0) }
      .map { "\(counts[$0, default: 0])\u{A0}× \(colouring.tones[$0].title)" }
  }

  // MARK: Links

  private func writeLink(_ link: LandscapeModel.Link, _ writer: inout DOTWriter) {
    let names = sheet.isFolded ? groupNames : systemNames
    let labels = link.ends.map { sheet.isFolded ? model.groups[$0].name : model.systems[$0].name }
    // The opening side first; both where each opens some.
    let order = link.opened[0] > 0 ? [0, 1] : [1, 0]
    var attributes: [DOTAttribute] = []
    if link.opened[0] > 0, link.opened[1] > 0 { attributes.append(.word("dir", "both")) }
    attributes.append(.hundredths("penwidth", Self.width(link.count)))
    // An outer label is put where it covers neither boxes nor other labels.
    if link.count > 1 { attributes.append(.outerLabel(Self.numberLabel(link.count))) }
    if link.live == 0 { attributes.append(.word("style", "dashed")) }
    var tooltip: [String] = []
    for side in order where link.opened[side] > 0 {
      let number = count(link.opened[side])
      tooltip.append("\(labels[side]) opens \(number) with \(labels[1 - side])")
    }
    attributes.append(.tooltip(tooltip))
    writer.edge(names[link.ends[order[0]]], names[link.ends[order[1]]], attributes)
  }

  /// A number in a frame of its own: no line crosses it out, and two that meet do not read as one.
  static func numberLabel(_ number: Int) -> DOTMarkup {
    var cell = DOTMarkup.Cell(.bold([.text(String(number))]))
    cell.fill = .paper
    return .table(DOTMarkup.Table(border: 1, padding: 1, colour: .groupLine, rows: [[cell]]))
  }

  /// Hundredths of a point, by the binary logarithm of the number of integrations.
  static func width(_ count: Int) -> Int { 110 + 60 * (Int.bitWidth - max(1, count).leadingZeroBitCount - 1) }

  // MARK: Marks

  /// `→A ↔B×3 (←C)`.
  static func text(of marks: [LandscapeSheet.Mark]) -> String {
    marks.map { mark in
      let arrow = mark.opened == 0 ? "←" : mark.received == 0 ? "→" : "↔"
      let count = mark.opened + mark.received
      let text = arrow + LandscapeLegend.letter(mark.hub) + (count > 1 ? "×\(count)" : "")
      return mark.isLive ? text : "(\(text))"
    }.joined(separator: " ")
  }

  private func count(_ links: Int) -> String {
    LandscapeWords.count(links, model.linkNoun.one, model.linkNoun.many)
  }

  private func describe(_ mark: LandscapeSheet.Mark) -> String {
    let hub = sheet.hubs[mark.hub]
    let name = sheet.isFolded ? model.groups[hub].name : model.systems[hub].name
    var parts: [String] = []
    if mark.opened > 0 { parts.append("opens \(count(mark.opened))") }
    if mark.received > 0 { parts.append("is called by \(count(mark.received))") }
    return "\(LandscapeLegend.letter(mark.hub)) \(name): \(parts.joined(separator: ", "))"
  }
}
