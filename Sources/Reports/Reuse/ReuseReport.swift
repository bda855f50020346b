internal import CEL
public import Discovery
internal import Governance

/// What there is to reuse as text: a page for people, or rows for programs.
public struct ReuseReport: Sendable {
  public typealias Options = AnswerReport.Options

  let answer: ReuseAnswer
  /// Whether everything that is offered is told of, or of what is much the first.
  let listsAll: Bool
  let inputErrorCount: Int

  public init(_ answer: ReuseAnswer, listsAll: Bool = false, inputErrorCount: Int = 0) {
    self.answer = answer
    self.listsAll = listsAll
    self.inputErrorCount = inputErrorCount
  }

  /// 0, or 2 where the question says nothing or mistakes in the input may hide something.
  public var exitStatus: Int32 { inputErrorCount == 0 && !answer.isEmptyQuestion ? 0 : 2 }

  public func text(_ format: SheetFormat, _ options: Options = Options()) -> String {
    switch format {
    case .table: ReusePage(self, options).text
    case .json: ReuseJSON.text(self)
    case .csv: DelimitedText.csv(ReuseSheet.all(answer), hasHeadings: options.hasHeadings)
    case .tsv: DelimitedText.tsv(ReuseSheet.all(answer), hasHeadings: options.hasHeadings)
    }
  }

  /// One line about what rows do not show, for standard error; nil where they show all.
  public var warning: String? {
    let words = ReuseWords(answer.estate)
    let notes = words.notes(answer)
    return notes.isEmpty ? nil : notes.joined(separator: "; ")
  }
}
