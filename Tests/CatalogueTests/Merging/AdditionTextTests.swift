import Diagnostics
import Testing

@testable import Catalogue

/// Where what an initiative adds comes to stand, and how.
@Suite struct AdditionTextTests {
  static let head = "kind: system\nid: a\nname: A\nclassification: public\n"

  @Test func `An entity is a document of its own, with the comments inside it`() async throws {
    let merging = try await Merging(
      Self.head,
      """
      adds:
        # the new one
        - kind: system   # a system
          id: x
          name: "X: the new"
          # why public
          classification: public
          text: |
            first
              second

            third
          integrations:
            - to: a      # there
              carries: [d]
        - {kind: dataset, id: y, name: Y}  # small
      """)
    #expect(merging.problems == [])
    #expect(
      merging.text("base.yaml") == Merging.base + """
        ---
        kind: system   # a system
        id: x
        name: "X: the new"
        # why public
        classification: public
        text: |
          first
            second

          third
        integrations:
          - to: a      # there
            carries: [d]
        ---
        {kind: dataset, id: y, name: Y}  # small

        """)
    #expect(await merging.differences() == [])
  }

  @Test func `It goes to the file that holds most of its kind with its owner`() async throws {
    let owned = Self.head + "owner: o\n"
    let one = try await Merging(owned, "adds: [{kind: system, id: x, name: X, classification: public, owner: o}]")
    #expect(one.text() == owned + "---\n{kind: system, id: x, name: X, classification: public, owner: o}\n")
    let qualified = try await Merging(
      owned, "adds: [{kind: system, id: x, name: X, classification: public, owner: 'organisation:o'}]")
    #expect(qualified.text()?.hasSuffix("owner: 'organisation:o'}\n") == true)
    let most = try await Merging(owned, "adds: [{kind: system, id: x, name: X, classification: public}]")
    #expect(most.merge.changes.map(\.name) == ["base.yaml", "i.yaml"])
    let new = try await Merging(owned, "adds: [{kind: service, id: x, name: X}, {kind: service, id: y, name: Y}]")
    #expect(new.merge.changes.map(\.name) == ["catalogue/services.yaml", "i.yaml"])
    #expect(new.merge.changes.first?.before == nil)
    #expect(
      new.text("catalogue/services.yaml") == "{kind: service, id: x, name: X}\n---\n{kind: service, id: y, name: Y}\n")
    #expect(await new.differences() == [])
  }

  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var entry: String
    var before: String
    var after: String
  }

  static let part = "adds:\n  - kind: integration\n    from: a\n    id: p\n    # why\n    to: b # b\n"
  static let flow = "adds: [{kind: integration, from: 'system:a', to: b}]"

  static let cases = [
    Case(
      testDescription: "without a list", entry: part, before: head + "count: 1\n",
      after: head + "count: 1\nintegrations:\n  - id: p\n    # why\n    to: b # b\n"),
    Case(
      testDescription: "in a block", entry: part, before: head + "integrations:\n  - to: c # c\n# end\n",
      after: head + "integrations:\n  - to: c # c\n  - id: p\n    # why\n    to: b # b\n# end\n"),
    Case(
      testDescription: "in a block without indentation, CRLF, no last break", entry: part,
      before: (head + "integrations:\n- to: c").replacing("\n", with: "\r\n"),
      after: (head + "integrations:\n- to: c\n- id: p\n  # why\n  to: b # b").replacing("\n", with: "\r\n")),
    Case(
      testDescription: "in an empty list", entry: part, before: head + "integrations: [] # none\ncount: 1\n",
      after: head + "integrations: # none\n  - id: p\n    # why\n    to: b # b\ncount: 1\n"),
    Case(
      testDescription: "in brackets", entry: flow, before: head + "integrations: [{to: c}]\n",
      after: head + "integrations: [{to: c}, {to: b}]\n"),
    Case(
      testDescription: "in braces into a block", entry: flow, before: head + "integrations:\n  - to: c\n",
      after: head + "integrations:\n  - to: c\n  - {to: b}\n"),
    Case(
      testDescription: "in a document in braces", entry: flow,
      before: "{kind: system, id: a, name: A, classification: public}\n",
      after: "{kind: system, id: a, name: A, classification: public, integrations: [{to: b}]}\n"),
    Case(
      testDescription: "with comments in brackets: alone", entry: part,
      before: head + "integrations: [{to: c}] # c\n---\n{kind: dataset, id: z, name: Z}\n",
      after: head
        + "integrations: [{to: c}] # c\n---\nkind: integration\nfrom: a\nid: p\n# why\nto: b # b\n---\n{kind: dataset, id: z, name: Z}\n"
    ),
    Case(
      testDescription: "beside a gap: alone", entry: flow, before: head + "integrations: unknown",
      after: head + "integrations: unknown\n---\n{kind: integration, from: 'system:a', to: b}"),
  ]

  @Test(arguments: cases) func `A part goes to its owner's list, or stands alone`(_ item: Case) async throws {
    let merging = try await Merging(item.before, item.entry)
    #expect(merging.problems == [])
    #expect(merging.text() == item.after)
    #expect(await merging.differences() == [])
    #expect(await merging.after().diagnostics.map(\.summary) == merging.before.diagnostics.map(\.summary))
  }

  @Test func `What an initiative adds can be changed and have parts in the same initiative`() async throws {
    let merging = try await Merging(
      Self.head,
      """
      adds:
        - {kind: integration, from: x, id: p, to: a}
        - kind: system
          id: x
          name: X
          classification: public
          lifecycle: {active: 2027-01-01}
      changes:
        - {ref: 'system:x', set: {classification: secret}, link: {holds: [d]}}
        - {ref: 'integration:x/p', set: {style: api}}
        - {ref: 'system:a', link: {needed: [x]}}
      retires: [{ref: 'system:x', date: 2030-01-01}]
      """)
    #expect(merging.problems == [])
    #expect(
      merging.text("base.yaml") == Merging.base + """
        ---
        kind: system
        id: x
        name: X
        classification: secret
        lifecycle: {active: 2027-01-01, retired: 2030-01-01}
        holds: [d]
        integrations:
          - {id: p, to: a, style: api}

        """)
    #expect(await merging.differences() == [])
  }

  @Test func `A part of an owner by its older name`() async throws {
    let merging = try await Merging(
      Self.head,
      "adds: [{kind: integration, from: older, to: a}]\nchanges: [{ref: 'system:older', set: {count: 1}}, {ref: 'integration:older/a', set: {style: api}}]"
    )
    #expect(merging.problems == [])
    #expect(
      merging.text("base.yaml")?.hasPrefix(
        "kind: system\nid: b\nname: B\nclassification: public\naliases: [older]\ncount: 1\nintegrations:\n  - {to: a, style: api}\n---\n"
      ) == true)
    #expect(await merging.differences() == [])
  }

  @Test func `A part that stands alone is found by its owner's older name`() async throws {
    let merging = try await Merging(
      "{kind: integration, from: older, id: p, to: c}\n", "changes: [{ref: 'integration:b/p', set: {style: api}}]")
    #expect(merging.problems == [])
    #expect(merging.text() == "{kind: integration, from: older, id: p, to: c, style: api}\n")
    #expect(await merging.differences() == [])
  }
}
