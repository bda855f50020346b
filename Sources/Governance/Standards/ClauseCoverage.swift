internal import CEL
public import Catalogue

/// Which clauses of the standards rules check, and which nobody looks at.
public struct ClauseCoverage: Sendable {
  /// One clause, and who looks at it.
  public struct Entry: Sendable {
    public let clause: Int32
    /// Rules that run, by id.
    public let rules: [Rule]
    /// What a person attests; nil: nothing.
    public let attested: String?
    public var isUnchecked: Bool { rules.isEmpty && attested == nil }
  }

  /// By standard, in the order of the clauses' numbers.
  public let entries: [Entry]

  /// - Parameter rules: those that run.
  public init(_ estate: Estate, _ rules: [Rule]) {
    var byClause: [Int32: [Rule]] = [:]
    for rule in rules where rule.status == .active {
      for clause in rule.clauses { byClause[clause, default: []].append(rule) }
    }
    entries = Self.sorted(estate.rows(ofKind: "clause"), estate).map { clause in
      var attested: String?
      if case .string(let text) = estate.value("attested", of: clause) { attested = text }
      return Entry(clause: clause, rules: byClause[clause] ?? [], attested: attested)
    }
  }

  /// Clauses that no rule checks and nobody attests.
  public var unchecked: [Int32] { entries.filter(\.isUnchecked).map(\.clause) }

  /// The clauses of a standard, as people count: 2 before 10.
  public static func clauses(of standard: Int32, _ estate: Estate) -> [Int32] {
    sorted(estate.rows(ofKind: "clause").filter { estate.entity($0).owner == standard }, estate)
  }

  static func sorted(_ clauses: [Int32], _ estate: Estate) -> [Int32] {
    func key(_ row: Int32) -> (standard: String, number: Int, own: String) {
      let parts = estate.entity(row).id.split(separator: "/", maxSplits: 1).map(String.init)
      let own = parts.last ?? ""
      return (parts.first ?? "", Int(own) ?? .max, own)
    }
    return clauses.map { (key($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
