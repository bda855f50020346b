import CEL
import Testing

@Suite struct RegexTests {
  @Test(
    "`matches` asks whether some part of the text matches",
    arguments: [
      Expectation("'harbour'.matches('arb')", is: "true"), Expectation("matches('harbour', '^arb')", is: "false"),
      Expectation("'harbour'.matches('^h.*r$')", is: "true"), Expectation("''.matches('')", is: "true"),
      Expectation("'a\\nb'.matches('a.b')", is: "false"), Expectation("'a\\nb'.matches('(?s)a.b')", is: "true"),
      Expectation("'Straße'.matches('^\\\\pL{6}$')", is: "true"), Expectation("'日本'.matches('^..$')", is: "true"),
      Expectation("'e\\u0301'.matches('^.$')", is: "false"), Expectation("'\\u00e9'.matches('e')", is: "false"),
      Expectation("'a\\u0000b'.matches('^a\\u0000b$')", is: "true"),
      Expectation("'a\\u0000b'.matches('b')", is: "true"),
      Expectation("'a\\u0000b'.matches('\\\\x00')", is: "true"), Expectation("'\\u0000'.matches('^$')", is: "false"),
      Expectation("'AB'.matches('(?i)ab')", is: "true"), Expectation("'tom'.matches(r'\\btom\\b')", is: "true"),
      Expectation("self.id.matches('^[a-z-]+$')", is: "true"), Expectation("'x'.matches(self.id)", is: "false"),
      Expectation("self.id.matches(self.id)", is: "true"),
      Expectation("every(system).map(s, s.id).filter(i, i.matches('^(hub|vault)$')).size()", is: "2"),
      Expectation("'(\\\\C)'.matches(r'\\Q\\C\\E')", is: "true"), Expectation("'\\\\C'.matches(r'\\\\C')", is: "true"),
    ])
  func matching(item: Expectation) { item.verify() }

  @Test(
    "A pattern that is not written out and is none is an error of the evaluation",
    arguments: [
      "(", "a**", "[z-a]", "\\\\p{Nope}", "(?=a)", "(a)\\\\1", "\\\\C", "\\\\Qa\\\\E\\\\C", "x{1001}", "\\\\xff\\\\Q",
    ])
  func badPatterns(pattern: String) {
    let bench = Workbench()
    let isGood = pattern == "\\\\xff\\\\Q"
    #expect(bench.value("'a'.matches(string('\(pattern)'))") == (isGood ? "false" : "error invalidArgument"))
    #expect(bench.problems("'a'.matches('\(pattern)')").isEmpty == isGood)
  }

  @Test func `A pattern has a limited length and a limited size`() {
    let bench = Workbench()
    #expect(bench.value("'a'.matches('\(String(repeating: "a", count: 4_096))')") == "false")
    #expect(
      bench.problems("'a'.matches('\(String(repeating: "a", count: 4_097))')").first?.hasSuffix(
        "is no regular expression: it has 4097 bytes, and at most 4096 are allowed (its syntax is RE2's; `^[a-z]+-[0-9]{2,4}$` is one)"
      ) == true)
    let large = String(repeating: "\\\\pL{200}", count: 20)
    #expect(
      bench.problems("'a'.matches('\(large)')").first?.contains("pattern too large - compile failed") == true)
    #expect(bench.value("'a'.matches(string('\(large)'))") == "error invalidArgument")
  }

  @Test(
    "`regex.extract` gives the first match, or what its only group holds",
    arguments: [
      Expectation("regex.extract('ledger-07 and vault-12', '[0-9]+')", is: "optional('07')"),
      Expectation("regex.extract('ledger-07', 'ledger-([0-9])')", is: "optional('0')"),
      Expectation("regex.extract('LEDGER', 'ledger')", is: "none"),
      Expectation("regex.extract('', '')", is: "optional('')"),
      Expectation("regex.extract('abc', '()b')", is: "none"),
      Expectation("regex.extract('abc', 'x?(b)?c')", is: "optional('b')"),
      Expectation("regex.extract('ac', 'a(b)?c')", is: "none"),
      Expectation("regex.extract('Zürich 日本', '[^ -~]+$')", is: "optional('日本')"),
      Expectation("regex.extract('a\\u0000b', '\\\\x00b').value().size()", is: "2"),
      Expectation("regex.extract('ab', string('(a)(b)'))", is: "error invalidArgument"),
      Expectation("regex.extract('ab', string('('))", is: "error invalidArgument"),
    ])
  func extracting(item: Expectation) { item.verify() }

  @Test(
    "`regex.extractAll` gives all matches, which do not overlap",
    arguments: [
      Expectation("regex.extractAll('a1 b22 c', '[a-z][0-9]+')", is: "['a1', 'b22']"),
      Expectation("regex.extractAll('a1 b22 c', '[a-z]([0-9]*)')", is: "['1', '22']"),
      Expectation("regex.extractAll('aaaa', 'aa')", is: "['aa', 'aa']"),
      Expectation("regex.extractAll('abc', 'x')", is: "[]"), Expectation("regex.extractAll('', '')", is: "['']"),
      Expectation("regex.extractAll('é日', '')", is: "['', '', '']"),
      Expectation("regex.extractAll('baac', 'a*')", is: "['', 'aa', '']"),
      Expectation("regex.extractAll('aXbX', '^.')", is: "['a']"),
      Expectation("regex.extractAll('a ab', r'\\ba')", is: "['a', 'a']"),
      Expectation("regex.extractAll('aaa', r'\\ba')", is: "['a']"),
      Expectation("regex.extractAll('ab\\ncd', '(?m)^.')", is: "['a', 'c']"),
      Expectation("regex.extractAll('ab', string('(a)(b)'))", is: "error invalidArgument"),
    ])
  func extractingAll(item: Expectation) { item.verify() }

  @Test(
    "`regex.replace` writes groups by number",
    arguments: [
      Expectation("regex.replace('vault vault', 'vault', 'hub')", is: "'hub hub'"),
      Expectation("regex.replace('banana', 'a', 'x', 0)", is: "'banana'"),
      Expectation("regex.replace('banana', 'a', 'x', 2)", is: "'bxnxna'"),
      Expectation("regex.replace('banana', 'a', 'x', 99)", is: "'bxnxnx'"),
      Expectation("regex.replace('banana', 'a', 'x', -7)", is: "'bxnxnx'"),
      Expectation("regex.replace('banana', 'a', 'x', 2147483648)", is: "error overflow"),
      Expectation("regex.replace('12 May', r'(\\d+) (\\w+)', r'\\2 \\1')", is: "'May 12'"),
      Expectation("regex.replace('ab', '(a)|(b)', r'[\\1\\2\\0]')", is: "'[aa][bb]'"),
      Expectation("regex.replace('a', 'a', r'\\\\')", is: "'\\'"),
      Expectation("regex.replace('ab', '', '-')", is: "'-a-b-'"),
      Expectation("regex.replace('é日', '', '-')", is: "'-é-日-'"),
      Expectation("regex.replace('baac', 'a*', '-')", is: "'-b-c-'"),
      Expectation("regex.replace('', '^', '-')", is: "'-'"),
      Expectation("regex.replace('abc', 'b', '$0')", is: "'a$0c'"),
      Expectation("regex.replace('a\\u0000b', '\\\\x00', '0')", is: "'a0b'"),
      Expectation("regex.replace('a', 'a', string(r'\\1'))", is: "error invalidArgument"),
      Expectation("regex.replace('a', 'a', string(r'\\x'))", is: "error invalidArgument"),
      Expectation("regex.replace('a', 'a', string('\\\\'))", is: "error invalidArgument"),
      Expectation("regex.replace('a', string('['), 'b')", is: "error invalidArgument"),
    ])
  func replacing(item: Expectation) { item.verify() }

  @Test func `A mistake in a literal is told when the expression is checked`() {
    let bench = Workbench()
    #expect(
      bench.problems("self.id.matches('[a-')") == [
        "invalid-regex at \"'[a-'\": `[a-` is no regular expression: missing ]: [a- (its syntax is RE2's; `^[a-z]+-[0-9]{2,4}$` is one)"
      ])
    #expect(
      bench.problems("regex.extract(self.id, '(a)(b)').hasValue()") == [
        "invalid-regex at \"'(a)(b)'\": the regular expression has 2 groups, and what is extracted is one group or the whole (a group that only holds things together is written `(?:…)`)"
      ])
    #expect(
      bench.problems("regex.replace(self.id, '(a)', r'\\2')") == [
        #"invalid-replacement at "r'\2'": `\2` is no replacement: it names group 2, and the regular expression has 1 group (`\1` is the first group, `\0` the whole match, `\\` a backslash; in quotes, r'\1')"#
      ])
    #expect(bench.problems("regex.replace(self.id, self.id, r'\\2')").isEmpty)
    #expect(bench.problems("'('.matches(self.id)").isEmpty)
    // Once, however often a closure's step is checked; and no longer than can be read.
    #expect(bench.problems("self.closure(s, s.uses.filter(u, u.id.matches('('))).size() > 0").count == 1)
    let long = bench.problems("self.id.matches('(\(String(repeating: "é", count: 2_000))')").first ?? ""
    #expect(long.contains("missing ): (éé") && long.contains("é… (its syntax") && !long.contains("\u{FFFD}"))
  }

  @Test func `A hundred thousand characters that would make a backtracking search hang end with the right answer`() {
    let text = String(repeating: "a", count: 100_000)
    var bench = Workbench()
    bench.environment.variables["long"] = .constant(.string(text + "b"), .string)
    #expect(bench.value("long.matches('(a+)+$')") == "false")
    #expect(bench.value("long.matches('(a|aa)+$')") == "false")
    #expect(bench.value("long.matches('(a*)*b$')") == "true")
    #expect(bench.value("regex.extract(long, '^((?:a+)+)b').value().size()") == "100000")
    #expect(bench.value("long.matches('(x?){0,50}a{500}')") == "true")
  }

  @Test func `What is searched and what is written is charged`() {
    let text = String(repeating: "a", count: 6_400)
    var bench = Workbench()
    bench.environment.variables["long"] = .constant(.string(text), .string)
    #expect(bench.value("long.matches('b')", costLimit: 99) == "error costLimit")
    #expect(bench.value("long.matches('b')", costLimit: 101) == "false")
    // Each of the searches looks at the rest, which has no `b`.
    #expect(bench.value("regex.extractAll(long, 'a(?:.*b)?').size()", costLimit: 100_000) == "error costLimit")
    #expect(bench.value("regex.extractAll(long, 'a(?:.*b)?').size()") == "6400")
    // `size` pays for what it counts.
    let replacement = "regex.replace('aaaaaaaaaa', 'a', long).size()"
    #expect(bench.value(replacement, costLimit: 8_000) == "error costLimit")
    #expect(bench.value(replacement, costLimit: 12_100) == "64000")
    #expect(bench.value("'a'.matches(self.id)", costLimit: 64) == "error costLimit")
  }

  @Test func `A pattern from a value is compiled once for all elements`() {
    var bench = Workbench()
    let pattern = #"^\pL{20}$"#
    bench.environment.variables["pattern"] = .slot(0, .string)
    let checked = bench.check("range.all(x, !'7'.matches(pattern))")
    #expect(!checked.problems.isEmpty)
    bench.environment.variables["range"] = .constant(.list((0..<1_000).map { .int($0) }), .list(.int))
    let good = bench.check("range.all(x, !'7'.matches(pattern))")
    #expect(good.problems.isEmpty)
    var frame = Frame(graph: .empty, slotCount: 8)
    frame.slots[0] = .string(pattern)
    guard case .bool(true) = CompiledExpression(good, in: bench.environment).evaluate(&frame) else {
      Issue.record("the list has no such element")
      return
    }
    // Once some thousands for the pattern's size, then little for each element.
    #expect(frame.cost < 100_000)
  }

  @Test(
    "Membership in a long constant list is that of a short one",
    arguments: [
      ("3", "true"), ("3.0", "true"), ("3u", "true"), ("3.5", "false"), ("-1", "false"), ("'c'", "true"),
      ("'e\\u0301'", "true"), ("'\\u00e9'", "false"), ("true", "true"), ("false", "false"), ("b'x'", "true"),
      ("0.0 / 0.0", "false"), ("[1]", "false"), ("{}", "false"), ("null", "false"), ("duration('60s')", "true"),
      ("9223372036854775808.0", "true"), ("18446744073709551615u", "false"),
    ])
  func membership(element: String, expected: String) {
    var bench = Workbench()
    bench.environment.allowsDyn = true
    let long =
      "[dyn(1), 2, 3, 4, 5, 9223372036854775807, 'a', 'b', 'c', 'e\\u0301', true, b'x', duration('1m')]"
    #expect(bench.value("dyn(\(element)) in \(long)") == expected)
    #expect(bench.value("dyn(\(element)) in \(long) + [dyn(0.0 / 0.0)]") == expected)
  }

  @Test func `An unknown in a long constant list stays unknown`() {
    let names = (0..<20).map { "'n\($0)'" }.joined(separator: ", ")
    #expect(Workbench().value("self.id in [\(names)]") == "false")
    #expect(Workbench().value("self.id in [\(names), 'hub']") == "true")
    #expect(
      Workbench().value("self.rto in [\((0..<20).map { "duration('\($0)h')" }.joined(separator: ", "))]", of: "billing")
        == "unknown(billing.rto)")
  }
}
