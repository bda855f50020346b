import CEL
import Catalogue
import Diagnostics
import Foundation
import Testing

@testable import Governance

/// From when to when rules fail.
@Suite struct RoadmapTests {
  private static let seeds = Int(ProcessInfo.processInfo.environment["VIEWS"] ?? "") ?? 60
  private static let firstSeed = Int(ProcessInfo.processInfo.environment["VIEWS_FIRST"] ?? "") ?? 0

  private static let vocabulary = """
    kind: metamodel
    id: small
    name: Small
    settings: {horizon: {type: period, default: 36m}}
    lifecycle: {phases: [planned, active, retired], live: [active]}
    kinds:
      system:
        plural: systems
        lifecycle: true
        fields: {exempt: {type: date}}
        relations: {uses: {to: system, many: true, inverse: usedBy}}
    """

  private static let rules = """
    kind: rule
    id: uses-live
    name: Uses live
    title: What lives uses what lives
    clauses: []
    stage: design
    severity: major
    remedy: Move.
    for: system
    when: self.live
    each: x in self.uses
    require: x.live
    message: ${self} uses ${x}
    ---
    kind: rule
    id: exempt
    name: Exempt
    title: An exemption has not run out
    clauses: []
    stage: design
    severity: minor
    remedy: Prolong it.
    for: system
    require: self.exempt >= date
    message: the exemption of ${self} ran out on ${self.exempt}
    """

  private static let estate = """
    {kind: system, id: old, name: Old, exempt: 2030-01-01, lifecycle: {active: 2020-01-01, retired: 2027-03-01}}
    ---
    {kind: system, id: new, name: New, exempt: 2030-01-01, lifecycle: {active: 2026-06-01}}
    ---
    {kind: system, id: user, name: User, exempt: 2028-02-29, uses: [old], lifecycle: {active: 2020-01-01}}
    ---
    {kind: system, id: early, name: Early, exempt: 2030-01-01, uses: [new], lifecycle: {active: 2020-01-01}}
    ---
    {kind: system, id: gone, name: Gone, exempt: 2020-01-01, lifecycle: {active: 2020-01-01}}
    """

  private static func roadmap(_ initiative: String) async -> (Roadmap, [String]) {
    let texts = [vocabulary, rules, estate, initiative].joined(separator: "\n---\n")
    let checked = await Checked([SourceText(name: "all.yaml", text: texts)], asOf: "2026-01-01", tasks: 1)
    return (await Roadmap.run(checked.book.rules, on: checked.estate), checked.diagnostics.map(\.summary))
  }

  @Test func `A finding begins and ends with the phases, the initiatives and the recorded days that make it`() async {
    let (roadmap, problems) = await Self.roadmap(
      """
      kind: initiative
      id: move
      name: Move
      stage: build
      goLive: 2027-10-01
      changes: [{ref: "system:user", link: {uses: [new]}, unlink: {uses: [old]}}]
      ---
      {kind: decision, id: yes, name: Yes, date: 2025-12-01, outcome: approved, targets: ["initiative:move"]}
      """)
    #expect(problems == [])
    #expect(roadmap.initiatives.map(\.id) == ["move"])
    #expect((roadmap.start.text, roadmap.end.text) == ("2026-01-01", "2029-01-01"))
    #expect(
      Self.texts(roadmap) == [
        "2026-01-01 until 2026-06-01 failed major uses-live|system:early|system:new: Early uses New",
        "2026-01-01 until the end failed minor exempt|system:gone: the exemption of Gone ran out on 2020-01-01",
        "2027-03-01 until 2027-10-01 failed major uses-live|system:old|system:user: User uses Old",
        "2028-03-01 until the end failed minor exempt|system:user: the exemption of User ran out on 2028-02-29",
      ])
    #expect(roadmap.lasting.count == 1)
    #expect(roadmap.changing.count == 3)
  }

  @Test func `An initiative that was turned down is looked at on no day`() async {
    let rule = """
      kind: rule
      id: touches-live
      name: Touches live
      title: What an initiative touches lives
      clauses: []
      stage: idea
      severity: minor
      remedy: Leave it.
      for: initiative
      require: self.touches.of(system).all(s, s.live)
      message: ${self} touches what is gone
      """
    let (roadmap, problems) = await Self.roadmap(
      """
      kind: initiative
      id: move
      name: Move
      stage: build
      goLive: 2027-10-01
      changes: [{ref: "system:old", set: {exempt: 2031-01-01}}]
      ---
      {kind: decision, id: no, name: No, date: 2025-12-01, outcome: rejected, targets: ["initiative:move"]}
      ---
      \(rule)
      """)
    #expect(problems == [])
    #expect(!Self.texts(roadmap).contains { $0.contains("touches-live") })
  }

  /// `2027-01-01 until 2028-01-01 rule: message`.
  static func texts(_ roadmap: Roadmap) -> [String] {
    roadmap.spans.map { span in
      "\(span.from.text) until \(span.until?.text ?? "the end") \(span.finding.outcome.name) \(span.finding.severity.name) "
        + "\(span.finding.identity): \(span.finding.message)"
    }
  }

  @Test(arguments: 0..<4)
  func `Looking at what is affected tells what looking at everything tells`(_ part: Int) async {
    var told = 0
    var (some, whole) = (0, 0)
    for seed in stride(from: Self.firstSeed + part, to: Self.firstSeed + Self.seeds, by: 4) {
      let checked = await RandomRepository(seed: UInt64(seed), usesViews: true).checked()
      let slow = await Roadmap.run(checked.book.rules, on: checked.estate, tasks: 1, isIncremental: false)
      let fast = await Roadmap.run(checked.book.rules, on: checked.estate, tasks: 2, isIncremental: true)
      told += slow.changing.count
      (some, whole) = (some + fast.targetCount, whole + slow.targetCount)
      let (a, b) = (Self.texts(slow), Self.texts(fast))
      if a != b {
        let (missing, surplus) = (Set(a).subtracting(b).sorted(), Set(b).subtracting(a).sorted())
        Issue.record("seed \(seed): \(missing.prefix(3)) missing, \(surplus.prefix(3)) too many")
      }
    }
    #expect(told > Self.seeds)
    #expect(some < whole)
  }

  @Test(arguments: 0..<4)
  func `On every day it tells what a check of that day finds`(_ part: Int) async {
    var told = 0
    for seed in stride(from: part, to: Self.seeds / 3, by: 4) {
      // A rule that computes with the date can turn on any day.
      let documents = RandomRepository(seed: UInt64(seed), usesViews: true).documents.filter { text in
        !["date +", "date -", "timeline(date"].contains { text.contains($0) }
      }
      let checked = await Checked(RandomRepository.files(of: documents), asOf: RandomRepository.asOf, tasks: 1)
      let roadmap = await Roadmap.run(checked.book.rules, on: checked.estate)
      let view = checked.estate.committedView()
      // On the last day before another that was looked at, things are as they were.
      let eves = roadmap.days.dropFirst().map { CivilDate(days: $0.days - 1) }
      for day in Set(roadmap.days + eves).sorted() {
        let estate = checked.estate.seen(in: view, at: day)
        let assessment = await Assessment.run(checked.book.rules, on: estate, tasks: 1)
        let integrity = IntegrityRules.findings(estate) + IntegrityRules.differences(estate)
        let found = (assessment.findings + integrity).map(Self.substance).sorted()
        let spans = roadmap.spans.filter { $0.from <= day && day < ($0.until ?? .never) }
        #expect(spans.map { Self.substance($0.finding) }.sorted() == found, "seed \(seed), \(day.text)")
        told += found.count
      }
    }
    #expect(told > Self.seeds)
  }

  private static func substance(_ finding: Finding) -> String {
    "\(finding.identity) \(finding.outcome.name) \(finding.severity.name)"
  }
}
