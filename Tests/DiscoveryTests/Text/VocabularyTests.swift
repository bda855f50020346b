import Testing

@testable import Discovery

@Suite struct VocabularyTests {
  let vocabulary = Vocabulary([
    "Calendar, licence", "a warehouse", "authentication", "form", "parking permit", "ISO 27001",
  ])

  @Test(arguments: [
    ("calender", "calendar"), ("calenda", "calendar"), ("callendar", "calendar"), ("licnece", "licence"),
    ("licneces", "licence"), ("wharehouse", "warehouse"), ("authentic", "authentication"),
  ])
  func `a slip of one letter, two that changed places and a beginning are guessed`(asked: String, meant: String) {
    #expect(vocabulary.guesses(for: asked) == [meant])
  }

  @Test(arguments: ["", "from", "fomr", "clndar", "27002", "zoo", "é", "licence licence"])
  func `what is short, far off or has digits is not guessed at`(asked: String) {
    #expect(vocabulary.guesses(for: asked) == [])
  }

  @Test func `a word is halved wherever both parts have three letters`() {
    #expect(Vocabulary.halves(of: "carpark") == [["car", "park"], ["carp", "ark"]])
    #expect(Vocabulary.halves(of: "cars") == [])
  }
}
