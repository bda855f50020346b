internal import Catalogue

/// What a side says of its own judging documents, where those of the other side judge it.
public struct OwnJudge: Sendable {
  /// The integrity findings of the side by itself.
  private let integrity: [Finding]
  /// The waivers and the entries of the baseline that it has, by name and identity.
  private let papers: Set<String>
  private let findings: [Key: Finding]

  private struct Key: Hashable {
    var identity: String
    var initiative: String?

    init(_ finding: Finding) {
      identity = finding.identity
      initiative = finding.inView?.initiative
    }
  }

  /// - Parameter findings: of the side as it judges itself, with what its waivers and its baseline stand before.
  public init(integrity: [Finding], papers: Set<String>, findings: [Finding] = []) {
    self.integrity = integrity.filter(Self.isOfJudge)
    self.papers = papers
    self.findings = Dictionary(findings.map { (Key($0), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The findings of an estate about its own completeness, those about judging documents as its own side has them.
  public func integrity(_ findings: [Finding]) -> [Finding] { findings.filter { !Self.isOfJudge($0) } + integrity }

  /// Without findings about waivers and entries of the baseline that the side has not: what hides nothing there is gone
  /// with it. Nor with those about a waiver that calls something by the other side's name.
  ///
  /// - Parameter integrity: of the side by the other's documents.
  public func papers(_ findings: [Finding], _ integrity: [Finding]) -> [Finding] {
    let dangling = IntegrityFinding.Rule.danglingReference.rawValue
    let misnaming = Set(integrity.filter { $0.rule == dangling }.compactMap(\.target))
    return findings.filter { finding in
      PaperRule(rawValue: finding.rule) == nil
        || finding.key.allSatisfy { papers.contains($0) && !misnaming.contains($0) }
    }
  }

  /// Says of a finding before which nothing stands what the side's own waivers and baseline would do about it.
  public func foretell(_ finding: inout Finding) {
    guard finding.standing == .open, let own = findings[Key(finding)] else { return }
    finding.onceMerged = own.standing
    for remark in own.remarks where !finding.remarks.contains(remark) {
      finding.remarks.append("in this change: \(remark)")
    }
  }

  private static func isOfJudge(_ finding: Finding) -> Bool {
    finding.target.map { target in Judge.kinds.contains { target.hasPrefix("\($0):") } } ?? false
  }
}
