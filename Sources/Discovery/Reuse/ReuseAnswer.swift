internal import CEL
public import Catalogue
public import Governance

/// What there is already of what somebody asks for, the best first.
public struct ReuseAnswer: Sendable {
  /// A capability that a question is about.
  public struct Hit: Sendable {
    public let capability: Int32
    public let score: Double
    public let words: [MatchedWord]
    /// The nearest capability above it, or itself, that is common.
    public let common: Int32?
    /// Nil: not recorded.
    public let owners: [Int32]?
    /// What provides it, what fits first.
    public internal(set) var offers: [Offer]

    /// The best fit among the offers; nil where nobody provides it.
    public var fit: Offer.Fit? { offers.map(\.fit).min() }
  }

  public let question: String
  public let narrowing: ReuseNarrowing
  /// The view that was looked at, at its date.
  public let estate: Estate
  public internal(set) var hits: [Hit]
  /// How many further capabilities match, less well.
  public let furtherCount: Int
  /// Words of the question that stand in no text.
  public let unmatched: [String]
  /// How many words of the question were not looked at, as it is too long.
  public let unreadCount: Int
  /// Roles that nothing in the metamodel has.
  public let missingRoles: [String]

  /// Nothing in the question says what is asked for.
  public var isEmptyQuestion: Bool { AskedWords(question).telling.isEmpty }

  /// - Parameters:
  ///   - search: what the question finds in the same view at the same date.
  ///   - estate: the estate in that view, with the derived fields that `ReuseRoles.reads` names.
  ///   - limit: how many capabilities are told of.
  public init(
    _ search: ReuseSearch, _ narrowing: ReuseNarrowing, in estate: Estate, _ roles: ReuseRoles, limit: Int
  ) {
    question = search.question
    self.narrowing = narrowing
    self.estate = estate
    missingRoles = roles.missing
    unreadCount = search.unreadCount
    unmatched = search.unmatched
    let shown = search.found.prefix(limit)
    furtherCount = search.found.count - shown.count
    var reader = OfferReader(estate, narrowing)
    let hits = shown.map { item in
      Hit(
        capability: item.row, score: item.score, words: item.words, common: reader.common(item.row),
        owners: reader.owners(of: item.row), offers: reader.offers(of: item.row))
    }
    // What does not fit comes last; the order within is that of the search.
    self.hits = hits.filter { $0.fit != .no } + hits.filter { $0.fit == .no }
  }

  /// The same with the search done here.
  public init(
    _ question: String, _ narrowing: ReuseNarrowing, in estate: Estate, _ roles: ReuseRoles, limit: Int
  ) throws(ReuseFailure) {
    self.init(try ReuseSearch(question, in: estate, roles), narrowing, in: estate, roles, limit: limit)
  }

  /// Everything that is offered, each once, ascending.
  public var offered: [Int32] { Set(hits.flatMap { $0.offers.map(\.row) }).sorted() }

  /// The same with what rules find of what is offered.
  public func with(_ findings: [Int32: [Finding]]) -> ReuseAnswer {
    var result = self
    for hit in result.hits.indices {
      for offer in result.hits[hit].offers.indices {
        result.hits[hit].offers[offer].findings = findings[result.hits[hit].offers[offer].row] ?? []
      }
    }
    return result
  }
}
