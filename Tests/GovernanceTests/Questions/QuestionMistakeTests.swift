import Testing

@testable import Governance

/// Mistakes in what was typed, at their places.
@Suite struct QuestionMistakeTests {
  @Test(arguments: [
    ("1 +", "unexpected-token 1:4 expected an operand, found the end of the expression"),
    ("", "empty-expression 1:1 the expression is empty"),
    ("every(sistem)", "unknown-kind 1:7 there is no kind `sistem`; did you mean `system`?"),
    (
      "every(system).filter(s, s.cots > 1)",
      "unknown-field 1:27 system has no field `cots`; did you mean `cost` or `notes`?"
    ),
    (
      "every(system).filter(s, s.classification == 'secre')",
      "unknown-enum-value 1:45 `secre` is no value of classification; did you mean `secret`?; it has: public, official, secret"
    ),
    (
      "every(system).filter(s, s.classification == secret)",
      "unknown-name 1:45 there is no `secret` here; a value stands in quotes, and the whole expression in the shell's: '… == \"secret\"'"
    ),
    ("system", "unknown-name 1:1 there is no `system` here; `system` is a kind; all of a kind are `every(system)`"),
    ("hub", "unknown-name 1:1 there is no `hub` here; `hub` is an entity: `triglyph show organisation:hub`"),
    (
      "self.name",
      "unknown-name 1:1 there is no `self` here; `self` is an element of a list: in --where, --columns and --sort"
    ),
  ])
  func `an expression's mistake`(text: String, mistake: String) async {
    let asked = await ask(text)
    #expect(asked.answer == nil)
    #expect(asked.mistakes == [mistake])
  }

  @Test(arguments: [
    (
      "nam, cost, owner.nme",
      [
        "1:1 there is no `nam` here; did you mean `name`?",
        "1:12 there is no `owner` here; `triglyph query --fields system` lists what it has",
      ]
    ),
    ("Nothing:", ["1:9 the expression is empty"]), ("X: nam", ["1:4 there is no `nam` here; did you mean `name`?"]),
    ("wherever", ["1:1 there is no `wherever` here; `triglyph query --fields system` lists what it has"]),
    ("id,", ["1:4 the expression is empty"]),
    ("id, id", ["1:5 the column `id` is there already"]),
    ("has(rto)", ["1:5 `has` needs the selection of a field, such as `has(x.name)`; here: `has(self.rto)`"]),
    ("holds.map(d, d.nam)", ["1:16 dataset has no field `nam`; did you mean `name`?"]),
  ])
  func `a column's mistake is placed in the list of columns`(columns: String, mistakes: [String]) async {
    let asked = await ask(kind: "system", columns: columns)
    #expect(asked.answer == nil)
    #expect(asked.diagnostics.allSatisfy { $0.range?.source.name == "--columns" })
    #expect(asked.mistakes.map { String($0.drop { $0 != " " }.dropFirst()) } == mistakes)
  }

  @Test func `a condition is a boolean and a key has an order`() async {
    let condition = await ask(kind: "system", where: "name")
    #expect(condition.mistakes == ["wrong-type 1:1 this is string, but bool is wanted here"])
    #expect(condition.diagnostics.first?.range?.source.name == "--where")
    let key = await ask(kind: "system", sort: ["id, holds"])
    #expect(
      key.mistakes == ["wrong-type 1:5 rows cannot be sorted by list(dataset); by how many there are: `holds.size()`"])
  }

  @Test func `a kind that is none`() async {
    #expect(
      await ask(kind: "systems").mistakes == ["unknown-kind 1:1 there is no kind `systems`; did you mean `system`?"])
    #expect(
      await ask(kind: "sistem").mistakes == ["unknown-kind 1:1 there is no kind `sistem`; did you mean `system`?"])
    #expect(
      await ask(kind: "zzzzzz").mistakes == [
        "unknown-kind 1:1 there is no kind `zzzzzz`; `triglyph query --kinds` lists the kinds"
      ])
    // What follows a kind's name is not taken for an expression.
    #expect(await ask(kind: "system).filter(x, true").diagnostics.map(\.id) == ["unknown-kind"])
  }

  @Test func `one value has no rows`() async {
    let asked = await Asked(Question(.expression("today"), columns: ["id"]), [landscape])
    #expect(asked.mistakes == ["wrong-type 1:1 this is date, which has no rows to choose, show or sort"])
  }
}
