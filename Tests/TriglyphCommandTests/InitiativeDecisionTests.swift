import Foundation
import Testing

/// `triglyph new decision --for initiative:…`
@Suite struct InitiativeDecisionTests {
  private static let day = ["--as-of", "2026-06-01"]

  private static func place(stage: String = "design", _ more: String = "") throws -> TemporaryRepository {
    try TemporaryRepository(
      TemporaryRepository.base.merging([
        "catalogue/systems.yaml": "{kind: system, id: hub, name: Hub, mfa: true}\n",
        "catalogue/safer.yaml": """
        kind: initiative
        id: safer
        name: Safer
        stage: \(stage)
        goLive: 2027-01-01
        changes:
          - {ref: "system:hub", set: {cost: 3}}
        \(more)
        """,
      ]) { $1 })
  }

  private static func decide(_ place: TemporaryRepository, _ arguments: String...) async throws -> BuiltCommand.Run {
    let whole = ["new", "decision"] + (arguments.contains("--for") ? [] : ["--for", "initiative:safer"])
    return try await BuiltCommand.run(list: whole + arguments + ["--repository", place.path] + day)
  }

  private static let path = "catalogue/governance/decision-on-safer.yaml"

  @Test func `an approval holds the digests that the command for digests prints, and the initiative rests on it`()
    async throws
  {
    let place = try Self.place()
    let made = try await Self.decide(place, "--outcome", "approved")
    #expect(made.status == 0 && made.errors == "", "\(made.errors)")
    #expect(made.output.hasPrefix("wrote \(Self.path)\ninitiative:safer: approved on 2026-06-01\n"))
    let digests = try await BuiltCommand.run(
      list: ["digest", "safer", "--repository", place.path] + Self.day)
    let digest = String(digests.output.prefix(32))
    #expect(
      place.contents(of: Self.path) == """
        kind: decision
        id: on-safer
        name: Safer
        date: 2026-06-01
        outcome: approved
        digests:
          - '\(digest)  set system:hub cost 3'
        targets: ['initiative:safer']

        """, "\(digests.output)")
    let check = try await BuiltCommand.run(list: ["check", "--repository", place.path] + Self.day)
    #expect(check.output.contains("initiative safer (design, approved)") || check.status == 0, "\(check.output)")
    let again = try await Self.decide(place, "--outcome", "rejected")
    #expect(again.status == 2)
    #expect(
      again.errors.hasPrefix(
        "triglyph: decision:on-safer on initiative:safer is of 2026-06-01, and of two decisions the later one counts"))
  }

  @Test func `what does not approve names no digest, and a dry run writes nothing`() async throws {
    let place = try Self.place()
    let run = try await Self.decide(place, "--outcome", "deferred", "--dry-run")
    #expect(run.status == 0 && run.output.contains("+outcome: deferred\n") && !run.output.contains("digests"))
    #expect(place.contents(of: Self.path) == nil)
  }

  @Test func `an approval of the same entries is not written a second time`() async throws {
    let place = try Self.place()
    #expect(try await Self.decide(place, "--outcome", "approved", "--date", "2026-05-01").status == 0)
    let again = try await Self.decide(place, "--outcome", "approved")
    #expect(again.status == 2)
    #expect(again.errors.hasPrefix("triglyph: decision:on-safer approves initiative:safer as it is now already"))
    #expect(try await Self.decide(place, "--outcome", "rejected").status == 0)
  }

  @Test(arguments: [
    (["--for", "initiative:safr", "--outcome", "approved"], "there is no initiative safr; did you mean `safer`?"),
    (["--outcome", "aproved"], "aproved is no outcome; did you mean `approved`?"),
    (["--outcome", "approved", "--gate", "build"], "a decision says no stage in this vocabulary"),
    (["--outcome", "approved", "--lane", "fast"], "a decision says no lane in this vocabulary"),
    (["--outcome", "approved", "--by", "hub"], "--by: no relation of a decision has the role approver"),
    (
      ["--outcome", "approved", "--date", "2026-07-01"],
      "2026-07-01 lies ahead of 2026-06-01, the day looked at: nothing is decided yet"
    ),
    (
      ["--for", "initiative:safer", "--for", "waiver:w", "--outcome", "approved"],
      "a decision is on one initiative, or on waivers"
    ),
  ])
  func `what cannot be recorded is one sentence, and nothing is written`(
    arguments: [String], says: String
  ) async throws {
    let place = try Self.place()
    let whole = ["new", "decision"] + (arguments.contains("--for") ? [] : ["--for", "initiative:safer"])
    let run = try await BuiltCommand.run(list: whole + arguments + ["--repository", place.path] + Self.day)
    #expect(run.status == 2 && run.errors.contains(says), "\(run.status) \(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(place.path)/catalogue/governance"))
  }

  @Test func `what is live, or changes nothing, is not approved`() async throws {
    let live = try await Self.decide(try Self.place(stage: "live"), "--outcome", "approved")
    #expect(live.status == 2 && live.errors.contains("initiative:safer is live or closed already"), "\(live.errors)")
    let place = try Self.place()
    try place.write(
      "{kind: initiative, id: idle, name: Idle, stage: idea, goLive: 2027-01-01}\n", to: "catalogue/idle.yaml")
    let idle = try await Self.decide(place, "--for", "initiative:idle", "--outcome", "approved")
    #expect(idle.status == 2 && idle.errors.contains("initiative:idle changes nothing: there is nothing to approve"))
  }
}
