public import CEL
internal import Diagnostics
internal import Governance

/// How the portfolio stood on one day after another, each by the rules of its own day.
public struct TrendReport: Sendable {
  /// One day.
  public struct Row: Sendable {
    public enum State: Sendable {
      /// Evaluated.
      case stood(Standing)
      /// There was nothing to evaluate yet.
      case nothing(reason: String)
      /// There may have been something, and it cannot be read.
      case unreadable(reason: String)
    }

    let date: CivilDate
    /// The first digits of the commit's name; nil: none was found.
    let commit: String?
    let state: State

    public init(date: CivilDate, commit: String?, state: State) {
      self.date = date
      self.commit = commit
      self.state = state
    }
  }

  /// What was found on a day.
  public struct Standing: Sendable {
    let ruleCount: Int
    let initiativeCount: Int
    /// What the estate's findings come to, and what open initiatives answer for.
    let estate: FindingTally
    let own: FindingTally
    let mistakeCount: Int
    let isComplete: Bool

    public init(_ check: CheckReport) {
      ruleCount = check.ruleCount
      initiativeCount = check.portfolio?.checks.count ?? 0
      estate = FindingTally(check.findings)
      own = FindingTally(check.viewFindings.filter { $0.inView?.comparison.isOwn == true })
      mistakeCount = check.inputErrors.count { $0.severity == .error }
      isComplete = check.outcome != .incomplete
    }
  }

  let rows: [Row]
  /// `month`.
  let step: String

  public init(_ rows: [Row], every step: String) {
    self.rows = rows
    self.step = step
  }

  /// 0 where every day was evaluated on which there was something, else 2.
  public var exitStatus: Int32 {
    let isComplete = rows.allSatisfy { row in
      switch row.state {
      case .stood(let standing): standing.isComplete
      case .nothing: true
      case .unreadable: false
      }
    }
    return isComplete ? 0 : 2
  }

  public func text(_ format: ReportFormat, _ options: AnswerReport.Options = AnswerReport.Options()) -> String {
    format.text(of: page, json: json, csv: csv, options)
  }

  private static let severities = Array(Severity.allCases.reversed())

  private var page: Page {
    let (first, last) = (rows.first?.date.text ?? "", rows.last?.date.text ?? "")
    var page = Page(
      title: "How the portfolio stood",
      declared: "every \(step) from \(first) to \(last), as declared in the catalogue at the revision of each day")
    page.paragraph(
      "Each day is judged by the rules, waivers and decisions of its own revision: where rules were adopted, more can be found without anything being worse."
    )
    page.paragraph(
      "Under “open” stand the open initiatives, under “fail by” what they introduce or worsen. The severities are the estate's; undecided and waived is told of both."
    )
    let others = ["undecided", "waived", "baselined"]
    let counts =
      ["rules", "open", "fail by"] + Self.severities.map(\.name) + others
    var table = Page.Table(["day", "revision"] + counts, numbers: Set(counts))
    var notes: [(first: Row, last: Row, text: String)] = []
    func note(_ row: Row, _ text: String) {
      // Neighbours of which the same is to be said share a line.
      if let last = notes.last, last.text == text {
        notes[notes.count - 1].last = row
      } else {
        notes.append((row, row, text))
      }
    }
    for row in rows {
      let head = [Page.Cell(row.date.text), Page.Cell(row.commit ?? "-")]
      switch row.state {
      case .stood(let standing):
        let estate = standing.estate
        let cells =
          [
            Page.Cell(standing.ruleCount), Page.Cell(standing.initiativeCount), Page.Cell(standing.own.failures, .bad),
          ] + Self.severities.map { Page.Cell(estate[$0], .bad) }
        table.rows.append(
          head + cells + [
            Page.Cell(estate.undecided + standing.own.undecided, .doubt),
            Page.Cell(estate.waived + standing.own.waived, .waiting), Page.Cell(estate.baselined, .waiting),
          ])
        if !standing.isComplete { note(row, Self.incompleteness(standing)) }
      case .nothing(let reason):
        table.rows.append(head + counts.map { _ in Page.Cell("") })
        note(row, reason)
      case .unreadable(let reason):
        table.rows.append(head + counts.map { _ in Page.Cell("?", .doubt) })
        note(row, reason)
      }
    }
    page.table(table.withoutEmpty(["minor", "advisory"] + others))
    page.items(
      notes.map { note in
        let (first, last) = (note.first.date.text, note.last.date.text)
        return Page.Item(
          mark: first == last ? first : "\(first) to \(last)", tone: .doubt, code: "", text: note.text)
      })
    return page
  }

  private static func incompleteness(_ standing: Standing) -> String {
    let count = standing.mistakeCount
    return count == 0
      ? "not evaluated completely: a rule met an error"
      : "not evaluated completely: \(count) input \(count == 1 ? "error" : "errors")"
  }

  // MARK: For programs

  private var csv: String {
    var sheet = Sheet(
      ["date", "revision", "state", "note", "rules", "initiatives"] + Self.severities.map(\.name)
        + ["undecided", "waived", "baselined"] + Self.severities.map { "\($0.name)_by_initiatives" }
        + ["undecided_by_initiatives", "waived_by_initiatives", "input_errors"])
    for row in rows {
      var texts = [row.date.text, row.commit ?? ""]
      var numbers: [Int] = []
      switch row.state {
      case .nothing(let reason): texts += ["nothing", reason]
      case .unreadable(let reason): texts += ["unreadable", reason]
      case .stood(let standing):
        texts +=
          standing.isComplete ? ["complete", ""] : ["incomplete", Self.incompleteness(standing)]
        numbers = [standing.ruleCount, standing.initiativeCount]
        numbers += Self.severities.map { standing.estate[$0] }
        numbers += [standing.estate.undecided, standing.estate.waived, standing.estate.baselined]
        numbers += Self.severities.map { standing.own[$0] }
        numbers += [standing.own.undecided, standing.own.waived, standing.mistakeCount]
      }
      var cells = texts.map { Sheet.Cell(text: $0) } + numbers.map { Sheet.Cell(text: "\($0)", isNumber: true) }
      while cells.count < sheet.columns.count { cells.append(Sheet.Cell(text: "")) }
      sheet.rows.append(Sheet.Row(cells: cells))
    }
    return DelimitedText.csv(sheet, hasHeadings: true)
  }

  private var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", StatementJSON.format)
      writer.field("tool", "triglyph")
      writer.field("report", "trend")
      writer.field("asOf", rows.last?.date.text)
      writer.field("every", step)
      writer.field("outcome", exitStatus == 0 ? "complete" : "incomplete")
      writer.field("exitStatus", Int(exitStatus))
      writer.array("rows", of: rows) { row, writer in
        writer.object { writer in
          writer.field("date", row.date.text)
          writer.field("commit", row.commit)
          switch row.state {
          case .nothing(let reason):
            writer.field("state", "nothing")
            writer.field("reason", reason)
          case .unreadable(let reason):
            writer.field("state", "unreadable")
            writer.field("reason", reason)
          case .stood(let standing):
            writer.field("state", standing.isComplete ? "complete" : "incomplete")
            writer.field("rules", standing.ruleCount)
            writer.field("initiatives", standing.initiativeCount)
            writer.field("inputErrors", standing.mistakeCount)
            StatementJSON.tally(standing.estate, named: "estate", &writer)
            StatementJSON.tally(standing.own, named: "own", &writer)
          }
        }
      }
    }
    return writer.text
  }
}
