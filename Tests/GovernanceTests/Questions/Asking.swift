import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// What a small estate says to a question, one line a row.
struct Asked {
  let estate: Estate
  let answer: Answer?
  let diagnostics: [Diagnostic]

  init(_ question: Question, _ texts: [String], costLimit: Int? = nil) async {
    let checked = await Checked(texts)
    estate = checked.estate
    let (prepared, diagnostics) = QuestionReader.read(question, estate, checked.book)
    answer = prepared?.answer(on: estate, costLimit: costLimit)
    self.diagnostics = diagnostics + (answer?.errors ?? [])
  }

  /// The rows' cells; a row that is undecided begins with `?`.
  var rows: [String] {
    (answer?.rows ?? []).map { row in
      (row.doubt == nil ? "" : "? ") + row.cells.map { ValueText.exact($0, estate) }.joined(separator: " ")
    }
  }

  var value: String? {
    if case .value(let value)? = answer?.content { ValueText.exact(value, estate) } else { nil }
  }

  var headings: [String] { answer?.columns.map(\.heading) ?? [] }
  var mistakes: [String] { diagnostics.map(\.line) }
  var facts: [String] { answer.map { estate.missingFacts($0.facts).map(\.name) } ?? [] }
}

let landscape = """
  {kind: organisation, id: hub, name: Hub}
  ---
  {kind: dataset, id: cases, name: Cases, classification: secret}
  ---
  {kind: dataset, id: notes, name: Notes}
  ---
  {kind: system, id: a, name: Alpha, classification: secret, rto: 4h, cost: 7, holds: [cases, notes], supplier: hub}
  ---
  {kind: system, id: b, name: Beta, classification: official, cost: 9, feeds: [a, c]}
  ---
  {kind: system, id: c, name: Gamma, rto: 1h, cost: 2, holds: [cases], locations: unknown}
  """

func ask(_ expression: String) async -> Asked { await Asked(Question(.expression(expression)), [landscape]) }

func ask(
  kind: String, where condition: String? = nil, columns: String..., sort: [String] = [], isDescending: Bool = false
) async -> Asked {
  await Asked(
    Question(.kind(kind), condition: condition, columns: columns, sort: sort, isDescending: isDescending), [landscape])
}
