import Testing

@testable import Catalogue

/// Documents in many styles and changes of them, from a seed: what is written says what it means, keeps every comment, and
/// refusals are few.
@Suite struct RandomMergeTests {
  /// Ways of writing what a system says; each key's number stands in its comments.
  struct Styles {
    var random: SeededGenerator

    mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &random) ?? "" }

    mutating func document() -> String {
      var keys = [
        pick([
          "text: plain", "text: 'it''s'", "text: \"a\\tb\"", "text: >-\n  long\n  text", "text: |+\n  kept\n\n",
          "text:\n  over\n  lines", "",
        ]),
        pick(["count: 1", "\"count\": '1'", "count:   1   ", "count:\n    1", ""]),
        pick([
          "tags: [x, y]", "tags:\n- x\n- y", "tags:\n  # in\n  - x # of x\n  - y", "tags: [x, # of x\n  y]", "tags: x",
          "tags: []", "",
        ]),
        pick([
          "dpia: {status: api}", "dpia:\n  status: api # of status", "dpia: unknown",
          "dpia: {status: api, date: 2026-01-01 ,}", "",
        ]),
        pick([
          "holds: [d, e]", "holds:\n  - d\n  # between\n  - e", "holds:\n  -   d # of d", "holds: d",
          "holds: [\n  d,\n\n  e # of e\n]", "",
        ]),
        pick([
          "lifecycle: {active: 2020-01-01}", "lifecycle:\n  # first\n  active: 2020-01-01\n  phaseOut: 2026-01-01", "",
        ]),
        pick(["integrations:\n  - to: b # of b\n    style: api\n  - {id: two, to: c}", "integrations: [{to: b}]", ""]),
      ].filter { !$0.isEmpty }
      keys.shuffle(using: &random)
      var text = "kind: system\nid: a\nname: A\nclassification: public\n"
      for (index, key) in keys.enumerated() {
        if Bool.random(using: &random) { text += pick(["# before \(index)\n", "\n", " # aside \(index)\n"]) }
        text += key + (key.contains("\n") ? "" : pick(["", "", " # of \(index)"])) + "\n"
      }
      text += pick(["", "# end\n", "---\nkind: dataset\nid: z\nname: Z\n", "...\n"])
      if Bool.random(using: &random), text.hasSuffix("\n") { text.removeLast() }
      return Bool.random(using: &random) ? text : text.replacing("\n", with: "\r\n")
    }

    mutating func entries() -> String {
      let operations = [
        pick([
          "set: {count: 2}", "set: {text: 'a: b'}", "set: {tags: [p, q], dpia.status: event}",
          "set: {lifecycle.phaseOut: 2027-02-02}", "set: {dpia: {status: event}}",
        ]),
        pick(["unset: [count]", "unset: [text, tags]", "unset: [dpia.date]", "unset: [holds]", ""]),
        pick(["link: {about: ['dataset:d']}", "link: {holds: [d]}", "link: {helpers: [o]}", ""]),
        pick(["unlink: {holds: [e]}", "unlink: {needed: [b]}", ""]),
      ].filter { !$0.isEmpty }
      return pick([
        "", "adds: [{kind: integration, from: a, id: new, to: b}]\n",
        "adds:\n- kind: integration # new\n  from: a\n  id: new\n  to: b\n",
      ])
        + "changes: [{ref: 'system:a', \(operations.joined(separator: ", "))}]"
        + pick(["", "\nretires: [{ref: 'system:a', date: 2030-01-01}]"])
    }
  }

  @Test(arguments: 0..<4) func `What is written says what it means`(_ seed: UInt64) async throws {
    var styles = Styles(random: SeededGenerator(seed: seed))
    var refused: [String] = []
    for _ in 0..<25 {
      let (document, entries) = (styles.document(), styles.entries())
      let merging = try await Merging(document, entries)
      #expect(
        merging.before.diagnostics.filter { !["not-linked", "two-answers"].contains($0.id) }.map(\.summary) == [],
        "\(document)")
      if !merging.problems.isEmpty {
        refused += merging.problems.map { "\($0)\n\(document.debugDescription)\n\(entries)" }
        continue
      }
      let text = try #require(merging.text())
      #expect(await merging.differences() == [], "\(document)\n\(entries)\n\(text)")
      #expect(await merging.after().diagnostics.map(\.summary) == [], "\(document)\n\(entries)\n\(text)")
      for line in document.split(whereSeparator: \.isNewline) {
        guard let mark = line.range(of: "# ") else { continue }
        #expect(text.contains(line[mark.lowerBound...]), "\(document)\n\(entries)\n\(text)")
      }
      #expect(
        !text.replacing("\r\n", with: "").contains("\r")
          && (!document.contains("\r\n") || !text.replacing("\r\n", with: "").contains("\n")))
    }
    // A text that keeps its last line breaks cannot have a document behind it.
    #expect(refused.count < 3, "\(refused)")
  }
}
