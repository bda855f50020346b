/// Why nobody can be told what there is to reuse.
public enum ReuseFailure: Error, Sendable {
  /// No kind or relation of the metamodel has a role.
  case missingRole(String)
  case text(FullTextFailure)

  public var sentence: String {
    switch self {
    case .missingRole(let role): "no kind or relation of the metamodel has the role `\(role)`"
    case .text(let failure): failure.sentence
    }
  }
}
