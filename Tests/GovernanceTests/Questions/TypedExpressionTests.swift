import Testing

@testable import Governance

@Suite struct TypedExpressionTests {
  @Test(arguments: [
    ("a", ["a"]), (" a , b ", ["a", "b"]), ("f(a, b), c", ["f(a, b)", "c"]),
    ("[1, 2], {3: 4, 5: 6}", ["[1, 2]", "{3: 4, 5: 6}"]),
    ("'a,b', \"c,\\\"d\", e", ["'a,b'", "\"c,\\\"d\"", "e"]), ("'''a',b''', c", ["'''a',b'''", "c"]),
    (#"r'\', b"#, [#"r'\'"#, "b"]), (#"'\', b', c"#, [#"'\', b'"#, "c"]), ("x.`a,b`, c", ["x.`a,b`", "c"]),
    ("", [""]), (",", ["", ""]), ("'open, b", ["'open, b"]), ("a), b", ["a)", "b"]), ("'\\", ["'\\"]),
  ])
  func `commas inside brackets and quotes separate nothing`(text: String, parts: [String]) {
    #expect(TypedExpression.list(text, name: "--columns").map(\.text) == parts)
  }
}
