import Testing

@testable import Discovery

@Suite struct AskedWordsTests {
  @Test func `words are folded, and words of every question tell nothing`() {
    let words = AskedWords("We need to Take CARD-payments, don't we?  Card!")
    #expect(words.telling == ["card", "payments"])
  }

  @Test(arguments: ["", "   ", "the and of", "?!… \"\"", "\0"])
  func `a question may say nothing`(text: String) { #expect(AskedWords(text).telling.isEmpty) }

  @Test func `words of any script are words`() {
    #expect(AskedWords("支払い オンライン, Платежи; دفع").telling == ["支払い", "オンライン", "платежи", "دفع"])
  }

  @Test func `a very long question is cut, and says so`() {
    let words = AskedWords(
      (0..<100).map { "word\($0)" }.joined(separator: " ") + " " + String(repeating: "x", count: 999))
    #expect(words.all.count == AskedWords.limit)
    #expect(words.leftOut == 101 - AskedWords.limit)
    #expect(AskedWords(String(repeating: "x", count: 999)).all[0].count < 100)
  }
}
