internal import CEL
internal import Catalogue
internal import Governance

/// Makes the cards of a roadmap.
struct RoadmapSheet {
  private let reader: RoadmapReader
  private let roadmap: Roadmap?
  private let end: CivilDate
  private let unit: RoadmapSpan.Unit

  init(_ reader: RoadmapReader, _ roadmap: Roadmap?, end: CivilDate, unit: RoadmapSpan.Unit) {
    self.reader = reader
    self.roadmap = roadmap
    self.end = end
    self.unit = unit
  }

  private var estate: Estate { reader.estate }

  // MARK: Cards

  /// Today's, one for each span in which something happens, and one for what nobody recorded a day of.
  mutating func cards(_ events: [RoadmapReader.Event]) -> [Diagram.Node] {
    let spans = Set(events.compactMap(\.day).map { RoadmapSpan.span(of: $0, unit) }).sorted { $0.start < $1.start }
    var result: [Diagram.Node] = []
    if spans.first.map({ $0.start > reader.now }) ?? true {
      result.append(card(nil, [], until: spans.first?.start ?? end, before: nil))
    }
    for (index, span) in spans.enumerated() {
      let next =
        index + 1 < spans.count ? spans[index + 1].start : end == .never ? .never : CivilDate(days: end.days + 1)
      let own = events.filter { event in event.day.map { $0 >= span.start && $0 < next } ?? false }
      let before = index == 0 ? reader.now : CivilDate(days: span.start.days - 1)
      result.append(card(span, own, until: next, before: before))
    }
    let undated = events.filter { $0.day == nil }
    if !undated.isEmpty {
      var node = node(key: "roadmap:undated", name: "No day recorded", kind: "some time")
      node.sections = sections(undated, from: nil, until: nil)
      result.append(node)
    }
    return result
  }

  private func card(
    _ span: RoadmapSpan?, _ events: [RoadmapReader.Event], until next: CivilDate, before: CivilDate?
  ) -> Diagram.Node {
    let now = reader.now
    let start = max(span?.start ?? now, now)
    let isNow = span == nil || start == now
    var node = node(
      key: "roadmap:\((span?.start ?? now).text)", name: span?.name ?? now.text,
      kind: isNow ? "from today" : unit == .day ? "from this day" : "in this \(unit.rawValue)")
    node.sections = sections(events, from: start, until: next)
    // How many live when all of it has happened.
    let last = unit == .day || next == .never ? start : CivilDate(days: next.days - 1)
    let day = events.compactMap(\.day).max() ?? last
    let live = reader.liveCount(on: max(day, start))
    var lines = [
      "\(live.approved) with what is approved" + (isNow ? "" : difference(live.approved, before, \.approved))
    ]
    if live.open != live.approved || !isNow {
      lines.append("\(live.open) with all that is open" + (isNow ? "" : difference(live.open, before, \.open)))
    }
    node.sections.append(Diagram.Section(title: "Live \(reader.systemNoun.many)", lines: lines))
    let findings = findingLines(from: start, until: next, isFirst: isNow)
    if !findings.isEmpty { node.sections.append(Diagram.Section(title: "Findings", lines: findings)) }
    return node
  }

  private func difference(
    _ count: Int, _ day: CivilDate?, _ part: KeyPath<(approved: Int, open: Int), Int>
  ) -> String {
    guard let day else { return "" }
    let change = count - reader.liveCount(on: max(day, reader.now))[keyPath: part]
    return change == 0 ? "" : change > 0 ? " (+\(change))" : " (−\(-change))"
  }

  private func node(key: String, name: String, kind: String) -> Diagram.Node {
    var node = Diagram.Node(key: key, name: name, kind: kind, phase: PhaseStyle(.none, names: [], live: []))
    node.shape = .card
    return node
  }

  // MARK: Sections

  /// One for each initiative, approved ones first, and one for the catalogue.
  private func sections(
    _ events: [RoadmapReader.Event], from start: CivilDate?, until next: CivilDate?
  ) -> [Diagram.Section] {
    var groups: [Int: [RoadmapReader.Event]] = [:]
    for event in events { groups[event.actor ?? -1, default: []].append(event) }
    func weight(_ actor: Int) -> Int {
      (groups[actor] ?? []).count { $0.kind != .changes && reader.isSystem($0.row) }
    }
    let limit = unit == .day ? RoadmapDiagram.actorLimit : RoadmapDiagram.foldedActorLimit
    let isCrowded = groups.count > limit + 1
    let order = groups.keys.sorted { a, b in
      // Of many those stand first by which most systems come and go.
      if isCrowded, weight(a) != weight(b) { return weight(a) > weight(b) }
      let (x, y) = (rank(a), rank(b))
      return x != y ? x < y : a < b
    }
    let shown = isCrowded ? Array(order.prefix(limit)) : order
    var result = shown.map { actor in
      Diagram.Section(
        title: title(actor), lines: lines(groups[actor] ?? []) + collisions(of: actor, from: start, until: next))
    }
    if isCrowded {
      let rest = order.dropFirst(shown.count)
      let events = rest.flatMap { groups[$0] ?? [] }
      result.append(Diagram.Section(title: "and \(rest.count) others", lines: counted(events)))
    }
    return result
  }

  private func rank(_ actor: Int) -> Int {
    guard estate.initiatives.indices.contains(actor) else { return 2 }
    return estate.initiatives[actor].isCommitted ? 0 : 1
  }

  /// `One log-in (design, deferred)`.
  private func title(_ actor: Int) -> String {
    guard estate.initiatives.indices.contains(actor) else { return "The catalogue itself" }
    let initiative = estate.initiatives[actor]
    return "\(estate.name(initiative.row)) (\(RulingWords.word(initiative.ruling)))"
  }

  private func lines(_ events: [RoadmapReader.Event]) -> [String] {
    var result: [String] = []
    for kind in [RoadmapReader.Event.Kind.comes, .changes, .goes] {
      let own = events.filter { $0.kind == kind }
      if unit != .day {
        // In a span of many days systems that come and go have room, and no more.
        let named = kind == .changes ? [] : own.filter { reader.isSystem($0.row) }
        result += named.map { "\(Self.sign(kind)) \($0.text)" }
        let rest = own.count - named.count
        if rest > 0 {
          result.append("\(Self.sign(kind)) \(rest) \(kind == .changes ? rest == 1 ? "change" : "changes" : "more")")
        }
        continue
      }
      let links = own.filter { estate.kind(of: $0.row).role == "integration" }
      var seen: Set<String> = []
      // What comes and goes of systems first.
      let boxes = own.filter { estate.kind(of: $0.row).role != "integration" }
      for event in boxes.filter({ reader.isSystem($0.row) }) + boxes.filter({ !reader.isSystem($0.row) })
      where seen.insert(event.text).inserted {
        result.append("\(Self.sign(kind)) \(event.text)")
      }
      if !links.isEmpty {
        let kinds = estate.metamodel.kinds(inRole: "integration")
        let noun = kinds.count == 1 ? (kinds[0].title.lowercased(), kinds[0].plural) : ("link", "links")
        result.append("\(Self.sign(kind)) \(LandscapeWords.count(links.count, noun.0, noun.1))")
      }
    }
    return result
  }

  private func counted(_ events: [RoadmapReader.Event]) -> [String] {
    [RoadmapReader.Event.Kind.comes, .changes, .goes].compactMap { kind in
      let own = events.filter { $0.kind == kind }
      if own.isEmpty { return nil }
      let systems = own.count { reader.isSystem($0.row) }
      if kind == .changes { return "\(Self.sign(kind)) \(LandscapeWords.count(own.count, "change", "changes"))" }
      let others = own.count - systems
      let words = LandscapeWords.count(systems, reader.systemNoun.one, reader.systemNoun.many)
      return "\(Self.sign(kind)) \(words)" + (others > 0 ? " and \(others) more" : "")
    }
  }

  private func collisions(of actor: Int, from start: CivilDate?, until next: CivilDate?) -> [String] {
    let found = reader.collisions.filter { item in
      guard item.actor == actor else { return false }
      guard let day = item.day.map({ max($0, reader.now) }), let start, let next else {
        return item.day == nil && start == nil
      }
      return day >= start && day < next
    }.map(\.text)
    if unit == .day || found.count < 2 { return found }
    return ["⚠ \(found.count) collisions with others"]
  }

  private static func sign(_ kind: RoadmapReader.Event.Kind) -> String {
    switch kind {
    case .comes: Diagram.Change.Kind.added.sign
    case .changes: Diagram.Change.Kind.changed.sign
    case .goes: Diagram.Change.Kind.retired.sign
    }
  }

  // MARK: Findings

  /// `⚠ 3 begin (1 blocker)`, `✔ 2 end`.
  private func findingLines(from start: CivilDate, until next: CivilDate, isFirst: Bool) -> [String] {
    guard let roadmap else { return [] }
    let failing = roadmap.spans.filter { $0.finding.outcome == .failed && $0.finding.standing == .open }
    var lines: [String] = []
    if isFirst { lines.append("\(Self.tally(failing.filter { $0.from == roadmap.start })) now") }
    let begin = failing.filter { $0.from != roadmap.start && $0.from >= start && $0.from < next }
    if !begin.isEmpty { lines.append("⚠ \(Self.tally(begin)) begin\(begin.count == 1 ? "s" : "")") }
    let over = failing.filter { span in span.until.map { $0 >= start && $0 < next } ?? false }
    if !over.isEmpty { lines.append("✔ \(Self.tally(over)) end\(over.count == 1 ? "s" : "")") }
    return lines
  }

  private static func tally(_ spans: [Roadmap.Span]) -> String {
    let parts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = spans.count { $0.finding.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.name)"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  // MARK: Words

  /// `2026-11-22 until 2028-11-22 | 7 open initiatives, 3 of them approved | 4 systems come, 2 go`.
  func scope(_ events: [RoadmapReader.Event]) -> String {
    let noun = reader.systemNoun
    let open = estate.initiatives.filter(\.isOpen)
    let come = Set(events.filter { $0.kind == .comes && reader.isSystem($0.row) }.map(\.row)).count
    let go = Set(events.filter { $0.kind == .goes && reader.isSystem($0.row) }.map(\.row)).count
    return [
      "\(reader.now.text) \(end == .never ? "on" : "until \(end.text)")",
      "\(LandscapeWords.count(open.count, "open initiative", "open initiatives")), \(open.count(where: \.isCommitted)) of them approved",
      "\(LandscapeWords.count(come, "\(noun.one) comes", "\(noun.many) come")), \(LandscapeWords.count(go, "goes", "go"))",
      "as declared in the catalogue",
    ].joined(separator: " | ")
  }

  var signs: [(sign: String, meaning: String)] {
    var result = [
      (Diagram.Change.Kind.added.sign, "comes on the day of its card, or in its span"),
      (Diagram.Change.Kind.changed.sign, "changes then"), (Diagram.Change.Kind.retired.sign, "goes then"),
      ("(approved)", "decided, so that others build on it; of the rest nobody can be sure"),
    ]
    if roadmap != nil || !reader.collisions.isEmpty {
      result.append(("⚠", "two initiatives collide, or findings begin"))
    }
    if roadmap != nil { result.append(("✔", "findings end")) }
    return result
  }
}
