/// Why nothing can be said about what depends on an entity.
public enum ImpactFailure: Error, Equatable, Sendable {
  /// No relation of the metamodel has a role that the question needs.
  case missingRole(String)

  /// One sentence, with what to do.
  public var sentence: String {
    switch self {
    case .missingRole(let role):
      "what depends on something is told by the role `\(role)`, which no relation in the metamodel has; give it to the one that says what a thing cannot do without"
    }
  }
}
