internal import CEL
public import Catalogue
internal import Diagnostics
public import Governance

/// What depends on an entity as text: a page for people, or rows for programs.
public struct ImpactReport: Sendable {
  public typealias Options = AnswerReport.Options

  let impact: Impact
  /// The initiative in whose view it is; nil: the estate's own.
  let initiative: Initiative?
  /// Whether everything is listed, or of what is much the nearest.
  let listsAll: Bool
  let inputErrorCount: Int

  public init(_ impact: Impact, with initiative: Initiative? = nil, listsAll: Bool = false, inputErrorCount: Int = 0) {
    self.impact = impact
    self.initiative = initiative
    self.listsAll = listsAll
    self.inputErrorCount = inputErrorCount
  }

  /// 0, or 2 where mistakes in the input may hide something.
  public var exitStatus: Int32 { inputErrorCount == 0 ? 0 : 2 }

  public func text(_ format: SheetFormat, _ options: Options = Options()) -> String {
    switch format {
    case .table: ImpactPage(self, options).text
    case .json: ImpactJSON.text(self)
    case .csv: DelimitedText.csv(ImpactSheet.all(self), hasHeadings: options.hasHeadings)
    case .tsv: DelimitedText.tsv(ImpactSheet.all(self), hasHeadings: options.hasHeadings)
    }
  }

  /// One line about what rows do not show, for standard error; nil where they show all.
  public var warning: String? {
    let words = ImpactWords(impact)
    var parts: [String] = []
    if !impact.plans.isEmpty {
      parts.append("\(words.count(impact.plans.count, "initiative", "initiatives")) at work here")
    }
    if !impact.endings.isEmpty { parts.append(words.count(impact.endings.count, "end ahead", "ends ahead")) }
    if !impact.open.isEmpty { parts.append("\(impact.open.count) more may depend on it") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ") + "; `-f table` and `-f json` tell which"
  }
}
