import CEL
import Catalogue
import Diagnostics
import Governance

@testable import Reports

/// The report on a question to a few literal documents.
func answered(_ question: Question, _ texts: [(name: String, text: String)]) async -> AnswerReport? {
  let (report, book) = await report(texts)
  let (prepared, _) = QuestionReader.read(question, report.estate, book)
  return prepared.map { AnswerReport($0.answer(on: report.estate), report.estate) }
}

/// Systems of which one may be in the list, one has an unknown value and one leads to an unknown one.
let asked = Question(
  .kind("system"), condition: "mfa", columns: ["id, name, classification, holds.map(d, d.classification)"])

let questioned = (
  name: "catalogue/estate.yaml",
  text: """
  {kind: dataset, id: cases, name: Cases, classification: secret}
  ---
  {kind: dataset, id: notes, name: Notes}
  ---
  {kind: system, id: warehouse, name: Warehouse of all that anybody ever collected, classification: official, mfa: true, holds: [cases, notes]}
  ---
  {kind: system, id: hub, name: Hub, classification: secret, feeds: [warehouse]}
  ---
  {kind: system, id: gap, name: Gap, mfa: true}
  ---
  {kind: system, id: wide, name: 島の地図, classification: public, mfa: true, holds: [cases]}
  ---
  {kind: system, id: out, name: Out, classification: public, mfa: false}

  """
)
