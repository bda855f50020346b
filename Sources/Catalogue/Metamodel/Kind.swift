public import Diagnostics

/// One kind of document or part.
public struct Kind: Sendable {
  public enum Lifecycle: Sendable, Equatable {
    case none
    case own
    /// Lives only while what these relations lead to lives; dates of its own narrow that.
    case follows([String])
  }

  /// Kinds that say how initiatives are judged, and by whom: no initiative adds, changes or ends one.
  package static let judging: Set<String> = [
    "condition", "decision", "functions", "initiative", "metamodel", "rule", "settings",
  ]

  public let index: Int
  public let name: String
  public var plural: String
  public var title: String
  public var why: String?
  public var role: String?
  public var lifecycle: Lifecycle = .none
  /// The kind that owns it, where it is only ever a part.
  public var partOf: [Int] = []
  /// The relation from the part to its owner.
  public var ownerRelation: String?
  /// For a part: the key of the parts field that holds it.
  public var partKey: String?
  /// Whether the engine knows it.
  public var isBuiltIn: Bool
  /// Whether documents of it may be written (flows may not).
  public var isWritten = true
  public var range: SourceRange?
  /// Members by path, to the metamodel's numbers.
  public internal(set) var members: [String: Int32] = [:]
  /// Members in the order of declaration.
  public internal(set) var order: [Int32] = []

  init(index: Int, name: String, isBuiltIn: Bool) {
    self.index = index
    self.name = name
    plural = name + "s"
    title = name
    self.isBuiltIn = isBuiltIn
  }

  /// "a system", "an organisation".
  var oneOfIt: String {
    let word = title.lowercased()
    return word.first.map { "aeiou".contains($0) } == true ? "an \(word)" : "a \(word)"
  }
}
