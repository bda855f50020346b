internal import Catalogue
internal import Diagrams
internal import Governance
internal import Interchange
internal import YAMLTree

/// A sentence for every id that a diagnostic can have, whichever stage reports it; a test compares it with the sources.
enum DiagnosticPages {
  /// Sorted by id.
  static let all: [(id: String, explanation: String)] =
    (YAMLDiagnostics.all.map { ($0.id, $0.explanation) } + LoadingDiagnosticPages.all + IntegrityRules.registry
    + PackedDocuments.registry + PaperRule.registry + RuleBook.registry + RuleChoice.registry
    + RepeatedClauses.registry + WaiverBook.registry + Baseline.registry + InterchangeDiagnosticPages.all
    + SavedDiagramCheck.registry
    + expressions + runs).sorted { $0.0 < $1.0 }

  /// Mistakes in expressions: of fields, rules, functions, messages.
  private static let expressions: [(id: String, explanation: String)] = [
    ("ambiguous-entity", "An id in quotes that entities of several kinds have; write `kind:id`."),
    ("choice-types-differ", "The two choices of `? :` have types that do not go together."),
    ("empty-expression", "An expression without any text."),
    ("expression-too-long", "An expression with more characters than the parser takes."),
    ("field-types-differ", "A field that several kinds have, with another type on each."),
    ("foreign-operator", "An operator of another language, such as `and`; the message says what it is called here."),
    ("has-argument", "`has` is asked about a field: `has(x.name)`."),
    ("has-of-name", "`has` asks whether a field is recorded; a name always has a value."),
    ("invalid-address", "A text in quotes that is no IP address or no CIDR."),
    ("invalid-escape", "A backslash in a string before a character that needs none."),
    ("invalid-name", "A name in backticks that is empty or holds what a name cannot."),
    ("invalid-number", "A number that is not written as numbers are."),
    (
      "invalid-regex",
      "A regular expression that RE2 cannot read, is too large, or has more groups than the function takes."
    ),
    ("invalid-replacement", "A replacement that names a group which the regular expression does not have."),
    ("invalid-time", "A text in quotes that is no date, period, duration or timestamp."),
    ("kind-wanted", "`every` and `of` take the name of a kind or a union."),
    ("macro-variable", "A macro such as `filter` or `all` gives each element a simple name first."),
    ("mixed-list", "The elements of a list have types that do not go together."),
    ("mixed-map", "The keys or the values of a map have types that do not go together."),
    ("nested-conditional", "A condition inside another's choices stands in parentheses, so that it cannot be misread."),
    ("nesting-too-deep", "An expression that is nested deeper than the parser goes."),
    ("never", "An expression that can only be empty or false, whatever is recorded."),
    ("no-field", "A field is asked of a value that has none."),
    ("no-overload", "An operator or a function does not take values of these types."),
    ("number-out-of-range", "A number that does not fit its type."),
    ("recursive-function", "A shared function that calls itself, directly or through others."),
    ("reserved-word", "A word that the language keeps for itself stands as a name."),
    ("too-complex", "An expression that grows too large when its shared functions are put in."),
    ("unexpected-character", "A character that can stand nowhere in an expression."),
    ("unexpected-token", "Something stands where the grammar wants something else."),
    ("unknown-enum-value", "A text in quotes that is no value of the enumeration that it is compared with."),
    (
      "unknown-field",
      "A field that the entity's kinds do not declare; a slip of the pen would otherwise read as nothing."
    ),
    ("unknown-function", "A function that neither the language nor a document of functions declares."),
    ("unknown-name", "A name that nothing declares here."),
    ("unknown-time-zone", "A time zone that this machine's time zone database does not have."),
    ("unordered", "Values of an enumeration that is not `ordered` are compared by order."),
    ("unterminated-name", "A name in backticks that does not end on its line."),
    ("unterminated-string", "A string whose closing quote is missing."),
    ("wrong-arguments", "A function or macro with too few, too many or misplaced arguments."),
    ("wrong-key", "A map whose keys are of a type that can be no key, such as a list or a number with a fraction."),
    ("wrong-type", "A value of one type where another is wanted."),
  ]

  /// What a whole run or a rule's examples can report.
  private static let runs: [(id: String, explanation: String)] = [
    (
      "evaluation-error",
      "An expression of a query that is sound met something while it ran: a division by zero, the limit of cost."
    ),
    (
      "entry-not-shown",
      "An entry of an initiative that the catalogue would not show after a merge; nothing is written."
    ),
    (
      "not-renamed",
      "A rename that cannot be written safely, or with which something else would be found; nothing is written."
    ),
    ("not-read", "A file that looks like a document is left out: a link, an ending in capitals, `triglyph.yml`."),
    ("example-failed", "A rule does not say of an example what the example says it must."),
    ("adoption", "Which rules judge is chosen in `triglyph.yaml`; what the others would find, nobody looked for."),
    (
      "constant-requirement",
      "A rule requires what is true whatever the catalogue says, so it can find nothing; it runs, and says so."
    ),
    (
      "passed-over",
      "A file or a folder is called almost like what is read, and is not read; nothing else depends on it."
    ),
    (
      "mutant-survived",
      "A change of a rule that none of its examples notices: an example is wanted that tells the two apart."
    ),
    ("no-rules", "There is no active rule; a catalogue that nothing is held against passes nothing."),
    ("nothing-to-check", "There is no document; an empty catalogue passes nothing."),
    (
      "rule-without-example",
      "A rule lacks an example that passes or one that fails, so nobody knows whether it can tell."
    ),
    (
      "stale-equivalent",
      "An entry of `equivalents` in a rule that names no mutant, several, or one that an example tells from the rule."
    ),
    ("unreached", "A part of a rule that none of its examples evaluates."),
    (
      "vacuous-rule",
      "A rule that passes its examples without being asked anything, or a condition that is the same whatever is recorded."
    ),
  ]
}
