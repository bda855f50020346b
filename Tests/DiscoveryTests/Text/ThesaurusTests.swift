import Testing

@testable import Discovery

@Suite struct ThesaurusTests {
  private func meant(_ question: String, _ lines: String...) throws -> [String] {
    try Thesaurus(lines).concepts(of: AskedWords(question)).map { concept in
      concept.asked.joined(separator: " ") + ": "
        + concept.meant.map { $0.joined(separator: " ") }.joined(separator: ", ")
    }
  }

  @Test func `words of one meaning mean one another, whatever their endings`() throws {
    #expect(try meant("settling bills", "settle, pay", "bill, fee, charge") == ["settling: pay", "bills: fee, charge"])
  }

  @Test func `an arrow leads one way`() throws {
    #expect(try meant("docker", "docker -> hosting") == ["docker: hosting"])
    #expect(try meant("hosting", "docker -> hosting") == ["hosting: "])
  }

  @Test func `a phrase is found as a whole, with words that tell nothing by themselves`() throws {
    #expect(try meant("to log in", "log in, sign in") == ["log: ", "log in: sign in"])
    #expect(try meant("a log of what came in", "log in, sign in") == ["log: ", "came: "])
  }

  @Test func `a line that says nothing is nothing`() throws {
    #expect(Thesaurus(["", ",,", "-> x", "x ->", " , ->"]).groups.isEmpty)
    #expect(try meant("", "a, b").isEmpty)
  }
}
