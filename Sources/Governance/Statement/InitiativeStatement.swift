public import CEL
public import Catalogue

/// What can be said of one initiative, standard by standard and clause by clause, from what the catalogue declares.
public struct InitiativeStatement: Sendable {
  /// A rule of a clause.
  public struct Check: Sendable {
    public let rule: String
    public let title: String
    /// The stage from which it binds the initiative, where that is still to come.
    public let bindsFrom: String?
    /// Whether it looked at something of the initiative's.
    public let looked: Bool
  }

  public struct Clause: Sendable {
    public let row: Int32
    /// `data/3`.
    public let id: String
    public let name: String
    /// `must`, `should` or `may`.
    public let level: String
    public let state: ClauseState
    /// By id.
    public let checks: [Check]
    /// What the initiative introduces, worsens or leaves undecided, whatever stands before it.
    public let findings: [Finding]
    /// What is there without it.
    public let inherited: [Finding]
    /// What it puts right, or improves.
    public let resolved: [Finding]
    /// What a person has to vouch for; nil: nothing.
    public let toAttest: String?
    public let attestations: [Attestation]

    /// The first day on which a waiver that stands before it holds no more.
    public var waivedUntil: CivilDate? {
      findings.compactMap { if case .waived(_, let until) = $0.standing { until } else { nil } }.min()
    }

    /// The stage from which the first of its rules binds that is still to come.
    public let dueFrom: String?
  }

  public struct Standard: Sendable {
    public let row: Int32
    public let id: String
    public let name: String
    public let version: String?
    public let clauses: [Clause]
    public let level: ConformanceLevel
    /// What the initiative adds, changes or retires, and no rule of the standard looked at; as `kind:id`.
    public let outside: [String]

    public func count(_ state: ClauseState) -> Int { clauses.count { $0.state == state } }
  }

  public let initiative: Initiative
  /// Whether it is live or closed, so that the estate that it left is judged, as it is: nothing tells any more what it
  /// introduced from what was there.
  public let isOfEstate: Bool
  public let name: String
  /// Nil: not recorded.
  public let stage: String?
  /// Names of those who answer for it.
  public let owners: [String]
  /// The day of its view; of the run, where it has none.
  public let date: CivilDate
  /// Whether that is another than its go-live.
  public let isWithoutGoLive: Bool
  /// By id.
  public let standards: [Standard]
  /// What it introduces, worsens or leaves undecided and no clause asks for: the catalogue's own consistency.
  public let beyond: [Finding]
  /// Everything that it answers for, once.
  public let own: [Finding]
  public let resolved: [Finding]
  /// Whether the vocabulary has a kind in role `attestation`: without one nobody's word can be recorded.
  public let canBeAttested: Bool
  /// What it considered for reuse, and what came of that: `adopt`, `adapt`, `reject`, with the reason.
  public let reuse: [(candidate: String, verdict: String, reason: String)]

  public func count(_ state: ClauseState) -> Int { standards.reduce(0) { $0 + $1.count(state) } }
  /// Failures that count against it.
  public var failures: [Finding] { own.filter { $0.outcome == .failed && $0.standing == .open } }
  /// Rules that could not be evaluated.
  public var errors: [Finding] { own.filter { $0.outcome == .error } }
}
