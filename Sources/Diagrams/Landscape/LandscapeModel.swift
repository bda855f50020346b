/// What a landscape shows: systems in groups and what joins them, free of any notation.
///
/// Systems are in the order of rows (kind, then id), groups in the order of their keys, links in the order of their
/// ends: nothing depends on the order of the input.
struct LandscapeModel: Sendable {
  struct System: Equatable, Sendable {
    /// `kind:id`.
    var identity: String
    var name: String
    var phase: Phase
    /// The position of its group.
    var group: Int
    /// Of the tone that its fill is, where fills tell something else than the phase; and its words.
    var tone: Int?
    var toneWords = ""
    /// Whether it is not known if it belongs here.
    var isDoubtful = false
    var link: DiagramLink?
    /// What the initiative in whose view it is drawn does to it.
    var change: Diagram.Change?
  }

  struct Group: Equatable, Sendable {
    /// What it is sorted and known by: `kind:id` of an entity, or the value's text.
    var key: String
    var name: String
    /// Positions of its systems, ascending.
    var systems: [Int] = []
    var link: DiagramLink?
  }

  /// The integrations that join two systems directly, or as neighbours on the way of one.
  struct Link: Equatable, Sendable {
    /// Positions of the systems; the first is the lesser.
    var ends: [Int]
    /// How many integrations the first end is the opening side of, and how many the second.
    var opened = [0, 0]
    /// How many of them are live.
    var live = 0

    var count: Int { opened[0] + opened[1] }
  }

  /// Where a system stands in its life.
  enum Phase: Hashable, Sendable {
    /// A phase of the metamodel, by its position.
    case known(Int)
    /// Its kind has phases, but nobody recorded which it is in.
    case unknown
    /// Its kind has none.
    case none
  }

  /// What is left out, to be said in the picture.
  struct Omissions: Equatable, Sendable {
    var retiredSystems = 0
    /// Integrations of which an end or a platform is retired, or that are themselves.
    var retiredIntegrations = 0
    /// Integrations that nobody can draw: an end is not recorded or could not be read.
    var openIntegrations = 0
    /// Systems that do not meet the condition, and integrations that lead to them or through them.
    var unchosenSystems = 0
    var unchosenIntegrations = 0
  }

  /// What fills tell, where it is not the phase.
  struct Colouring: Equatable, Sendable {
    /// As people read it.
    var name: String
    /// In the order of the legend.
    var tones: [LandscapeTone] = []
    /// What it does not show, in sentences.
    var notes: [String] = []
  }

  var systems: [System] = []
  var groups: [Group] = []
  var links: [Link] = []
  /// Integrations that are drawn.
  var integrationCount = 0
  var omissions = Omissions()
  /// Phases by position: their names, and which are live.
  var phaseNames: [String] = []
  var livePhases: Set<Int> = []
  /// What the systems are called, in the singular and the plural.
  var noun = (one: "component", many: "components")
  /// The same for what joins them.
  var linkNoun = (one: "link", many: "links")
  /// What they are grouped by, as people read it.
  var groupingName = ""
  /// How many systems are in one group for several values of what they are grouped by.
  var severalCount = 0
  /// Nil: fills tell the phase.
  var colouring: Colouring?
  /// How many integrations the initiative in whose view it is drawn adds, changes or retires; nil: it is no such view.
  var changedIntegrations: Int?
  /// How many systems are drawn that are over on the day of its view, because it ends them.
  var overCount = 0
  /// The condition that systems meet, as it was written.
  var condition: String?
  /// `YYYY-MM-DD`.
  var date = ""
  /// Whose view it is, where it is not the catalogue as it stands.
  var sight: String?

  var when: String { sight.map { "\(date) \($0)" } ?? date }

  /// What the initiative does to systems that are drawn: how many of each, in the order of the kinds.
  var changeCounts: [(kind: Diagram.Change.Kind, count: Int)] {
    Self.changeCounts(systems)
  }

  static func changeCounts(_ systems: [System]) -> [(kind: Diagram.Change.Kind, count: Int)] {
    Diagram.Change.Kind.allCases.compactMap { kind in
      let count = systems.count { $0.change?.kind == kind }
      return count > 0 ? (kind, count) : nil
    }
  }

  /// How the box of a system is drawn: the outline by its phase, the fill by its tone where there is one.
  func style(of system: System) -> PhaseStyle {
    var style = PhaseStyle(system.phase, self)
    if let tone = system.tone, let colouring, colouring.tones.indices.contains(tone) {
      style.fill = colouring.tones[tone].fill
    }
    return style
  }

  /// What a box says under its name: the phase, what its fill tells, whether it belongs here.
  func words(of system: System) -> [String] {
    var result: [String] = []
    if let word = PhaseStyle(system.phase, self).word { result.append(word) }
    if !system.toneWords.isEmpty { result.append(system.toneWords) }
    if system.isDoubtful { result.append("undecided if chosen") }
    return result
  }
}
