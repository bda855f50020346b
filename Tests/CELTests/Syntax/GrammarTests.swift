import CEL
import Testing

@Suite struct GrammarTests {
  @Test(
    "Operators bind by their levels and to the left",
    arguments: [
      ("1 + 2 * 3", "(_+_ 1 (_*_ 2 3))"),
      ("(1 + 2) * 3", "(_*_ (_+_ 1 2) 3)"),
      ("1 - 2 - 3", "(_-_ (_-_ 1 2) 3)"),
      ("8 / 4 % 3 * 2", "(_*_ (_%_ (_/_ 8 4) 3) 2)"),
      ("a < b == c", "(_==_ (_<_ a b) c)"),
      ("a <= b >= c > d != e", "(_!=_ (_>_ (_>=_ (_<=_ a b) c) d) e)"),
      ("a in b in c", "(@in (@in a b) c)"),
      ("a in b && c", "(_&&_ (@in a b) c)"),
      ("a || b && c", "(_||_ a (_&&_ b c))"),
      ("a && b || c", "(_||_ (_&&_ a b) c)"),
      ("a && b || c && d || e", "(_||_ (_||_ (_&&_ a b) (_&&_ c d)) e)"),
      ("a && b && c && d", "(_&&_ (_&&_ a b) (_&&_ c d))"),
      ("a && b && c && d && e", "(_&&_ (_&&_ (_&&_ a b) c) (_&&_ d e))"),
      ("a + 1 == b", "(_==_ (_+_ a 1) b)"),
      ("1-1", "(_-_ 1 1)"),
      ("1--1", "(_-_ 1 -1)"),
      ("a -1", "(_-_ a 1)"),
      ("1in[1]", "(@in 1 [1])"),
    ])
  func operators(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Conditionals take an Or in the middle and associate to the right",
    arguments: [
      ("a ? b : c", "(_?_:_ a b c)"),
      ("a ? b : c ? d : e", "(_?_:_ a b (_?_:_ c d e))"),
      ("a || b ? c && d : e", "(_?_:_ (_||_ a b) (_&&_ c d) e)"),
      ("a ? (b ? 1 : 2) : 3", "(_?_:_ a (_?_:_ b 1 2) 3)"),
      ("a ? [?x] : {?1: y}", "(_?_:_ a [?x] {?1: y})"),
      ("a ?.b : c", "(_?_:_ a .b c)"),
    ])
  func conditionals(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Runs of one sign keep their parity and a single minus belongs to its number",
    arguments: [
      ("-x", "(-_ x)"), ("--x", "x"), ("---x", "(-_ x)"), ("!x", "(!_ x)"), ("!!x", "x"), ("!!!x", "(!_ x)"),
      ("-1", "-1"), ("- 1", "-1"), ("--19", "19"), ("---19", "(-_ 19)"), ("!-1", "(!_ -1)"), ("!!-1", "-1"),
      ("-(1)", "(-_ 1)"), ("-x.y", "(-_ x.y)"), ("-1.f()", "(.f -1)"), ("-x * y", "(_*_ (-_ x) y)"),
      ("-1u", "(-_ 1u)"), ("-(!x)", "(-_ (!_ x))"), ("!x.y(z)[0]", "(!_ (_[_] (.y x z) 0))"),
      ("--------------------------------19", "19"),
    ])
  func signs(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Selections, indexes and calls follow a primary in any number",
    arguments: [
      ("a.b.c", "a.b.c"), (".a.b", ".a.b"), ("a . b", "a.b"), ("f()", "(f)"), (".f(1)", "(f 1)"),
      ("a.f(1, 2).g()", "(.g (.f a 1 2))"), ("a[0][1]", "(_[_] (_[_] a 0) 1)"), ("f(x)[0].b", "(_[_] (f x) 0).b"),
      ("[1][0]", "(_[_] [1] 0)"), ("{1: 2}.a", "{1: 2}.a"), ("'x'.size()", "(.size \"x\")"),
      ("a.?b", "a.?b"), ("a.?b.c", "a.?b.c"), ("a[?0]", "(_[?_] a 0)"), ("a.? b", "a.?b"),
      ("m.`content-type`", "m.content-type"), ("m.`a.b/c d_1`.x", "m.a.b/c d_1.x"), ("m.?`in`", "m.?in"),
      ("a.package", "a.package"), ("a.namespace.function.as", "a.namespace.function.as"),
      ("a.package()", "(.package a)"), ("(a).b", "a.b"), ("_a1", "_a1"), ("nothing", "nothing"), ("inner", "inner"),
      ("r", "r"), ("b + rb", "(_+_ b rb)"),
    ])
  func members(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Aggregates take optional items and a trailing comma",
    arguments: [
      ("[]", "[]"), ("[,]", "[]"), ("[1, 2]", "[1, 2]"), ("[1, 2,]", "[1, 2]"), ("[?a, b, ?c]", "[?a, b, ?c]"),
      ("{}", "{}"), ("{,}", "{}"), ("{1: 2, 'a': b}", "{1: 2, \"a\": b}"), ("{?k: v,}", "{?k: v}"),
      ("{a ? b : c: d}", "{(_?_:_ a b c): d}"),
      ("T{}", "T{}"), ("a.b.C{x: 1}", "a.b.C{x: 1}"), (".C{}", ".C{}"), (".a.C{,}", ".a.C{}"),
      ("a . b {x: 1, ?y: z,}", "a.b{x: 1, ?y: z}"), ("T{`a-b`: 1, package: 2}", "T{a-b: 1, package: 2}"),
      ("T{x: 1}.x", "T{x: 1}.x"), ("a.package.C{}", "a.package.C{}"),
    ])
  func aggregates(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Space and comments separate tokens",
    arguments: [
      (" \t\u{C}1\r\n", "1"), ("1 // one\n + 2", "(_+_ 1 2)"), ("1 // one\r + 2", "1"), ("// nothing\n x", "x"),
      ("1 //", "1"), ("a// b\n.c", "a.c"), ("6/2//3", "(_/_ 6 2)"), ("'//'", "\"//\""),
    ])
  func space(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Ranges cover what was written",
    arguments: [
      ("1 + 2", "1 + 2"), (" (a) ", "a"), ("(a + b) * c", "(a + b) * c"), ("a.b . c", "a.b . c"),
      ("(a).b", "(a).b"), ("f( x )", "f( x )"), ("x.f()", "x.f()"), ("[ 1 ]", "[ 1 ]"), ("T { }", "T { }"),
      ("- 1", "- 1"), ("!(a)", "!(a)"), ("a ? b : (c)", "a ? b : (c)"), ("xs.all(x, (x))", "xs.all(x, (x))"),
      ("a[(0)]", "a[(0)]"), (".a", ".a"), ("cel.bind(x, 1, x) ", "cel.bind(x, 1, x)"), ("é.b", ""),
    ])
  func ranges(text: String, expected: String) {
    let parsed = Parser.parse(text)
    guard parsed.problems.isEmpty else {
      #expect(expected.isEmpty)
      return
    }
    let range = parsed.tree.range(of: parsed.tree.root)
    #expect(String(decoding: parsed.text[range], as: UTF8.self) == expected)
  }

  @Test("The place of an operator, a name and a field is kept")
  func nameRanges() throws {
    func name(_ text: String) -> String? {
      let parsed = Parser.parse(text)
      let range: Range<Int>
      switch parsed.tree[parsed.tree.root] {
      case .call(_, _, _, let nameRange): range = nameRange
      case .select(_, _, let fieldRange, _): range = fieldRange
      case .macro(let macro): range = macro.nameRange
      default: return nil
      }
      return String(decoding: parsed.text[range], as: UTF8.self)
    }
    #expect(name("a +  b") == "+")
    #expect(name("a && b && c") == "&&")
    #expect(name("a in b") == "in")
    #expect(name("a ? b : c") == "?")
    #expect(name("x.size()") == "size")
    #expect(name("x.`a b`") == "`a b`")
    #expect(name("xs.all(x, x)") == "all")
    #expect(name("cel.bind(x, 1, x)") == "cel.bind")
    #expect(name("a[1]") == "[")
    #expect(name("---x") == "---")
  }
}
