/// Words that mean one another, as an authority writes them down: `pay, payment, bill` each mean all the others, and
/// `docker, kubernetes -> hosting` stand for what is behind the arrow.
struct Thesaurus {
  struct Group {
    /// Phrases as words, that a question may hold.
    var asked: [[String]]
    /// What they stand for.
    var meant: [[String]]
  }

  let groups: [Group]

  init(_ lines: some Sequence<String>) {
    groups = lines.compactMap { line in
      let parts = line.split(separator: "->", maxSplits: 1, omittingEmptySubsequences: false).map(Self.phrases)
      guard let asked = parts.first, let meant = parts.last, !asked.isEmpty, !meant.isEmpty else { return nil }
      return Group(asked: asked, meant: meant)
    }
  }

  private static func phrases(_ text: Substring) -> [[String]] {
    text.split(separator: ",").map { AskedWords(String($0)).all }.filter { !$0.isEmpty }
  }

  /// What is to be looked for when some words are asked: each word by itself, and for each phrase that the thesaurus
  /// knows what it stands for. Phrases are found whatever the endings of their words.
  func concepts(of words: AskedWords) throws(FullTextFailure) -> [Concept] {
    var result = words.telling.map { Concept(asked: [$0], meant: []) }
    if words.all.isEmpty { return [] }
    // The whole under 0, its telling words under their places: one index tells both which words a phrase of one word is
    // a form of, and whether a longer one is there.
    let question = try FullTextIndex(weights: [1])
    try question.add([words.all.joined(separator: " ")], as: 0)
    for (place, word) in words.telling.enumerated() { try question.add([word], as: Int64(place + 1)) }
    for group in groups {
      for phrase in group.asked {
        let meant = group.meant.filter { $0 != phrase }
        for match in try question.matches(phrase) {
          if match.document > 0 {
            let place = Int(match.document - 1)
            result[place].meant += meant.filter { !result[place].meant.contains($0) }
          } else if phrase.count > 1 {
            if let place = result.firstIndex(where: { $0.asked == phrase }) {
              result[place].meant += meant.filter { !result[place].meant.contains($0) }
            } else {
              result.append(Concept(asked: phrase, meant: meant))
            }
          }
        }
      }
    }
    return result
  }
}

/// Something that a question asks for: words as they stand in it, and what they may mean instead.
struct Concept {
  var asked: [String]
  var meant: [[String]]
}
