public import Governance

/// What rules found, for a saved diagram that tells it. All of one day.
public struct DiagramFindings: Sendable {
  /// In the estate as it stands.
  var estate: [Finding]
  /// In the view of the initiative that is looked at.
  var view: [Finding]
  /// Whether nobody said on which day that initiative goes live.
  var isWithoutGoLive: Bool
  /// From when to when rules fail.
  var roadmap: Roadmap?

  public init(estate: [Finding], view: [Finding] = [], isWithoutGoLive: Bool = false) {
    self.estate = estate
    self.view = view
    self.isWithoutGoLive = isWithoutGoLive
  }

  public init(roadmap: Roadmap) {
    self.init(estate: [])
    self.roadmap = roadmap
  }

  /// What must be run before a saved diagram can be drawn.
  public enum Need: Equatable, Sendable {
    case nothing
    /// The estate and the open initiatives are checked.
    case check
    /// The days to the horizon are gone through.
    case roadmap
  }
}
