import CEL
import Testing

@Suite struct FormatTests {
  @Test(
    "Each clause writes the values of its kinds",
    arguments: [
      Expectation("'%s %s %s'.format([true, 7u, null])", is: "'true 7 null'"),
      Expectation("'%s'.format([1e21])", is: "'1000000000000000000000'"),
      Expectation("'%s'.format([1e-7])", is: "'0.0000001'"),
      Expectation("'%s %s'.format([0.1, -0.0])", is: "'0.1 -0'"), Expectation("'%d'.format([2.5])", is: "'2.5'"),
      Expectation("'%s'.format([[1, 2].map(n, [n])])", is: "'[[1], [2]]'"),
      Expectation("'%s'.format([[]])", is: "'[]'"),
      Expectation("'%s'.format([{'b': 1, 'a': 2}])", is: "'{a: 2, b: 1}'"),
      Expectation("'%s'.format([{}])", is: "'{}'"),
      Expectation("'%s %s'.format([date, period('1y')])", is: "'2026-06-15 1y'"),
      Expectation("'%s'.format([duration('1.5s')])", is: "'1.5s'"), Expectation("'%s'.format([b'abc'])", is: "'abc'"),
      Expectation("'%s'.format([b''])", is: "''"),
      Expectation("'%s %s'.format([type(1), type([1])])", is: "'int list'"),
      Expectation("'%s'.format([ip('::1')])", is: "'::1'"),
      Expectation("'%b %b %b'.format([5, -5, true])", is: "'101 -101 1'"),
      Expectation("'%o'.format([-8])", is: "'-10'"),
      Expectation("'%x %X'.format([-255, 255u])", is: "'-ff FF'"), Expectation("'%x'.format(['é'])", is: "'c3a9'"),
      Expectation("'%X'.format([b'\\x0f'])", is: "'0F'"), Expectation("'100%%'.format([])", is: "'100%'"),
    ])
  func clauses(item: Expectation) { item.verify() }

  @Test(
    "Bytes that are not UTF-8 are written as U+FFFD",
    arguments: [
      Expectation("'%s'.format([b'\\xff']) == '\\uFFFD'", is: "true"),
      Expectation("'%s'.format([b'a\\xff\\xfeé']) == 'a\\uFFFD\\uFFFDé'", is: "true"),
      // The beginning of a character of three bytes is one mistake.
      Expectation("'%s'.format([b'\\xe2\\x82!']) == '\\uFFFD!'", is: "true"),
      Expectation("'%s'.format([[b'\\xc0']]) == '[\\uFFFD]'", is: "true"),
      Expectation("'%s'.format([b'a\\000b']).size()", is: "3"),
    ])
  func malformedBytes(item: Expectation) { item.verify() }

  @Test(
    "Digits are exact and rounded half to even",
    arguments: [
      Expectation("'%.0f %.0f %.0f'.format([0.5, 1.5, 2.5])", is: "'0 2 2'"),
      Expectation("'%.1f'.format([0.25])", is: "'0.2'"),
      Expectation("'%.2f'.format([1.005])", is: "'1.00'"), Expectation("'%.2f'.format([9.999])", is: "'10.00'"),
      Expectation("'%.3f'.format([0.0004])", is: "'0.000'"), Expectation("'%.3f'.format([-0.0006])", is: "'-0.001'"),
      Expectation("'%.1f'.format([0.05])", is: "'0.1'"), Expectation("'%.1f'.format([0.04])", is: "'0.0'"),
      Expectation("'%f'.format([7u])", is: "'7.000000'"),
      Expectation("'%.0f'.format([1e22])", is: "'10000000000000000000000'"),
      Expectation("'%.0f'.format([1e23])", is: "'99999999999999991611392'"),
      Expectation("'%.20f'.format([0.1])", is: "'0.10000000000000000555'"),
      Expectation("'%.2e'.format([0.0])", is: "'0.00e+00'"), Expectation("'%.0e'.format([5.0])", is: "'5e+00'"),
      Expectation("'%.2e'.format([9.999])", is: "'1.00e+01'"),
      Expectation("'%.3e'.format([-1234.5])", is: "'-1.234e+03'"),
      Expectation("'%e'.format([1e-300])", is: "'1.000000e-300'"),
      Expectation("'%.16e'.format([5e-324])", is: "'4.9406564584124654e-324'"),
      Expectation("'%.3e'.format([1.7976931348623157e308])", is: "'1.798e+308'"),
      Expectation("'%f %e'.format([1.0 / 0.0, 0.0 / 0.0])", is: "'Infinity NaN'"),
    ])
  func digits(item: Expectation) { item.verify() }

  @Test(
    "A literal format is held against its values when it is checked",
    arguments: [
      ("'%d'.format(['a'])", "no-overload at \"'a'\": `%d` writes numbers, and this is string"),
      (
        "'%s'.format([self])",
        "no-overload at \"self\": `%s` writes strings, bytes, numbers, booleans, null, times, types, lists and maps, and this is system"
      ),
      (
        "'%s'.format([[self]])",
        "no-overload at \"[self]\": `%s` writes strings, bytes, numbers, booleans, null, times, types, lists and maps, and this is list(system)"
      ),
      ("'%s'.format([1, 2])", "wrong-arguments at \"format\": the format has 1 clause, and the list 2 values"),
      ("'%s %s'.format([1])", "wrong-arguments at \"format\": the format has 2 clauses, and the list 1 value"),
      (
        "'%z'.format([1])",
        "wrong-arguments at \"'%z'\": the clauses are %s %d %f %e %b %o %x %X, and %% for a percent sign"
      ),
      (
        "'50%'.format([])",
        "wrong-arguments at \"'50%'\": the clauses are %s %d %f %e %b %o %x %X, and %% for a percent sign"
      ),
      ("'%.f'.format([1.0])", "wrong-arguments at \"'%.f'\": a precision is written `%.3f`"),
      ("'%.1001f'.format([1.0])", "wrong-arguments at \"'%.1001f'\": a precision is at most 1000"),
      (
        "self.id.format(self.uses)",
        "no-overload at \"self.uses\": `format` writes strings, bytes, numbers, booleans, null, times, types, lists and maps, and this is system"
      ),
      (
        "self.id.format([self])",
        "no-overload at \"self\": `format` writes strings, bytes, numbers, booleans, null, times, types, lists and maps, and this is system"
      ),
    ])
  func checking(text: String, problem: String) { #expect(Workbench().problems(text) == [problem]) }

  @Test(
    "A format that is worked out is held against its values when it runs",
    arguments: [
      Expectation("('%' + 'd').format(['a'])", is: "error invalidArgument"),
      Expectation("('%' + 'd').format([])", is: "error invalidArgument"),
      Expectation("('%' + 'q').format([1])", is: "error invalidArgument"),
      Expectation("('%' + 's').format([1, 2])", is: "'1'"),
      Expectation("('a' + '%').format([1])", is: "error invalidArgument"),
      Expectation("('%.99999999999999999999' + 'f').format([1])", is: "error invalidArgument"),
      Expectation("('%x' + '%x').format([1, 'a'])", is: "'161'"),
    ])
  func running(item: Expectation) { item.verify() }

  @Test(
    "What is not recorded makes the text unknown, wherever it stands",
    arguments: [
      Expectation("'%d'.format([self.users])", of: "vault", is: "unknown(vault.users)"),
      Expectation("'%s %s'.format(['a', [1, self.users]])", of: "vault", is: "unknown(vault.users)"),
      Expectation("'%s'.format([{'a': self.users}])", of: "vault", is: "unknown(vault.users)"),
      Expectation("['a'].map(a, self.users > 1 ? a : 'b').join()", of: "vault", is: "unknown(vault.users)"),
    ])
  func unknowns(item: Expectation) { item.verify() }

  @Test(
    "`strings.quote` escapes what would break a literal",
    arguments: [
      Expectation("strings.quote('a\"b\\\\c')", is: "'\"a\\\"b\\\\c\"'"),
      Expectation("strings.quote('\\a\\b\\f\\n\\r\\t\\v')", is: "'\"\\a\\b\\f\\n\\r\\t\\v\"'"),
      Expectation("strings.quote('é\\u0001')", is: "'\"é\u{1}\"'"),
    ])
  func quoting(item: Expectation) { item.verify() }
}
