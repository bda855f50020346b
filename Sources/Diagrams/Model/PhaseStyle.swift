/// How a phase is drawn: by fill, by line and by text, so that colour never stands alone. Fills are light enough for ink
/// to pass WCAG AA by far; blue and orange are told apart by the colour-blind.
struct PhaseStyle: Equatable, Sendable {
  enum Stroke { case solid, dashed, dotted, bold }

  var fill: Colour
  var line: Colour
  var stroke: Stroke
  /// What the box says; nil for what needs no word.
  var word: String?
  /// What the legend says.
  var title: String

  /// Where it stands in a legend.
  var rank: Int

  init(_ phase: LandscapeModel.Phase, _ model: LandscapeModel) {
    self.init(phase, names: model.phaseNames, live: model.livePhases)
  }

  init(_ phase: LandscapeModel.Phase, names: [String], live: Set<Int>) {
    let firstLive = live.min() ?? 0
    switch phase {
    case .known(let position):
      rank = position
      let name = names.indices.contains(position) ? Self.readable(names[position]) : "?"
      title = name
      if position < firstLive {
        (fill, line, stroke, word) = (Colour(0xDCEBF7), Colour(0x0B4F8A), .dashed, name)
      } else if position == firstLive {
        (fill, line, stroke, word) = (.paper, Colour(0x33414D), .solid, nil)
      } else {
        (fill, line, stroke, word) = (Colour(0xFCE4BF), Colour(0x7A4100), .bold, name)
      }
    case .unknown:
      rank = names.count
      (fill, line, stroke, word) = (Colour(0xE6E6E6), Colour(0x4D4D4D), .dotted, "phase not recorded")
      title = "phase not recorded"
    case .none:
      rank = names.count + 1
      (fill, line, stroke, word) = (Colour(0xF7F7F7), Colour(0x33414D), .solid, nil)
      title = "has no phases"
    }
  }

  /// How a box in the phase is drawn.
  var attributes: [DOTAttribute] {
    let style: DOTAttribute
    switch stroke {
    case .solid: style = .word("style", "filled")
    case .dashed: style = .word("style", "filled,dashed")
    case .dotted: style = .word("style", "filled,dotted")
    case .bold: style = .word("style", "filled,bold")
    }
    return [.colour("fillcolor", fill), .colour("color", line), style]
  }

  /// `phaseOut` as `phase out`.
  static func readable(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isUppercase, !result.isEmpty { result += " " }
      result += character.lowercased()
    }
    return result
  }
}
