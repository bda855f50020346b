public import Catalogue

/// What all views of some systems take.
public struct DiagramOptions: Equatable, Sendable {
  /// The first line of the picture; nil: the view's own.
  public var title: String?
  /// Where boxes lead.
  public var links: LinkTemplate?
  /// Name every box, however many there are.
  public var expand: Bool
  /// What is looked at instead of the catalogue as it stands, in words: `with initiative X`.
  public var sight: String?

  /// The kinds that a view of what integrations join is about, by name.
  public static func joinedKinds(_ estate: Estate) -> [String] {
    ((try? LandscapeReader.endKinds(estate.metamodel)) ?? []).map(\.name)
  }

  /// The kinds of data, by name.
  public static func dataKinds(_ estate: Estate) -> [String] {
    estate.metamodel.kinds(inRole: "dataset").map(\.name)
  }

  /// The kinds that can need something to be up, by name.
  public static func needingKinds(_ estate: Estate) -> [String] {
    Set(estate.metamodel.fields(inRole: "dependsOn").map(\.kind)).sorted().map { estate.metamodel.kinds[$0].name }
  }

  public init(title: String? = nil, links: LinkTemplate? = nil, expand: Bool = false, sight: String? = nil) {
    self.title = title
    self.links = links
    self.expand = expand
    self.sight = sight
  }
}
