extension Diagram {
  /// A box.
  struct Node: Sendable {
    /// What it is known by for good: `kind:id`, or what several that are folded have in common.
    var key: String
    var name: String
    /// What it is, in a word or two: `system`.
    var kind: String
    /// Keys of those that it stands for, where it is several.
    var members: [String] = []
    var shape = Shape.box
    var phase: PhaseStyle
    /// Short statements, one a line.
    var facts: [String] = []
    /// Lists under a heading, each in a compartment of its own.
    var sections: [Section] = []
    var marks: [Mark] = []
    /// What the marks say here.
    var emphasised: [(mark: Mark, text: String)] = []
    var link: DiagramLink?
    /// The position of the cluster that it is in.
    var cluster: Int?
    /// What the initiative in whose view it is drawn does to it.
    var change: Change?
    /// Whether only its place is kept: it is not there in this frame.
    var isAbsent = false

    init(key: String, name: String, kind: String, phase: PhaseStyle) {
      self.key = key
      self.name = name
      self.kind = kind
      self.phase = phase
    }
  }

  struct Section: Sendable {
    var title: String
    var lines: [String]
  }

  /// What joins two boxes.
  struct Edge: Sendable {
    /// How a line is drawn.
    enum Style: String, CaseIterable, Sendable { case solid, dashed, dotted, double, thick }

    /// Positions of the nodes.
    var from: Int
    var to: Int
    var style = Style.solid
    /// One entry for each thing that the line stands for: its lines.
    var labels: [[String]] = []
    /// Whether a laid out picture leaves its words to its tooltip.
    var isTerse = false
    /// How many things it stands for.
    var count = 1
    /// What the initiative in whose view it is drawn does to it.
    var change: Change?
    /// Statements with the sign of a mark.
    var emphasised: [(mark: Mark, text: String)] = []

    /// What the sign of a change and marks stand before.
    var pointedOut: [String] { (change?.lines ?? []) + emphasised.map { $0.mark.sign + $0.text } }
  }

  /// The outline of a box: what joins by integrations has corners, all else is rounded; a card is a day or a span of days.
  enum Shape: String, CaseIterable, Sendable {
    case box, rounded, stack, card

    /// Whether what it stands for has phases of its own.
    var hasPhase: Bool { self == .box || self == .rounded }
  }

  /// What a view points out in a box: by an outline, and by words that stand in the box.
  enum Mark: String, CaseIterable, Sendable {
    case subject, named, single, slow, lower, introduced, worsened, undecided, improved, resolved

    /// Whether it is something to be glad of.
    var isGood: Bool { self == .improved || self == .resolved }

    /// Before the words of the mark; DejaVu Sans has them.
    var sign: String {
      switch self {
      case .subject: ""
      case .named: "● "
      case .single: "✖ "
      case .slow: "▲ "
      case .lower: "▼ "
      case .introduced, .worsened: "⚠ "
      case .undecided: "? "
      case .improved, .resolved: "✔ "
      }
    }

    /// What the legend says.
    var meaning: String {
      switch self {
      case .subject: "what the picture is about"
      case .named: "what the finding names with it"
      case .single: "fails alone, and what the picture is about stops"
      case .lower: "rated lower than the data"
      case .slow: "comes back later than something above it has to"
      case .introduced: "a rule fails here because of the initiative; the number leads to the list"
      case .worsened: "a rule failed here and fails by more"
      case .undecided: "a rule cannot be decided here because of the initiative: facts are missing"
      case .improved: "a rule fails here by less than before"
      case .resolved: "a rule failed here and fails no more"
      }
    }
  }
}
