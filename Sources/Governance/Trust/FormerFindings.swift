internal import Catalogue

/// What was found at a revision, and what is new beside it.
public struct FormerFindings: Sendable {
  /// What a finding is beside those of the revision.
  public enum Novelty: String, Sendable {
    /// Its identity was not there, or it was undecided and fails now.
    case new
    /// It was there, and weighs or measures more now.
    case worse
    case known
  }

  /// The weightiest of each identity that was there; without those of ideas, of which nothing counts.
  private let weighty: [String: Finding]
  private let ofIdeas: [String: Finding]

  /// - Parameters:
  ///   - findings: of the estate and of initiatives' views.
  ///   - renames: what has another id now, `kind:id` by `kind:id`: its findings are the same.
  public init(_ findings: [Finding], renames: [String: String] = [:]) {
    var weighty: [String: Finding] = [:]
    var ofIdeas: [String: Finding] = [:]
    for former in findings where former.isPresent {
      let finding = former.following(renames)
      if finding.inView?.isIdea == true {
        ofIdeas[finding.identity] = ofIdeas[finding.identity].map { $0.merged(with: finding) } ?? finding
      } else {
        weighty[finding.identity] = weighty[finding.identity].map { $0.merged(with: finding) } ?? finding
      }
    }
    self.weighty = weighty
    self.ofIdeas = ofIdeas
  }

  /// The finding of the same identity that was there. One of an idea counts for ideas only.
  public func former(of finding: Finding) -> Finding? {
    weighty[finding.identity] ?? (finding.inView?.isIdea == true ? ofIdeas[finding.identity] : nil)
  }

  public func novelty(of finding: Finding) -> Novelty {
    guard let former = former(of: finding) else { return .new }
    if finding.outcome == .failed, former.outcome != .failed { return .new }
    guard finding.outcome == .failed else { return .known }
    if finding.severity > former.severity { return .worse }
    if let measure = finding.measure, let before = former.measure, measure > before { return .worse }
    return .known
  }
}

extension Finding {
  /// The same finding about what its target and its key are called now.
  ///
  /// Both sides have one judge, so what rules say of documents that judge bears one side's names already; what the
  /// built-in rules say of them bears each side's own.
  func following(_ renames: [String: String]) -> Finding {
    if renames.isEmpty { return self }
    let isBuiltIn = IntegrityRules.registry.contains { $0.id == rule }
    func followed(_ part: String) -> String {
      if !isBuiltIn, Judge.kinds.contains(where: { part.hasPrefix("\($0):") }) { return part }
      return Self.followed(part, renames)
    }
    let key = key.map(followed)
    if key == self.key { return self }
    var result = self
    result.key = key
    result.target = target.map(followed)
    // In the built-in rules' keys entity, field and reference have their places.
    result.identity = isBuiltIn ? "\(rule)|\(key.joined(separator: "|"))" : Self.identity(rule, key)
    return result
  }

  /// What something is called now; a flow has its integration's id in its own, then its dataset's and the hop.
  private static func followed(_ part: String, _ renames: [String: String]) -> String {
    if let now = renames[part] { return now }
    // `kind:id.field`.
    if let dot = part.firstIndex(of: "."), let now = renames[String(part[..<dot])] { return now + part[dot...] }
    guard part.hasPrefix("flow:") else { return part }
    var parts = part.dropFirst("flow:".count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 2 else { return part }
    let integration = parts[..<(parts.count - 2)].joined(separator: "/")
    for (old, now) in renames.sorted(by: { $0.key < $1.key }) {
      let (before, after) = (id(old), id(now))
      if before == integration {
        parts.replaceSubrange(..<(parts.count - 2), with: [after])
      } else if before == parts[parts.count - 2] {
        parts[parts.count - 2] = after
      }
    }
    return "flow:" + parts.joined(separator: "/")
  }

  /// `id` of `kind:id`.
  private static func id(_ identity: String) -> String { String(identity.drop { $0 != ":" }.dropFirst()) }

  /// Whether it is there where it was found: not one that an initiative puts right, nor one that its base has already.
  public var isPresent: Bool { inView?.comparison.isOwn ?? true }
}

/// The findings of two sides under one judge.
public struct FindingsDifference: Sendable {
  public struct Change: Sendable {
    public var finding: Finding
    /// What it was, where it was there.
    public var former: Finding?
  }

  /// What was there.
  public let former: FormerFindings
  /// In the order of printing.
  public let new: [Change]
  public let worse: [Change]
  /// There no more.
  public let fixed: [Finding]
  public let unchanged: [Finding]

  /// - Parameters: findings of the estate and of initiatives' views; of several with one identity the estate's is told, else
  ///   that of the first view.
  ///   - renames: what has another id now.
  public init(from base: [Finding], to head: [Finding], renames: [String: String] = [:]) {
    let former = FormerFindings(base, renames: renames)
    var new: [Change] = []
    var worse: [Change] = []
    var unchanged: [Finding] = []
    let now = Self.distinct(head)
    for finding in now {
      let change = Change(finding: finding, former: former.former(of: finding))
      switch former.novelty(of: finding) {
      case .new: new.append(change)
      case .worse: worse.append(change)
      case .known: unchanged.append(finding)
      }
    }
    let identities = Set(now.map(\.identity))
    self.former = former
    self.new = new
    self.worse = worse
    self.unchanged = unchanged
    fixed = Self.distinct(base).filter { !identities.contains($0.following(renames).identity) }
  }

  private static func distinct(_ findings: [Finding]) -> [Finding] {
    var told: Set<String> = []
    let present = findings.filter(\.isPresent)
    let first = present.filter { $0.inView == nil } + present.filter { $0.inView != nil }
    return Finding.inOrder(first.filter { told.insert($0.identity).inserted })
  }
}
