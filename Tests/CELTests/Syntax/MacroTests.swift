import CEL
import Testing

@Suite struct MacroTests {
  @Test(
    "A call of a macro's shape becomes a macro",
    arguments: [
      ("xs.all(x, x > 0)", "(#all xs |x| (_>_ x 0))"),
      ("xs.all(i, x, x > i)", "(#all xs |i x| (_>_ x i))"),
      ("xs.map(x, y)", "(#map xs |x| y)"),
      ("xs.map(x, p, y)", "(#map xs |x| p y)"),
      ("xs.exists_one(x, p)", "(#exists_one xs |x| p)"),
      ("m.transformMap(k, v, p, v)", "(#transformMap m |k v| p v)"),
      ("o.optMap(x, x + 1)", "(#optMap o |x| (_+_ x 1))"),
      ("has(a.b)", "(#has || a.b)"),
      ("has((a.b))", "(#has || a.b)"),
      ("has(a.?b.c)", "(#has || a.?b.c)"),
      ("has(m.`a-b`)", "(#has || m.a-b)"),
      ("cel.bind(x, 1, x + x)", "(#cel.bind |x| 1 (_+_ x x))"),
      ("cel . bind(x, 1, x).y", "(#cel.bind |x| 1 x).y"),
      ("xs.all((x), p)", "(#all xs |x| p)"),
      ("xs.all(x, ys.all(x, x))", "(#all xs |x| (#all ys |x| x))"),
      ("f(x).filter(y, y)", "(#filter (f x) |y| y)"),
    ])
  func macros(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test(
    "Any other call stays a call",
    arguments: [
      ("xs.all(x)", "(.all xs x)"), ("all(x, y)", "(all x y)"), ("xs.all(x, y, z, w)", "(.all xs x y z w)"),
      ("xs.has(a.b)", "(.has xs a.b)"), (".has(a)", "(has a)"), ("cel.bind(x, 1)", "(.bind cel x 1)"),
      ("a.cel.bind(x, 1, y)", "(.bind a.cel x 1 y)"), ("cel.bound(x, 1, y)", "(.bound cel x 1 y)"),
      ("x.cel", "x.cel"), ("cel", "cel"), ("xs.transformList(x, y)", "(.transformList xs x y)"),
    ])
  func others(text: String, expected: String) { #expect(outline(text) == expected) }

  @Test("A macro's variables leave no nodes behind")
  func noOrphans() {
    for text in ["xs.all(i, x, x > i)", "cel.bind(x, 1, x)", "a.b.C{x: 1}.y", "xs.all(x, y, z, w)", "--x"] {
      let tree = Parser.parse(text).tree
      var reached: Set<ExprID> = [tree.root]
      var pending = [tree.root]
      while let id = pending.popLast() {
        for child in children(tree[id]) {
          #expect(reached.insert(child).inserted, "\(text): a node has two parents")
          pending.append(child)
        }
      }
      #expect(reached.count == tree.nodes.count, "\(text)")
    }
  }

  @Test("A host's own macros are recognised, namespaces of several names too")
  func ownMacros() {
    let own = [
      MacroSignature("closure", hasReceiver: true, argumentCount: 1),
      MacroSignature("each", hasReceiver: false, argumentCount: 2, variables: [1]),
      MacroSignature("a.b.let", hasReceiver: false, argumentCount: 2, variables: [0]),
    ]
    func read(_ text: String) -> String { outline(Parser.parse(text, macros: own)) }
    #expect(read("self.closure(x.y)") == "(#closure self || x.y)")
    #expect(read("each(xs, x)") == "(#each |x| xs)")
    #expect(read("a.b.let(x, x)") == "(#a.b.let |x| x)")
    #expect(read("a.b.let(x, y, z)") == "(.let a.b x y z)")
    #expect(read("b.let(x, y)") == "(.let b x y)")
    #expect(read("xs.all(x, y)") == "(.all xs x y)")
  }

  @Test("The standard macros are sorted") func sorted() {
    let keys = MacroSignature.standard.map { "\($0.name) \($0.argumentCount)" }
    #expect(keys == keys.sorted())
  }

  @Test(
    "A variable must be a simple name of its own",
    arguments: [
      ("xs.all(x.y, true)", 7..<10, "`all` needs a simple name as its first argument"),
      ("xs.all(.x, true)", 7..<9, "`all` needs a simple name as its first argument"),
      ("xs.map(1, 2)", 7..<8, "`map` needs a simple name as its first argument"),
      ("xs.all(i, 'v', true)", 10..<13, "`all` needs a simple name as its second argument"),
      ("cel.bind(f(), 1, 2)", 9..<12, "`cel.bind` needs a simple name as its first argument"),
      ("xs.all(x, x, true)", 10..<11, "`all` needs two different names; both are `x`"),
      ("xs.all(__result__, true)", 7..<17, "`__result__` is kept for CEL itself and cannot name a variable"),
    ])
  func variables(text: String, range: Range<Int>, message: String) {
    let problems = Parser.parse(text).problems
    #expect(problems.map(\.id) == ["macro-variable"])
    #expect(problems.first?.range == range)
    #expect(problems.first?.message == message)
  }

  @Test(
    "`has` needs a selection",
    arguments: [
      ("has(a)", 4..<5), ("has(a.?b)", 4..<8), ("has(m['k'])", 4..<10), ("has(f())", 4..<7), ("has(1)", 4..<5),
    ])
  func presence(text: String, range: Range<Int>) {
    let problems = Parser.parse(text).problems
    #expect(problems.map(\.id) == ["has-argument"])
    #expect(problems.first?.range == range)
  }
}
