import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Clauses: who looks at them, and how a portfolio stands on them.
@Suite struct ClauseTests {
  private static let vocabulary = """
    {kind: metamodel, id: small, name: Small, kinds: {system: {plural: systems, fields: {cost: {type: integer}}}}}
    ---

    """

  private func read(_ text: String) async -> RepositoryReader.Result {
    await RepositoryReader.read(
      [SourceText(name: "all.yaml", text: Self.vocabulary + text)], asOf: CivilDate("2026-01-01") ?? CivilDate(days: 0),
      tasks: 1)
  }

  @Test func `a clause that two standards define is told at the clause`() async {
    let twice = """
      {kind: standard, id: data, name: Data, clauses: [{id: "1", name: One, level: must, requirement: Do this.}]}
      ---
      kind: standard
      id: data
      name: Data again
      clauses:
        - {id: "1", name: One, level: may, requirement: Do that.}
        - {id: "2", name: Two, level: may, requirement: Do more.}
      """
    let told = await read(twice).diagnostics.map {
      "\($0.id) \($0.summary) \($0.range?.start.line ?? 0) \($0.related.first?.range.start.line ?? 0)"
    }
    #expect(
      told == ["duplicate standard:data is there already 6 3", "duplicate clause:data/1 is there already 9 3"])
  }

  @Test func `two clauses in the same words are told at the later one`() async {
    let text = """
      {kind: standard, id: data, name: Data, clauses: [{id: "1", name: One, level: must, requirement: Do this.}]}
      ---
      kind: standard
      id: safety
      name: Safety
      clauses:
        - {id: "1", name: Mine, level: may, requirement: "do  This."}
        - {id: "2", name: One, level: may, requirement: Do that.}
      """
    let told = RepeatedClauses.diagnostics(await read(text).estate)
    #expect(told.map(\.summary) == ["safety/1 requires the same as data/1, word for word"])
    #expect(told.map(\.range?.start.line) == [9] && told.first?.related.first?.range.start.line == 3)
  }

  private static let standards = """
    kind: standard
    id: cost
    name: Cost
    clauses:
      - {id: "10", name: Ten, level: must, requirement: A.}
      - {id: "2", name: Two, level: must, requirement: B., attested: Somebody looked}
      - {id: "1", name: One, level: must, requirement: C.}
      - {id: "3", name: Three, level: must, requirement: D.}
    ---
    {kind: rule, id: cheap, name: C, title: T, clauses: [cost/1], for: system, severity: major, stage: design, require: self.cost < 10, message: M, remedy: R}
    ---
    {kind: rule, id: late, name: C, title: T, clauses: [cost/10], for: system, severity: major, stage: live, require: self.cost < 5, message: M, remedy: R}
    ---
    {kind: rule, id: sketch, name: C, title: T, clauses: [cost/3], status: draft, for: system, severity: major, stage: live, require: self.cost < 5, message: M, remedy: R}
    ---

    """

  @Test func `a clause is checked by rules that run, attested, or checked by nothing`() async {
    let estate = await read(Self.standards).estate.deriving()
    let book = RuleBook(estate)
    let coverage = ClauseCoverage(estate, book.rules)
    #expect(coverage.entries.map { estate.entity($0.clause).id } == ["cost/1", "cost/2", "cost/3", "cost/10"])
    #expect(coverage.unchecked.map { estate.entity($0).id } == ["cost/3"])
    let fewer = ClauseCoverage(estate, book.rules.filter { $0.id == "late" })
    #expect(fewer.unchecked.map { estate.entity($0).id } == ["cost/1", "cost/3"])
  }

  @Test func `each initiative conforms, fails, cannot be decided, or is not bound yet`() async throws {
    let text =
      Self.standards + """
        {kind: system, id: hub, name: Hub, cost: 3}
        ---
        {kind: system, id: old, name: Old, cost: 50}
        ---
        {kind: initiative, id: fails, name: F, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: f, name: F, cost: 20}]}
        ---
        {kind: initiative, id: gap, name: G, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: g, name: G}]}
        ---
        {kind: initiative, id: good, name: H, stage: design, goLive: 2026-06-01, adds: [{kind: system, id: h, name: H, cost: 1}]}
        ---
        {kind: initiative, id: early, name: E, stage: proposal, goLive: 2026-06-01, adds: [{kind: system, id: e, name: E, cost: 99}]}
        """
    let estate = await read(text).estate.deriving()
    let book = RuleBook(estate)
    let assessment = await Assessment.run(book.rules, on: estate, tasks: 1)
    let cheap = book.rules.filter { $0.id == "cheap" }
    let states: [ClauseState] = [.notYetDue, .fails, .undecided, .conforms]
    let clause = try #require(cheap.first?.clauses.first)
    let portfolio = await Portfolio.run(book.rules, on: estate, beside: assessment, tasks: 1)
    // Whatever a check left out, because nothing could be otherwise, the clause has its say.
    for effort in [Portfolio.Effort.nothing, .allTargets] {
      let portfolio = await Portfolio.run(book.rules, on: estate, beside: assessment, tasks: 1, effort)
      let standing = ClauseStanding(clause, cheap, assessment.findings, ReachedPortfolio(portfolio, cheap, estate))
      #expect(standing.initiatives.map(\.clause.state) == states)
    }
    let reached = ReachedPortfolio(portfolio, cheap, estate)
    let standing = ClauseStanding(clause, cheap, assessment.findings, reached)
    #expect(standing.estateTally.map { "\($0.count) \($0.word)" } == ["1 failed"])
    #expect(standing.initiatives.map(\.id) == ["early", "fails", "gap", "good"])
    #expect(standing.tally.map(\.state) == [.fails, .undecided, .notYetDue, .conforms])
    #expect(standing.tally.map(\.count) == [1, 1, 1, 1])
    let none = ClauseStanding(clause, [], assessment.findings, reached)
    #expect(
      none.findings.isEmpty && none.initiatives.map(\.clause.state) == [.unchecked, .unchecked, .unchecked, .unchecked])
  }
}
