import Diagnostics

/// A small valid repository made from a seed: a vocabulary, 5 to 30 entities with facts that are partly unknown, one to
/// five initiatives with decisions about them, and rules of all shapes.
struct RandomRepository {
  /// The day on which it is looked at. The initiatives' dates lie around it and up to two years later.
  static let asOf = "2026-06-01"

  /// YAML texts, one document each; the vocabulary is the first, then shared functions.
  let documents: [String]
  /// The ids of its rules.
  let rules: [String]

  /// - Parameter usesViews: whether rules look at initiatives' views: `before`, `changed`, `added`, `touched`, `retired`,
  ///   `at`, `timeline`, `initiative` and its edits.
  init(seed: UInt64, usesViews: Bool) {
    var random = RandomNumbers(seed: seed)
    let estate = RandomEstate(&random)
    var initiatives = RandomInitiatives(estate)
    initiatives.add(random.number(1...5), &random)
    var rules = RandomRules(random, usesViews: usesViews)
    rules.add(random.number(12...20))
    documents = [randomVocabulary, randomFunctions] + estate.documents + initiatives.documents + rules.documents
    self.rules = rules.ids
  }

  /// One file of all documents.
  var files: [SourceText] { Self.files(of: documents) }

  static func files(of documents: [String]) -> [SourceText] {
    [SourceText(name: "all.yaml", text: documents.joined(separator: "\n---\n"))]
  }

  /// The same documents in files of other names, another number and another order.
  func dealt(seed: UInt64) -> [SourceText] {
    var random = RandomNumbers(seed: seed)
    var hands = Array(repeating: [String](), count: random.number(1...6))
    for document in random.shuffled(documents) { hands[random.below(hands.count)].append(document) }
    let names = random.shuffled(["a", "b", "k", "m", "x", "z"])
    return zip(names, hands).filter { !$1.isEmpty }.map { name, hand in
      SourceText(name: "\(name).yaml", text: hand.joined(separator: "\n---\n"))
    }
  }

  /// Loads the documents and runs the rules in the estate.
  func checked(tasks: Int = 1) async -> Checked { await Checked(files, asOf: Self.asOf, tasks: tasks) }
}
