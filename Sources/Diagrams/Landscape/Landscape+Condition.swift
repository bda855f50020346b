public import Catalogue
public import Diagnostics
public import Governance

/// Mistakes in an expression that a picture is drawn by, each at its place.
public struct DrawingMistakes: Error, Equatable {
  public let diagnostics: [Diagnostic]

  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}

extension Landscape {
  /// The systems that meet a condition, as `triglyph query --where` finds them, and its answer, which knows what is not
  /// decided.
  ///
  /// - Parameter book: whose functions the condition may call.
  public static func selection(
    _ condition: String, in estate: Estate, _ book: RuleBook
  ) throws(DrawingMistakes) -> (selection: Selection, answer: Answer?) {
    let kinds = DiagramOptions.joinedKinds(estate)
    // Without a kind to draw there is nothing to choose among; the view says which role is missing.
    if kinds.isEmpty { return (Selection(condition: condition, rows: [], undecided: []), nil) }
    let (prepared, mistakes) = QuestionReader.read(question(condition, of: kinds), estate, book)
    guard let prepared else { throw DrawingMistakes(mistakes) }
    let answer = prepared.answer(on: estate)
    if answer.content == nil || !answer.errors.isEmpty { throw DrawingMistakes(answer.errors) }
    var selection = Selection(condition: condition, rows: [], undecided: [])
    for row in answer.rows {
      guard case .entity(let element) = row.element else { continue }
      selection.rows.insert(element)
      if row.doubt != nil { selection.undecided.insert(element) }
    }
    return (selection, answer)
  }

  /// - Parameter kinds: at least one.
  static func question(_ condition: String, of kinds: [String]) -> Question {
    let all = kinds.map { "every(\($0))" }.joined(separator: " + ")
    return Question(.expression(all), condition: condition, columns: ["id"])
  }
}

extension Landscape.Colouring {
  /// What the fills tell by the word that names it.
  ///
  /// - Parameter findings: what is open, where somebody looked; without it `findings` is a field like any other.
  public static func named(_ word: String, findings: OpenFindings? = nil) -> Landscape.Colouring {
    switch word {
    case "phase": .phase
    case _ where roles.contains(word): .role(word)
    default: word == "findings" ? findings.map { .findings($0) } ?? .field(word) : .field(word)
    }
  }

  /// What is known by its role in any vocabulary.
  static let roles = Role.allCases.map(\.rawValue)
  private enum Role: String, CaseIterable { case classification, criticality, owner }

  /// The words that name a colouring of an estate, sorted.
  static func words(_ estate: Estate) -> [String] {
    let kinds = (try? LandscapeReader.endKinds(estate.metamodel)) ?? []
    let known = roles.filter { role in
      kinds.contains { estate.metamodel.field(inRole: role, of: $0.index) != nil }
    }
    return Set(LandscapeReader.tellingFields(estate) + known + ["phase", "findings"]).sorted()
  }
}
