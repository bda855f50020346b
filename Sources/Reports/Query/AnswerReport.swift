internal import CEL
public import Catalogue
public import Diagnostics
public import Governance

/// An answer as text: a table for people, or rows for programs.
public struct AnswerReport: Sendable {
  /// What of the layout can be chosen.
  public struct Options: Sendable {
    public var style: TextStyle
    /// Columns of the terminal; nil: no limit.
    public var width: Int?
    public var hasHeadings: Bool
    public var isQuiet: Bool
    public var isVerbose: Bool

    public init(
      style: TextStyle = .plain, width: Int? = nil, hasHeadings: Bool = true, isQuiet: Bool = false,
      isVerbose: Bool = false
    ) {
      self.style = style
      self.width = width
      self.hasHeadings = hasHeadings
      self.isQuiet = isQuiet
      self.isVerbose = isVerbose
    }
  }

  let answer: Answer
  let estate: Estate
  /// Mistakes in the input, which may hide something from the answer.
  let inputErrorCount: Int

  public init(_ answer: Answer, _ estate: Estate, inputErrorCount: Int = 0) {
    self.answer = answer
    self.estate = estate
    self.inputErrorCount = inputErrorCount
  }

  /// 0 where it was evaluated completely, else 2.
  public var exitStatus: Int32 { answer.errors.isEmpty && inputErrorCount == 0 ? 0 : 2 }

  /// One line about what is not certain, for standard error where only the rows are written; nil where all is.
  public func warning(all: Bool = false) -> String? { AnswerWords(answer: answer, estate: estate).warning(all: all) }

  /// One line that says how many rows there are, for standard error where none is written.
  public var emptiness: String? {
    guard case .rows(let rows)? = answer.content, rows.isEmpty else { return nil }
    return AnswerWords(answer: answer, estate: estate).summary
  }

  /// Empty where the question could not be evaluated.
  public func text(_ format: SheetFormat, _ options: Options = Options()) -> String {
    guard let content = answer.content else { return "" }
    switch format {
    case .json: return AnswerJSON.text(self)
    case .table: return table(content, options)
    case .csv:
      return DelimitedText.csv(sheet(content), hasHeadings: options.hasHeadings && isRows(content))
    case .tsv:
      return DelimitedText.tsv(sheet(content), hasHeadings: options.hasHeadings && isRows(content))
    }
  }

  private func isRows(_ content: Answer.Content) -> Bool { if case .rows = content { true } else { false } }

  private func table(_ content: Answer.Content, _ options: Options) -> String {
    let words = AnswerWords(answer: answer, estate: estate)
    let summary = words.summary.map { $0 + "\n" } ?? ""
    if options.isQuiet, isRows(content) { return summary }
    var parts = [
      TableLayout(style: options.style, width: options.width, hasHeadings: options.hasHeadings && isRows(content))
        .text(sheet(content, isForPeople: true))
    ]
    if case .value(let value) = content, UndecidedFacts.of(value).isEmpty { return parts[0] }
    parts.append(summary)
    if !options.isQuiet { parts.append(words.facts(all: options.isVerbose)) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// For people entities are told by their ids where their kind is plain; programs get `kind:id` everywhere.
  private func sheet(_ content: Answer.Content, isForPeople: Bool = false) -> Sheet {
    switch content {
    case .value(let value):
      var sheet = Sheet(["value"])
      sheet.rows = [Sheet.Row(cells: [CellText(estate).cell(value)])]
      return sheet
    case .rows(let rows):
      var sheet = Sheet(answer.columns.map(\.heading))
      for (index, column) in answer.columns.enumerated() {
        switch column.type {
        case .int, .uint, .double: sheet.columns[index].isNumber = true
        default: continue
        }
      }
      let texts = answer.columns.map {
        CellText(estate, isKindKnown: isForPeople && CellText.isOneKind($0.type))
      }
      sheet.rows = rows.map { row in
        Sheet.Row(cells: zip(texts, row.cells).map { $0.cell($1) }, doubts: doubts(row))
      }
      return sheet
    }
  }

  /// The names of the facts on which a row depends; a mark where they have none.
  private func doubts(_ row: Answer.Row) -> [String] {
    guard let doubt = row.doubt else { return [] }
    let names = estate.missingFacts(doubt.facts).map(\.name)
    return names.isEmpty ? ["?"] : names
  }
}
