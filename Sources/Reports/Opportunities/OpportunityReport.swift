internal import CEL
public import Catalogue
public import Diagnostics
public import Governance

/// What there could be less of, what saves most first.
public struct OpportunityReport: Sendable {
  public struct Item: Sendable {
    let opportunity: Opportunity
    let answer: Answer
    let saves: Int64
  }

  let items: [Item]
  let estate: Estate
  let inputErrorCount: Int

  /// - Parameter estate: with the derived fields that the opportunities read.
  public init(_ opportunities: [Opportunity], _ estate: Estate, inputErrorCount: Int = 0) {
    self.estate = estate
    self.inputErrorCount = inputErrorCount
    items = opportunities.map { item in
      let (answer, saves) = item.answer(on: estate)
      return (Item(opportunity: item, answer: answer, saves: saves), estate.identity(item.row))
    }.sorted { a, b in
      a.0.saves != b.0.saves ? a.0.saves > b.0.saves : a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }.map(\.0)
  }

  /// 0 where everything was evaluated completely, else 2.
  public var exitStatus: Int32 {
    inputErrorCount == 0 && items.allSatisfy { $0.answer.errors.isEmpty } ? 0 : 2
  }

  /// What could not be evaluated.
  public var errors: [Diagnostic] { items.flatMap(\.answer.errors) }

  public func text(_ format: SheetFormat, _ options: AnswerReport.Options = .init()) -> String {
    switch format {
    case .table: page(options)
    case .csv: DelimitedText.csv(summary(isForPeople: false), hasHeadings: options.hasHeadings)
    case .tsv: DelimitedText.tsv(summary(isForPeople: false), hasHeadings: options.hasHeadings)
    case .json: json
    }
  }

  private func page(_ options: AnswerReport.Options) -> String {
    let layout = TableLayout(style: options.style, width: options.width, hasHeadings: options.hasHeadings)
    var parts = [
      "what there could be less of, counted, on \(estate.graph.date.text)\n", layout.text(summary(isForPeople: true)),
    ]
    if options.isQuiet { return parts.joined(separator: "\n") }
    for item in items where !item.answer.rows.isEmpty {
      let heading = PageHeading(style: options.style, width: options.width)
        .text(estate.name(item.opportunity.row), [estate.identity(item.opportunity.row)])
      let rows = AnswerReport(item.answer, estate, inputErrorCount: inputErrorCount).text(.table, options)
      parts.append("\(heading)\n\(rows)")
    }
    return parts.joined(separator: "\n")
  }

  private func summary(isForPeople: Bool) -> Sheet {
    var sheet = Sheet([
      Opportunity.Role.saves.rawValue, Opportunity.Role.unit.rawValue, "rows", "undecided",
      Opportunity.Role.opportunity.rawValue, "what",
    ])
    for place in [0, 2, 3] { sheet.columns[place].isNumber = true }
    for item in items {
      let row = item.opportunity.row
      let undecided = item.answer.undecidedRowCount
      sheet.append([
        item.answer.content == nil ? "!" : String(item.saves), item.opportunity.unit,
        String(item.answer.rows.count - undecided), String(undecided),
        isForPeople ? estate.entity(row).id : estate.identity(row), estate.name(row),
      ])
    }
    return sheet
  }

  private var json: String {
    var writer = JSONWriter()
    let values = ValueJSON(estate)
    writer.object { writer in
      writer.field("format", "triglyph-opportunities-1")
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      writer.objects("items", of: items) { item, writer in
        writer.field("entity", estate.identity(item.opportunity.row))
        writer.field("name", estate.name(item.opportunity.row))
        writer.field(Opportunity.Role.saves.rawValue, Int(item.saves))
        writer.field(Opportunity.Role.unit.rawValue, item.opportunity.unit)
        writer.field("undecidedCount", item.answer.undecidedRowCount)
        writer.objects("rows", of: item.answer.rows) { row, writer in
          if case .entity(let entity) = row.element { writer.field("entity", estate.identity(entity)) }
          writer.field("isCertain", row.doubt == nil)
          writer.key("values")
          writer.object { writer in
            for (column, cell) in zip(item.answer.columns, row.cells) {
              writer.key(column.heading)
              values.write(cell, &writer)
            }
          }
        }
      }
    }
    return writer.text
  }
}
