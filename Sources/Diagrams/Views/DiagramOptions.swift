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

  public init(title: String? = nil, links: LinkTemplate? = nil, expand: Bool = false, sight: String? = nil) {
    self.title = title
    self.links = links
    self.expand = expand
    self.sight = sight
  }
}
