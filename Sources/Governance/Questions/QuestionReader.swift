internal import CEL
public import Catalogue
public import Diagnostics

/// Checks a question against an estate and compiles it: every mistake at its place in what was typed.
public struct QuestionReader {
  private let estate: Estate
  private var environment: Environment
  private var diagnostics: [Diagnostic] = []
  private var reads: Set<Int32> = []
  private var slotCount = 1
  private var form: ElementForm?

  /// The question ready to be answered, or what is wrong with it, sorted for printing.
  public static func read(
    _ question: Question, _ estate: Estate, _ book: RuleBook
  ) -> (question: PreparedQuestion?, diagnostics: [Diagnostic]) {
    var reader = QuestionReader(estate, book)
    let prepared = reader.read(question)
    return (reader.diagnostics.isEmpty ? prepared : nil, reader.diagnostics.sortedForPrinting())
  }

  private init(_ estate: Estate, _ book: RuleBook) {
    self.estate = estate
    environment = ExpressionEnvironment.of(estate)
    environment.functions = book.functions
    environment.firstFreeSlot = 1
  }

  private mutating func read(_ question: Question) -> PreparedQuestion? {
    guard let subject = readSubject(question.subject) else { return nil }
    let form = ElementForm(of: subject.code.type, estate.metamodel, environment)
    let asksRows =
      question.condition != nil || !question.columns.isEmpty || !question.sort.isEmpty || !question.groups.isEmpty
    if let element = form.element {
      environment.variables["self"] = .slot(0, element)
      self.form = form
    } else if asksRows {
      diagnostics.append(
        Diagnostic(
          "wrong-type", .error,
          "this is \(environment.description(of: subject.code.type)), which has no rows to choose, show or sort",
          at: subject.typed.sourceRange))
      return nil
    }
    let condition = question.condition.flatMap {
      step(TypedExpression($0, name: "--where"), expecting: .bool)
    }
    let columns = question.groups.isEmpty ? readColumns(question, form) : []
    let groups = readHeaded(question.groups, name: "--group-by")
    let keys = question.sort.flatMap { TypedExpression.list($0, name: "--sort") }.compactMap { readKey($0) }
    return PreparedQuestion(
      question: question, typeName: environment.description(of: subject.code.type), subject: subject,
      element: form.element, condition: condition, columns: columns, groups: groups, sortKeys: keys,
      slotCount: slotCount,
      reads: reads, columnTypeNames: columns.map { environment.description(of: $0.step.code.type) },
      groupTypeNames: groups.map { environment.description(of: Answering.keyType($0.step.code.type)) })
  }

  private mutating func readSubject(_ subject: Question.Subject) -> PreparedQuestion.Step? {
    switch subject {
    case .expression(let text): return step(TypedExpression(text, name: "<expression>"))
    case .kind(let name):
      let names = estate.metamodel.kindNames
      guard names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else {
        let plural = estate.metamodel.kinds.first { $0.plural == name }.map { "did you mean `\($0.name)`?" }
        let note = plural ?? suggestion(for: name, among: names) ?? "`triglyph query --kinds` lists the kinds"
        let source = SourceText(name: "--kind", text: name)
        diagnostics.append(
          Diagnostic(
            "unknown-kind", .error, "there is no kind `\(name)`", at: SourceRange(source, 0..<source.bytes.count),
            notes: [note]))
        return nil
      }
      return step(TypedExpression("every(\(name))", name: "--kind"))
    }
  }

  private mutating func readColumns(_ question: Question, _ form: ElementForm) -> [PreparedQuestion.Column] {
    guard form.element != nil else { return [] }
    if question.columns.isEmpty {
      if form.columns.isEmpty {
        return step(TypedExpression("self", name: "--columns")).map { [.init(heading: "value", step: $0)] } ?? []
      }
      return form.columns.compactMap { name in
        step(TypedExpression("self.\(name)", name: "--columns")).map { .init(heading: name, step: $0) }
      }
    }
    return readHeaded(question.columns, name: "--columns")
  }

  /// Expressions, each with a heading of its own or the expression for one.
  private mutating func readHeaded(_ texts: [String], name: String) -> [PreparedQuestion.Column] {
    var result: [PreparedQuestion.Column] = []
    for column in texts.flatMap({ TypedExpression.list($0, name: name) }) {
      let (heading, typed) = column.headed ?? (column.text, column)
      if let first = result.first(where: { $0.heading == heading }) {
        diagnostics.append(
          Diagnostic(
            "duplicate", .error, "the column `\(heading)` is there already", at: typed.sourceRange,
            related: [Diagnostic.Related("first here", at: first.step.typed.sourceRange)]))
      } else if let step = step(typed) {
        result.append(.init(heading: heading, step: step))
      }
    }
    return result
  }

  private mutating func readKey(_ typed: TypedExpression) -> PreparedQuestion.Step? {
    guard let key = step(typed) else { return nil }
    var type = key.code.type
    if case .optional(let inner) = type { type = inner }
    switch type {
    case .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .enumeration, .entity: return key
    default:
      let note = type.elementType == nil ? [] : ["by how many there are: `\(typed.text).size()`"]
      diagnostics.append(
        Diagnostic(
          "wrong-type", .error, "rows cannot be sorted by \(environment.description(of: key.code.type))",
          at: typed.sourceRange, notes: note))
      return nil
    }
  }

  // MARK: Expressions

  /// Parses, checks and compiles one expression; nil after a mistake, which is reported.
  private mutating func step(_ typed: TypedExpression, expecting: ValueType? = nil) -> PreparedQuestion.Step? {
    var parsed = Parser.parse(typed.bytes, macros: MacroSignature.all)
    if let form { parsed = parsed.selecting(form.fields, from: "self") }
    let checked = Checker.check(parsed, in: environment, expecting: expecting)
    guard checked.problems.isEmpty else {
      diagnostics += checked.problems.map { typed.diagnostic($0, notes: notes(on: $0, in: parsed)) }
      return nil
    }
    let compiled = CompiledExpression(checked, in: environment)
    reads.formUnion(compiled.footprint.fields)
    slotCount = max(slotCount, compiled.slotCount)
    return PreparedQuestion.Step(typed: typed, code: compiled)
  }

  /// What a name that nothing declares was meant for, where that can be told: a shell eats quotes, and a slip of the
  /// pen in a field's name is none of the language's names.
  private func notes(on problem: ExpressionProblem, in parsed: ParsedExpression) -> [String] {
    guard problem.range.upperBound <= parsed.text.count else { return [] }
    let name = String(decoding: parsed.text[problem.range], as: UTF8.self)
    if problem.id == "has-argument", form?.fields.contains(name) == true { return ["here: `has(self.\(name))`"] }
    guard problem.id == "unknown-name" else { return [] }
    if estate.metamodel.enums.contains(where: { $0.ordinal(of: name) != nil }) {
      return ["a value stands in quotes, and the whole expression in the shell's: '… == \"\(name)\"'"]
    }
    if case .found(let row) = estate.find(name) {
      return ["`\(name)` is an entity: `triglyph show \(estate.identity(row))`"]
    }
    guard let form else {
      return name == "self" ? ["`self` is an element of a list: in --where, --columns and --sort"] : []
    }
    guard problem.notes.isEmpty else { return [] }
    if let near = suggestion(for: name, among: form.fields.sorted()) { return [near] }
    guard case .entity(let kinds)? = form.element, kinds.count == 1, let kind = kinds.kinds.first else { return [] }
    return ["`triglyph query --fields \(estate.metamodel.kinds[kind].name)` lists what it has"]
  }
}
