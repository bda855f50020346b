import CEL
import Testing

@testable import Governance

/// What an estate answers.
@Suite struct AnswerTests {
  @Test(arguments: [
    ("every(system).size()", "3"), ("today", "2026-01-01"), ("1 + 1 == 2", "true"), ("'a' + 'b'", "ab"),
    ("every(system)[0].rto", "4h"), ("every(system)[1].rto", "(not recorded)"), ("optional.none()", "none"),
    ("optional.of(3)", "3"), ("timestamp('2026-01-01T10:00:05.250Z')", "2026-01-01T10:00:05.25Z"),
    ("duration('1.5s')", "1.5s"), ("duration('-0.25s')", "-0.25s"), ("duration('0s')", "0h"),
    ("duration('90m')", "1h30m"), ("duration('48h0.5s')", "48h0.5s"), ("duration('48h')", "2d"),
    ("timestamp('1969-12-31T23:59:59Z')", "1969-12-31T23:59:59Z"), ("type(1)", "int"),
  ])
  func `one value is one value`(text: String, value: String?) async {
    let asked = await ask(text)
    #expect(asked.value == value)
  }

  @Test(
    arguments: [
      ("every(system)", ["id", "name"], ["a Alpha", "b Beta", "c Gamma"]),
      ("every(system)[0]", ["id", "name"], ["a Alpha"]),
      ("optional.of(every(dataset))", ["id", "name"], ["cases Cases", "notes Notes"]),
      ("every(dataset)[0].heldBy", ["id", "name"], ["a Alpha", "c Gamma"]),
      (
        "[every(system)[0]] + every(dataset)", ["id", "name", "kind"],
        ["a Alpha system", "cases Cases dataset", "notes Notes dataset"]
      ),
      ("every(system).map(s, s.cost)", ["value"], ["7", "9", "2"]),
      ("[[1, 2], [3]]", ["value"], ["[1, 2]", "[3]"]),
      ("{'x': 1, 'y': 2}", ["key", "value"], ["x 1", "y 2"]),
      ("[{'x': 1}]", ["value"], ["x: 1"]),
      (
        "every(dataset).groupBy(d, d.heldBy.size())", ["key", "items.size()", "items"],
        ["1 1 [dataset:notes]", "2 1 [dataset:cases]"]
      ),
      ("every(system)[1].closure(x, x.feeds)", ["id", "name"], ["a Alpha", "c Gamma"]),
      (
        "every(system)[1].closure(x, x.feeds).pathTo(every(system)[2])", ["from", "relation", "carrier", "to"],
        ["system:b feeds [] system:c"]
      ),
    ] as [(String, [String], [String])])
  func `what falls into rows is a table`(text: String, headings: [String], rows: [String]) async {
    let asked = await ask(text)
    #expect(asked.mistakes == [])
    #expect(asked.headings == headings)
    #expect(asked.rows == rows)
  }

  @Test func `columns are expressions on self, and a field's bare name is the field`() async {
    let asked = await ask(kind: "system", columns: "name, self.cost * 2", "holds.map(d, d.id), supplier.map(o, o.name)")
    #expect(asked.headings == ["name", "self.cost * 2", "holds.map(d, d.id)", "supplier.map(o, o.name)"])
    #expect(asked.rows == ["Alpha 14 [cases, notes] [Hub]", "Beta 18 [] []", "Gamma 4 [cases] []"])
  }

  @Test func `a column may have a heading of its own`() async {
    let asked = await ask(kind: "system", columns: "id, What it costs : cost, mfa ? 1 : 2, Größe: {1: cost}[1]")
    #expect(asked.headings == ["id", "What it costs", "mfa ? 1 : 2", "Größe"])
    #expect(asked.rows == ["a 7 (not recorded) 7", "b 9 (not recorded) 9", "c 2 (not recorded) 2"])
  }

  @Test func `columns apply to rows of any type`() async {
    let groups = Question(
      .expression("every(system).groupBy(s, s.cost > 5)"), condition: "key", columns: ["key, items.map(i, i.id)"])
    #expect(await Asked(groups, [landscape]).rows == ["true [a, b]"])
    let numbers = Question(.expression("[3, 1, 2]"), condition: "self > 1", columns: ["self * self"], sort: ["self"])
    #expect(await Asked(numbers, [landscape]).rows == ["4", "9"])
    let entries = Question(.expression("{'x': 1, 'y': 2}"), condition: "value > 1", columns: ["key"])
    #expect(await Asked(entries, [landscape]).rows == ["y"])
  }

  @Test func `a field hides the language's name, and another name keeps its meaning`() async {
    let asked = await ask(kind: "decision", columns: "date")
    #expect(asked.mistakes == [])
    #expect(asked.answer?.columns.first?.typeName == "date")
    #expect(await ask(kind: "system", columns: "today").rows == ["2026-01-01", "2026-01-01", "2026-01-01"])
    #expect(await ask(kind: "system", columns: "every(system).size()").rows == ["3", "3", "3"])
  }

  // MARK: What nobody recorded

  @Test func `a row whose condition is undecided stays, with the facts`() async {
    let asked = await ask(kind: "system", where: "self.rto < duration('2h')", columns: "id")
    #expect(asked.rows == ["? b", "c"])
    #expect(asked.facts == ["system:b.rto"])
    #expect(asked.answer?.undecidedRowCount == 1)
    #expect(asked.answer?.isDecided == false)
  }

  @Test func `an element that is possibly there is undecided also where the condition holds`() async {
    let question = Question(
      .expression("every(system).filter(s, s.rto < duration('2h'))"), condition: "cost > 5", columns: ["id"])
    let asked = await Asked(question, [landscape])
    #expect(asked.rows == ["? b"])
    #expect(asked.facts == ["system:b.rto"])
  }

  @Test func `an open list, an unknown value and one inside a list are told`() async {
    let open = await ask("every(system)[2].locations")
    #expect(open.rows == [])
    #expect(open.answer?.open != nil)
    #expect(open.facts == ["system:c.locations"])
    let cells = await ask(kind: "system", columns: "id, rto, holds.map(d, d.classification)")
    #expect(cells.rows == ["a 4h [secret, …]", "b (not recorded) []", "c 1h [secret]"])
    #expect(cells.answer?.undecidedValueCount == 2)
    #expect(cells.facts == ["dataset:notes.classification", "system:b.rto"])
    let value = await ask("every(system)[1].rto")
    #expect(value.answer?.undecidedValueCount == 1)
    #expect(value.facts == ["system:b.rto"])
    let elements = await ask("[every(system)[1].rto, every(system)[2].rto]")
    #expect(elements.rows == ["1h"])
    #expect(elements.answer?.open != nil)
    #expect(elements.facts == ["system:b.rto"])
    #expect(await ask("every(system).size()").answer?.isDecided == true)
  }

  // MARK: Order

  @Test func `rows are sorted by keys, what is not recorded last in both directions`() async {
    #expect(await ask(kind: "system", columns: "id", sort: ["rto"]).rows == ["c", "a", "b"])
    let falling = await ask(kind: "system", columns: "id", sort: ["rto"], isDescending: true)
    #expect(falling.rows == ["a", "c", "b"])
    #expect(falling.answer?.order != nil)
    #expect(falling.facts == ["system:b.rto"])
    let two = await ask(kind: "system", columns: "id", sort: ["holds.size(), -cost"])
    #expect(two.rows == ["b", "c", "a"])
    #expect(two.answer?.order == nil)
    #expect(await ask(kind: "dataset", columns: "id", sort: ["classification"]).rows == ["cases", "notes"])
  }

  @Test func `equal keys keep the order of the list`() async {
    #expect(await ask(kind: "system", columns: "id", sort: ["true"], isDescending: true).rows == ["a", "b", "c"])
  }

  // MARK: Errors

  @Test func `an error in a value leaves the other values`() async {
    let asked = await ask(kind: "system", columns: "id, 8 / (cost - 7)")
    #expect(asked.answer?.rows.count == 3)
    #expect(asked.answer?.failedValueCount == 1)
    #expect(asked.mistakes == ["evaluation-error 1:5 this cannot be worked out: division by zero; for system:a"])
  }

  @Test func `an error in the condition, the order or the subject leaves no answer`() async {
    for question in [
      Question(.kind("system"), condition: "8 / (cost - 7) > 1"), Question(.kind("system"), sort: ["8 / (cost - 7)"]),
      Question(.expression("every(system).map(s, 8 / (s.cost - 7))")), Question(.expression("[1][2]")),
    ] {
      let asked = await Asked(question, [landscape])
      #expect(asked.answer?.content == nil)
      #expect(asked.diagnostics.map(\.id) == ["evaluation-error"])
    }
  }

  @Test func `an error that another operand hides is an error all the same`() async {
    let either = await ask(kind: "system", where: "8 / (cost - 7) > 1 || true")
    #expect(either.answer?.content == nil)
    #expect(either.diagnostics.count == 1)
  }

  @Test func `there is a limit of cost for each value and one for the whole question`() async {
    let value = Question(.kind("system"), columns: ["id, every(system).map(s, s.cost + cost).size()"])
    let asked = await Asked(value, [landscape], costLimit: 2)
    #expect(asked.answer?.failedValueCount == 3)
    #expect(
      asked.mistakes == [
        "evaluation-error 1:5 this cannot be worked out: the expression visits more than 2 elements; for system:a, system:b, system:c"
      ])
    let many = Question(
      .expression("lists.range(100)"),
      columns: ["[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(a, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(b, a + b + self)).size()"])
    #expect(await Asked(many, [landscape], costLimit: 1_000).answer?.failedValueCount == 0)
    let whole = await Asked(many, [landscape], costLimit: 120)
    let failed = whole.answer?.failedValueCount ?? 0
    #expect(failed > 0 && failed < 100)
    #expect(whole.diagnostics.first?.summary.contains("the whole question visits more than 6000 elements") == true)
  }

  @Test func `functions that rules share and settings may be used`() async {
    let functions = """
      kind: functions
      id: shared
      name: Shared
      functions:
        dear: {params: {s: system}, is: s.cost > 5}
      """
    let asked = await Asked(
      Question(.kind("system"), condition: "dear(self)", columns: ["id"]), [landscape, functions])
    #expect(asked.rows == ["a", "b"])
  }

  @Test func `an estate whose derived fields are worked out as far as is read gives the same answer`() async {
    let checked = await Checked([landscape])
    let question = Question(.kind("system"), columns: ["id, worth"])
    let (prepared, _) = QuestionReader.read(question, checked.estate, checked.book)
    let some = checked.estate.deriving(toRead: prepared?.reads)
    #expect(prepared?.answer(on: some).rows.map { ValueText.exact($0.cells[1], some) } == ["14", "18", "4"])
  }
}
