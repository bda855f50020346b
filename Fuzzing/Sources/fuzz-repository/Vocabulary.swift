/// The metamodel beside which an input is read: a field of every type, relations of every kind, derived fields.
let vocabulary = """
  kind: metamodel
  id: fuzzed
  name: Fuzzed
  settings: {horizon: {type: period, default: 24m}, limit: {type: integer}}
  enums:
    level: {ordered: true, values: [low, middle, high]}
  unions:
    thing:
      of: [system, service]
      derived:
        reaches: {to: thing, inverse: reachedBy, role: dependsOn, is: "self.needs.distinct()"}
        failsWith: {to: thing, inverse: stops, recursive: true, is: "[self] + self.needs.map(n, n.failsWith).flatten()"}
        recovery: {type: duration, recursive: true, is: 'self.needs.map(n, n.rto + n.recovery).max(duration("0s"))'}
  kinds:
    organisation: {plural: organisations}
    dataset:
      plural: datasets
      fields: {level: {type: level, required: true, why: It decides the controls.}}
    service:
      plural: services
      role: component
      fields: {rto: {type: duration, default: 2h}}
      relations: {needs: {to: thing, many: true, inverse: servesService}}
    system:
      plural: systems
      role: component
      lifecycle: true
      fields:
        level: {type: level}
        text: {type: text}
        count: {type: integer}
        ratio: {type: number}
        flag: {type: boolean}
        date: {type: date}
        rto: {type: duration, default: 1h}
        keep: {type: period}
        spend: {type: money}
        link: {type: url}
        tags: {type: string, many: true}
        zones: {type: string, many: true, absent: unknown}
        review: {record: {by: {type: string, required: true}, date: {type: date}}}
      relations:
        owner: {to: organisation, inverse: owns, role: owner}
        supplier: {to: organisation, absent: none, inverse: supplies}
        holds: {to: dataset, many: true, inverse: heldBy}
        needs: {to: thing, many: true, inverse: servesSystem}
      parts:
        integrations: {kind: integration, key: to, inverse: from}
      derived:
        double: {type: integer, is: self.count * 2}
    integration:
      plural: integrations
      role: integration
      fields: {protocol: {type: string}}
      relations:
        to: {to: system, inverse: receives, role: target}
        carries: {to: dataset, many: true, inverse: carriedBy, role: carries}
  """
