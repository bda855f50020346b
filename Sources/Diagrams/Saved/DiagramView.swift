internal import CEL
internal import Catalogue

/// What a saved diagram can show: the word of its `view`, what it takes, and how it is made.
///
/// A view more is one entry in `all` and its word in the enumeration `diagramView` of the built-in kinds.
struct DiagramView: Sendable {
  /// A key that some views take and others do not; title, date and initiative are taken by all.
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

  var word: String
  var subjects = Subjects.none
  var keys: [Key] = []
  /// The kinds whose entities `where` is asked of, by name.
  var conditionKinds: @Sendable (Estate) -> [String] = { _ in [] }
  /// What `groupBy` and `colourBy` can say.
  var choices: @Sendable (Key, Estate) -> [String] = { _, _ in [] }
  var make: @Sendable (SavedDiagram, Scene) throws -> Drawing

  /// Where a saved diagram looks.
  struct Scene {
    var estate: Estate
    var options: DiagramOptions
    /// In the order of their rows, all there and as many as the view takes.
    var subjects: [Int32]
  }

  static let all = [
    DiagramView(word: "context", subjects: .one(DiagramOptions.joinedKinds), keys: [.expand, .hops, .link]) {
      try ContextDiagram(of: $1.subjects[0], in: $1.estate, hops: $0.hops ?? 1, $1.options).drawing
    },
    DiagramView(word: "dataflow", subjects: .one(DiagramOptions.dataKinds), keys: [.expand, .link]) {
      try DataflowDiagram(of: $1.subjects[0], in: $1.estate, $1.options).drawing
    },
    DiagramView(word: "dependencies", subjects: .one(DiagramOptions.needingKinds), keys: [.link]) {
      try DependenciesDiagram(of: $1.subjects[0], in: $1.estate, $1.options).drawing
    },
    DiagramView(
      word: "integration", subjects: Subjects(count: 2...200, kinds: DiagramOptions.joinedKinds), keys: [.link]
    ) {
      try IntegrationDiagram(of: $1.subjects, in: $1.estate, $1.options).drawing
    },
    DiagramView(
      word: "landscape", keys: [.expand, .groupBy], conditionKinds: DiagramOptions.joinedKinds,
      choices: { _, estate in LandscapeReader.groupings(estate) }
    ) {
      var options = Landscape.Options(expand: $0.expand, title: $1.options.title ?? "Landscape")
      if let field = $0.groupBy { options.grouping = .field(field) }
      options.sight = $1.options.sight
      return try Landscape($1.estate, options).drawing
    },
  ]
}

extension LandscapeReader {
  /// The fields and relations that a landscape can be grouped by, sorted.
  static func groupings(_ estate: Estate) -> [String] {
    let metamodel = estate.metamodel
    let names = ((try? endKinds(metamodel)) ?? []).flatMap { kind in
      metamodel.fieldNames(ofKind: kind.index).filter { name in
        metamodel.field(name, ofKind: kind.index).map { tellsApart($0.type) } ?? false
      }
    }
    return Set(names).sorted()
  }

  private static func tellsApart(_ type: ValueType) -> Bool {
    switch type {
    case .string, .bool, .int, .date, .enumeration, .entity, .list(.entity): true
    default: false
    }
  }
}
