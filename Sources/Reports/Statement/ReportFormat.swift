/// How a statement, the portfolio and a trend are written.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, markdown, json, csv, html

  public static let list = "text, markdown, json, csv and html"
}
