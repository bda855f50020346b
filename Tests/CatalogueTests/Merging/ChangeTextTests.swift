import Testing

@testable import Catalogue

/// What a change does to the text of the document that it is about, byte for byte.
@Suite struct ChangeTextTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var entries: String
    var before: String
    var after: String

    /// - Parameters: operations on system:a; lines of its document behind the first four.
    init(_ description: String, _ operations: String, _ before: String, _ after: String) {
      testDescription = description
      entries = "changes: [{ref: 'system:a', \(operations)}]"
      self.before = before
      self.after = after
    }
  }

  static let head = "kind: system\nid: a\nname: A\nclassification: public\n"

  static let cases = [
    Case("a value", "set: {count: 2}", "count: 1\n", "count: 2\n"),
    Case("a value before a comment", "set: {count: 2}", "count: 1  # one\n", "count: 2  # one\n"),
    Case("a value in quotes", "set: {count: 2}", "\"count\": '1'\n", "\"count\": 2\n"),
    Case("a value on the last line without a break", "set: {count: 2}", "count: 1", "count: 2"),
    Case("a value on the next line", "set: {count: 2}", "count:\n  1\nflag: true\n", "count: 2\nflag: true\n"),
    Case(
      "a value under a comment", "set: {count: 2}", "count: # how many\n  1\nflag: true\n",
      "# how many\ncount: 2\nflag: true\n"),
    Case(
      "a plain text over lines", "set: {text: short}", "text: a long\n  text over lines  # note\ncount: 1\n",
      "text: short  # note\ncount: 1\n"),
    Case(
      "a folded text", "set: {text: short}", "text: >-\n  a long\n  text\n\ncount: 1\n", "text: short\n\ncount: 1\n"),
    Case("a literal text at the end", "set: {text: short}", "text: |\n  a\n  b\n", "text: short\n"),
    Case(
      "a comment beside a block's indicator", "set: {text: short}", "text: >- # why\n  a long\n  text\n",
      "# why\ntext: short\n"),
    Case("a text that needs quotes", "set: {text: 'a: b'}", "text: x\n", "text: 'a: b'\n"),
    Case("a text that is a word of YAML", "set: {text: 'null'}", "text: x\n", "text: 'null'\n"),
    Case("a text that could be a gap", "set: {text: 'unknown'}", "text: x\n", "text: 'unknown'\n"),
    Case("a gap", "set: {text: unknown}", "text: x\n", "text: unknown\n"),
    Case(
      "a text with an apostrophe and a mark", "set: {text: \"it's - so: #1\"}", "text: x\n", "text: 'it''s - so: #1'\n"),
    Case("a text over two lines", "set: {text: \"a\\n b\"}", "text: x\n", "text: \"a\\n b\"\n"),
    Case(
      "a text with an invisible character", "set: {text: \"a\\u200Bb\\u0085\"}", "text: x\n",
      "text: \"a\u{200B}b\\U00000085\"\n"),
    Case("an absent key", "set: {flag: true}", "count: 1\n", "count: 1\nflag: true\n"),
    Case("an absent key goes where it belongs", "set: {text: t}", "count: 1\n", "text: t\ncount: 1\n"),
    Case(
      "an absent key before parts", "set: {count: 2}", "integrations:\n  - to: b\n",
      "count: 2\nintegrations:\n  - to: b\n"),
    Case("an absent key at the end without a break", "set: {count: 2}", "text: t", "text: t\ncount: 2"),
    Case(
      "an absent key behind a comment", "set: {count: 2}", "text: t # why\n# more\n",
      "text: t # why\ncount: 2\n# more\n"),
    Case(
      "an absent key in a file of CRLF", "set: {count: 2}", "text: t\r\nflag: true\r\n",
      "text: t\r\ncount: 2\r\nflag: true\r\n"),
    Case(
      "an absent key behind a literal text", "set: {count: 2}", "text: |\n  a\n\n  b\nflag: true\n",
      "text: |\n  a\n\n  b\ncount: 2\nflag: true\n"),
    Case("a list", "set: {tags: [x, 'y, z']}", "tags: [a, b]\n", "tags: [x, 'y, z']\n"),
    Case("a list in a block", "set: {tags: [x]}", "tags:\n  - a\n  - b # b\ncount: 1\n", "tags: [x] # b\ncount: 1\n"),
    Case(
      "a list in a block with comments", "set: {tags: [x]}",
      "tags:\n  # first\n  - a # a\n  # second\n  - b\ncount: 1\n",
      "# first\n# a\n# second\ntags: [x]\ncount: 1\n"),
    Case("a list of none", "set: {tags: []}", "tags:\n- a\n- b\n", "tags: []\n"),
    Case(
      "a record", "set: {dpia: {status: api, date: 2026-01-01}}", "dpia: {status: event}\n",
      "dpia: {status: api, date: 2026-01-01}\n"),
    Case(
      "a member of a record in braces", "set: {dpia.status: api}", "dpia: {status: event, date: 2026-01-01}\n",
      "dpia: {status: api, date: 2026-01-01}\n"),
    Case(
      "a member of a record in a block", "set: {dpia.date: 2026-02-02}",
      "dpia: # data protection\n  status: event # yet\ncount: 1\n",
      "dpia: # data protection\n  status: event # yet\n  date: 2026-02-02\ncount: 1\n"),
    Case("a member of an absent record", "set: {dpia.status: api}", "count: 1\n", "count: 1\ndpia: {status: api}\n"),
    Case(
      "a member of a record in braces over lines", "set: {dpia.date: 2026-02-02}",
      "dpia: {\n  status: api, # yet\n  }\n",
      "dpia: {\n  status: api, date: 2026-02-02, # yet\n  }\n"),
    Case(
      "a day of a lifecycle", "set: {lifecycle.phaseOut: 2027-01-01}", "lifecycle: {active: 2020-01-01, }\n",
      "lifecycle: {active: 2020-01-01, phaseOut: 2027-01-01, }\n"),
    Case(
      "a day of a lifecycle that is unknown", "set: {lifecycle.retired: 2027-01-01}", "lifecycle: unknown\n",
      "lifecycle: {retired: 2027-01-01}\n"),
    Case("a key gone", "unset: [count]", "count: 1\nflag: true\n", "flag: true\n"),
    Case(
      "a key gone leaves its comment", "unset: [count]", "count: 1 # counted\nflag: true\n", "# counted\nflag: true\n"),
    Case("a key gone with its text", "unset: [text]", "text: >-\n  a\n\n  b\n\nflag: true\n", "\nflag: true\n"),
    Case(
      "a key gone with its list", "unset: [tags]", "tags: # t\n  - a\n  # x\n  - b\nflag: true\n",
      "# t\n# x\nflag: true\n"),
    Case("the last key gone, without a break", "unset: [count]", "flag: true\ncount: 1", "flag: true\n"),
    Case("a key that is not there gone", "unset: [count]", "flag: true\n", "flag: true\n"),
    Case(
      "a day gone", "unset: [lifecycle.phaseOut]", "lifecycle: {active: 2020-01-01, phaseOut: 2027-01-01}\n",
      "lifecycle: {active: 2020-01-01}\n"),
    Case(
      "the first day gone", "unset: [lifecycle.active]", "lifecycle: { active: 2020-01-01 , phaseOut: 2027-01-01 }\n",
      "lifecycle: { phaseOut: 2027-01-01 }\n"),
    Case("the only day gone", "unset: [lifecycle.active]", "lifecycle:\n  active: 2020-01-01\n", "lifecycle: {}\n"),
    Case("a link in brackets", "link: {holds: [e]}", "holds: [d]\n", "holds: [d, e]\n"),
    Case(
      "a link in brackets over lines", "link: {holds: [e]}", "holds: [\n  d, # d\n]\n", "holds: [\n  d, e, # d\n]\n"),
    Case(
      "a link in a block", "link: {holds: [e]}", "holds:\n  - d # d\ncount: 1\n", "holds:\n  - d # d\n  - e\ncount: 1\n"
    ),
    Case("a link in a block without indentation", "link: {holds: [e]}", "holds:\n- d", "holds:\n- d\n- e"),
    Case("a link of what is there", "link: {holds: ['dataset:d']}", "holds: [d]\n", "holds: [d]\n"),
    Case("a link to a single value", "link: {holds: [e]}", "holds: d # one\n", "holds: [d, e] # one\n"),
    Case("a link without a list", "link: {holds: [d, e]}", "count: 1\n", "count: 1\nholds: [d, e]\n"),
    Case("a link in an empty list", "link: {holds: [d]}", "holds: []\n", "holds: [d]\n"),
    Case(
      "a link with its kind", "link: {about: ['dataset:d']}", "about:\n- organisation:o\n",
      "about:\n- organisation:o\n- dataset:d\n"),
    Case("a link with its kind in brackets", "link: {about: ['dataset:d']}", "about: []\n", "about: ['dataset:d']\n"),
    Case("an item gone", "unlink: {holds: [d]}", "holds: [d, e]\n", "holds: [e]\n"),
    Case("the last item gone", "unlink: {holds: [e]}", "holds: [d, 'e' ]\n", "holds: [d ]\n"),
    Case("the only item gone", "unlink: {holds: [d]}", "holds: [d]\n", "holds: []\n"),
    Case("the only item of a block gone", "unlink: {holds: [d]}", "holds:\n  - d # d\n# x\n", "holds: [] # d\n# x\n"),
    Case("a single value gone", "unlink: {holds: d}", "holds: d\n", "holds: []\n"),
    Case("an item of a block gone", "unlink: {holds: [d]}", "holds:\n  - d # d\n  - e\n", "holds:\n  # d\n  - e\n"),
    Case(
      "the last item of a block gone", "unlink: {holds: [e]}", "holds:\n  - d\n  -   e\ncount: 1\n",
      "holds:\n  - d\ncount: 1\n"),
    Case("an item by its older name", "unlink: {needed: [b]}", "needed: [c, older, 'system:b']\n", "needed: [c]\n"),
    Case("an item that is not there", "unlink: {holds: [d]}", "count: 1\n", "count: 1\n"),
    Case("an exchange", "link: {holds: [e]}, unlink: {holds: [d]}", "holds: [d]\n", "holds: [e]\n"),
    Case("a list set whole", "set: {holds: [e, d]}", "holds:\n- d\n", "holds: [e, d]\n"),
  ]

  @Test(arguments: cases) func `A change writes what it is about and nothing else`(_ item: Case) async throws {
    let isWindows = item.before.contains("\r")
    let head = isWindows ? Self.head.replacing("\n", with: "\r\n") : Self.head
    let merging = try await Merging(head + item.before, item.entries)
    #expect(merging.problems == [])
    #expect(merging.text() == head + item.after)
    #expect(await merging.differences() == [])
    let known = merging.before.diagnostics.map(\.summary)
    #expect(await merging.after().diagnostics.map(\.summary).filter { !known.contains($0) } == [])
    #expect(merging.text("i.yaml")?.contains("stage: live # soon\ngoLive") == true)
  }

  @Test(arguments: [
    (
      "{kind: system, id: a, name: A, classification: public, count: 1}\n",
      "{kind: system, id: a, name: A, classification: public, count: 2, holds: [d]}\n"
    ),
    (
      "{\"kind\": \"system\", \"id\": \"a\", \"name\": \"A\",\n  \"classification\": \"public\" # c\n}",
      "{\"kind\": \"system\", \"id\": \"a\", \"name\": \"A\",\n  \"classification\": \"public\", count: 2, holds: [d] # c\n}"
    ),
  ])
  func `A document in braces`(_ before: String, _ after: String) async throws {
    let merging = try await Merging(before, "changes: [{ref: 'system:a', set: {count: 2}, link: {holds: [d]}}]")
    #expect(merging.problems == [])
    #expect(merging.text() == after)
    #expect(await merging.differences() == [])
  }

  @Test func `One of several documents, of several changes by their dates`() async throws {
    let other = "---\nkind: system\nid: x\nname: X\nclassification: public\n"
    let merging = try await Merging(
      "# top\n---\nkind: dataset\nid: y\nname: Y\n---\n" + Self.head + "count: 1\n# end\n" + other,
      """
      changes:
        - {ref: 'system:a', set: {count: 4}}
        - {ref: 'system:a', date: 2026-09-01, set: {count: 3}}
        - {ref: 'system:a', date: 2026-03-01, set: {count: 2}}
        - {ref: 'system:x', set: {count: 9}}
      """)
    #expect(merging.problems == [])
    #expect(
      merging.text() == "# top\n---\nkind: dataset\nid: y\nname: Y\n---\n" + Self.head + "count: 4\n# end\n" + other
        + "count: 9\n")
    // Of a field that is set three times the last counts.
    #expect(await merging.differences() == [])
  }

  @Test func `A long text is folded, and long lists stand in lines`() async throws {
    let words = Array(repeating: "word", count: 40).joined(separator: " ")
    let tags = (0..<20).map { "a-rather-long-tag-\($0)" }.joined(separator: ", ")
    let merging = try await Merging(
      Self.head + "count: 1\n", "changes: [{ref: 'system:a', set: {text: \(words), tags: [\(tags)]}}]")
    #expect(merging.problems == [])
    let text = try #require(merging.text())
    #expect(text.contains("text: >-\n  word word"))
    #expect(text.contains("tags:\n  - a-rather-long-tag-0\n  - "))
    #expect(text.split(separator: "\n").allSatisfy { $0.utf8.count <= 120 })
    #expect(await merging.differences() == [])
  }

  @Test func `A comment behind a value stays on its line`() async throws {
    let words = Array(repeating: "word", count: 40).joined(separator: " ")
    let merging = try await Merging(
      Self.head + "text: short # said\ncount: 1\n", "changes: [{ref: 'system:a', set: {text: \(words)}}]")
    #expect(merging.problems == [])
    #expect(merging.text()?.contains("text: >- # said\n  word word") == true)
  }

  @Test func `A part inside its owner`() async throws {
    let document = Self.head + "integrations:\n  - to: b # there\n    style: api\n  - {id: two, to: c}\n"
    let merging = try await Merging(
      document,
      """
      changes:
        - {ref: 'integration:a/b', set: {style: event}, link: {fetches: [d]}}
        - {ref: 'integration:a/two', set: {style: api}}
      """)
    #expect(merging.problems == [])
    #expect(
      merging.text() == Self.head
        + "integrations:\n  - to: b # there\n    style: event\n    fetches: [d]\n  - {id: two, to: c, style: api}\n")
    #expect(await merging.differences() == [])
  }

  @Test func `The first key of an item can go, and a new one comes`() async throws {
    let document = Self.head + "integrations:\n  - style: api\n    to: b\n"
    let merging = try await Merging(document, "changes: [{ref: 'integration:a/b', unset: [style], set: {via: [c]}}]")
    #expect(merging.problems == [])
    #expect(merging.text() == Self.head + "integrations:\n  - to: b\n    via: [c]\n")
  }
}
