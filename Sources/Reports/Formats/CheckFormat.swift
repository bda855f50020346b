/// The forms in which a check can be written.
public enum CheckFormat: String, CaseIterable, Sendable {
  case text, json, sarif, junit, github, gitlab, markdown, csv, html

  /// Those that a roadmap can be written in, too.
  public var isOfRoadmaps: Bool { self == .text || self == .json }

  /// Where forges show what has no place in a file: they refuse an entry without one.
  static let placeOfNone = "triglyph.yaml"

  /// What a report knows of the place it is made in.
  public struct Setting: Sendable {
    /// The version of this program.
    public var version: String
    /// The way from the Git root to the repository, with a slash at its end; empty where they are one.
    public var wayFromGitRoot: String
    /// Which state of the catalogue it is; nil: nobody asked.
    public var provenance: Provenance?

    public init(version: String, wayFromGitRoot: String, provenance: Provenance? = nil) {
      self.version = version
      self.wayFromGitRoot = wayFromGitRoot
      self.provenance = provenance
    }
  }

  /// The whole of an output; `text` is for the form for people.
  public func write(_ report: CheckReport, _ setting: Setting, text: TextReport) -> String {
    switch self {
    case .text: text.text(report)
    case .json: JSONReport.text(report)
    case .sarif: SARIFReport(report, setting).text
    case .junit: JUnitReport.text(report, setting)
    case .github: GitHubReport.annotations(report, setting)
    case .gitlab: GitLabReport.text(report, setting)
    case .markdown: MarkdownReport.text(report, setting, limit: MarkdownReport.commentLimit)
    case .csv: CSVReport.text(report)
    case .html: CheckPage.text(report, setting)
    }
  }

  /// `text, json and csv`.
  public static let list: String = {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }()
}
