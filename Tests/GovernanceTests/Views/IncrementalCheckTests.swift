import Catalogue
import Foundation
import Testing

@testable import Governance

/// What an initiative does is found by looking at what it can affect, and is the same as looking at everything.
@Suite struct IncrementalCheckTests {
  /// How many seeds there are, and the first; the environment gives others. Some hundred were run.
  private static let seeds = Int(ProcessInfo.processInfo.environment["VIEWS"] ?? "") ?? 60
  private static let firstSeed = Int(ProcessInfo.processInfo.environment["VIEWS_FIRST"] ?? "") ?? 0

  /// What a view says.
  static func substance(_ portfolio: Portfolio) -> [String] {
    portfolio.checks.flatMap { check in
      check.findings.map { finding in
        let inView = finding.inView
        return [
          check.view.initiative.id, inView?.comparison.rawValue ?? "", finding.identity, finding.outcome.name,
          finding.severity.name, inView?.before ?? "", finding.measure.map { "\($0)" } ?? "", finding.message,
          finding.missing.map(\.name).joined(separator: ", "),
          finding.paths.map { $0.map(text).joined(separator: " ") }.joined(separator: "; "),
        ].joined(separator: " | ")
      }
    }.sorted()
  }

  private static func text(_ hop: Finding.Hop) -> String {
    "\(hop.from) \(hop.relation ?? "-")/\(hop.carrier ?? "-") \(hop.to)"
  }

  @Test func `A timeline over derived relations sees what comes into effect on another day`() async {
    let documents = [
      randomVocabulary, "{kind: node, id: a, name: A, to: []}", "{kind: node, id: b, name: B, to: []}",
      """
      {kind: initiative, id: i, name: I, stage: design,
        changes: [{ref: 'node:a', date: 2026-07-10, link: {to: [b]}}, {ref: 'node:b', date: 2026-07-10, link: {to: [a]}}]}
      """,
      """
      kind: rule
      id: r
      for: node
      require: 'timeline(self in self.reaches).exists(v, v.value)'
      """,
    ]
    let checked = await Checked(RandomRepository.files(of: documents), asOf: RandomRepository.asOf, tasks: 1)
    let whole = await Portfolio.run(
      checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1, isIncremental: false)
    let some = await Portfolio.run(
      checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1)
    #expect(Self.substance(whole).count == 2)
    #expect(Self.substance(some) == Self.substance(whole))
  }

  @Test func `What an initiative adds counts on the days before it changes that itself`() async {
    let documents = [
      randomVocabulary, "{kind: node, id: b, name: B, to: []}",
      """
      {kind: initiative, id: i, name: I, stage: design, goLive: 2026-09-01,
        adds: [{kind: node, id: y, name: Y, to: [b]}], changes: [{ref: 'node:y', set: {to: []}}]}
      """,
      """
      kind: rule
      id: r
      for: node
      require: 'at(date("2026-07-01"), self.reachedBy.size() > 0)'
      """,
    ]
    let checked = await Checked(RandomRepository.files(of: documents), asOf: RandomRepository.asOf, tasks: 1)
    let whole = await Portfolio.run(
      checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1, isIncremental: false)
    let some = await Portfolio.run(
      checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1)
    #expect(Self.substance(whole).contains { $0.hasPrefix("i | resolved | r|node:b") }, "\(Self.substance(whole))")
    #expect(Self.substance(some) == Self.substance(whole))
  }

  @Test func `What a filter asks of one kind is not asked of another`() async {
    // So many days that a graph on the way is worked out anew, with what lives looked up.
    let days = ["07", "08", "09", "10", "11", "12"].flatMap { month in (10...28).map { "2026-\(month)-\($0)" } }
    let services = days.indices.map {
      "{kind: service, id: s\($0), name: S, uses: [], lifecycle: {active: 2020-01-01}}"
    }
    let changes = days.indices.map { "{ref: 'service:s\($0)', date: \(days[$0]), link: {uses: [a]}}" }
    let documents =
      services + [
        randomVocabulary, "{kind: node, id: a, name: A, lifecycle: {active: 2020-01-01}}",
        "{kind: initiative, id: i, name: I, stage: build, changes: [\(changes.joined(separator: ", "))]}",
        "{kind: decision, id: d, name: D, date: 2026-01-01, outcome: approved, targets: ['initiative:i']}",
        """
        kind: rule
        id: r
        for: node
        require: '!self.restedOn.of(node).exists(n, n.live)'
        """,
      ]
    let checked = await Checked(RandomRepository.files(of: documents), asOf: "2026-06-01", tasks: 1)
    let roadmap = await Roadmap.run(checked.book.rules, on: checked.estate)
    #expect(roadmap.initiatives.count == 1)
    #expect(!roadmap.spans.contains { $0.finding.rule == "r" })
  }

  @Test func `What is reached as before may be reached on another way, or in another order`() async {
    // Each leads to the next, and so many are reached that the wholes are compared.
    let ids = (10..<100).map { "n\($0)" }
    let nodes = zip(ids, ids.dropFirst()).map { "{kind: node, id: \($0), name: N, to: [\($1)]}" }
    let documents =
      nodes + [
        randomVocabulary, "{kind: node, id: n99, name: N, to: []}", "{kind: node, id: away, name: N, to: [n15]}",
        "{kind: initiative, id: i, name: I, stage: design, changes: [{ref: 'node:n11', link: {to: [n20]}}]}",
        "{kind: initiative, id: j, name: J, stage: design, changes: [{ref: 'node:n12', link: {to: [n14]}}]}",
        "{kind: initiative, id: k, name: K, stage: design, changes: [{ref: 'node:n12', link: {to: [away]}}]}",
      ]
    func told(_ rule: String) async -> (substance: [String], asked: [Int]) {
      let head = "kind: rule\nid: r\nfor: node\nwhen: self.id == \"n10\"\nlet: {reached: 'self.closure(s, s.to)'}\n"
      let files = RandomRepository.files(of: documents + [head + rule])
      let checked = await Checked(files, asOf: RandomRepository.asOf, tasks: 1)
      let (rules, estate, assessment) = (checked.book.rules, checked.estate, checked.assessment)
      let whole = await Portfolio.run(rules, on: estate, beside: assessment, tasks: 1, isIncremental: false)
      let few = await Portfolio.run(rules, on: estate, beside: assessment, tasks: 1, .allTargets)
      #expect(Self.substance(few) == Self.substance(whole), "\(rule)")
      let told = Self.substance(whole).map { $0.split(separator: " | ").prefix(3).joined(separator: " ") }
      return (told.sorted(), few.checks.map { $0.work[0].targets })
    }
    let way = await told("require: 'reached.pathTo(s, s.id == \"n99\").nodes.size() == 90'")
    #expect(way.substance == ["i introduced r|node:n10", "j introduced r|node:n10", "k introduced r|node:n10"])
    let order = await told("require: 'reached[2].id != \"n20\"'")
    #expect(order.substance == ["i introduced r|node:n10"])
    // Of what is reached on another way alone nothing is asked again, neither how much it is, nor what holds of each,
    // but where the initiative itself changes something: once in the base, once in the view.
    let size = await told("require: 'reached.size() < 90'")
    #expect(size.substance == ["k introduced r|node:n10"])
    #expect(size.asked.prefix(2) == [2, 2])
    let each = await told("each: x in reached\nrequire: x.id != \"away\"")
    #expect(each.substance == ["k introduced r|node:away|node:n10"])
    #expect(each.asked.prefix(2) == [2, 2])
  }

  @Test(
    arguments: [
      ("retired(self) || self.to.exists(x, x.name != \"Z\" && changed(x.to))", true),
      ("touched(self) && self.to.exists(x, changed(x.to)) || self.to.exists(x, x in self.to && changed(x.to))", true),
      ("changed(self.to) || self.to.size() == 1", false),
    ])
  func `Of what a rule asks where something differs nothing else is looked at`(
    _ condition: String, isTold: Bool
  ) async {
    let others = (0..<20).map { "{kind: node, id: n\($0), name: N, to: []}" }
    let documents =
      others + [
        randomVocabulary, "{kind: node, id: a, name: A, to: [b]}", "{kind: node, id: b, name: B, to: []}",
        "{kind: node, id: c, name: C, to: [n0]}",
        "{kind: initiative, id: i, name: I, stage: design, changes: [{ref: 'node:b', link: {to: [n1]}}]}",
        "{kind: rule, id: r, for: node, when: '\(condition)', require: 'initiative.edits.size() > 5'}",
      ]
    let checked = await Checked(RandomRepository.files(of: documents), asOf: RandomRepository.asOf, tasks: 1)
    let whole = await Portfolio.run(
      checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1, isIncremental: false)
    let some = await Portfolio.run(checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1)
    #expect(Self.substance(whole).contains { $0.hasPrefix("i | introduced | r|node:a") }, "\(Self.substance(whole))")
    #expect(Self.substance(some) == Self.substance(whole))
    #expect((some.wholeCount == 0) == isTold)
  }

  @Test func `On the day that never comes things are as on the last day`() async {
    let documents = [
      randomVocabulary, "{kind: node, id: a, name: A, lifecycle: {active: 2027-01-01}, links: [{to: b}]}",
      "{kind: node, id: b, name: B, lifecycle: {active: 2020-01-01}}",
      """
      kind: rule
      id: r
      for: node
      require: 'at(self.lifecycle.retired, self.restedOn.of(node)).size() == 0'
      """,
    ]
    for asOf in ["2026-06-01", "2028-01-01"] {
      let checked = await Checked(RandomRepository.files(of: documents), asOf: asOf, tasks: 1)
      #expect(checked.assessment.findings.map(\.target) == ["node:b"], "\(asOf)")
    }
  }

  /// What was compared.
  struct Tally {
    var told = 0
    var comparisons: Set<String> = []
    var missing = 0
    var paths = 0
    /// Targets of which it was told, without evaluating them, that nothing is otherwise.
    var spared = 0

    mutating func add(_ portfolio: Portfolio) {
      told += IncrementalCheckTests.substance(portfolio).count
      for finding in portfolio.checks.flatMap(\.findings) {
        comparisons.insert(finding.inView?.comparison.rawValue ?? "")
        missing += finding.missing.isEmpty ? 0 : 1
        paths += finding.paths.isEmpty ? 0 : 1
      }
    }

    mutating func add(_ other: Tally) {
      told += other.told
      comparisons.formUnion(other.comparisons)
      missing += other.missing
      paths += other.paths
      spared += other.spared
    }
  }

  @Test func `Random repositories give the same findings either way`() async {
    let tally = await withTaskGroup(of: Tally.self) { group in
      for part in 0..<2 { group.addTask { await Self.compare(part, of: 2) } }
      return await group.reduce(into: Tally()) { $0.add($1) }
    }
    #expect(tally.told > Self.seeds)
    #expect(tally.comparisons.count == 6, "\(tally)")
    #expect(tally.missing > 0 && tally.paths > 0 && tally.spared > 0, "\(tally)")
  }

  private static func compare(_ part: Int, of parts: Int) async -> Tally {
    var tally = Tally()
    for seed in stride(from: firstSeed + part, to: firstSeed + seeds, by: parts) {
      let checked = await RandomRepository(seed: UInt64(seed), usesViews: true).checked()
      #expect(checked.book.diagnostics.isEmpty, "seed \(seed): \(checked.book.diagnostics.map(\.summary))")
      let whole = await Portfolio.run(
        checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1, isIncremental: false)
      let some = await Portfolio.run(
        checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1)
      let few = await Portfolio.run(
        checked.book.rules, on: checked.estate, beside: checked.assessment, tasks: 1, .allTargets)
      let (a, b) = (substance(whole), substance(some))
      tally.add(whole)
      tally.spared += some.targetCount - few.targetCount
      if substance(few) != b {
        let (missing, surplus) = (
          Set(b).subtracting(substance(few)).sorted(), Set(substance(few)).subtracting(b).sorted()
        )
        Issue.record("seed \(seed), asked first: \(missing.prefix(3)) missing, \(surplus.prefix(3)) too many")
      }
      if a != b {
        let (missing, surplus) = (Set(a).subtracting(b).sorted(), Set(b).subtracting(a).sorted())
        Issue.record("seed \(seed): \(missing.prefix(3)) missing, \(surplus.prefix(3)) too many")
      }
    }
    return tally
  }
}
