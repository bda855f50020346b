import Testing

@testable import Discovery

@Suite struct FullTextIndexTests {
  private func index() throws -> FullTextIndex {
    let index = try FullTextIndex(weights: [10, 1])
    try index.add(["Card payments", "Take payments by card"], as: 1)
    try index.add(["Letters", "Print letters, and take them to the post; cards too"], as: 2)
    try index.add(["", "Café"], as: 3)
    return index
  }

  @Test func `forms of a word are one word, and a name counts for more than a summary`() throws {
    let matches = try index().matches(["cards"])
    #expect(matches.map(\.document) == [1, 2])
    #expect(matches[0].score > matches[1].score)
  }

  @Test func `words of a phrase stand next to one another`() throws {
    #expect(try index().matches(["by", "card"]).map(\.document) == [1])
    #expect(try index().matches(["card", "by"]).isEmpty)
  }

  @Test func `accents do not matter`() throws { #expect(try index().matches(["cafe"]).map(\.document) == [3]) }

  @Test(
    arguments: [
      "\"", "card\" OR \"letters", "card*", "NEAR(card payments)", "c0:card", "-card", "{c0} : card", "card AND NOT",
      "^card", "(", "\0", "card\0\"", "\u{FFFF}", ";DROP TABLE texts;--",
    ])
  func `nothing of a phrase is an operator`(text: String) throws {
    // What matches holds these very words, without what is no part of a word.
    let found = try index().matches([text]).map(\.document)
    let words = text.contains("\0") ? [] : AskedWords(text).all
    #expect(try found == index().matches(words).map(\.document))
    #expect(try index().matches(["letters"]).map(\.document) == [2])
  }
}
