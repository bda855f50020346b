/// How a statement, the portfolio and a trend are written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, markdown, json, csv, html

  public static let list = "text, markdown, json, csv and html"
}

extension ReportFormat {
  /// A report in this format, of the page that is read and what machines read.
  func text(
    of page: @autoclosure () -> Page, json: @autoclosure () -> String, csv: @autoclosure () -> String,
    _ options: AnswerReport.Options
  ) -> String {
    switch self {
    case .text: page().text(style: options.style, width: options.width)
    case .markdown: page().markdown
    case .html: page().html
    case .json: json()
    case .csv: csv()
    }
  }
}
