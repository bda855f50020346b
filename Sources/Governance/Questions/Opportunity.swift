internal import CEL
public import Catalogue
public import Diagnostics
internal import YAMLTree

/// Something that there could be less of, as an authority writes it down: a question, and what each element of its answer
/// would save, as a number of things.
public struct Opportunity: Sendable {
  /// The roles by which it is read.
  public enum Role: String, CaseIterable, Sendable { case opportunity, seeks, shows, saves, unit }

  public let row: Int32
  public let unit: String
  public let question: PreparedQuestion

  /// The heading of what an element saves.
  static let savings = Role.saves.rawValue

  /// Those of an estate in the order of their ids, and what is wrong with them.
  public static func all(_ estate: Estate, _ book: RuleBook) -> (opportunities: [Opportunity], mistakes: [Diagnostic]) {
    var found: [Opportunity] = []
    var mistakes: [Diagnostic] = []
    for kind in estate.metamodel.kinds(inRole: Role.opportunity.rawValue) {
      func value(_ role: Role, _ row: Int32) -> Value {
        let field = estate.metamodel.field(inRole: role.rawValue, of: kind.index)
        return field.map { estate.value($0.path, of: row) } ?? .null
      }
      for row in estate.graph.members.rows(ofKind: kind.index) {
        // What is missing is an integrity finding.
        guard case .string(let seeks) = value(.seeks, row), case .string(let saves) = value(.saves, row) else {
          continue
        }
        var columns: [String] = []
        if let view = value(.shows, row).listView {
          columns = (0..<view.count).compactMap { if case .string(let text) = view[$0] { text } else { nil } }
        }
        let document = estate.entity(row).node
        func node(_ role: Role) -> YAMLNode? {
          estate.metamodel.field(inRole: role.rawValue, of: kind.index).flatMap { document?.first($0.path) }
        }
        var places = Places()
        places.add(seeks, at: node(.seeks))
        places.add(saves, at: node(.saves))
        places.add("\(savings): \(saves)", at: node(.saves), offset: savings.utf8.count + 2)
        if let shown = node(.shows), shown.isSequence {
          for place in 0..<shown.count { places.add(shown[item: place].text, at: shown[item: place]) }
        }
        var unit = ""
        if case .string(let text) = value(.unit, row) { unit = text }
        let question = Question(
          .expression(seeks), columns: (columns.isEmpty ? ["id"] : columns) + ["\(savings): \(saves)"], sort: [saves],
          isDescending: true)
        let (prepared, problems) = QuestionReader.read(question, estate, book)
        mistakes += places.placed(problems, entity: estate.identity(row))
        if let prepared { found.append(Opportunity(row: row, unit: unit, question: prepared)) }
      }
    }
    return (found, mistakes)
  }

  /// Every field that the answer reads, for `Estate.deriving`.
  public var reads: Set<Int32> { question.reads }

  /// The answer, and the sum of what its certain rows save.
  public func answer(on estate: Estate) -> (answer: Answer, saves: Int64) {
    let answer = question.answer(on: estate)
    var sum: Int64 = 0
    for row in answer.rows where row.doubt == nil {
      if case .int(let number)? = row.cells.last { sum = sum.addingReportingOverflow(max(0, number)).partialValue }
    }
    return (answer, sum)
  }
}
