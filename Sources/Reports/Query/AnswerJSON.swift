internal import CEL
internal import Catalogue
internal import Governance

/// An answer for programs. The form is documented in docs/json.md; `format` rises when it changes incompatibly.
enum AnswerJSON {
  static let format = 1

  static func text(_ report: AnswerReport) -> String {
    let (answer, estate) = (report.answer, report.estate)
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", format)
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      writer.field("outcome", report.exitStatus == 0 ? "complete" : "incomplete")
      writer.field("exitStatus", Int(report.exitStatus))
      question(answer.question, &writer)
      writer.field("type", answer.typeName)
      switch answer.content {
      case .value(let value)?:
        writer.key("value")
        ValueJSON(estate).write(value, &writer)
      case .rows(let rows)?: table(rows, answer, estate, &writer)
      case nil: break
      }
      writer.objects("missing", of: estate.missingFacts(answer.facts)) { fact, writer in
        writer.field("fact", fact.name)
        JSONReport.place(fact.range, &writer)
      }
      writer.array("errors", of: answer.errors) { error, writer in
        JSONReport.diagnostic(error, &writer)
      }
      writer.field("inputErrors", report.inputErrorCount)
    }
    return writer.text
  }

  private static func question(_ question: Question, _ writer: inout JSONWriter) {
    switch question.subject {
    case .expression(let text): writer.field("expression", text)
    case .kind(let name): writer.field("kind", name)
    }
    writer.field("where", question.condition)
    if !question.groups.isEmpty { writer.field("groupBy", question.groups) }
    if !question.sort.isEmpty {
      writer.field("sort", question.sort)
      writer.field("descending", question.isDescending)
    }
  }

  private static func table(
    _ rows: [Answer.Row], _ answer: Answer, _ estate: Estate, _ writer: inout JSONWriter
  ) {
    let values = ValueJSON(estate)
    writer.objects("columns", of: answer.columns) { column, writer in
      writer.field("heading", column.heading)
      writer.field("type", column.typeName)
    }
    writer.field("count", rows.count - answer.undecidedRowCount)
    writer.field("undecidedCount", answer.undecidedRowCount)
    writer.field("unknownValues", answer.undecidedValueCount)
    writer.field("open", answer.open != nil)
    writer.field("isOrderCertain", answer.order == nil)
    writer.objects("rows", of: rows) { row, writer in
      if case .entity(let entity) = row.element { writer.field("entity", estate.identity(entity)) }
      writer.key("values")
      writer.object { writer in
        for (column, cell) in zip(answer.columns, row.cells) {
          writer.key(column.heading)
          values.write(cell, &writer)
        }
      }
      if let doubt = row.doubt { values.undecided(doubt.facts, &writer) }
    }
  }
}
