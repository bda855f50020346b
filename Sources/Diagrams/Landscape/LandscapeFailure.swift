internal import Diagnostics

/// Why there is no landscape.
public enum LandscapeFailure: Error, Equatable, Sendable {
  /// What a field of the metamodel is asked for.
  public enum Use: String, Equatable, Sendable { case grouped, coloured }

  /// No kind or relation of the metamodel has a role that the drawing needs.
  case missingRole(String)
  /// Nothing that is drawn has the field; the names are those it could be.
  case unknownField(String, for: Use, known: [String])
  /// Nothing that is live meets the condition.
  case nothingChosen(condition: String, plural: String, date: String)

  /// One sentence, with what to do.
  public var sentence: String {
    switch self {
    case .missingRole(let role):
      return "a landscape needs the role `\(role)`, which nothing in the metamodel has; give it to what plays it"
    case .unknownField(let name, let use, let known):
      let advice = suggestion(for: name, among: known) ?? "there are \(known.joined(separator: ", "))"
      return
        "a landscape cannot be \(use.rawValue) by `\(name)`, which is no field or relation that tells its boxes apart; \(advice)"
    case .nothingChosen(let condition, let plural, let date):
      return "none of the \(plural) on \(date) meets \(condition)"
    }
  }
}
