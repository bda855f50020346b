internal import CEL
internal import Catalogue

/// Finds capabilities by a question in anybody's words.
///
/// Each word of the question is looked for as it is and as what the thesaurus says that it means; a document's score for it
/// is the best of these by BM25. What a provider's texts say counts for the capabilities that it provides, at a discount.
struct CapabilitySearch {
  /// What counts, found by trying on the questions that are for tuning.
  private enum Factor {
    /// A word that is meant against one that is asked.
    static let meant = 0.6
    /// A word that is guessed for one that stands nowhere.
    static let guessed = 0.7
    /// A provider's text against the capability's own.
    static let provider = 0.25
    /// Of a capability that matches one of several words; all of them: 1.
    static let leastCoverage = 0.5
    /// A capability that is common, and one that somebody provides.
    static let common = 1.15
    static let provided = 1.1
  }

  /// What is less than this part of the best is left out.
  private static let leastShare = 0.3

  struct Found {
    var row: Int32
    var score: Double
    var words: [MatchedWord]
  }

  private struct Best {
    var score = 0.0
    var words: [String] = []
    /// The document: the capability or a provider.
    var document: Int32 = -1
  }

  private var reader: GraphReader
  let texts: CapabilityTexts
  private let thesaurus: Thesaurus
  private let synonyms: [String]
  /// Read when the first word is asked that stands nowhere.
  private var vocabulary: Vocabulary?

  init(_ estate: Estate, _ roles: ReuseRoles) throws(FullTextFailure) {
    reader = GraphReader(estate)
    texts = try CapabilityTexts(&reader, roles)
    var lines: [String] = []
    for row in reader.rows(having: .synonyms) { lines += reader.texts(.synonyms, of: row) }
    synonyms = lines
    thesaurus = Thesaurus(lines)
  }

  /// Best first; of equals in the order of their ids.
  mutating func find(_ words: AskedWords) throws(FullTextFailure) -> (found: [Found], unmatched: [String]) {
    let concepts = try joined(thesaurus.concepts(of: words), of: words)
    var unmatched: [String] = []
    var scores: [[Int32: Best]] = []
    for concept in concepts {
      var best = try documents(concept)
      if best.isEmpty, concept.asked.count == 1 { best = try guessed(concept.asked[0]) }
      scores.append(best)
      if best.isEmpty { unmatched.append(concept.asked.joined(separator: " ")) }
    }
    let matchable = scores.count { !$0.isEmpty }
    var found = texts.capabilities.compactMap { row in gathered(row, concepts, scores, matchable) }
    let keyed = found.map { ($0, reader.estate.identity($0.row)) }
    found = keyed.sorted { a, b in
      a.0.score != b.0.score ? a.0.score > b.0.score : a.1.utf8.lexicographicallyPrecedes(b.1.utf8)
    }.map(\.0)
    let least = (found.first?.score ?? 0) * Self.leastShare
    return (found.filter { $0.score >= least }, unmatched)
  }

  /// The best that each document has for a concept.
  private func documents(_ concept: Concept) throws(FullTextFailure) -> [Int32: Best] {
    var result: [Int32: Best] = [:]
    for (place, phrase) in ([concept.asked] + concept.meant).enumerated() {
      for match in try texts.index.matches(phrase) {
        let row = Int32(truncatingIfNeeded: match.document)
        let score = match.score * (place == 0 ? 1 : Factor.meant)
        if score > result[row]?.score ?? 0 { result[row] = Best(score: score, words: phrase, document: row) }
      }
    }
    return result
  }

  /// The concepts, where two neighbours that are written as one word elsewhere mean that too: `log book` a `logbook`.
  private func joined(_ concepts: [Concept], of words: AskedWords) throws(FullTextFailure) -> [Concept] {
    var result = concepts
    for (first, second) in zip(words.all, words.all.dropFirst()) {
      guard let place = result.firstIndex(where: { $0.asked == [first] || $0.asked == [second] }) else { continue }
      let whole = [first + second]
      if try !texts.index.matches(whole).isEmpty { result[place].meant.append(whole) }
    }
    return result
  }

  /// The best that each document has for a word that stands nowhere: as two words, misspelt, or the beginning of one.
  private mutating func guessed(_ word: String) throws(FullTextFailure) -> [Int32: Best] {
    var result = try documents(Concept(asked: [word], meant: Vocabulary.halves(of: word)))
    if !result.isEmpty { return result }
    for guess in knownWords().guesses(for: word) {
      for concept in try thesaurus.concepts(of: AskedWords(guess)) {
        for (row, var best) in try documents(concept) {
          best.score *= Factor.guessed
          if best.score > result[row]?.score ?? 0 { result[row] = best }
        }
      }
    }
    return result
  }

  private mutating func knownWords() -> Vocabulary {
    if let vocabulary { return vocabulary }
    var all = synonyms
    for row in texts.capabilities {
      all += [reader.estate.name(row), reader.text("summary", of: row)] + reader.texts(.keywords, of: row)
    }
    let made = Vocabulary(all)
    vocabulary = made
    return made
  }

  private mutating func gathered(
    _ row: Int32, _ concepts: [Concept], _ scores: [[Int32: Best]], _ matchable: Int
  ) -> Found? {
    var score = 0.0
    var words: [MatchedWord] = []
    let providers = texts.providers[row] ?? []
    for (concept, best) in zip(concepts, scores) {
      let own = best[row] ?? Best()
      var other = Best()
      for provider in providers { if let theirs = best[provider], theirs.score > other.score { other = theirs } }
      let sum = own.score + Factor.provider * other.score
      if sum <= 0 { continue }
      score += sum
      let shown = own.score > 0 ? own : other
      words.append(
        MatchedWord(
          asked: concept.asked.joined(separator: " "), found: shown.words.joined(separator: " "),
          place: shown.document))
    }
    if words.isEmpty { return nil }
    let coverage = matchable == 0 ? 1 : Double(words.count) / Double(matchable)
    score *= Factor.leastCoverage + (1 - Factor.leastCoverage) * coverage
    if case .bool(true)? = reader.value(.common, of: row) { score *= Factor.common }
    if !providers.isEmpty { score *= Factor.provided }
    return Found(row: row, score: score, words: words)
  }
}
