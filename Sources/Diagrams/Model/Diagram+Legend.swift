extension Diagram {
  /// One line of the legend.
  struct LegendEntry: Sendable {
    enum Sample: Sendable {
      case phase(PhaseStyle)
      case shape(Shape)
      case mark(Mark)
      case line(Edge.Style)
      /// A box that the initiative does something to, or, else, a line.
      case change(Change.Kind, ofBox: Bool)
      case absent
      case sign(String)
    }

    var sample: Sample
    /// What a format without samples calls it.
    var name: String
    var meaning: String
  }

  /// All that is drawn and nothing else: phases in their order, shapes where there are several, marks, lines.
  var legend: [LegendEntry] {
    var result: [LegendEntry] = []
    var seen: Set<String> = []
    for node in nodes.sorted(by: { $0.phase.rank < $1.phase.rank })
    where node.shape.hasPhase && !node.isAbsent && seen.insert(node.phase.title).inserted {
      result.append(LegendEntry(sample: .phase(node.phase), name: node.phase.title, meaning: node.phase.title))
    }
    let outlines = [Shape.box, .rounded].map { (shape: $0, kinds: kinds(drawnAs: $0)) }.filter { !$0.kinds.isEmpty }
    if outlines.count > 1 {
      for (shape, kinds) in outlines {
        result.append(
          LegendEntry(sample: .shape(shape), name: shape.rawValue, meaning: kinds.joined(separator: ", ")))
      }
    }
    if nodes.contains(where: { $0.shape == .stack }) {
      result.append(LegendEntry(sample: .shape(.stack), name: Shape.stack.rawValue, meaning: "several in one box"))
    }
    result += changeEntries
    for mark in Mark.allCases
    where nodes.contains(where: { $0.marks.contains(mark) })
      || edges.contains(where: { $0.emphasised.contains { $0.mark == mark } })
    {
      result.append(LegendEntry(sample: .mark(mark), name: mark.rawValue, meaning: mark.meaning))
    }
    for style in Edge.Style.allCases
    where edges.contains(where: { $0.style == style }) && meanings[style] != "" {
      result.append(LegendEntry(sample: .line(style), name: style.rawValue, meaning: meanings[style] ?? style.rawValue))
    }
    for item in signs { result.append(LegendEntry(sample: .sign(item.sign), name: item.sign, meaning: item.meaning)) }
    return result
  }

  private var changeEntries: [LegendEntry] {
    var result: [LegendEntry] = []
    for kind in Change.Kind.allCases {
      let word = kind.rawValue
      if nodes.contains(where: { $0.change?.kind == kind && !$0.isAbsent }) {
        result.append(
          LegendEntry(
            sample: .change(kind, ofBox: true), name: word, meaning: "\(word) by the initiative, with what and when"))
      }
      if edges.contains(where: { $0.change?.kind == kind }) {
        result.append(
          LegendEntry(
            sample: .change(kind, ofBox: false), name: "\(word) line",
            meaning: "a line that the initiative \(kind.verb)"))
      }
    }
    if nodes.contains(where: \.isAbsent) {
      result.append(
        LegendEntry(sample: .absent, name: "absent", meaning: "its place only: it is not there in this frame"))
    }
    return result
  }

  private func kinds(drawnAs shape: Shape) -> [String] {
    var result: [String] = []
    for node in nodes where node.shape == shape && !node.isAbsent && !result.contains(node.kind) {
      result.append(node.kind)
    }
    return result
  }
}

extension Diagram.Change.Kind {
  fileprivate var verb: String {
    switch self {
    case .added: "adds"
    case .changed: "changes"
    case .retired: "takes away"
    }
  }
}
