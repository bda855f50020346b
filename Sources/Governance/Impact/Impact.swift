public import CEL
public import Catalogue

/// What depends on an entity, in one view at one date, and what open initiatives do to that.
public struct Impact: Sendable {
  /// A step from one that needs to what it needs.
  public struct Hop: Sendable, Equatable {
    public var from: Int32
    public var relation: String
    /// What carries it: an integration.
    public var carrier: Int32?
    public var to: Int32
  }

  public enum Stop: Sendable {
    case no, yes
    /// It depends on these facts.
    case perhaps(Unknown)
  }

  /// One that cannot do without the entity.
  public struct Dependent: Sendable {
    public var row: Int32
    /// 1: directly.
    public var distance: Int
    /// The first step of a shortest way; the rest is that of what it leads to. Nil where no relation tells.
    public var hop: Hop?
    /// The facts on which it depends whether it is one; nil: it is.
    public var doubt: Unknown?
    /// Whether the failure of the entity alone stops it; nil where the metamodel does not say.
    public var stop: Stop?
    /// The position of its value; nil: not recorded, or its kind has none.
    public var criticality: Int32?
  }

  /// One that could be affected: what is joined to the entity, or to one that cannot do without it.
  public struct Affected: Sendable {
    public var row: Int32
    /// Steps to the entity.
    public var distance: Int
    /// The step between it and what is nearer to the entity, as the relation is written.
    public var hop: Hop
    /// The facts on which it depends whether the relation is there.
    public var doubt: Unknown?

    /// What is nearer.
    public var nearer: Int32 { hop.from == row ? hop.to : hop.from }
    /// Whether the relation leads from it towards the entity.
    public var leadsThere: Bool { hop.from == row }
  }

  /// The end of the entity, or of something that it needs.
  public struct Ending: Sendable {
    public var row: Int32
    /// From the entity to what ends; empty: the entity itself.
    public var way: [Hop]
    /// The first day without it.
    public var date: CivilDate
    /// Who ends it; nil: the catalogue says so.
    public var initiative: Initiative?
    /// Those that directly need what ends and are still joined to it on that day.
    public var remaining: [Int32]
    /// How many more depend on these.
    public var behind: Int
  }

  /// What an open initiative does to the entity and to those that depend on it.
  public struct Plan: Sendable {
    public struct Edit: Sendable {
      public var words: String
      /// From when on; nil: nobody says.
      public var date: CivilDate?
    }

    public var initiative: Initiative
    /// The day of the comparison: its go-live, or the day of the run.
    public var date: CivilDate
    public var isWithoutGoLive: Bool
    public var edits: [Edit]
    /// Who depends on the entity in the initiative's view and not in its base, and the other way round.
    public var come: [Int32]
    public var go: [Int32]
    /// Who perhaps comes.
    public var perhaps: [Int32]
    /// Whether the entity has ended by then, so that nothing is compared.
    public var isEnded: Bool
  }

  public let entity: Int32
  /// The view and the date.
  public let estate: Estate
  public let roles: ImpactRoles
  /// Nearest first, then the most critical, then by identity.
  public internal(set) var dependents: [Dependent] = []
  /// The same order.
  public internal(set) var affected: [Affected] = []
  /// Rows of which nobody recorded wholly what they need: they may depend on it.
  public internal(set) var open: [(row: Int32, reason: Unknown)] = []
  /// By date.
  public internal(set) var endings: [Ending] = []
  /// Those that do something here, in the order of their dates.
  public internal(set) var plans: [Plan] = []
  public internal(set) var openInitiativeCount = 0
  /// The first step of each way, by row.
  var hops: [Int32: Hop] = [:]

  /// Whether anything can depend on an entity of this kind.
  public var canBeNeeded: Bool { roles.needed.contains(estate.entity(entity).kind) }

  /// Those that depend on it for certain.
  public var certain: [Dependent] { dependents.filter { $0.doubt == nil } }
}
