public import CEL
public import Catalogue
public import Diagnostics

/// An outcome of a rule at a target that a reader must see: a failure, something undecided, an error.
public struct Finding: Sendable {
  /// A fact that nobody recorded, and where to record it.
  public struct MissingFact: Sendable, Hashable {
    /// `kind:id.field`.
    public var name: String
    public var range: SourceRange?
    /// What stands at the place and is no fact: `owner does not lead anywhere`; nil where nothing does.
    public var flaw: String?
    /// What is written where there is nothing to record: `carries: []`; nil: nothing says so.
    public var none: String?

    /// The name, the place and, where it is a list that may be empty, how to say so.
    public func words(_ place: (SourceRange) -> String) -> String {
      name + (range.map { " (\(place($0)))" } ?? "") + (none.map { "; write `\($0)` if there is none" } ?? "")
    }
  }

  /// One hop of the path that offends.
  public struct Hop: Sendable {
    public var from: String
    public var relation: String?
    /// What carries the hop: the dataset of a flow, or the id of an integration.
    public var carrier: String?
    /// The document that declares the carrier.
    public var range: SourceRange?
    public var to: String
  }

  public var rule: String
  public var outcome: Outcome
  public var severity: Severity
  /// `kind:id` of the target; nil for a rule about the view.
  public var target: String?
  /// The entities and values that identify it, as `kind:id` or text, in the order of the rule.
  public var key: [String]
  /// Rule and key, without a view, a date, a line or a message. Equal findings are one.
  public var identity: String
  public var message: String
  public var place: Place?
  /// The field that `at` names, where it does.
  public var field: String?
  public var label: String?
  public var related: [Diagnostic.Related]
  /// The ways that offend, each hop by hop; mostly one.
  public var paths: [[Hop]]
  public var clause: Clause?
  public var remedy: String
  public var measure: Double?
  public var missing: [MissingFact]
  /// Defaults that the rule read here: `kind:id.field`.
  public var defaults: [String]

  /// In which initiative's view it was found, and what became of it there; nil: in the estate.
  public var inView: InView?

  /// Whether anything takes it out of what counts.
  public var standing = Standing.open
  /// Why what could stand between does not: a waiver that has expired, say.
  public var remarks: [String] = []

  /// What the change that is checked brings to stand before it, which counts when it is merged: its own waiver or entry of
  /// the baseline, while the revision's judge.
  public var onceMerged = Standing.open

  /// What stands between a finding and the verdict.
  public enum Standing: Sendable, Hashable {
    case open
    /// By `waiver:id`, until the day given, which is not of it.
    case waived(by: String, until: CivilDate)
    /// Among those that the authority started with.
    case baselined
    /// There already at the revision that is compared with.
    case known
  }

  /// What an initiative has to do with a finding.
  public struct InView: Sendable {
    /// `initiative:id`, and its stage.
    public var initiative: String
    public var stage: String
    /// Whether it is no more than an idea, of which nothing counts.
    public var isIdea: Bool
    /// The date of the view.
    public var date: CivilDate
    public var comparison: Comparison
    /// What it was in the base: a measure or a severity, where it was another.
    public var before: String?
  }

  /// The first of the ways.
  public var path: [Hop] { paths.first ?? [] }

  public struct Clause: Sendable, Hashable {
    public var id: String
    public var level: String
    public var title: String
    public var described: String { "\(id) (\(level)) \(title)" }
  }

  /// Of a rule's finding, from its key, which is a set: its order does not matter.
  static func identity(_ rule: String, _ key: [String]) -> String {
    let parts = key.map { $0.contains("|") || $0.contains("\\") ? escaped($0) : $0 }
    return "\(rule)|\(parts.sorted().joined(separator: "|"))"
  }

  /// Only texts can hold the separator; an entity's id cannot.
  private static func escaped(_ part: String) -> String {
    part.replacing("\\", with: "\\\\").replacing("|", with: "\\|")
  }

  /// `f-` and ten hexadecimal digits of the SHA-256 of the identity.
  public var shortName: String { Self.shortName(of: identity) }

  /// The same of an identity alone.
  public static func shortName(of identity: String) -> String { "f-" + SHA256.hex(identity).prefix(10) }

  /// One finding of two with one identity: the weightier; of two undecided ones with the facts of both.
  func merged(with other: Finding) -> Finding {
    var result = Self.outweighs(other, self) ? other : self
    if outcome == .undecided, other.outcome == .undecided {
      result.missing = Set(missing + other.missing).sorted { $0.name < $1.name }
    }
    return result
  }

  /// Of two findings with one identity the one that is kept: the worse, then the greater measure, then the shorter
  /// path, then the first message.
  static func outweighs(_ a: Finding, _ b: Finding) -> Bool {
    if a.outcome != b.outcome { return a.outcome > b.outcome }
    if let decided = a.weight.outweighs(b.weight) { return decided }
    return a.message < b.message
  }

  /// What decides between findings with one identity and outcome, before their words.
  struct Weight {
    var severity: Severity
    var measure: Double?
    var hopCount: Int

    /// Nil where both weigh the same.
    func outweighs(_ other: Weight) -> Bool? {
      if severity != other.severity { return severity > other.severity }
      if measure != other.measure { return (measure ?? -.infinity) > (other.measure ?? -.infinity) }
      return hopCount == other.hopCount ? nil : hopCount < other.hopCount
    }
  }

  var weight: Weight { Weight(severity: severity, measure: measure, hopCount: path.count) }
}
