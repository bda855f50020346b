import CEL
import Catalogue
import Testing

@testable import Governance

/// What the shipped catalogue's stories come to: each finding here is meant.
@Suite struct ShippedPortfolioTests {
  static let portfolio = Task {
    let shipped = await ShippedRepository.shared.value
    return await Portfolio.run(shipped.book.rules, on: shipped.estate)
  }

  /// An open initiative and what it brings, makes better or worse, or leaves open: `comparison rule key`.
  struct Story: Sendable, CustomTestStringConvertible {
    let initiative: String
    let findings: [String]
    var testDescription: String { initiative }
  }

  static let stories = [
    // Buys what everybody shares, moves a form that another one moves elsewhere, and asked nobody: neither the board, for
    // which it is too dear to certify itself, nor the market.
    Story(
      initiative: "duty-on-arrival",
      findings: [
        "introduced cont-contract-spans-need organisation:plover-software system:arrivals-page",
        "introduced gov-benefit-traces-to-capability initiative:duty-on-arrival system:arrivals-page",
        "introduced gov-triage-lane-matches-facts initiative:duty-on-arrival",
        "introduced initiatives-collide initiative:duty-on-arrival collection:relief-claim-form.system initiative:one-log-in",
        "introduced open-procurement-not-prewritten system:arrivals-page",
        "introduced tech-duplicate-common-capability capability:payments system:arrivals-page",
        "introduced tech-need-met-by-existing initiative:duty-on-arrival capability:card-payments system:payments-gateway",
        "introduced tech-need-met-by-existing initiative:duty-on-arrival capability:public-sign-in system:digital-identity",
      ]),
    // Approved, and good for the old technology; but the dashboards still read the tables that it ends, a feed was added
    // after the approval, and the Treasury agreed with itself.
    Story(
      initiative: "its-payroll-and-procurement",
      findings: [
        "introduced cont-retire-before-consumers-move system:legacy-procurement system:performance-dashboards",
        "introduced gov-approver-independent decision:treasury-2026-08-purchasing-hold initiative:its-payroll-and-procurement",
        "introduced gov-design-drift-after-approval initiative:its-payroll-and-procurement integration:hr-records/starters-to-suite",
        "introduced gov-evidence-fresh-for-stage demand:build/design-review initiative:its-payroll-and-procurement",
        "introduced gov-overlay-complete initiative:its-payroll-and-procurement contract:copperline-procurement",
        "resolved sec-unsupported-technology-exposed system:legacy-payroll system:legacy-payroll technology:hierarchical-database",
        "resolved sec-unsupported-technology-exposed system:legacy-payroll system:legacy-payroll technology:midrange-os",
        "resolved tech-exit-lock-in organisation:copperline-systems system:legacy-payroll",
        "resolved tech-exit-lock-in organisation:copperline-systems system:legacy-procurement",
        "resolved tech-technology-approved-through-life system:legacy-procurement technology:hierarchical-database",
        "resolved tech-technology-approved-through-life system:legacy-procurement technology:midrange-os",
      ]),
    // About to go live, and everything is proved that has to be by then.
    Story(initiative: "licences-online", findings: []),
    // Ends four log-ins; one of them while tax returns are filed. The new procurement is there before it signs in with it.
    Story(
      initiative: "one-log-in",
      findings: [
        "introduced cont-change-in-freeze freeze:returns-2027 initiative:one-log-in",
        "introduced initiatives-collide initiative:duty-on-arrival collection:relief-claim-form.system initiative:one-log-in",
        "introduced once-attribute-already-mastered collection:relief-claim-form attribute:consignment-number",
        "introduced once-attribute-already-mastered collection:relief-claim-form attribute:goods-value",
        "introduced sec-risk-assessment-fresh initiative:one-log-in",
        "resolved sec-exposed-needs-sso-mfa system:caesar",
        "resolved sec-exposed-needs-sso-mfa system:gov-je",
        "resolved sec-exposed-needs-sso-mfa system:one-gov-je",
        "resolved sec-exposed-needs-sso-mfa system:talentlink",
        "resolved tech-duplicate-common-capability capability:public-sign-in system:caesar",
        "resolved tech-duplicate-common-capability capability:public-sign-in system:gov-je",
        "resolved tech-duplicate-common-capability capability:public-sign-in system:one-gov-je",
        "resolved tech-duplicate-common-capability capability:public-sign-in system:talentlink",
      ]),
    // Asks for less than the old form did.
    Story(
      initiative: "parking-permits-online",
      findings: [
        "improved once-duplicate-collection-burden attribute:home-address",
        "improved once-duplicate-collection-burden attribute:vehicle-registration",
      ]),
    Story(initiative: "planning-notices", findings: []),
    Story(
      initiative: "school-admissions-boundary",
      findings: [
        "resolved sec-internet-to-sensitive-hops system:school-admissions-online system:pupil-register",
        "resolved tech-point-to-point-where-platform integration:school-admissions-online/pupil-register",
      ]),
  ]

  @Test(arguments: stories)
  func `an open initiative does what its story says, and nothing by accident`(_ story: Story) async throws {
    let portfolio = await Self.portfolio.value
    let check = try #require(portfolio.checks.first { $0.view.initiative.id == story.initiative })
    let findings = check.findings.filter { $0.inView?.comparison != .inherited }.map { finding in
      "\(finding.inView?.comparison.rawValue ?? "") \(finding.rule) \(finding.key.joined(separator: " "))"
    }
    #expect(findings.sorted() == story.findings.sorted())
  }

  @Test func `the stories are those of all open initiatives`() async {
    let portfolio = await Self.portfolio.value
    #expect(portfolio.checks.map(\.view.initiative.id) == Self.stories.map(\.initiative))
  }

  @Test func `in the estate each rule finds what is meant, and leaves open what is not recorded`() async {
    let shipped = await ShippedRepository.shared.value
    let assessment = await Assessment.run(shipped.book.rules, on: shipped.estate, tasks: 1)
    func counts(_ outcome: Outcome) -> [String: Int] {
      Dictionary(assessment.findings.filter { $0.outcome == outcome }.map { ($0.rule, 1) }, uniquingKeysWith: +)
    }
    #expect(
      counts(.failed) == [
        "cont-backup-proved": 3,
        "cont-recovery-chain": 1,
        "cont-recovery-in-figures": 1,
        "cont-rpo-inversion": 1,
        "cont-rto-inversion": 2,
        "data-classification-inherits-up": 2,
        "data-one-master": 1,
        "data-personal-has-basis-and-purpose": 1,
        "data-production-in-test": 1,
        "data-special-category-contained": 1,
        "gov-close-merges-overlay": 1,
        "gov-condition-due": 1,
        "gov-stage-skipped": 1,
        "gov-waiver-expires-before-fix": 1,
        "once-consent-or-authority-to-share": 1,
        "once-told-once-reaches-target": 2,
        "rec-archive-format": 1,
        "rec-copies-die-with-master": 1,
        "rec-decommission-has-destination": 1,
        "rec-foi-findable": 1,
        "rec-orphaned-by-reorganisation": 1,
        "rec-retention-conflict-on-merge": 1,
        "rec-system-can-dispose": 2,
        "sec-assurance-inherited": 1,
        "sec-exposed-needs-sso-mfa": 5,
        "sec-identity-concentration": 1,
        "sec-interface-encrypted-authenticated": 2,
        "sec-internet-to-sensitive-hops": 1,
        "sec-logging-reaches-monitoring": 1,
        "sec-no-downgrade-along-flow": 2,
        "sec-privileged-path-tiering": 1,
        "sec-shared-credential-interface": 1,
        "sec-supplier-access-path": 1,
        "sec-unsupported-technology-exposed": 4,
        "tech-duplicate-common-capability": 4,
        "tech-exit-lock-in": 2,
        "tech-interface-contract-published": 2,
        "tech-point-to-point-where-platform": 4,
        "tech-replaced-not-retired": 1,
        "tech-technology-approved-through-life": 2,
        "tech-zombie-system": 1,
      ])
    #expect(
      counts(.undecided) == [
        "cont-recovery-chain": 3,
        "cont-rto-inversion": 5,
        "data-classification-inherits-up": 2,
        "data-personal-has-basis-and-purpose": 1,
        "once-consent-or-authority-to-share": 1,
      ])
    #expect(IntegrityRules.findings(shipped.estate).map(\.identity) == [])
    #expect(
      IntegrityRules.differences(shipped.estate).map(\.identity) == [
        "entry-not-merged|initiative:its-general-ledger|lifecycle.retired|retire system:legacy-ledger"
      ])
  }
}
