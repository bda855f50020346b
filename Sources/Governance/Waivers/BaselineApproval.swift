internal import CEL
public import Catalogue

/// What a decision lets into the baseline: it approves, and names under `baseline` the rule or the finding's identity. One
/// that approves something else lets nothing in.
public struct BaselineApproval: Sendable {
  /// `decision:id`.
  public let name: String
  public let approves: Bool
  /// Rules' ids and findings' identities, by today's names.
  private let named: Set<String>

  /// - Precondition: the row is a decision's.
  public init(_ decision: Int32, _ estate: Estate) {
    name = estate.identity(decision)
    approves = Approval.approves(decision, estate)
    guard let view = estate.value("baseline", of: decision).listView else {
      named = []
      return
    }
    named = Set(
      (0..<view.count).compactMap { index in
        guard case .string(let text) = view[index] else { return nil }
        return BaselineReader.current(text, estate)
      })
  }

  /// Whether a finding's identity, by today's names, or its rule is named.
  public func names(_ identity: String) -> Bool {
    named.contains(identity) || named.contains(BaselineReader.parts(identity).first ?? identity)
  }

  /// Why it does not let a finding in; nil: it does.
  func objection(to identity: String) -> String? {
    if !approves { return "\(name) does not approve" }
    return names(identity) ? nil : "\(name) does not name it, or its rule, under `baseline`"
  }
}
