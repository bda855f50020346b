/// Why nobody can be told what there is to reuse.
public enum ReuseFailure: Error, Sendable {
  /// No kind or relation of the metamodel has a role.
  case missingRole(String)
  case text(FullTextFailure)

  /// The role that is missing, where that is it.
  public var role: String? {
    if case .missingRole(let role) = self { role } else { nil }
  }

  public var sentence: String {
    switch self {
    case .missingRole(let role): "no kind or relation of the metamodel has the role `\(role)`"
    case .text(let failure): failure.sentence
    }
  }
}
