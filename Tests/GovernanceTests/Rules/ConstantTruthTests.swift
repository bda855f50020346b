import CEL
import Testing

@testable import Governance

/// What a condition comes to by its text alone; where it depends on anything, nothing is claimed.
@Suite struct ConstantTruthTests {
  @Test(
    arguments: [
      ("true", true), ("!false", true), ("false", false), ("self.mfa || true", true), ("true || self.mfa", true),
      ("self.mfa && false", false), ("self.mfa || self.cost == self.cost", true), ("(1 < 2) && 2 <= 2", true),
      ("1 > 2 || \"a\" == \"b\" || self.mfa", nil), ("self.mfa ? true : true", true), ("self.mfa ? true : false", nil),
      ("1 == 1 ? self.mfa : true", nil), ("1 == 2 ? self.mfa : true", true), ("self.cost != self.cost", false),
      ("self.plan.date >= self.plan.date", true), ("self.plan.date >= self.date", nil), ("self.mfa", nil),
      ("self.mfa && true", nil), ("self.?mfa == self.mfa", nil), ("\"a\" == \"a\"", true), ("1 == 1.0", nil),
      ("self.tags.size() == self.tags.size()", nil), ("every(system).all(s, true)", nil), ("", nil), ("1 +", nil),
    ] as [(String, Bool?)])
  func `a truth is told where it is certain`(text: String, truth: Bool?) {
    #expect(ConstantTruth.of(Parser.parse(text, macros: MacroSignature.all)) == truth)
  }

  @Test func `what holds of the elements of empty lists holds of nothing`() async {
    for (text, outcome) in [
      ("self.feeds.all(f, f.mfa)", Outcome.passedWithNothing),
      ("self.feeds.all(f, f.mfa) && self.fedBy.all(f, f.mfa)", .passedWithNothing),
      ("self.feeds.all(f, f.mfa) && self.name != \"\"", .passed), ("self.feeds.size() == 0", .passed),
      ("(self.feeds + [self]).all(f, f.name != \"\")", .passed), ("self.tags.all(t, t == \"x\")", .undecided),
    ] {
      let result = await checked(
        "{kind: system, id: a, name: A, feeds: [], tags: unknown}", rule("r", "require: '\(text)'"))
      #expect(result.count(outcome) == 1, "\(text): \(result.outcomes)")
      #expect(result.result(of: "r")?.isIdle == (outcome == .passedWithNothing), "\(text)")
    }
  }
}
