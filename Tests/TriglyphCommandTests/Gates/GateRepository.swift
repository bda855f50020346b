/// A small repository in which everything is missing that can be.
enum GateRepository {
  static let files = [
    "catalogue/all.yaml": #"""
    {kind: organisation, id: team, name: The team}
    ---
    {kind: organisation, id: board, name: The board}
    ---
    {kind: system, id: hub, name: Hub, mfa: true, owner: team}
    ---
    kind: gate
    id: build
    name: Sound design
    summary: Is the design sound?
    stage: build
    demands:
      - {id: review, name: Review, type: design-review}
      - {id: paper, name: Paper, type: outline}
    ---
    {kind: evidence, id: outline, name: Outline, type: outline, date: 2026-05-01, targets: ["initiative:renewal"]}
    ---
    kind: decision
    id: first
    name: First look
    by: board
    date: 2026-03-01
    outcome: approved-with-conditions
    gate: design
    targets: ["initiative:renewal"]
    conditions:
      - {id: budget, name: Budget agreed, owner: team, due: 2026-06-01, met: false}
      - {id: later, name: Old one ended, owner: team, due: 2027-06-01, gate: closed, met: false}

    """#,
    "catalogue/metamodel.yaml": #"""
    kind: metamodel
    id: small
    name: Small
    enums:
      lane: {ordered: true, values: [light, thorough]}
    kinds:
      organisation: {plural: organisations, role: organisation, fields: {decides: {type: lane, many: true}}}
      system:
        plural: systems
        fields: {mfa: {type: boolean}}
        relations: {owner: {to: organisation, inverse: owns, role: owner}}
      initiative:
        fields: {lane: {type: lane}}
        parts:
          passages: {kind: passage, inverse: initiative}
          attestations: {kind: attestation, inverse: initiative}
      passage:
        plural: passages
        role: passage
        fields: {stage: {type: stage}, date: {type: date}}
      attestation:
        plural: attestations
        role: attestation
        fields: {until: {type: date}}
        relations: {by: {to: organisation, inverse: vouches, role: owner}}
      gate:
        plural: gates
        role: gate
        fields: {stage: {type: stage}}
        parts: {demands: {kind: demand, inverse: gate}}
      demand: {plural: demands, role: demand, fields: {type: {type: string}}}
      decision:
        fields: {gate: {type: stage}}
        relations: {by: {to: organisation, inverse: decided, role: approver}}
      condition: {relations: {owner: {to: organisation, inverse: meets, role: owner}}}

    """#,
    "catalogue/renewal.yaml": #"""
    kind: initiative
    id: renewal
    name: Renewal
    owner: "organisation:team"
    stage: design   # since March
    lane: light
    goLive: 2027-01-01
    passages:
      - {id: proposal, stage: proposal, date: 2026-01-01}
      - {id: design, stage: design, date: 2026-03-02}
    attestations:
      - {id: risk, name: Risk, by: team, until: 2026-06-15}
    adds:
      - {kind: system, id: desk, name: Desk, mfa: false, owner: team}
      - {kind: system, id: door, name: Door, owner: team}

    """#,
    "rules/due.yaml": #"""
    kind: rule
    id: due
    name: Conditions
    title: Conditions are met in time
    for: initiative
    severity: blocker
    stage: proposal
    each: k in self.decisions.map(d, d.conditions).flatten()
    require: k.met || today <= k.due && !(has(k.gate) && self.stage >= k.gate)
    key: "[k]"
    at: k.due
    message: ${k.owner} had to meet “${k}” by ${k.due}
    remedy: Meet it.

    """#,
    "rules/entered.yaml": #"""
    kind: rule
    id: entered
    name: Gates
    title: A stage is entered after a decision
    for: initiative
    severity: blocker
    stage: design
    each: p in self.passages.filter(p, p.stage >= "design")
    require: self.decisions.exists(d, d.gate >= p.stage && d.date <= p.date)
    key: "[self, p]"
    at: p
    message: nobody let ${self} into ${p.stage} by ${p.date}
    remedy: Have it decided.

    """#,
    "rules/evidence.yaml": #"""
    kind: rule
    id: evidence
    name: Evidence
    title: The evidence is there that a gate demands
    for: initiative
    severity: major
    stage: proposal
    each: n in every(demand).filter(n, n.gate.stage <= self.stage)
    require: self.evidence.exists(v, v.type == n.type)
    key: "[self, n]"
    message: ${self} has no ${n.type}
    remedy: Have it written.

    """#,
    "rules/factor.yaml": #"""
    kind: rule
    id: factor
    name: Two factors
    title: Sign-in asks for two factors
    for: system
    severity: major
    stage: build
    require: self.mfa
    at: self.mfa
    message: ${self} asks for one factor only
    remedy: Ask for a second one.

    """#,
    "rules/lane.yaml": #"""
    kind: rule
    id: lane
    name: The lane
    title: No lighter lane than the facts ask for
    for: initiative
    severity: major
    stage: proposal
    require: 'asks(self, "thorough").size() > 0 ? self.lane >= "thorough" : true'
    at: self.lane
    message: ${self} claims ${self.lane}, but ${asks(self, "thorough")}
    remedy: Record the lane that the facts ask for.

    """#,
    "rules/shared.yaml": #"""
    kind: functions
    id: shared
    name: Shared
    functions:
      asks:
        role: lane
        params: {i: initiative, l: lane}
        is: 'l == "thorough" && i.touches.of(system).exists(s, s.mfa == false) ? ["one factor"] : []'

    """#,
    "rules/word.yaml": #"""
    kind: rule
    id: word
    name: Words
    title: Words hold
    for: initiative
    severity: major
    stage: proposal
    each: a in self.attestations
    require: today < a.until
    key: "[self, a]"
    at: a.until
    message: the word of ${a.by} on ${a} held until ${a.until}
    remedy: Have it given again.

    """#,
  ]

  static func make(_ changes: [String: String] = [:]) throws -> TemporaryRepository {
    try TemporaryRepository(files.merging(changes) { $1 })
  }

  /// The same file with some of its text replaced.
  static func changing(_ name: String, _ pairs: (String, String)...) -> [String: String] {
    var text = files[name] ?? ""
    for (old, new) in pairs { text = text.replacing(old, with: new) }
    return [name: text]
  }
}
