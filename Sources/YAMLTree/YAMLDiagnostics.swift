import Diagnostics

/// The diagnostics of this module, and the only place that words them.
public enum YAMLDiagnostics {
  /// Every id with one sentence for `explain`, sorted by id.
  public static let all: [(id: String, explanation: String)] = [
    ("yaml-alias-expansion", "Aliases repeat so much of a document that it would no longer fit in memory."),
    ("yaml-anchor", "An anchor (&name) or alias (*name) is not followed by a name."),
    ("yaml-block-scalar", "Something other than a comment follows the | or > that begins a block of text."),
    ("yaml-colon-in-value", "A colon and a space stand inside a value without quotes, where YAML reads a second key."),
    ("yaml-complex-key", "A key is not a plain word or a text in quotes on one line."),
    ("yaml-control-character", "The file holds a character that no text should have, such as NUL."),
    ("yaml-directive", "The file has a line such as %YAML or %TAG, which is not supported."),
    ("yaml-duplicate-key", "A mapping has the same key twice, so that one value would silently win."),
    ("yaml-empty-document", "A document consists of null alone."),
    ("yaml-empty-key", "A key is empty."),
    ("yaml-empty-value", "A value is empty, ~ or null, which does not say whether it is absent or unknown."),
    ("yaml-encoding", "The file is not UTF-8."),
    ("yaml-escape", "A backslash in double quotes is followed by something that is no escape."),
    ("yaml-file-size", "The file is larger than a file may be, and was not read."),
    ("yaml-indentation", "A line is indented differently from the keys or items that it belongs to."),
    ("yaml-line-separator", "The file holds a character that some programs take for a line break and others do not."),
    ("yaml-list-item", "A list item (- ) begins where none can."),
    ("yaml-merge-key", "The merge key << is not supported."),
    ("yaml-missing-colon", "A line in a mapping has no colon after its key."),
    ("yaml-missing-item", "Between brackets or braces an item is missing."),
    ("yaml-nesting", "Mappings and lists are nested deeper than anyone could have meant."),
    ("yaml-recursive-alias", "An alias stands inside the very node that it repeats."),
    ("yaml-reserved-character", "A value without quotes begins with a character that YAML keeps for itself."),
    ("yaml-syntax", "The text is not YAML."),
    ("yaml-tab", "A tab stands where YAML counts spaces."),
    ("yaml-tag", "A value begins with an exclamation mark, which YAML reads as a tag; tags are not supported."),
    ("yaml-text-after-document", "Text follows a document that is complete."),
    ("yaml-text-after-value", "Text follows a value that is complete."),
    ("yaml-too-many-errors", "The file has so many mistakes that the rest of it was not read."),
    ("yaml-unclosed-bracket", "A bracket or brace is not closed, or a comma is missing in it."),
    ("yaml-unclosed-quote", "A quotation mark is not closed."),
    ("yaml-unknown-alias", "An alias (*name) has no anchor (&name) before it."),
  ]
}

/// Nouns and sentences used more than once.
private enum Words {
  static let expressionNote = "if this is an expression, quote it or put it in a block scalar (|)"
  static let quotesInQuotes =
    "inside single quotes a single quote is written twice, inside double quotes a double quote is written \\\""
  static let quote = "put the value in quotes"
}

extension Diagnostic {
  static func fileTooLarge(_ source: SourceText, limit: Int) -> Diagnostic {
    Diagnostic(
      "yaml-file-size", .error, "the file is \(source.bytes.count) bytes long; the limit is \(limit)",
      at: SourceRange(source, 0..<0), fixes: [Fix("split it into several files")])
  }

  static func unsupportedEncoding(_ source: SourceText, _ name: String) -> Diagnostic {
    Diagnostic(
      "yaml-encoding", .error, "the file is \(name), not UTF-8", at: SourceRange(source, 0..<0),
      fixes: [Fix("save the file as UTF-8")])
  }

  static func fault(_ fault: ByteCheck.Fault, in source: SourceText) -> Diagnostic {
    let place = SourceRange(source, fault.range)
    switch fault.kind {
    case .invalidUTF8:
      let byte = hexadecimal(UInt32(source.bytes[fault.range.lowerBound]), width: 2)
      return Diagnostic(
        "yaml-encoding", .error, "the byte \(byte) is not UTF-8", at: place, label: "here",
        notes: ["the file may have been saved as Latin-1 or Windows-1252"], fixes: [Fix("save the file as UTF-8")])
    case .controlCharacter(let scalar):
      let name = scalar == 0 ? "NUL" : scalar == 0xFEFF ? "a byte-order mark" : "a control character"
      return Diagnostic(
        "yaml-control-character", .error, "\(name) (U+\(hexadecimal(scalar, width: 4))) cannot stand in YAML",
        at: place,
        label: "here",
        fixes: [Fix("remove it, or write it as an escape in double quotes", replacement: .init(range: place, text: ""))]
      )
    }
  }

  static func lineSeparator(_ place: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-line-separator", .warning, "an invisible line separator is read as a line break", at: place,
      fixes: [Fix("replace it by an ordinary line break", replacement: .init(range: place, text: "\n"))])
  }

  static func tooManyDiagnostics(at place: SourceRange?, limit: Int) -> Diagnostic {
    Diagnostic("yaml-too-many-errors", .error, "after \(limit) mistakes the rest of the file was not read", at: place)
  }

  static func emptyDocument(_ place: SourceRange) -> Diagnostic {
    Diagnostic("yaml-empty-document", .error, "a document cannot be null", at: place, fixes: [Fix("remove it")])
  }

  static func directive(_ place: SourceRange, line: Range<Int>) -> Diagnostic {
    Diagnostic(
      "yaml-directive", .error, "directives are not supported; files are YAML 1.2 in any case", at: place,
      fixes: [
        Fix("remove the line", replacement: .init(range: SourceRange(place.source, line), text: ""))
      ])
  }

  static func tag(_ place: SourceRange, node: Range<Int>, isScalar: Bool, expression: Fix?) -> Diagnostic {
    let name = shown(place)
    let isStandard = name.hasPrefix("!!") || !isScalar
    let blank = node.lowerBound > place.utf8Range.upperBound ? node.lowerBound : place.utf8Range.upperBound
    let removal = Fix(
      "remove the tag",
      replacement: .init(range: SourceRange(place.source, place.utf8Range.lowerBound..<blank), text: ""))
    let wanted = isStandard ? removal : expression
    return Diagnostic(
      "yaml-tag", .error, "YAML reads `\(name)` as a tag, and tags are not supported", at: place, label: "tag",
      notes: isStandard ? ["values are read by the type of their field"] : [Words.expressionNote],
      fixes: wanted.map { [$0] } ?? [])
  }

  static func unknownAlias(_ name: String, at place: SourceRange, known: [String], expression: Fix?) -> Diagnostic {
    var notes = suggestion(for: name, among: known).map { [$0] } ?? []
    notes.append(Words.expressionNote)
    return Diagnostic(
      "yaml-unknown-alias", .error, "no anchor `&\(shown(name))` stands before this alias in its document", at: place,
      notes: notes,
      fixes: expression.map { [$0] } ?? [])
  }

  static func recursiveAlias(_ name: String, at place: SourceRange, anchor: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-recursive-alias", .error, "the alias `*\(shown(name))` stands inside the node that it repeats", at: place,
      related: [Related("the node begins here", at: firstByte(of: anchor))])
  }

  static func aliasExpansion(_ name: String, at place: SourceRange, limit: Int, anchor: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-alias-expansion", .error, "with this alias the document repeats more than \(limit) values", at: place,
      related: [Related("what `*\(shown(name))` repeats", at: firstByte(of: anchor))])
  }

  static func tooDeep(at place: SourceRange, limit: Int) -> Diagnostic {
    Diagnostic("yaml-nesting", .error, "the document is nested more than \(limit) levels deep", at: place)
  }

  static func complexKey(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-complex-key", .error, "a key must be a word or a text in quotes", at: firstLine(of: place),
      notes: ["`? `, lists, mappings and aliases as keys are not supported"])
  }

  static func emptyKey(at place: SourceRange) -> Diagnostic {
    Diagnostic("yaml-empty-key", .error, "a key cannot be empty", at: place)
  }

  static func mergeKey(at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-merge-key", .error, "merge keys are not supported", at: place,
      fixes: [Fix("write the keys out where they are needed")])
  }

  static func duplicateKey(at place: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-duplicate-key", .error, "the key `\(shown(place))` stands here a second time", at: place, label: "again",
      related: [Related("the first time", at: first)], fixes: [Fix("remove one of the two")])
  }

  static func emptyValue(_ null: NullValue, in source: SourceText) -> Diagnostic {
    let place = SourceRange(source, null.place)
    let subject = null.key.map { "`\(shown(SourceRange(source, $0)))`" } ?? "this list item"
    let unknown = Fix.Replacement(range: SourceRange(source, null.unknown.range), text: null.unknown.text)
    let removal = null.removal.map { Fix.Replacement(range: SourceRange(source, $0), text: "") }
    return Diagnostic(
      "yaml-empty-value", .error, null.unknown.range.isEmpty ? "\(subject) has no value" : "\(subject) is null",
      at: place,
      label: null.unknown.range.isEmpty ? "nothing follows" : nil,
      notes: ["an empty value does not say whether there is none or nobody knows"],
      fixes: [
        Fix(null.key == nil ? "remove the item" : "remove the key", replacement: removal),
        Fix("write `unknown`, an admitted gap", replacement: unknown),
      ])
  }

  /// The text of a place, cut where it is long.
  private static func shown(_ place: SourceRange) -> String {
    let range = place.utf8Range
    guard range.count > 80 else { return place.text }
    return place.source.text(in: range.lowerBound..<range.lowerBound + 77) + "…"
  }

  private static func shown(_ name: String) -> String {
    name.utf8.count > 80 ? "\(name.prefix(77))…" : name
  }

  /// A range of several lines cut to the first byte, where only its beginning is of interest.
  private static func firstByte(of place: SourceRange) -> SourceRange {
    let start = place.utf8Range.lowerBound
    return SourceRange(place.source, start..<min(start + 1, max(start, place.utf8Range.upperBound)))
  }

  private static func firstLine(of place: SourceRange) -> SourceRange {
    let line = place.source.lineRange(at: place.utf8Range.lowerBound)
    return SourceRange(place.source, place.utf8Range.clamped(to: place.utf8Range.lowerBound..<line.upperBound))
  }

  private static func hexadecimal(_ number: UInt32, width: Int) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension UnquotedExpression {
  func fix(in source: SourceText) -> Diagnostic.Fix {
    Diagnostic.Fix(Words.quote, replacement: .init(range: SourceRange(source, range), text: quoted))
  }
}

extension SyntaxMistake {
  func diagnostic(in source: SourceText) -> Diagnostic {
    let wording = wording
    var place = problem
    var related: [Diagnostic.Related] = []
    if let context, context != problem.lowerBound {
      let opener = context..<min(context + 1, source.bytes.count)
      if pointsAtContext {
        place = context..<max(context, source.lineRange(at: context).upperBound)
      } else if let label = wording.contextLabel {
        related = [.init(label, at: SourceRange(source, opener))]
      }
    }
    var notes = wording.notes
    var fixes = wording.fixes
    if let expression {
      notes.append(Words.expressionNote)
      fixes.append(expression.fix(in: source))
    }
    if expression == nil, mayBeExpression { notes.append(Words.expressionNote) }
    if case .tab = kind {
      let text = String(repeating: "  ", count: problem.count)
      fixes = [.init("use spaces", replacement: .init(range: SourceRange(source, problem), text: text))]
    }
    let original = [failure.problem, failure.context].compactMap(\.self).joined(separator: ", ")
    notes.append("the YAML reader says: \(original)")
    return Diagnostic(
      wording.id, .error, wording.summary, at: SourceRange(source, place), label: wording.label, related: related,
      notes: notes, fixes: fixes)
  }

  /// A line without its colon is noticed only behind it.
  private var pointsAtContext: Bool {
    if case .missingColon = kind { true } else { false }
  }

  private var mayBeExpression: Bool {
    switch kind {
    case .colonInValue, .reservedCharacter, .tag, .anchor: true
    default: false
    }
  }

  private struct Wording {
    var id: String
    var summary: String
    var label: String?
    var contextLabel: String?
    var notes: [String] = []
    var fixes: [Diagnostic.Fix] = []

    init(
      _ id: String, _ summary: String, label: String? = nil, context: String? = nil, notes: [String] = [],
      fix: String? = nil
    ) {
      self.id = id
      self.summary = summary
      self.label = label
      contextLabel = context
      self.notes = notes
      fixes = fix.map { [Diagnostic.Fix($0)] } ?? []
    }
  }

  private var wording: Wording {
    switch kind {
    case .unclosedQuote:
      Wording(
        "yaml-unclosed-quote", "a quotation mark is not closed", label: "the text ends here", context: "it opens here",
        notes: [Words.quotesInQuotes])
    case .unclosedBracket(let close):
      Wording(
        "yaml-unclosed-bracket", "a comma or the closing `\(close)` is missing", label: "expected before this",
        context: "it opens here")
    case .indentation:
      Wording(
        "yaml-indentation", "this line is not indented like the lines that it belongs to",
        label: "does not line up", context: "they begin here", fix: "indent it by as many spaces as its neighbours")
    case .textAfterValue:
      Wording(
        "yaml-text-after-value", "the value is complete before this text", label: "not expected",
        notes: expression == nil ? [Words.quotesInQuotes] : [])
    case .colonInValue:
      Wording(
        "yaml-colon-in-value", "a colon and a space cannot stand in a value without quotes",
        label: "read as a second key")
    case .indentedUnderValue:
      Wording(
        "yaml-indentation",
        "no key can stand here: the line above has a value already, or this line is indented too far",
        notes: ["a text with a colon and a space in it needs quotes or a block scalar (|)"],
        fix: "indent the line like the key above")
    case .misplacedItem:
      Wording("yaml-list-item", "a list item cannot begin here", fix: "begin the list on a line of its own")
    case .missingColon:
      Wording("yaml-missing-colon", "there is no colon and space behind the key on this line", label: "no `: ` here")
    case .complexKey:
      Wording("yaml-complex-key", "a key must be a word or a text in quotes", notes: ["`? ` is not supported"])
    case .tab: Wording("yaml-tab", "a tab cannot be used for indentation", label: "tab", context: "in what begins here")
    case .reservedCharacter(let character):
      Wording(
        "yaml-reserved-character",
        "a value without quotes cannot begin with \(character == "`" ? "a backtick" : "`\(character)`")",
        fix: expression == nil ? Words.quote : nil)
    case .escape:
      Wording(
        "yaml-escape", "this is no escape that double quotes know", context: "the quotes open here",
        notes: ["in single quotes a backslash is just a backslash"])
    case .anchor: Wording("yaml-anchor", "`&` and `*` must be followed by a name of letters, digits, `-` and `_`")
    case .tag: Wording("yaml-tag", "YAML reads `!` as the beginning of a tag, and tags are not supported")
    case .directive: Wording("yaml-directive", "directives are not supported", fix: "remove the line")
    case .blockHeader:
      Wording(
        "yaml-block-scalar", "only a comment can follow `|` or `>` on its line",
        notes: ["the text begins on the next line, indented"])
    case .missingItem: Wording("yaml-missing-item", "an item is missing before this")
    case .textAfterDocument:
      Wording(
        "yaml-text-after-document", "the document is complete before this text",
        fix: "begin another document with `---`")
    case .other: Wording("yaml-syntax", "this is not YAML")
    }
  }
}
