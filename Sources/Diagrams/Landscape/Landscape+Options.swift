extension Landscape {
  /// What is drawn, and how.
  public struct Options: Equatable, Sendable {
    /// What puts systems together.
    public var grouping: Grouping
    /// Draw each system in a box of its own, however many there are.
    public var expand: Bool
    /// Up to so many systems each is a box; beyond, each group is.
    public var boxLimit: Int
    /// The first line of the picture.
    public var title: String
    /// What is looked at instead of the catalogue as it stands, in words: `with initiative X`.
    public var sight: String?

    public init(
      grouping: Grouping = .owner, expand: Bool = false, boxLimit: Int = 150, title: String = "Landscape"
    ) {
      self.grouping = grouping
      self.expand = expand
      self.boxLimit = boxLimit
      self.title = title
    }
  }

  /// What puts systems together.
  public enum Grouping: Equatable, Sendable {
    /// The relation in role `owner`.
    case owner
    /// A field or relation by its name in the metamodel: whoever calls names it, not this module.
    case field(String)
  }
}
