import CEL
import Testing

@Suite struct LiteralTests {
  private func literal(_ text: String) -> SyntaxTree.Literal? {
    let parsed = Parser.parse(text)
    guard parsed.problems.isEmpty, case .literal(let literal) = parsed.tree[parsed.tree.root] else { return nil }
    return literal
  }

  @Test(
    "Integers reach to the ends of their ranges",
    arguments: [
      ("0", .int(0)), ("007", .int(7)), ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
      ("-0", .int(0)), ("0x55", .int(85)), ("-0x55", .int(-85)), ("0xAbF", .int(2751)),
      ("0x7fffffffffffffff", .int(.max)), ("-0x8000000000000000", .int(.min)),
      ("0u", .uint(0)), ("1U", .uint(1)), ("18446744073709551615u", .uint(.max)), ("0xFFu", .uint(255)),
      ("0xffffffffffffffffU", .uint(.max)), ("00000000000000000000000001", .int(1)),
    ] as [(String, SyntaxTree.Literal)])
  func integers(text: String, expected: SyntaxTree.Literal) { #expect(literal(text) == expected) }

  @Test(
    "Doubles are read to the nearest",
    arguments: [
      ("1.5", 1.5), (".5", 0.5), ("1e3", 1000), ("1E+3", 1000), ("1.25e-2", 0.0125), (".5e1", 5),
      ("0.1", 0.1), ("-1.5", -1.5), ("- .5", -0.5), ("1.7976931348623157e308", .greatestFiniteMagnitude),
      ("4.9406564584124654e-324", .leastNonzeroMagnitude), ("1e-400", 0), ("9007199254740993.0", 9_007_199_254_740_992),
      ("123456789012345678901234567890.0", 123456789012345678901234567890.0), ("00.50", 0.5),
    ])
  func doubles(text: String, expected: Double) { #expect(literal(text) == .double(expected)) }

  @Test("A negative zero keeps its sign") func negativeZero() {
    guard case .double(let value) = literal("-0.0") else {
      Issue.record("-0.0 is no double")
      return
    }
    #expect(value == 0 && value.sign == .minus)
  }

  @Test(
    "Strings take four kinds of quotes, prefixes and escapes",
    arguments: [
      ("''", ""), ("\"\"", ""), ("''''''", ""), ("\"\"\"\"\"\"", ""), ("'a\"b'", "a\"b"), ("\"a'b\"", "a'b"),
      ("'''a'b''c'''", "a'b''c"), ("\"\"\"a\nb\"\"\"", "a\nb"), ("'''a\r\nb\rc'''", "a\nb\nc"),
      ("r'''a\r\nb'''", "a\nb"),
      (#"'\\\?\"\'\`'"#, #"\?"'`"#), (#"'\a\b\f\n\r\t\v'"#, "\u{7}\u{8}\u{C}\n\r\t\u{B}"),
      (#"'\x41\X7e\xFF'"#, "A~\u{FF}"), (#"'\101\000\377'"#, "A\0\u{FF}"), (#"'\u00e9\U0001F62C'"#, "é😬"),
      (#"'\uFFFB\U0010FFFF'"#, "\u{FFFB}\u{10FFFF}"), (#"'\1011'"#, "A1"),
      (#"r'\n'"#, #"\n"#), (#"R"\""#, #"\"#), (#"r'''\'''"#, #"\"#), ("'é漢😀'", "é漢😀"), ("'\t'", "\t"),
      (#"'''\''''"#, "'"), (#""\"""#, "\""), ("'\u{0}'", "\0"), ("'e\u{301}'", "e\u{301}"),
    ])
  func strings(text: String, expected: String) {
    guard case .string(let value) = literal(text) else {
      Issue.record("no string: \(Parser.parse(text).problems)")
      return
    }
    #expect(Array(value.utf8) == Array(expected.utf8))
  }

  @Test(
    "Bytes hold octets",
    arguments: [
      ("b''", []), ("b'abc'", [97, 98, 99]), ("B\"é\"", [0xC3, 0xA9]), (#"b'\xff\377\x00'"#, [255, 255, 0]),
      (#"br'\x'"#, [92, 120]), (#"Rb"\n""#, [92, 110]), (#"rB'''\n'''"#, [92, 110]), ("bR'''a\nb'''", [97, 10, 98]),
      (#"b'''\n'''"#, [10]),
    ] as [(String, [UInt8])])
  func bytes(text: String, expected: [UInt8]) { #expect(literal(text) == .bytes(expected)) }

  @Test(
    "Words are literals",
    arguments: [("true", .bool(true)), ("false", .bool(false)), ("null", .null)]
      as [(String, SyntaxTree.Literal)])
  func words(text: String, expected: SyntaxTree.Literal) { #expect(literal(text) == expected) }
}
