public import Catalogue

/// The capabilities that a question finds, the best first, before anybody reads what provides them.
public struct ReuseSearch: Sendable {
  public let question: String
  let found: [CapabilitySearch.Found]
  /// Words of the question that stand in no text.
  let unmatched: [String]
  /// How many words of the question were not looked at, as it is too long.
  let unreadCount: Int

  /// - Parameter estate: the estate in the view and at the date that matter, in which `ReuseRoles.searched` can be read.
  public init(_ question: String, in estate: Estate, _ roles: ReuseRoles) throws(ReuseFailure) {
    var index: CapabilitySearch?
    try self.init(question, in: estate, roles, &index)
  }

  /// The same with an index that further questions of the same estate go on with; nil: made when a question needs one.
  init(
    _ question: String, in estate: Estate, _ roles: ReuseRoles, _ index: inout CapabilitySearch?
  ) throws(ReuseFailure) {
    self.question = question
    let words = AskedWords(question)
    unreadCount = words.leftOut
    // A question that says nothing needs no index.
    if words.telling.isEmpty {
      (found, unmatched) = ([], [])
      return
    }
    do throws(FullTextFailure) {
      var search = if let index { index } else { try CapabilitySearch(estate, roles) }
      (found, unmatched) = try search.find(words)
      index = search
    } catch {
      throw .text(error)
    }
  }
}
