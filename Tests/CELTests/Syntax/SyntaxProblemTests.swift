import CEL
import Testing

@Suite struct SyntaxProblemTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var text: String
    var id: String
    var range: Range<Int>
    var message: String
    /// The text with the fix applied.
    var fixed: String?

    init(_ text: String, _ id: String, _ range: Range<Int>, _ message: String, fixed: String? = nil) {
      (self.text, self.id, self.range, self.message, self.fixed) = (text, id, range, message, fixed)
    }

    var testDescription: String { text }
  }

  @Test(
    "A mistake is reported once, at its place, with its fix",
    arguments: [
      // Nothing, too little, too much.
      Case("", "empty-expression", 0..<0, "the expression is empty"),
      Case(" // x", "empty-expression", 0..<5, "the expression is empty"),
      Case("1 +", "unexpected-token", 3..<3, "expected an operand, found the end of the expression"),
      Case("1 +\n", "unexpected-token", 3..<3, "expected an operand, found the end of the expression"),
      Case("(1 + )", "unexpected-token", 5..<6, "expected an operand, found `)`"),
      Case("()", "unexpected-token", 1..<2, "expected an operand, found `)`"),
      Case("a b", "unexpected-token", 2..<3, "expected an operator, found `b`"),
      Case("a 'x'", "unexpected-token", 2..<5, "expected an operator, found a string"),
      Case("a)", "unexpected-token", 1..<2, "`)` closes nothing that was opened"),
      Case("]", "unexpected-token", 0..<1, "`]` closes nothing that was opened"),
      Case("(a", "unexpected-token", 2..<2, "expected `)`, found the end of the expression"),
      Case("(a]", "unexpected-token", 2..<3, "expected `)`, found `]`"),
      Case("a[1", "unexpected-token", 3..<3, "expected `]`, found the end of the expression"),
      Case("[1 2]", "unexpected-token", 3..<4, "expected `,` or `]`, found `2`"),
      Case("{1: 2 3}", "unexpected-token", 6..<7, "expected `,` or `}`, found `3`"),
      Case("{1}", "unexpected-token", 2..<3, "expected `:` after the key, found `}`"),
      Case("f(1 2)", "unexpected-token", 4..<5, "expected `,` or `)`, found `2`"),
      Case("f(1,)", "unexpected-token", 3..<4, "a comma cannot follow the last argument of a call", fixed: "f(1)"),
      Case("f(,)", "unexpected-token", 2..<3, "expected an operand, found `,`"),
      Case("[1,,]", "unexpected-token", 3..<4, "expected an operand, found `,`"),
      Case("T{1: 2}", "unexpected-token", 2..<3, "expected the name of a field, found `1`"),
      Case("T{a = 2}", "unexpected-token", 4..<5, "expected `:` after the field's name, found `=`", fixed: "T{a : 2}"),
      Case("f(){}", "unexpected-token", 3..<4, "expected an operator, found `{`"),
      Case("'a'(1)", "unexpected-token", 3..<4, "expected an operator, found `(`"),
      Case("a.", "unexpected-token", 2..<2, "expected the name of a field after `.`, found the end of the expression"),
      Case("a.?1", "unexpected-token", 3..<4, "expected the name of a field after `.?`, found `1`"),
      Case("a.5", "unexpected-token", 1..<3, "expected an operator, found `.5`"),
      Case(".", "unexpected-token", 1..<1, "expected a name after the leading dot, found the end of the expression"),
      Case("a.?b()", "unexpected-token", 3..<4, "a field chosen with `.?` cannot be called"),
      Case("a.`b`()", "unexpected-token", 2..<5, "a name in backticks cannot be called"),
      Case(
        "`a`", "unexpected-token", 0..<3, "a name in backticks can stand only after a dot or as the field of a message"),
      Case("1 + in", "unexpected-token", 4..<6, "expected an operand, found `in`"),
      Case("a : b", "unexpected-token", 2..<3, "expected an operator, found `:`"),

      // Conditionals and signs.
      Case("a ? b", "unexpected-token", 5..<5, "expected `:`, found the end of the expression"),
      Case(
        "a ? b ? 1 : 2 : 3", "nested-conditional", 6..<7, "a condition between `?` and `:` must stand in parentheses"),
      Case("!-x", "unexpected-token", 1..<2, "`-` cannot follow `!`"),
      Case("-!x", "unexpected-token", 1..<2, "`!` cannot follow `-`"),
      Case("!--1", "unexpected-token", 1..<2, "`-` cannot follow `!`"),
      Case("a ++ b", "unexpected-token", 3..<4, "expected an operand, found `+`"),

      // Operators of other languages.
      Case("a = 1", "foreign-operator", 2..<3, "`=` is not an operator here; write `==`", fixed: "a == 1"),
      Case("a === 1", "foreign-operator", 2..<5, "`===` is not an operator here; write `==`", fixed: "a == 1"),
      Case("a !== 1", "foreign-operator", 2..<5, "`!==` is not an operator here; write `!=`", fixed: "a != 1"),
      Case("a <> 1", "foreign-operator", 2..<4, "`<>` is not an operator here; write `!=`", fixed: "a != 1"),
      Case("a and b", "foreign-operator", 2..<5, "`and` is not an operator here; write `&&`", fixed: "a && b"),
      Case("a OR b", "foreign-operator", 2..<4, "`OR` is not an operator here; write `||`", fixed: "a || b"),
      Case("a & b", "foreign-operator", 2..<3, "`&` is not an operator here; write `&&`", fixed: "a && b"),
      Case("a | b", "foreign-operator", 2..<3, "`|` is not an operator here; write `||`", fixed: "a || b"),
      Case("not a", "foreign-operator", 0..<3, "`not` is not an operator here; write `!`", fixed: "!a"),
      Case("b && not a.c", "foreign-operator", 5..<8, "`not` is not an operator here; write `!`", fixed: "b && !a.c"),
      Case(
        "a not in b && c", "foreign-operator", 2..<8, "`not in` is not an operator here; write `!(… in …)`",
        fixed: "!(a in b) && c"),
      Case("a ≤ b", "foreign-operator", 2..<5, "`≤` is not an operator here; write `<=`", fixed: "a <= b"),
      Case("a − b", "foreign-operator", 2..<5, "`−` is not an operator here; write `-`", fixed: "a - b"),

      // Characters and names.
      Case("a # b", "unexpected-character", 2..<3, "`#` cannot stand in an expression outside a string"),
      Case("größe", "unexpected-character", 2..<4, "`ö` cannot stand in a name"),
      Case("é", "unexpected-character", 0..<2, "`é` cannot stand in an expression outside a string"),
      Case(
        "“a”", "unexpected-character", 0..<3, "`“` does not begin a string; write a straight `\"`", fixed: "\"a”"),
      Case(
        "a\u{A0}+ b", "unexpected-character", 1..<3, "`\u{A0}` cannot stand in a name"),
      Case(
        "1 \u{A0}+ b", "unexpected-character", 2..<4, "a special space (U+A0) cannot stand here; write a plain one",
        fixed: "1  + b"),
      Case(
        "a \u{0} b", "unexpected-character", 2..<3, "a control character cannot stand in an expression outside a string"
      ),
      Case("package", "reserved-word", 0..<7, "`package` is a reserved word and cannot be a name here"),
      Case("namespace.x == 1", "reserved-word", 0..<9, "`namespace` is a reserved word and cannot be a name here"),
      Case(".as", "reserved-word", 1..<3, "`as` is a reserved word and cannot be a name here"),
      Case("if (a) { b }", "reserved-word", 0..<2, "`if` is a reserved word and cannot be a name here"),
      Case("let x = 1", "reserved-word", 0..<3, "`let` is a reserved word and cannot be a name here"),
      Case("xs.all(as, true)", "reserved-word", 7..<9, "`as` is a reserved word and cannot be a name here"),
      Case("a.in", "reserved-word", 2..<4, "a field called `in` needs backticks", fixed: "a.`in`"),
      Case("T{true: 1}", "reserved-word", 2..<6, "a field called `true` needs backticks", fixed: "T{`true`: 1}"),
      Case("a.`b$c`", "invalid-name", 4..<5, "`$` cannot stand in a name in backticks"),
      Case("a.``", "invalid-name", 2..<4, "a name in backticks cannot be empty"),
      Case("a.`b\n`", "unterminated-name", 2..<4, "the name has no closing backtick on its line"),

      // Numbers.
      Case("1.", "invalid-number", 0..<2, "a number needs a digit after its dot", fixed: "1.0"),
      Case("1. + 2", "invalid-number", 0..<2, "a number needs a digit after its dot", fixed: "1.0 + 2"),
      Case("0x", "invalid-number", 0..<2, "`0x` needs hexadecimal digits after the `x`"),
      Case("0xg", "invalid-number", 0..<3, "`0xg` needs hexadecimal digits after the `x`"),
      Case("0X1F", "invalid-number", 0..<2, "a hexadecimal number begins with a small `0x`", fixed: "0x1F"),
      Case("1e", "invalid-number", 0..<2, "`1e` needs digits in its exponent"),
      Case("12ab + 1", "invalid-number", 0..<4, "`12ab` is neither a number nor a name"),
      Case("1_000", "invalid-number", 0..<5, "`1_000` is neither a number nor a name"),
      Case("1.5u", "invalid-number", 0..<4, "`1.5u` is neither a number nor a name"),
      Case(
        "9223372036854775808", "number-out-of-range", 0..<19, "the number does not fit an int",
        fixed: "9223372036854775808u"),
      Case("-9223372036854775809", "number-out-of-range", 0..<20, "the number does not fit an int"),
      Case(
        "-(9223372036854775808)", "number-out-of-range", 2..<21, "the number does not fit an int",
        fixed: "-(9223372036854775808u)"),
      Case("99999999999999999999", "number-out-of-range", 0..<20, "the number does not fit an int"),
      Case("18446744073709551616u", "number-out-of-range", 0..<21, "the number does not fit a uint"),
      Case("0x10000000000000000u", "number-out-of-range", 0..<20, "the number does not fit a uint"),
      Case("-1e400", "number-out-of-range", 0..<6, "the number does not fit a double"),

      // Strings.
      Case("'abc", "unterminated-string", 0..<4, "the string has no closing `'`"),
      Case("f('a\nb') + )", "unterminated-string", 2..<4, "the string has no closing `'` on its line"),
      Case("x + r\"a\r\n\"", "unterminated-string", 4..<7, "the string has no closing `\"` on its line"),
      Case("'''a\nb", "unterminated-string", 0..<4, "the string has no closing `'''`"),
      Case("'a\\'", "unterminated-string", 0..<4, "the string has no closing `'`"),
      Case("'a\\", "unterminated-string", 0..<3, "the string has no closing `'`"),
      Case("'''", "unterminated-string", 0..<3, "the string has no closing `'''`"),
      Case(#"'a\sb'"#, "invalid-escape", 2..<4, #"`\s` is not an escape sequence"#, fixed: #"'a\\sb'"#),
      Case(#"'\é'"#, "invalid-escape", 1..<4, #"`\é` is not an escape sequence"#, fixed: #"'\\é'"#),
      Case(#"'\x4'"#, "invalid-escape", 1..<4, #"`\x4` has too few hexadecimal digits"#),
      Case(#"'\u00g0'"#, "invalid-escape", 1..<5, #"`\u00` has too few hexadecimal digits"#),
      Case(#"'\ud800'"#, "invalid-escape", 1..<7, #"`\ud800` is half of a surrogate pair and no character"#),
      Case(#"'\U00110000'"#, "invalid-escape", 1..<11, #"`\U00110000` lies beyond U+10FFFF and is no character"#),
      Case(
        #"'\08'"#, "invalid-escape", 1..<3, #"`\0` is not three octal digits from `\000` to `\377`"#, fixed: #"'\\08'"#),
      Case(
        #"'\400'"#, "invalid-escape", 1..<5, #"`\400` is not three octal digits from `\000` to `\377`"#,
        fixed: #"'\\400'"#),
      Case(
        #"'\9'"#, "invalid-escape", 1..<3, #"`\9` is not three octal digits from `\000` to `\377`"#, fixed: #"'\\9'"#),
      Case(#"b'\u0041'"#, "invalid-escape", 2..<8, #"`\u0041` cannot stand in bytes; write the octets as `\x…`"#),
      Case("'''a\\\nb'''", "invalid-escape", 4..<5, "a backslash cannot end a line"),
    ])
  func mistakes(_ expected: Case) throws {
    let problems = Parser.parse(expected.text).problems
    #expect(problems.count == 1, "\(problems.map(\.message))")
    let problem = try #require(problems.first)
    #expect(problem.id == expected.id)
    #expect(problem.range == expected.range)
    #expect(problem.message == expected.message)
    var fixed: String?
    if let fix = problem.fix {
      var bytes = Array(expected.text.utf8)
      bytes.replaceSubrange(fix.range, with: Array(fix.replacement.utf8))
      fixed = String(decoding: bytes, as: UTF8.self)
    }
    #expect(fixed == expected.fixed)
  }

  @Test("Every reserved word is refused as a name and allowed after a dot")
  func reservedWords() {
    let words =
      "as break const continue else for function if import let loop package namespace return var void while"
    for word in words.split(separator: " ") {
      #expect(Parser.parse("\(word) == 1").problems.map(\.id) == ["reserved-word"])
      #expect(Parser.parse("\(word)(1)").problems.map(\.id) == ["reserved-word"])
      #expect(outline("x.\(word)") == "x.\(word)")
      #expect(outline("x.\(word)()") == "(.\(word) x)")
      #expect(outline("x_\(word)") == "x_\(word)")
    }
  }

  @Test("Slips that leave no doubt do not hide each other, and come in the order of the text")
  func several() {
    let parsed = Parser.parse(#"a = 1 and not b or x.in && '\q' == package.y"#)
    #expect(
      parsed.problems.map(\.id) == [
        "foreign-operator", "foreign-operator", "foreign-operator", "foreign-operator", "reserved-word",
        "invalid-escape", "reserved-word",
      ])
    #expect(parsed.problems.map(\.range.lowerBound) == parsed.problems.map(\.range.lowerBound).sorted())
    #expect(
      outline(parsed)
        == #"(_||_ (_&&_ (_==_ a 1) (!_ b)) (_&&_ x.in (_==_ "" <missing>.y)))"#)
  }

  @Test("An open bracket is shown beside the place where its end was missed")
  func openedBracket() {
    let problem = Parser.parse("f(1, (2 + 3").problems.first
    #expect(problem?.related == [.init("opened here", at: 5..<6)])
  }

  @Test(
    "Bytes that are no UTF-8 are a problem at their place",
    arguments: [
      ([0x61, 0xFF], 1..<2), ([0x27, 0xC3, 0x27], 1..<2), ([0xED, 0xA0, 0x80], 0..<1),
      ([0xF4, 0x90, 0x80, 0x80], 0..<1),
      ([0x20, 0xE2, 0x82], 1..<3), ([0xC0, 0x80], 0..<1), ([0x80], 0..<1), ([0x2F, 0x2F, 0xF0, 0x9F, 0x98], 2..<5),
    ] as [([UInt8], Range<Int>)])
  func invalidUTF8(bytes: [UInt8], range: Range<Int>) {
    let parsed = Parser.parse(bytes)
    #expect(parsed.problems.map(\.id) == ["invalid-utf8"])
    #expect(parsed.problems.first?.range == range)
    #expect(parsed.tree[parsed.tree.root] == .missing)
    #expect(String(validating: bytes, as: UTF8.self) == nil)
  }

  @Test("At most twenty problems are kept")
  func cap() {
    #expect(Parser.parse("'\(String(repeating: #"\q"#, count: 1000))'").problems.count == Parser.problemLimit)
  }
}
