import Foundation
import Testing

/// The command `impact`, as a shell runs it.
@Suite struct ImpactCommandTests {
  private static let files = [
    "catalogue/metamodel.yaml": """
    kind: metamodel
    id: small
    name: Small
    kinds:
      box:
        plural: boxes
        lifecycle: true
        relations: {bases: {to: box, many: true, inverse: carries, role: dependsOn}}
    """,
    "catalogue/boxes.yaml": """
    {kind: box, id: floor, name: Floor, lifecycle: {active: 2020-01-01}}
    ---
    {kind: box, id: shop, name: Shop, bases: [floor], lifecycle: {active: 2020-01-01}}
    ---
    {kind: initiative, id: annexe, name: Annexe, stage: idea, goLive: 2026-06-01, adds: [{kind: box, id: hall, name: Hall, bases: [floor], lifecycle: {active: 2026-06-01}}]}
    ---
    {kind: initiative, id: built, name: Built, stage: closed, goLive: 2025-06-01}
    """,
  ]

  private func run(
    _ repository: TemporaryRepository, _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> BuiltCommand.Run {
    try await BuiltCommand.run(
      list: ["impact", "--repository", repository.path, "--as-of", "2026-01-01"] + arguments,
      sourceLocation: sourceLocation)
  }

  @Test func `a pipe gets rows, and standard error what they do not show`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let plain = try await run(repository, ["floor"])
    #expect(plain.status == 0)
    #expect(
      plain.output
        == "effect\tentity\tname\thops\tcriticality\towner\tphase\tstops\tway\ndepends\tbox:shop\tShop\t1\t\t\tactive\t\tshop -bases-> floor\n"
    )
    #expect(plain.errors == "triglyph: 1 initiative at work here; `-f table` and `-f json` tell which\n")
    let table = try await run(repository, ["box:floor", "-f", "table"])
    #expect(table.output.contains("the estate on 2026-01-01\n\n1 cannot do without it: 1 directly, 0 through others\n"))
    #expect(table.output.contains("    on 2026-06-01 1 more cannot do without it: box:hall\n"))
    #expect(table.errors == "")
    let json = try await run(repository, ["box:floor", "-f", "json"])
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["exitStatus"] as? Int == 0 && object["outcome"] as? String == "complete")
  }

  @Test func `a later day, and the view of an initiative at its go-live`() async throws {
    let repository = try TemporaryRepository(Self.files)
    let with = try await run(repository, ["floor", "--with", "annexe", "-f", "table"])
    #expect(with.output.contains("the view of annexe on 2026-06-01\n\n2 cannot do without it: 2 directly"))
    let before = try await run(repository, ["floor", "--with", "annexe", "--at", "2026-02-01", "-f", "table"])
    #expect(before.output.contains("the view of annexe on 2026-02-01\n"))
    let later = try await run(repository, ["floor", "--at", "2027-01-01", "-f", "table"])
    #expect(later.output.contains("the estate on 2027-01-01\n\n1 cannot do without it"))
    #expect(try await run(repository, ["hall", "--with", "annexe", "--no-headings"]).output == "")
  }

  @Test func `bad input is 2 and says what is meant`() async throws {
    let repository = try TemporaryRepository(Self.files)
    for (arguments, says) in [
      (["flor"], "there is no flor; did you mean `floor`?"),
      (["box:nowhere"], "there is no box:nowhere"),
      (["hall"], "box:hall is not there yet: initiative:annexe adds it; look with --with annexe"),
      (["floor", "--with", "anexe"], "there is no initiative anexe; did you mean `annexe`?"),
      (["floor", "--with", "built"], "initiative:built is not open"),
      (["floor", "--at", "2025-12-31"], "--at is no day before 2026-01-01"),
      (["floor", "--at", "soon"], "soon"),
      (["floor", "--with", "annexe", "--with", "annexe"], "--with stands once"),
      (["floor", "-f", "yaml"], "yaml"), ([], "entity"),
    ] {
      let run = try await run(repository, arguments)
      #expect(run.status == 2, "\(arguments)")
      #expect(run.output == "", "\(arguments)")
      #expect(run.errors.contains(says), "\(arguments): \(run.errors)")
    }
    let bare = try TemporaryRepository.clean()
    let missing = try await run(bare, ["hub"])
    #expect(missing.status == 2 && missing.errors.contains("the role `dependsOn`"))
  }

  @Test func `mistakes in the catalogue are told, and the answer is not complete`() async throws {
    let repository = try TemporaryRepository(Self.files)
    try repository.write("{kind: box, id: b, name: B, basses: [floor]}", to: "catalogue/b.yaml")
    let run = try await run(repository, ["floor"])
    #expect(run.status == 2)
    #expect(run.output.contains("depends\tbox:shop"))
    #expect(run.errors.contains("the answer lacks what 1 input error hides"))
  }
}
