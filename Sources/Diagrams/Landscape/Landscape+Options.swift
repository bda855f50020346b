extension Landscape {
  /// What is drawn, and how.
  public struct Options: Equatable, Sendable {
    /// What puts systems together.
    public var grouping: Grouping
    /// What the fills of boxes tell.
    public var colouring = Colouring.phase
    /// Which systems are drawn; nil: all.
    public var selection: Selection?
    /// Draw each system in a box of its own, however many there are.
    public var expand: Bool
    /// Up to so many systems each is a box; beyond, each group is.
    public var boxLimit: Int
    /// The first line of the picture.
    public var title: String
    /// Where boxes lead.
    public var links: LinkTemplate?
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

  /// What the fills of boxes tell. The outline tells the phase, whatever they do.
  public enum Colouring: Equatable, Sendable {
    case phase
    /// The field or relation that has a role: `classification`, `criticality`, `owner`.
    case role(String)
    /// A field or relation by its name in the metamodel.
    case field(String)
    /// What a check found.
    case findings(OpenFindings)
  }

  /// The systems that meet a condition.
  public struct Selection: Equatable, Sendable {
    /// As it was written.
    public var condition: String
    /// Rows that meet it, or may.
    public var rows: Set<Int32>
    /// Those of them of which it is not known whether they do.
    public var undecided: Set<Int32>

    public init(condition: String, rows: Set<Int32>, undecided: Set<Int32>) {
      self.condition = condition
      self.rows = rows
      self.undecided = undecided
    }
  }
}
