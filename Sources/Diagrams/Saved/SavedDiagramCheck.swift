internal import CEL
public import Catalogue
public import Diagnostics
public import Governance
internal import YAMLTree

/// What is wrong in saved diagrams beyond what their kind's declaration says, each at its place in the YAML: nothing is
/// drawn for it.
public struct SavedDiagramCheck {
  private let estate: Estate
  private let book: RuleBook
  private var diagnostics: [Diagnostic] = []

  /// Costs nothing where no diagram is saved.
  public static func diagnostics(_ estate: Estate, _ book: RuleBook) -> [Diagnostic] {
    let diagrams = SavedDiagram.all(in: estate)
    if diagrams.isEmpty { return [] }
    var check = SavedDiagramCheck(estate: estate, book: book)
    for diagram in diagrams { check.check(diagram) }
    return check.diagnostics
  }

  private init(estate: Estate, book: RuleBook) {
    (self.estate, self.book) = (estate, book)
  }

  private mutating func check(_ diagram: SavedDiagram) {
    guard let node = estate.entity(diagram.row).node,
      let view = DiagramView.all.first(where: { $0.word == diagram.view })
    else {
      return
    }
    for key in DiagramView.Key.allCases {
      guard let value = node.first(key.rawValue) else { continue }
      if !view.keys.contains(key) {
        add("diagram-key", "the view `\(view.word)` takes no `\(key.rawValue)`", value, takes(view))
        continue
      }
      switch key {
      case .groupBy, .colourBy: checkChoice(value, key, view)
      case .hops:
        if let hops = diagram.hops, !(1...ContextDiagram.hopLimit).contains(hops) {
          add("diagram-value", "`hops` is between 1 and \(ContextDiagram.hopLimit)", value)
        }
      case .link:
        if diagram.links == nil {
          add("diagram-value", "`link` is an http, https or relative address without spaces and quotes", value)
        }
      case .where: checkCondition(value, view)
      case .expand: continue
      }
    }
    checkInitiative(diagram, node, view)
    checkSubjects(diagram, node, view)
  }

  private mutating func add(_ id: String, _ summary: String, _ node: YAMLNode, _ note: String? = nil) {
    diagnostics.append(Diagnostic(id, .error, summary, at: node.range, notes: note.map { [$0] } ?? []))
  }

  private func takes(_ view: DiagramView) -> String {
    let keys = view.keys.map { "`\($0.rawValue)`" }.sorted()
    let common = view.sight == .none ? "`title` and `asOf`" : "`title`, `asOf` and `with`"
    return "beside \(common) it takes \(keys.isEmpty ? "nothing" : keys.joined(separator: ", "))"
  }

  private mutating func checkChoice(_ value: YAMLNode, _ key: DiagramView.Key, _ view: DiagramView) {
    guard value.isScalar else { return }
    let choices = view.choices(key, estate)
    guard !choices.contains(value.text) else { return }
    add(
      "diagram-value", "the view `\(view.word)` cannot say `\(key.rawValue): \(value.text)`", value,
      suggestion(for: value.text, among: choices) ?? "there are \(choices.joined(separator: ", "))")
  }

  /// The condition is read as `triglyph query --where` reads one, of all that the view shows.
  private mutating func checkCondition(_ value: YAMLNode, _ view: DiagramView) {
    let kinds = view.conditionKinds(estate)
    guard value.isScalar, !kinds.isEmpty else { return }
    let problems = QuestionReader.read(Landscape.question(value.text, of: kinds), estate, book).diagnostics
    diagnostics += problems.map { Self.placed($0, in: value) }
  }

  /// A mistake in what the engine was given of a scalar, at its place in there.
  static func placed(_ problem: Diagnostic, in value: YAMLNode) -> Diagnostic {
    let expression = ExpressionText(value)
    func place(_ range: SourceRange) -> SourceRange {
      range.source.name == "--where" ? expression.range(of: range.utf8Range) : range
    }
    var problem = problem
    problem.range = problem.range.map(place)
    problem.related = problem.related.map { Diagnostic.Related($0.label, at: place($0.range)) }
    problem.fixes = problem.fixes.map { fix in
      Diagnostic.Fix(
        fix.summary,
        replacement: fix.replacement.map { Diagnostic.Fix.Replacement(range: place($0.range), text: $0.text) })
    }
    return problem
  }

  private mutating func checkInitiative(_ diagram: SavedDiagram, _ node: YAMLNode, _ view: DiagramView) {
    if view.sight == .none, let value = node.first("with") {
      add("diagram-key", "the view `\(view.word)` takes no `with`: it is of all open initiatives", value, takes(view))
      return
    }
    if view.sight == .required, node.first("with") == nil, let word = node.first("view") {
      add(
        "diagram-subject",
        "the view `\(view.word)` is of an open initiative, which `with` names, and `with` is not there",
        word)
    }
    if view.need(diagram) == .check, diagram.initiative != nil, let value = node.first("asOf") {
      add(
        "diagram-value", "findings of an initiative are of the day of its own view, so `asOf` cannot say another", value
      )
    }
    guard let value = node.first("with"), let row = diagram.initiative,
      let initiative = estate.initiatives.first(where: { $0.row == row }), !initiative.isOpen
    else { return }
    let why = initiative.isBeforeLive ? "was rejected" : "is live or closed"
    add("diagram-value", "initiative \(initiative.id) \(why): it has no view to look in", value)
  }

  private mutating func checkSubjects(_ diagram: SavedDiagram, _ node: YAMLNode, _ view: DiagramView) {
    guard let value = node.first("of") else {
      if !view.subjects.count.contains(0), let word = node.first("view") {
        add(
          "diagram-subject", "the view `\(view.word)` is of \(Self.words(view.subjects.count)), and `of` is not there",
          word)
      }
      return
    }
    let items = value.isSequence ? (0..<value.count).map { value[item: $0] } : [value]
    if view.subjects.count == 0...0 {
      add("diagram-key", "the view `\(view.word)` takes no `of`", value, takes(view))
      return
    }
    if !view.subjects.count.contains(items.count) {
      add(
        "diagram-subject",
        "the view `\(view.word)` is of \(Self.words(view.subjects.count)), and `of` names \(items.count)", value
      )
      return
    }
    let kinds = view.subjects.kinds(estate)
    for item in items where item.isScalar { checkSubject(item, diagram, view, kinds) }
  }

  private mutating func checkSubject(
    _ item: YAMLNode, _ diagram: SavedDiagram, _ view: DiagramView, _ kinds: [String]
  ) {
    let row: Int32
    if case .found(let found) = estate.find(item.text) {
      row = found
    } else {
      let bringers = estate.initiatives.filter { initiative in
        initiative.isOpen && initiative.added.contains { estate.identity($0) == item.text }
      }
      // What nobody has and nobody brings is the loader's to tell.
      guard let bringer = bringers.first(where: { $0.row == diagram.initiative }) ?? bringers.first,
        let added = bringer.added.first(where: { estate.identity($0) == item.text })
      else { return }
      if bringer.row != diagram.initiative {
        add(
          "diagram-subject", "\(item.text) is not there yet: initiative:\(bringer.id) adds it", item,
          "look in its view: `with: \(bringer.id)`")
        return
      }
      row = added
    }
    if !kinds.contains(estate.kind(of: row).name) {
      let plurals = kinds.compactMap { estate.metamodel.kind(named: $0)?.plural }
      add(
        "diagram-subject",
        "the view `\(view.word)` is of \(plurals.joined(separator: " or ")), and this is none of them", item)
    }
  }

  static func words(_ count: ClosedRange<Int>) -> String {
    switch (count.lowerBound, count.upperBound) {
    case (0, 0): "nothing"
    case (1, 1): "one thing"
    default: "\(count.lowerBound) things or more"
    }
  }

  public static let registry: [(id: String, explanation: String)] = [
    (
      "diagram-key",
      "A saved diagram has a key that its view does not take: whoever wrote it would see another picture than they meant."
    ),
    (
      "diagram-subject",
      "A saved diagram is about what its view cannot show: too many or too few things, of another kind, or not there yet."
    ),
    (
      "diagram-value",
      "A value of a saved diagram is none that its view can draw by: a field that nothing has, an initiative without a view, or a number out of range."
    ),
  ]
}
