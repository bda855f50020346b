/// Why there is no diagram.
public enum DiagramFailure: Error, Equatable, Sendable {
  /// No kind or relation of the metamodel has a role that the view needs.
  case missingRole(view: String, role: String)
  /// The view is about other kinds; their plurals.
  case wrongKind(view: String, identity: String, kinds: [String])
  /// There is nothing that the picture would show, in a sentence.
  case nothingToDraw(String)

  /// One sentence, with what to do.
  public var sentence: String {
    switch self {
    case .missingRole(let view, let role):
      "`draw \(view)` needs the role `\(role)`, which nothing in the metamodel has; give it to what plays it"
    case .wrongKind(let view, let identity, let kinds):
      "`draw \(view)` is about \(kinds.joined(separator: " and ")); \(identity) is none of them"
    case .nothingToDraw(let sentence): sentence
    }
  }
}
