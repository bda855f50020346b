import CEL
import Diagnostics
import Testing

@testable import Catalogue

@Suite struct CatalogueDifferenceTests {
  private func estate(_ texts: [String]) async -> Estate {
    let files =
      [SourceText(name: "0.yaml", text: testMetamodel)]
      + texts.enumerated().map { SourceText(name: "\($0 + 1).yaml", text: $1) }
    return await RepositoryReader.read(files, asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0), tasks: 1).estate
  }

  private func lines(_ base: [String], _ head: [String]) async -> [String] {
    let difference = CatalogueDifference(from: await estate(base), to: await estate(head))
    return difference.changes.flatMap { change -> [String] in
      let identity =
        change.kind == .renamed ? "\(change.before?.identity ?? "?") to \(change.identity)" : change.identity
      let fields = change.fields.map { field in
        let values = "\(field.before?.words ?? "-") > \(field.after?.words ?? "-")"
        return field.gained.isEmpty && field.lost.isEmpty
          ? "  \(field.path): \(values)" : "  \(field.path): +\(field.gained) -\(field.lost)"
      }
      let edits = change.edits.map { "  \($0.before ?? "-") > \($0.after ?? "-")" }
      let followed = change.followedCount > 0 ? ["  follows \(change.followedCount)"] : []
      return ["\(change.kind.rawValue) \(identity)"] + fields + edits + followed
    }
  }

  @Test func `what is written otherwise and says the same differs in nothing`() async {
    let base = [
      """
      kind: system
      id: a
      name: A
      rto: 4h
      spend: GBP 10
      tags: [x, y]
      needed: [b, c]
      supplier: o
      classification: public
      integrations: [{to: b, id: feed}]
      """,
      "{kind: system, id: b, name: B, classification: public}\n---\n{kind: system, id: c, name: C, classification: public}",
      "{kind: organisation, id: o, name: O}",
    ]
    let head = [
      "{kind: organisation, id: o, name: O} # moved\n---\n{kind: system, id: c, name: 'C', classification: public}",
      """
      {kind: system, id: b, classification: public, name: B}
      ---
      # A comment.
      kind: system
      name: "A"
      id: a
      classification: public
      supplier: "o"
      needed:
        - c
        - b
      tags: [x, 'y']
      spend: GBP 10.00
      rto: PT240M
      """,
      "{kind: integration, from: a, id: feed, to: b}",
    ]
    #expect(await lines(base, head) == [])
    #expect(await lines(head, base) == [])
  }

  @Test func `fields one by one, with old and new values`() async {
    let base = [
      """
      kind: system
      id: a
      name: A
      classification: public
      rto: 4h
      tags: [x, y]
      needed: [b, c]
      supplier: o
      lifecycle: {active: 2020-01-01, retired: 2030-01-01}
      dpia: {status: api, date: 2025-01-01}
      """,
      "{kind: system, id: b, name: B, classification: public}\n---\n{kind: system, id: c, name: C, classification: public}",
      "{kind: organisation, id: o, name: O}",
    ]
    let head = [
      """
      kind: system
      id: a
      name: A
      classification: secret
      tags: [y, x]
      needed: [b, a]
      supplier: unknown
      count: 3
      lifecycle: {active: 2020-01-01, retired: 2031-01-01}
      dpia: {status: event, date: 2025-01-01}
      """,
      "{kind: system, id: b, name: B, classification: public}\n---\n{kind: system, id: d, name: D, classification: public}",
      "{kind: organisation, id: o, name: O}",
    ]
    #expect(
      await lines(base, head) == [
        "added system:d", "changed system:a", "  classification: public > secret", "  tags: x, y > y, x",
        "  needed: +[\"system:a\"] -[\"system:c\"]", "  supplier: o > unknown", "  count: - > 3",
        "  lifecycle.retired: 2030-01-01 > 2031-01-01", "  dpia.status: api > event", "  rto: 4h > -",
        "removed system:c",
      ])
  }

  @Test func `a rename is one, and references that follow it are no changes`() async {
    let base = [
      "{kind: system, id: old, name: Old, classification: public, integrations: [{to: b, id: feed}]}",
      "{kind: system, id: b, name: B, classification: public, needed: [old], fallback: old}",
      "{kind: system, id: c, name: C, classification: public, needed: [old], count: 1}",
    ]
    let head = [
      "{kind: system, id: new, aliases: [old], name: New, classification: public, integrations: [{to: b, id: feed}]}",
      "{kind: system, id: b, name: B, classification: public, needed: [new], fallback: new}",
      "{kind: system, id: c, name: C, classification: public, needed: [old], count: 2}",
    ]
    #expect(
      await lines(base, head) == [
        "renamed integration:old/feed to integration:new/feed", "renamed system:old to system:new", "  name: Old > New",
        "changed system:c", "  count: 1 > 2",
      ])
    let renames = CatalogueDifference.renames(from: await estate(base), to: await estate(head))
    #expect(renames == ["system:old": "system:new", "integration:old/feed": "integration:new/feed"])
    // An alias of something that was there before is no rename, and two cannot become one.
    #expect(
      await lines(base, [base[1], base[2].replacing("id: c", with: "id: c, aliases: [old]")]) == [
        "changed system:c", "  aliases: +[\"old\"] -[]", "removed integration:old/feed", "removed system:old",
      ])
  }

  @Test func `names in texts that follow a rename are no changes`() async {
    func documents(_ system: String, _ candidates: [String], _ reason: String) -> [String] {
      let considered = candidates.map { "{candidate: '\($0)', verdict: adopt, reason: '\(reason)'}" }
      return [
        "{kind: system, \(system), name: A, classification: public, tags: ['\(candidates[0])']}",
        "{kind: initiative, id: i, name: I, stage: design, reuseConsidered: [\(considered.joined(separator: ", "))]}",
      ]
    }
    let base = documents("id: a", ["system:a", "a"], "Why a.")
    #expect(
      await lines(base, documents("id: b, aliases: [a]", ["system:b", "b"], "Why a.")) == [
        "renamed system:a to system:b", "  follows 1",
      ])
    // What is said besides is a change, and so is another name.
    #expect(await lines(base, documents("id: b, aliases: [a]", ["system:b", "b"], "Why b.")).count == 4)
    #expect(await lines(base, documents("id: b, aliases: [a]", ["system:c", "b"], "Why a.")).count == 4)
    #expect(await lines(base, documents("id: a", ["system:b", "a"], "Why a.")).count == 4)
  }

  @Test func `what an alias of YAML's stands for is compared, not its name`() async {
    func system(_ target: String) -> [String] {
      [
        """
        kind: system
        id: a
        name: A
        classification: public
        needed: [&t \(target)]
        integrations: [{id: feed, to: *t}]
        """,
        "{kind: system, id: b, name: B, classification: public}",
        "{kind: system, id: c, name: C, classification: public}",
      ]
    }
    #expect(
      await lines(system("b"), system("c")) == [
        "changed integration:a/feed", "  to: b > c", "changed system:a", "  needed: +[\"system:c\"] -[\"system:b\"]",
      ])
  }

  @Test func `of long texts the difference is shown`() async {
    let start = String(repeating: "All work and no play. ", count: 20)
    func texts(_ end: String) -> [String] {
      ["{kind: system, id: a, name: A, classification: public, text: \"\(start)\(end)\"}"]
    }
    let difference = CatalogueDifference(from: await estate(texts("One.")), to: await estate(texts("Two\\n\\n  more.")))
    let shown = difference.changes[0].fields[0].shown(limit: 40)
    #expect(shown.before == "… no play. One." && shown.after == "… no play. Two more.")
    let short = CatalogueDifference(
      from: await estate(texts("")), to: await estate([texts("")[0].replacing(start, with: "x")]))
    #expect(short.changes[0].fields[0].shown(limit: 20).before == "All work and no play…")
    #expect(EntityChange.Field.shown(["a", "b\n c"], limit: 5) == "a, b …")
  }

  @Test func `entries of an initiative one by one`() async {
    let systems =
      "{kind: system, id: a, name: A, classification: public}\n---\n{kind: system, id: b, name: B, classification: public}"
    func initiative(_ entries: String) -> String {
      "kind: initiative\nid: i\nname: I\nstage: design\ngoLive: 2027-01-01\n\(entries)"
    }
    let base = initiative(
      """
      adds:
        - {kind: system, id: x, name: X, classification: public, count: 1}
        - {kind: system, id: y, name: Y, classification: public}
      changes:
        - {ref: 'system:a', set: {count: 3, rto: 2h}, link: {needed: [b]}}
      """)
    let head = initiative(
      """
      adds:
        - {kind: system, id: x, name: X, classification: public, count: 2}
        - {kind: system, id: z, name: Z, classification: public}
      changes:
        - {ref: 'system:a', set: {count: 4, rto: 120m}, date: 2027-03-01}
        - {ref: 'system:b', link: {needed: [a]}}
      """)
    #expect(
      await lines([systems, base], [systems, head])
        == [
          "changed initiative:i", "  set system:x count 1 > set system:x count 2", "  - > add system:z",
          "  set system:a count 3 > set system:a count 4 from 2027-03-01",
          "  set system:a rto 2h > set system:a rto 2h from 2027-03-01", "  - > link system:b needed system:a",
          "  add system:y > -", "  link system:a needed system:b > -",
        ].map { $0.replacing(" needed system:", with: " needed ") })
    #expect(
      await lines([systems], [systems, head]).prefix(3) == [
        "added initiative:i", "  - > add system:x", "  - > add system:z",
      ])
    #expect(await lines([systems, base], [systems, base]) == [])
  }

  @Test func `vocabularies may differ, and one that lacks a kind is no trap`() async {
    let base = [
      "{kind: system, id: a, name: A, classification: public, needed: [a], about: ['organisation:o']}",
      "{kind: organisation, id: o, name: O}",
    ]
    let head = [
      SourceText(name: "m.yaml", text: "{kind: metamodel, id: other, name: Other, kinds: {thing: {plural: things}}}"),
      SourceText(name: "t.yaml", text: "{kind: thing, id: a, name: A}"),
    ]
    let other = await RepositoryReader.read(head, asOf: CivilDate(days: 0), tasks: 1).estate
    let one = await estate(base)
    #expect(
      CatalogueDifference(from: one, to: other).changes.map { "\($0.kind.rawValue) \($0.identity)" } == [
        "added metamodel:other", "added thing:a", "removed metamodel:test", "removed organisation:o",
        "removed system:a",
      ])
    #expect(CatalogueDifference(from: other, to: one).changes.count == 5)
  }
}
