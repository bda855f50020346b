import CEL
import Diagnostics
import Testing
import YAMLTree

@testable import Catalogue

@Suite struct JudgeTests {
  private func files(_ texts: String...) -> [SourceText] {
    texts.enumerated().map { SourceText(name: "\($0).yaml", text: $1) }
  }

  private func estate(_ own: [SourceText], _ judges: [SourceText]) async -> Estate {
    await RepositoryReader.read(own, judgedBy: judges, asOf: CivilDate(days: 0), tasks: 1).estate
  }

  private let vocabulary =
    "{kind: metamodel, id: m, name: M, kinds: {system: {plural: systems, fields: {count: {type: integer, required: true, why: T.}}}}}"
  private let relaxed =
    "{kind: metamodel, id: m, name: M, kinds: {system: {plural: systems, fields: {count: {type: integer}}}}}"

  @Test func `documents that judge are taken from the other side, whatever file they lie in`() async {
    let own = files(
      relaxed,
      """
      {kind: system, id: a, name: A}
      ---
      {kind: decision, id: mine, name: Mine, date: 2026-01-01, outcome: approved}
      ---
      {kind: evidence, id: e, name: E, type: test, date: 2026-01-01}
      """)
    let judges = files(
      vocabulary,
      "{kind: system, id: theirs, name: T}\n---\n{kind: decision, id: theirs, name: T, date: 2026-01-01, outcome: rejected}"
    )
    let estate = await estate(own, judges)
    func ids(_ kind: String) -> [String] { estate.rows(ofKind: kind).map { estate.entity($0).id } }
    #expect(ids("system") == ["a"])
    #expect(ids("decision") == ["theirs"])
    #expect(ids("evidence") == ["e"])
    // The field is required as the judge says.
    #expect(estate.integrity.contains { $0.rule == .requiredFieldMissing && $0.field == "count" })
  }

  @Test(arguments: [
    // What only adds.
    ("", "", true), ("kinds: {a: {plural: as}}", "kinds: {a: {plural: as}, b: {plural: bs}}", true),
    ("kinds: {a: {fields: {x: {type: string}}}}", "kinds: {a: {fields: {y: {type: date}, x: {type: string}}}}", true),
    ("kinds: {a: {plural: as}}", "kinds: {a: {plural: as, relations: {r: {to: a}}}}", true),
    ("kinds: {a: {why: One.}}", "kinds: {a: {why: Two., title: An A}}", true),
    ("enums: {e: {ordered: true, values: [x, z]}}", "enums: {e: {ordered: true, values: [w, x, y, z]}}", true),
    ("kinds: {a: {fields: {x: {type: string}}}}", "kinds: {a: {fields: {x: {\"type\": 'string'}}}}", false),
    // What changes or takes away.
    ("kinds: {a: {plural: as}}", "kinds: {b: {plural: bs}}", false),
    ("kinds: {a: {fields: {x: {type: string}}}}", "kinds: {a: {fields: {x: {type: date}}}}", false),
    ("kinds: {a: {fields: {x: {type: string}}}}", "kinds: {a: {fields: {x: {type: string, default: q}}}}", false),
    ("kinds: {a: {fields: {x: {type: string, required: true}}}}", "kinds: {a: {fields: {x: {type: string}}}}", false),
    ("kinds: {a: {relations: {r: {to: a}}}}", "kinds: {a: {relations: {r: {to: a, absent: none}}}}", false),
    ("kinds: {a: {relations: {r: {to: [a]}}}}", "kinds: {a: {relations: {r: {to: [a, b]}}}}", false),
    ("enums: {e: {ordered: true, values: [x, z]}}", "enums: {e: {ordered: true, values: [z, x]}}", false),
    ("enums: {e: {ordered: true, values: [x, z]}}", "enums: {e: {ordered: true, values: [x]}}", false),
    (
      "kinds: {a: {derived: {d: {type: string, is: one}}}}", "kinds: {a: {derived: {d: {type: string, is: two}}}}",
      false
    ),
    ("lifecycle: {phases: [p, q], live: [p]}", "lifecycle: {phases: [p, q], live: [p, q]}", false),
  ])
  func `a vocabulary that only adds is told from one that does not`(old: String, new: String, holds: Bool) {
    func document(_ text: String) -> [YAMLNode] {
      YAMLFile.parse(SourceText(name: "m", text: "kind: metamodel\nid: m\nname: M\n\(text)\n")).documents.map(\.root)
    }
    #expect(VocabularyExtension.holds(of: document(old), in: document(new)) == holds)
  }

  @Test func `a vocabulary that only adds judges, so that what uses it can be read`() async {
    let extended = vocabulary.replacing("kinds: {", with: "kinds: {thing: {plural: things}, ")
    let estate = await estate(files(extended, "{kind: thing, id: t, name: T}"), files(vocabulary))
    #expect(estate.rows(ofKind: "thing").count == 1)
    let other = await RepositoryReader.read(
      files(relaxed.replacing("kinds: {", with: "kinds: {thing: {plural: things}, "), "{kind: thing, id: t, name: T}"),
      judgedBy: files(vocabulary), asOf: CivilDate(days: 0), tasks: 1)
    #expect(other.diagnostics.map(\.id) == ["unknown-kind"])
  }
}
