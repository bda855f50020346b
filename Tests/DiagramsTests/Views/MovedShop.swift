import CEL
import Catalogue
import Governance
import Testing

/// The shop with initiatives, and a rule that they break and mend.
enum MovedShop {
  static let move = """
    kind: initiative
    id: move
    name: Move of the ledger
    stage: design
    goLive: 2027-03-01
    adds:
      - kind: box
        id: vault
        name: New vault
        keeper: tax
        weight: heavy
        back: 2h
        base: [floor]
        lifecycle: {running: 2027-03-01}
        wires: [{id: copy, end: ledger, way: parcel, takes: [bill]}]
      - {kind: wire, start: till, id: direct, end: vault, way: call, takes: []}
      - {kind: door, id: side, name: Side door, house: vault, lifecycle: {running: 2027-03-01}}
    changes:
      - ref: box:ledger
        set: {grade: open, back: 72h}
        link: {stands: [yard]}
      - ref: box:till
        date: 2027-05-01
        unlink: {base: [ledger]}
        link: {base: [vault]}
    retires: [{ref: "box:archive", date: 2027-06-30}]
    """

  static let other = """
    kind: initiative
    id: second-hall
    name: Second hall
    stage: idea
    goLive: 2027-04-01
    adds: [{kind: box, id: hall, name: Second hall, base: [], lifecycle: {running: 2027-04-01, gone: 2028-01-01}}]
    changes: [{ref: "box:ledger", set: {grade: closed, back: 1h}}]
    """

  static let approval = """
    kind: decision
    id: granted
    name: The move is approved
    date: 2026-11-01
    outcome: approved
    targets: ["initiative:move"]
    """

  static let rule = """
    kind: rule
    id: firm-ground
    name: Firm ground
    title: What is heavy rests on what is back as soon
    for: box
    severity: major
    stage: idea
    when: self.weight == "heavy"
    each: b in self.base
    require: b.back <= self.back
    key: [self, b]
    path: self.closure(x, x.base).pathTo(b)
    message: ${self} rests on ${b}
    remedy: Move it to firmer ground.
    examples:
      - title: stands
        given: [{kind: box, id: a, weight: heavy, back: 1h, base: [b]}, {kind: box, id: b, back: 2h}]
        finds: [a / b]
      - title: floats
        given: [{kind: box, id: a, weight: heavy, base: []}]
        finds: []
    """

  /// With the initiatives given and the rule.
  static func read(_ initiatives: String...) async -> Estate {
    await ShopEstate.read(ShopEstate.documents + initiatives + [rule])
  }

  /// In the view of the first open initiative, with what is found there.
  static func check(_ estate: Estate) async throws -> (seen: Estate, findings: [Finding]) {
    let rules = RuleBook(estate).rules
    try #require(rules.count == 1)
    let assessment = await Assessment.run(rules, on: estate)
    let portfolio = await Portfolio.run(rules, on: estate, beside: assessment)
    let view = try #require(estate.initiativeViews().first)
    let check = try #require(portfolio.checks.first)
    return (estate.seen(in: view.view, at: view.date), check.findings)
  }
}
