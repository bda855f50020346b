import Catalogue
import Testing

@testable import Discovery

/// Questions that nobody would ask, the same ones each time.
@Suite struct SeededQuestionTests {
  private static let documents = """
    {kind: ability, id: paying, name: Card payments, summary: Take "payments" online., shared: true, words: [card, check-out]}
    ---
    {kind: ability, id: telling, name: Notices, summary: Tell people (by text)., shared: false, above: paying}
    ---
    {kind: tool, id: gate, name: Gâteway, gives: [paying], rating: open, reach: outside, lifecycle: {active: 2020-01-01}}
    ---
    {kind: glossary, id: words, name: Words, lines: ["settle, pay -> card", "log book, logbook", "-> x", "a,,b"]}

    """
  private static let pieces = [
    "card", "payments", "PAY", "settle", "log book", "logbok", "cardpayments", "the", "and", "\"", "'", "*", "^", "-",
    "+",
    "OR", "AND", "NOT", "NEAR(", ")", "{c0 c1}:", ":", "--", ";", "%", "\\", "\u{0}", "\u{1b}[31m", "\u{202e}",
    "\u{301}",
    "e\u{301}", "ﬁle", "支付", "оплата", "👩‍👩‍👧", "\u{10FFFF}", "1", "½", "\n", "\t", " ", "  ", "c0", "texts", "rowid", "ß",
    "İ",
  ]

  @Test func `whatever is asked has an answer, the same each time, of words that were asked`() async throws {
    let estate = try await estate(Self.documents)
    let roles = try ReuseRoles(estate.metamodel)
    var search = try CapabilitySearch(estate, roles)
    var state: UInt64 = 20_261_201
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var answeredCount = 0
    for _ in 0..<1_500 {
      let question = (0...next(12)).map { _ in Self.pieces[next(Self.pieces.count)] + (next(3) == 0 ? "" : " ") }
        .joined()
      let words = AskedWords(question)
      let answer = try search.find(words)
      let again = try search.find(words)
      #expect(answer.found.map(\.row) == again.found.map(\.row), "\(question.debugDescription)")
      #expect(answer.found.allSatisfy { $0.score > 0 && $0.score.isFinite }, "\(question.debugDescription)")
      let asked = Set(words.all)
      for word in answer.found.flatMap(\.words) {
        #expect(
          word.asked.split(separator: " ").allSatisfy { asked.contains(String($0)) }, "\(question.debugDescription)")
      }
      if words.telling.isEmpty { #expect(answer.found.isEmpty, "\(question.debugDescription)") }
      if !answer.found.isEmpty { answeredCount += 1 }
    }
    #expect(answeredCount > 300, "the questions reach nothing")
  }

  @Test func `what a search reads needs nothing that is worked out, where the vocabulary derives none of it`()
    async throws
  {
    let bare = await ShippedCatalogue.bare.value
    let roles = try ReuseRoles(bare.metamodel)
    #expect(bare.canRead(roles.searched))
    let whole = await ShippedCatalogue.shared.value
    for question in ["take card payments online", "employees log in", "calender bookings", "book a vet"] {
      let (early, late) = (try ReuseSearch(question, in: bare, roles), try ReuseSearch(question, in: whole, roles))
      #expect(early.found.map(\.row) == late.found.map(\.row))
      #expect(early.found.map(\.score) == late.found.map(\.score))
      #expect(early.unmatched == late.unmatched)
    }
  }
}
