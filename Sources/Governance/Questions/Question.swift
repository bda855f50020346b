/// What somebody asks of an estate, as it was typed.
public struct Question: Sendable {
  /// What the answer is made of.
  public enum Subject: Sendable {
    /// An expression about the whole estate.
    case expression(String)
    /// All entities of a kind or a union.
    case kind(String)
  }

  public var subject: Subject
  /// A condition on `self`, an element of the list that the subject gives.
  public var condition: String?
  /// Expressions on `self`, several in one text separated by commas; none: what tells most of such an element.
  public var columns: [String]
  /// Expressions on `self` that the rows are sorted by; none: the order of the list.
  public var sort: [String]
  public var isDescending: Bool
  /// Expressions on `self` that the rows are put together by and counted; none: each row stands by itself. An element of a
  /// list counts for itself.
  public var groups: [String]

  public init(
    _ subject: Subject, condition: String? = nil, columns: [String] = [], sort: [String] = [],
    isDescending: Bool = false, groups: [String] = []
  ) {
    self.subject = subject
    self.condition = condition
    self.columns = columns
    self.sort = sort
    self.isDescending = isDescending
    self.groups = groups
  }
}
