public import Diagnostics
public import YAMLTree

/// Which of its rules an authority has adopted, and what it lets others be, as `triglyph.yaml` says.
///
/// A rule that is not adopted is read, and its examples run; it judges nothing.
public struct RuleChoice: Sendable {
  public enum Mode: String, Sendable {
    case all
    /// Those that are listed: what comes later is adopted when somebody lists it.
    case only
    /// All but those that are listed.
    case except
  }

  /// A rule that is not adopted.
  public struct Exclusion: Sendable {
    public let rule: String
    /// Nil where the list of those that are adopted leaves it out.
    public let reason: String?
    /// Where it is left out, or the list that it is not in.
    public let range: SourceRange
  }

  public let mode: Mode
  /// By rule id.
  public let exclusions: [Exclusion]
  /// Those in force, by rule id.
  public let overrides: [RuleOverride]
  /// Where `rules` is written.
  public let range: SourceRange?
  private let byRule: [String: Exclusion]
  private let overrideOfRule: [String: RuleOverride]

  /// Every rule, as it is written.
  public static let all = RuleChoice(mode: .all, exclusions: [], overrides: [], range: nil)

  init(mode: Mode, exclusions: [Exclusion], overrides: [RuleOverride], range: SourceRange?) {
    self.mode = mode
    self.exclusions = exclusions.sorted { $0.rule < $1.rule }
    self.overrides = overrides.sorted { $0.rule < $1.rule }
    self.range = range
    byRule = Dictionary(exclusions.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
    overrideOfRule = Dictionary(overrides.map { ($0.rule, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Why a rule is not adopted; nil: it is.
  public func exclusion(of rule: String) -> Exclusion? { byRule[rule] }

  /// What is otherwise in a rule than its document says.
  public func override(of rule: String) -> RuleOverride? { overrideOfRule[rule] }

  /// What reading the choice can report, with a sentence for each id.
  public static let registry: [(id: String, explanation: String)] = [
    (
      "adoption-mistake",
      """
      `rules` of triglyph.yaml says which rules are adopted: `only: […]` lists them, `except:` lists those that are not, \
      each with a reason. Not both, no rule that is not there, and never none.
      """
    ),
    (
      "override-mistake",
      """
      An entry of `overrides` in triglyph.yaml sets the severity, the stage or parameters of one rule, with a reason and \
      a decision that approves and has the rule among its targets. Until that is so the rule is what its document says.
      """
    ),
  ]
}

/// What `triglyph.yaml` sets in a rule in place of what its document says.
public struct RuleOverride: Sendable {
  public let rule: String
  public let severity: Severity?
  /// The position of the stage from which the rule binds initiatives, and its name.
  public let stage: (position: Int32, name: String)?
  /// By the name of the parameter, in the order of writing.
  public let parameters: [(key: YAMLNode, value: YAMLNode)]
  public let reason: String
  /// `decision:id`.
  public let decision: String
  /// Where it is written.
  public let range: SourceRange

  /// What is set, by the key of the rule: `severity`, `stage`, `params.limit`.
  public var settings: [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    if let severity { result.append(("severity", severity.name)) }
    if let stage { result.append(("stage", stage.name)) }
    return result + parameters.map { ("params.\($0.key.text)", $0.value.text) }
  }
}
