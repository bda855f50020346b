/// A word or phrase of a question, and where it was found.
public struct MatchedWord: Sendable {
  /// As it was asked.
  public let asked: String
  /// As the text has it, or a form of it; another word where the thesaurus says that it means the same.
  public let found: String
  /// The capability, or the provider, in whose text it stands.
  public let place: Int32
}
