import CEL
import Testing

@Suite struct SyntaxRobustnessTests {
  static let expressions = [
    "1", "-9223372036854775808", "0xFFu + 1u", "1.5e-3 / .5", "'a' + \"b\" + r'\\d' + '''c\nd'''", "b'\\xff\\377'",
    "\"\"\"x\"y\"\"z\"\"\"", "'\\u00e9\\U0001F62C\\x41\\101\\?\\`'", "rb'a' == BR\"b\"",
    "true && !false || null == null",
    "self.classification >= d.classification && self.holds.all(d, d.x != \"y\")", "a ? b : c ? d : e",
    "(a ? b : c).d", "--x - -1", "!!a && !-1", "a in [1, 2, 3,]", "{?k: v, 'x': y,}.?x.orValue(1)", "[?a, ?b][?0]",
    "google.protobuf.Duration{seconds: 1, ?nanos: n,}", ".a.b.C{`x-y`: 1}", "m.`content-type`.size() > 0",
    "has(a.b) && has(a.?b.c)", "xs.all(x, x > 0)", "xs.exists(i, x, x > i)", "xs.exists_one(x, x == 1)",
    "xs.map(x, x > 1, x * 2)", "xs.filter(x, x % 2 == 0)[0]", "m.transformMap(k, v, k != 'a', v + 1)",
    "cel.bind(x, 1 + 1, x * x)", "o.optMap(x, x.y).optFlatMap(y, optional.of(y))", "a.package.namespace()",
    "f(g(h(1, 2), [3]), {4: 5})", "1 + 2 * 3 - 4 / 5 % 6", "a < b && b <= c && c > d && d >= e && e != f",
    "timestamp('2024-01-01T00:00:00Z').getFullYear()", "'%s %d'.format(['a', 1])", "x // comment\n + 1",
    "a || b || c || d || e || f", "a && b || c && d", "[[[1]], [[2]]][0][0]", "{1: {2: {3: 4}}}[1][2][3]",
    "a = b and c or not d", "a not in b", "a === b", "f(1,)", "a ? b ? 1 : 2 : 3", "package.x", "a.in", "1.", "0x",
    "1e",
    "'abc", "`a`", "größe ≤ 1", "“x”", "T{a = 1}", "!-x", "\\", "xs.all(x.y, 1)", "has(1)", "cel.bind(x, 1)", ".",
    "a.?b()", "'é' == 'e\u{301}' // 漢字",
  ]

  /// What must hold of any result: ranges lie in the text, problems are sorted, ids exist.
  private func check(_ bytes: [UInt8]) {
    let parsed = Parser.parse(bytes)
    let whole = 0..<bytes.count
    func isInside(_ range: Range<Int>) -> Bool {
      whole.lowerBound <= range.lowerBound && range.upperBound <= whole.upperBound
    }
    var isSound = parsed.tree.ranges.allSatisfy(isInside)
    isSound =
      isSound && parsed.problems.allSatisfy { isInside($0.range) && ($0.fix.map { isInside($0.range) } ?? true) }
    isSound =
      isSound
      && zip(parsed.problems, parsed.problems.dropFirst()).allSatisfy { !ExpressionProblem.precedes($1, $0) }
    let count = parsed.tree.nodes.count
    isSound = isSound && Int(parsed.tree.root.index) < count
    for (index, node) in parsed.tree.nodes.enumerated() {
      for child in children(node) where child.index < 0 || Int(child.index) >= count || Int(child.index) == index {
        isSound = false
      }
      if node == .missing, parsed.problems.isEmpty { isSound = false }
    }
    if !isSound { Issue.record("unsound result for \(bytes)") }
  }

  @Test("Every prefix and every suffix of an expression is read without a trap", arguments: expressions)
  func prefixes(text: String) {
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      check(Array(bytes[..<end]))
      check(Array(bytes[end...]))
    }
  }

  @Test("Every byte, alone and twice, is read without a trap")
  func singleBytes() {
    for byte in UInt8.min...UInt8.max {
      check([byte])
      check([byte, byte])
      check([UInt8(ascii: "a"), byte, UInt8(ascii: "b")])
      check([UInt8(ascii: "'"), UInt8(ascii: "\\"), byte, UInt8(ascii: "'")])
    }
  }

  @Test("Twenty thousand mutations are read without a trap")
  func mutations() {
    var random = SplitMix(state: 20_260_101)
    let corpus = Self.expressions.map { Array($0.utf8) }
    let scraps: [[UInt8]] = [
      "(", ")", "[", "]", "{", "}", "?", ".", ",", ":", "'", "\"", "'''", "\\", "`", "\r", "\n", "//", "-", "!", " in ",
      "not ", " and ", "=", "0x", "1e9", "u", "\u{301}", "all(", "has(", "cel.bind(", "T{", "&&", "||",
    ].map { Array($0.utf8) }
    for _ in 0..<20_000 {
      var bytes = corpus[random.below(corpus.count)]
      for _ in 0...random.below(5) {
        let place = random.below(bytes.count + 1)
        switch random.below(6) {
        case 0: bytes.insert(UInt8(random.below(256)), at: place)
        case 1: bytes.insert(contentsOf: scraps[random.below(scraps.count)], at: place)
        case 2 where place < bytes.count: bytes.remove(at: place)
        case 3 where place < bytes.count: bytes[place] = UInt8(random.below(128))
        case 4: bytes.removeSubrange(place..<min(bytes.count, place + random.below(8)))
        default:
          let other = corpus[random.below(corpus.count)]
          let start = random.below(other.count)
          bytes.insert(contentsOf: other[start..<min(other.count, start + random.below(12))], at: place)
        }
      }
      check(bytes)
    }
  }

  @Test("The same text gives the same result") func determinism() {
    for text in Self.expressions {
      let (a, b) = (Parser.parse(text), Parser.parse(Array(text.utf8)))
      #expect(a.tree.nodes.count == b.tree.nodes.count && a.problems == b.problems)
      #expect(outline(a) == outline(b))
    }
  }
}

/// SplitMix64: the same numbers on every platform.
private struct SplitMix {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }
}
