import Foundation
import Testing

/// Pages of rules and standards are what the documents say.
@Suite struct RulebookPagesTests {
  private func pages(_ folder: String) throws -> [String: String] {
    var result: [String: String] = [:]
    for part in ["rules", "standards", "reference/kinds"] {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)") {
        result["\(part)/\(name)"] = try String(contentsOfFile: "\(folder)/\(part)/\(name)", encoding: .utf8)
      }
    }
    return result
  }

  @Test func `the pages under docs are those of the shipped repository`() async throws {
    let place = try TemporaryRepository()
    let run = try await BuiltCommand.run(
      "explain", "--repository", ReadmeTests.root.path, "--pages", "\(place.path)/pages")
    #expect(run.status == 0, "\(run.errors)")
    let (made, shipped) = (
      try pages("\(place.path)/pages"), try pages(ReadmeTests.root.appendingPathComponent("docs").path)
    )
    #expect(Set(made.keys) == Set(shipped.keys))
    #expect(made.count > 140)
    let different = made.keys.filter { made[$0] != shipped[$0] }.sorted()
    #expect(different == [], "where the new text is meant: triglyph explain --pages docs")
    #expect(made.values.allSatisfy { $0.hasPrefix("<!-- Written by `triglyph explain --pages`") })
  }

  @Test func `every link from page to page leads somewhere`() throws {
    let docs = ReadmeTests.root.appendingPathComponent("docs").path
    let pages = try pages(docs)
    var count = 0
    for (path, text) in pages {
      for match in text.matches(of: #/\]\(([^)#]+)(?:#([^)]+))?\)/#) {
        let target = URL(fileURLWithPath: "/\(path)").deletingLastPathComponent()
          .appendingPathComponent(String(match.output.1)).standardizedFileURL.path.dropFirst()
        let page = try #require(pages[String(target)], "\(path): \(target)")
        if let anchor = match.output.2 { #expect(page.contains("<a id=\"\(anchor)\"></a>"), "\(path): \(anchor)") }
        count += 1
      }
    }
    #expect(count > 400)
  }

  @Test func `a page says what the rule says, and nothing in it is markup`() async throws {
    let place = try TemporaryRepository.clean()
    let rule = try #require(TemporaryRepository.base["rules/mfa.yaml"])
    try place.write(
      rule.replacing("severity: major", with: "severity: [{when: self.cost > 5, is: blocker}, {is: minor}]")
        .replacing(
          "remedy: Ask for a second one.",
          with:
            "remedy: \"Ask <b>@board</b> | [twice](x)\"\nrationale: One is lost.\nparams: {n: {type: integer, default: 3, title: How many}}"
        )
        .replacing("message: ${self} asks", with: "message: \"``` ${self} asks\"\nallowEmpty: true #"),
      to: "rules/mfa.yaml")
    try place.write("format: 1\noverrides: []\n", to: "triglyph.yaml")
    let run = try await BuiltCommand.run("explain", "--repository", place.path, "--pages", "\(place.path)/docs")
    #expect(run.output == "21 pages: 21 written, 0 removed\n", "\(run.output)\(run.errors)")
    #expect(
      try #require(place.contents(of: "docs/rules/sec-mfa.md")) == """
        <!-- Written by `triglyph explain --pages`: change the document that it comes from. -->
        # `sec-mfa`

        **Sign-in asks for more than one factor**

        | | |
        |:--|:--|
        | name | More than one factor |
        | severity | blocker where `self.cost > 5`<br>minor otherwise |
        | binds initiatives from | design |
        | looks at | system |
        | clauses | [`security/1`](../standards/security.md#1) Everybody proves who they are |
        | reads | `system.cost`, `system.mfa` |

        ## Why

        One is lost.

        ## What to do

        Ask &lt;b&gt;\\@&#8203;board&lt;/b&gt; \\| \\[twice\\](x)

        ## What it says

        ````
        ``` ${self} asks
        ````

        ## Parameters

        | parameter | what it is | type | value |
        |:--|:--|:--|:--|
        | `n` | How many | `integer` | `3` |

        ## What it evaluates

        ```yaml
        for: system
        require: self.mfa
        at: self.mfa
        ```

        ## Examples

        - **passes**: asks twice
        - **fails**: asks once

        """)
  }

  @Test func `what people wrote is left alone, and pages of what is there no more go`() async throws {
    let place = try TemporaryRepository.clean()
    func write() async throws -> BuiltCommand.Run {
      try await BuiltCommand.run("explain", "--repository", place.path, "--pages", "\(place.path)/docs")
    }
    #expect(try await write().status == 0)
    #expect(try await write().output == "21 pages: 0 written, 0 removed\n")
    try place.write("Ours.\n", to: "docs/rules/notes.md")
    let old = try #require(place.contents(of: "docs/rules/sec-mfa.md"))
    try place.write(old, to: "docs/rules/sec-gone.md")
    #expect(try await write().output == "21 pages: 0 written, 1 removed\n")
    #expect(place.contents(of: "docs/rules/sec-gone.md") == nil && place.contents(of: "docs/rules/notes.md") != nil)
    try place.write("Ours.\n", to: "docs/rules/README.md")
    let refused = try await write()
    #expect(refused.status == 2)
    #expect(refused.errors.contains("docs/rules/README.md was written by somebody else; nothing is written"))
    try place.write("a: [", to: "catalogue/broken.yaml")
    #expect(try await write().status == 2)
    let both = try await BuiltCommand.run("explain", "--repository", place.path, "sec-mfa", "--pages", "x")
    #expect(both.status == 2)
    #expect(try await BuiltCommand.run("explain", "--repository", place.path).status == 2)
  }
}
