/// Why there is no landscape.
public enum LandscapeFailure: Error, Equatable, Sendable {
  /// No kind or relation of the metamodel has a role that the drawing needs.
  case missingRole(String)
  /// Nothing that is drawn has the field to group by; the names are those it could be.
  case unknownField(String, known: [String])

  /// One sentence, with what to do.
  public var sentence: String {
    switch self {
    case .missingRole(let role):
      return "a landscape needs the role `\(role)`, which nothing in the metamodel has; give it to what plays it"
    case .unknownField(let name, let known):
      return
        "a landscape cannot be grouped by `\(name)`, which is no field that could group it; there are \(known.joined(separator: ", "))"
    }
  }
}
