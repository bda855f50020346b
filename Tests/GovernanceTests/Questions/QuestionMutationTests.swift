import Testing

@testable import Governance

/// Whatever is typed, there is an answer or a mistake with a place, and no trap.
@Suite struct QuestionMutationTests {
  /// Subject, condition, columns, sort: each fits the others.
  private static let seeds: [[String]] = [
    ["every(system).filter(s, s.rto < duration('2h'))", "cost > 3", "id, holds.map(d, d.id)", "rto"],
    ["every(system).groupBy(s, s.classification)", "items.size() > 0", "key, items", "key"],
    ["{'a': every(dataset), 'b': []}", "value.size() > 0", "key, value.size()", "key"],
    ["every(system)[0].holds.map(d, d.classification)", "self > 'public'", "self, 'a,b'", "self"],
    ["[[1, 2], [3]]", "self.size() > 1", "self, self[0] / 2", "self.size()"],
    ["every(system)[1].closure(x, x.feeds).pathTo(every(system)[2])", "from != to", "from, relation, to", "relation"],
    ["optional.of(every(system).first())", "has(self.rto) || mfa", "name, rto, -cost", "-cost, rto"],
  ]
  private static let pieces = [
    "(", ")", "[", "]", ",", "'", "\"", ".", "self", "rto", "1", "?", ":", "{", "}", "\\", "é", "",
  ]

  @Test func `mutated questions`() async {
    let checked = await Checked([landscape])
    var random = Generator(state: 20_260_101)
    var answered = 0
    for round in 0..<3_000 {
      var parts = Self.seeds[round % Self.seeds.count]
      Self.mutate(&parts[Int(random.next() % 4)], &random)
      let question = Question(
        .expression(parts[0]), condition: round % 3 == 0 ? parts[1] : nil, columns: [parts[2]],
        sort: round % 5 == 0 ? [parts[3]] : [])
      let (prepared, mistakes) = QuestionReader.read(question, checked.estate, checked.book)
      #expect((prepared == nil) == !mistakes.isEmpty)
      #expect(mistakes.allSatisfy { $0.range != nil })
      guard let answer = prepared?.answer(on: checked.estate, costLimit: 10_000) else { continue }
      #expect(answer.content != nil || !answer.errors.isEmpty)
      #expect(answer.rows.allSatisfy { $0.cells.count == answer.columns.count })
      #expect(answer.isDecided == (answer.facts.isEmpty))
      answered += 1
    }
    #expect(answered > 300)
  }

  private static func mutate(_ text: inout String, _ random: inout Generator) {
    var scalars = Array(text.unicodeScalars)
    for _ in 0...random.next() % 2 {
      let place = Int(random.next() % UInt64(scalars.count + 1))
      let end = min(scalars.count, place + Int(random.next() % 3))
      let piece = pieces[Int(random.next() % UInt64(pieces.count))]
      scalars.replaceSubrange(place..<end, with: piece.unicodeScalars)
    }
    text = String(String.UnicodeScalarView(scalars))
  }

  /// SplitMix64.
  private struct Generator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
