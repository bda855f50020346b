import Foundation
import Testing

/// The command `opportunities`, as a shell runs it.
@Suite struct OpportunitiesCommandTests {
  @Test func `every shipped opportunity is worked out, what saves most first`() async throws {
    let run = try await BuiltCommand.run(
      list: ["opportunities", "--repository", ReadmeTests.root.path, "--as-of", "2026-12-01", "-f", "json"])
    #expect(run.status == 0)
    #expect(run.errors == "")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let items = try #require(object["items"] as? [[String: Any]])
    #expect(items.count == 5)
    let sums = items.compactMap { $0["saves"] as? Int }
    #expect(sums == sums.sorted(by: >))
    for item in items {
      let rows = try #require(item["rows"] as? [[String: Any]])
      #expect(!rows.isEmpty, "\(item["entity"] ?? "?") finds nothing in the shipped catalogue")
      let saved = rows.filter { $0["isCertain"] as? Bool == true }
        .compactMap { ($0["values"] as? [String: Any])?["saves"] as? Int }
      #expect(item["saves"] as? Int == saved.reduce(0, +))
      #expect((item["unit"] as? String)?.isEmpty == false)
    }
    let asked = try #require(items.first { $0["entity"] as? String == "opportunity:asked-more-than-once" })
    let address = try #require((asked["rows"] as? [[String: Any]])?.first?["values"] as? [String: Any])
    #expect(address["name"] as? String == "Home address")
    #expect((address["Asked by"] as? [String])?.count == 3)
    #expect((address["To be had through"] as? [String])?.contains("interface:address-v2") == true)
  }

  @Test func `rows are the sums, and one may be chosen`() async throws {
    let run = try await BuiltCommand.run(
      list: [
        "opportunities", "--repository", ReadmeTests.root.path, "--as-of", "2026-12-01", "common-capabilities-twice",
      ])
    #expect(
      run.output == """
        saves\tunit\trows\tundecided\topportunity\twhat
        4\tsystems\t1\t0\topportunity:common-capabilities-twice\tCommon capabilities that are provided more than once

        """)
  }

  @Test func `where nothing is asked, nobody reads that nothing could be saved`() async throws {
    let repository = try PacksCommandTests.small()
    let run = try await BuiltCommand.run("opportunities", "--repository", repository.path, "--as-of", "2026-12-01")
    #expect(run.status == 0)
    #expect(
      run.errors
        == "no opportunity is written down here, so that nothing is asked: `triglyph new opportunity ID` begins one\n")
  }

  @Test func `a narrow terminal has room for every line`() async throws {
    for command in [["opportunities"], ["reuse", "pay", "taxes", "online"]] {
      let run = try await BuiltCommand.run(
        list: command + ["--repository", ReadmeTests.root.path, "--as-of", "2026-12-01", "-f", "table"],
        environment: ["COLUMNS": "80"])
      #expect(run.status == 0)
      let long = run.output.split(separator: "\n").filter { $0.count > 80 }
      #expect(long.isEmpty, "\(command): \(long)")
    }
  }

  @Test func `a mistake in an expression has its place, an unknown id its neighbours, a missing role its name`()
    async throws
  {
    let repository = try TemporaryRepository.clean()
    let bare = try await BuiltCommand.run("opportunities", "--repository", repository.path)
    #expect(bare.status == 2)
    #expect(
      bare.errors
        == "triglyph: no kind of the metamodel has the role `opportunity`; public-sector/1 has it: `use: [public-sector/1]` in triglyph.yaml, or look with `triglyph packs show public-sector/1`\n"
    )
    let shipped = try await BuiltCommand.run(
      list: ["opportunities", "--repository", ReadmeTests.root.path, "used-by-nobdy"])
    #expect(shipped.status == 2)
    #expect(shipped.errors.contains("did you mean `used-by-nobody`?"))
    try repository.write(
      """
      kind: metamodel
      id: opportunities
      name: Opportunities
      kinds:
        chance:
          plural: chances
          role: opportunity
          fields:
            seeks: {type: text, role: seeks}
            saves: {type: text, role: saves}
            unit: {type: string, role: unit}
      ---
      {kind: chance, id: wrong, name: Wrong, seeks: every(system), saves: "nosuch", unit: systems}
      ---
      {kind: chance, id: right, name: Right, seeks: every(system), saves: "2", unit: parts}

      """, to: "catalogue/chances.yaml")
    let wrong = try await BuiltCommand.run("opportunities", "--repository", repository.path)
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("catalogue/chances.yaml:13:70"))
    #expect(!wrong.errors.contains("--columns") && !wrong.errors.contains("--sort"))
    #expect(wrong.errors.split(separator: "\n").count { $0.contains("nosuch") && $0.contains("error") } == 1)
    #expect(wrong.output.contains("\tparts\t"))
    let checked = try await BuiltCommand.run("check", "--repository", repository.path)
    #expect(checked.status == 2)
    #expect((checked.output + checked.errors).contains("catalogue/chances.yaml:13:70"))
  }
}
