public import Catalogue
public import Diagnostics

/// The waivers of a repository, with what is wrong with them.
public struct WaiverBook: Sendable {
  /// Sorted by name; one with a mistake is absent and waives nothing.
  public let waivers: [Waiver]
  /// Sorted for printing.
  public let diagnostics: [Diagnostic]
  /// Every field that a condition reads, for `Estate.deriving`.
  public let reads: Set<Int32>
  public let limits: WaiverLimits
  /// Ids of rules that have a mistake, and so find nothing.
  let brokenRules: Set<String>
  /// Ids of rules that are not adopted, and so find nothing.
  let excludedRules: Set<String>
  private let byRule: [String: [Waiver]]
  /// By rule and by what they name.
  private let byPart: [String: [String: [Waiver]]]

  public init(_ estate: Estate, _ rules: RuleBook) {
    var reader = WaiverReader(estate, rules)
    waivers = reader.read()
    diagnostics = reader.diagnostics.sortedForPrinting()
    reads = reader.reads
    limits = WaiverLimits(estate)
    let known = Set(rules.allRules.map(\.id))
    brokenRules = Set(estate.rows(ofKind: "rule").map { estate.entity($0).id }).subtracting(known)
    excludedRules = known.subtracting(rules.rules.map(\.id))
    byRule = Dictionary(grouping: waivers, by: \.rule)
    byPart = byRule.mapValues { waivers in
      waivers.reduce(into: [:]) { result, waiver in
        for part in waiver.parts { result[part, default: []].append(waiver) }
      }
    }
  }

  /// The waivers of a rule, by name.
  func waivers(of rule: String) -> [Waiver] { byRule[rule] ?? [] }

  /// Those that name a finding, by name.
  func waivers(naming finding: Finding) -> [Waiver] {
    let candidates = finding.key.first.map { byPart[finding.rule]?[$0] } ?? byRule[finding.rule]
    return (candidates ?? []).filter { $0.names(finding) }
  }

  /// Waivers of the same rule that name something that one names; all of the rule, where it names nothing.
  private func neighbours(of waiver: Waiver) -> [Waiver] {
    if waiver.parts.isEmpty { return waivers(of: waiver.rule) }
    var found: [Int32: Waiver] = [:]
    for part in waiver.parts { for other in byPart[waiver.rule]?[part] ?? [] { found[other.row] = other } }
    return found.values.sorted { $0.name < $1.name }
  }

  /// Those of one thing that began before one, whether it says that it renews them or only takes their place.
  func predecessors(of waiver: Waiver) -> [Waiver] {
    neighbours(of: waiver).filter { other in
      other.row != waiver.row && (other.from, other.name) < (waiver.from, waiver.name)
        && (other.concerns(waiver) || other.row == waiver.renews)
    }
  }

  /// Whether another waiver of the same goes on where one ends.
  func isFollowed(_ waiver: Waiver) -> Bool {
    neighbours(of: waiver).contains { other in
      other.row != waiver.row && other.from <= waiver.until && other.until > waiver.until && other.objection == nil
        && waiver.parts.isSubset(of: other.parts) && other.initiative == waiver.initiative
        && other.expects == waiver.expects
    }
  }

  /// What reading waivers can report, with a sentence for each id.
  public static let registry: [(id: String, explanation: String)] = [
    (
      "waived-twice", "Two waivers whose times overlap are about the same; which one holds would be a matter of chance."
    ),
    ("waiver-mistake", "A waiver that means nothing, or grants what a waiver cannot; it waives nothing."),
  ]
}
