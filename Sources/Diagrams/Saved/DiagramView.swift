internal import Catalogue
internal import Governance

/// What a saved diagram can show: the word of its `view`, what it takes, and how it is made.
///
/// A view more is one entry in `all` and its word in the enumeration `diagramView` of the built-in kinds.
struct DiagramView: Sendable {
  /// A key that some views take and others do not; title and date are taken by all.
  enum Key: String, CaseIterable, Sendable { case expand, groupBy, colourBy, hops, link, `where` }

  /// What it is about.
  struct Subjects: Sendable {
    var count: ClosedRange<Int>
    /// By name; empty where the metamodel lacks the view's roles.
    var kinds: @Sendable (Estate) -> [String]

    static let none = Subjects(count: 0...0) { _ in [] }

    static func one(_ kinds: @escaping @Sendable (Estate) -> [String]) -> Subjects {
      Subjects(count: 1...1, kinds: kinds)
    }
  }

  /// Whether it looks in the view of an initiative.
  enum Sight: Sendable { case any, required, none }

  var word: String
  var subjects = Subjects.none
  var keys: [Key] = []
  var sight = Sight.any
  /// The kinds whose entities `where` is asked of, by name.
  var conditionKinds: @Sendable (Estate) -> [String] = { _ in [] }
  /// What `groupBy` and `colourBy` can say.
  var choices: @Sendable (Key, Estate) -> [String] = { _, _ in [] }
  /// What must be run before it can be drawn.
  var need: @Sendable (SavedDiagram) -> DiagramFindings.Need = { _ in .nothing }
  var make: @Sendable (SavedDiagram, Scene) throws -> Drawing

  /// Where a saved diagram looks.
  struct Scene {
    var estate: Estate
    var options: DiagramOptions
    /// In the order of their rows, all there and as many as the view takes.
    var subjects: [Int32]
    /// Whose functions a condition may call.
    var book: RuleBook
    var found: DiagramFindings?

    /// What was found; nobody draws a picture that tells findings without.
    func findings() throws(DiagramFailure) -> DiagramFindings {
      guard let found else { throw .nothingToDraw("it tells findings, and no rule was run") }
      return found
    }
  }

  static let all = [
    DiagramView(
      word: "capabilities", keys: [.colourBy, .expand, .link],
      choices: { _, _ in CapabilityHeat.allCases.map(\.rawValue) }
    ) {
      try CapabilityMap(
        $1.estate, heat: $0.colourBy.flatMap { CapabilityHeat(rawValue: $0) } ?? .systems, $1.options
      ).drawing
    },
    DiagramView(word: "context", subjects: .one(DiagramOptions.joinedKinds), keys: [.expand, .hops, .link]) {
      try ContextDiagram(of: $1.subjects[0], in: $1.estate, hops: $0.hops ?? 1, $1.options).drawing
    },
    DiagramView(word: "dataflow", subjects: .one(DiagramOptions.dataKinds), keys: [.expand, .link]) {
      try DataflowDiagram(of: $1.subjects[0], in: $1.estate, $1.options).drawing
    },
    DiagramView(word: "dependencies", subjects: .one(DiagramOptions.needingKinds), keys: [.link]) {
      try DependenciesDiagram(of: $1.subjects[0], in: $1.estate, $1.options).drawing
    },
    DiagramView(word: "initiative", keys: [.expand, .link], sight: .required, need: { _ in .check }) {
      let found = try $1.findings()
      return try InitiativeDiagram(
        of: $1.estate, findings: found.view, isWithoutGoLive: found.isWithoutGoLive, $1.options
      ).drawing
    },
    DiagramView(
      word: "integration", subjects: Subjects(count: 2...200, kinds: DiagramOptions.joinedKinds), keys: [.link]
    ) {
      try IntegrationDiagram(of: $1.subjects, in: $1.estate, $1.options).drawing
    },
    DiagramView(
      word: "landscape", keys: [.colourBy, .expand, .groupBy, .link, .where],
      conditionKinds: DiagramOptions.joinedKinds,
      choices: { key, estate in
        key == .groupBy ? LandscapeReader.tellingFields(estate) : Landscape.Colouring.words(estate)
      },
      need: { $0.colourBy == "findings" ? .check : .nothing }
    ) { diagram, scene in
      var options = Landscape.Options(expand: diagram.expand, title: scene.options.title ?? "Landscape")
      if let field = diagram.groupBy { options.grouping = .field(field) }
      if let word = diagram.colourBy {
        let open = word == "findings" ? try scene.findings() : nil
        options.colouring = .named(word, findings: open.map { OpenFindings(estate: $0.estate, view: $0.view) })
      }
      options.selection = try diagram.condition.map {
        try Landscape.selection($0, in: scene.estate, scene.book).selection
      }
      options.links = scene.options.links
      options.sight = scene.options.sight
      return try Landscape(scene.estate, options).drawing
    },
    DiagramView(word: "roadmap", sight: .none, need: { _ in .roadmap }) {
      try RoadmapDiagram(of: $1.estate, findings: $1.findings().roadmap, $1.options).drawing
    },
  ]
}
