/// The kinds that the engine knows, in the same format as an authority's. An authority may add fields to them and
/// remove none.
enum BuiltInKinds {
  static let name = "<built-in kinds>"

  static let text = """
    kind: metamodel
    id: built-in
    name: Built-in kinds
    enums:
      stage: {ordered: true, values: [idea, proposal, design, build, transition, live, closed]}
      severity: {ordered: true, values: [advisory, minor, major, blocker]}
      obligation: {ordered: true, values: [may, should, must]}
      outcome: {values: [approved, approved-with-conditions, endorsed, deferred, rejected]}
      sourceStatus: {values: [verified, memory]}
      ruleStatus: {values: [draft, preview, active, deprecated]}
      verdict: {values: [adopt, adapt, reject]}
      diagramView: {values: [capabilities, context, dataflow, dependencies, initiative, integration, landscape, roadmap]}
      editOperation: {values: [add, set, unset, link, unlink, retire]}
      expectation: {values: [failed, undecided]}
    settings:
      waiverNotice: {type: period, default: 30d, why: How long before a waiver ends it is told that it will.}
      waiverLimitBlocker: {type: period, default: 180d, why: How long a blocker may be waived at once.}
      waiverLimitMajor: {type: period, default: 365d, why: How long a major failure may be waived at once.}
      waiverBreadth: {type: integer, default: 5, why: How many findings one waiver may cover.}
      waiverRenewals: {type: integer, default: 2, why: How many times a waiver may be renewed.}
    kinds:
      metamodel:
        plural: metamodels
        why: Declares the authority's vocabulary.
        fields:
          settings: {type: structure}
          lifecycle: {type: structure}
          enums: {type: structure}
          entity: {type: structure}
          unions: {type: structure}
          kinds: {type: structure}
          overrides: {type: string, title: The pack whose document of this id it stands in place of, material: false}
      settings:
        plural: settings
        why: Gives the settings that the metamodel declares their values.
        fields:
          values: {type: structure}
      functions:
        plural: functions
        why: Holds functions that rules share.
        fields:
          functions: {type: structure, required: true, why: A document of functions holds at least one.}
          overrides: {type: string, title: The pack whose document of this id it stands in place of, material: false}
      standard:
        plural: standards
        why: A common standard of the authority.
        fields:
          purpose: {type: text, material: false}
          version: {type: string}
          overrides: {type: string, title: The pack whose document of this id it stands in place of, material: false}
        parts:
          clauses: {kind: clause, inverse: standard}
      clause:
        plural: clauses
        why: One requirement of a standard, checked by rules or attested by a person.
        fields:
          level: {type: obligation, required: true, why: Tells a duty from advice.}
          requirement: {type: text, required: true, why: The clause is what it says.}
          sources: {many: true, record: {name: {type: string, required: true}, point: {type: string}, status: {type: sourceStatus, required: true}}}
          attested: {type: text}
      rule:
        plural: rules
        why: One check, written in CEL.
        fields:
          title: {type: text, required: true, why: Says what holds where the rule passes.}
          for: {type: structure, required: true, why: Names the kinds that the rule looks at.}
          severity: {type: structure, required: true, why: Says how much a failure weighs.}
          highestSeverity: {type: severity, title: The highest severity that it can give; derived}
          stage: {type: stage, required: true, why: Says from when on an initiative is bound.}
          when: {type: expression}
          let: {type: structure}
          each: {type: structure}
          require: {type: expression}
          measure: {type: expression}
          key: {type: structure}
          at: {type: expression}
          related: {type: structure}
          path: {type: expression}
          message: {type: structure, required: true, why: Tells what was found.}
          rationale: {type: text, material: false}
          remedy: {type: text, required: true, why: A finding that nobody can act on is noise.}
          params: {type: structure}
          status: {type: ruleStatus, default: active}
          allowEmpty: {type: boolean, default: false}
          unwaivable: {type: boolean, default: false}
          examples: {type: structure}
          equivalents: {type: structure}
          overrides: {type: string, title: The pack whose document of this id it stands in place of, material: false}
        relations:
          clauses: {to: clause, many: true, inverse: rules}
          replacedBy: {to: rule, absent: none}
          scope: {to: entity, many: true, why: What it looks at and does not find to be none of its business; derived.}
      initiative:
        plural: initiatives
        why: A change that somebody proposes.
        fields:
          stage: {type: stage, required: true, why: Decides which rules bind it.}
          goLive: {type: date}
          spend: {type: money}
          reuseConsidered: {many: true, record: {candidate: {type: string, required: true}, verdict: {type: verdict, required: true}, reason: {type: text, required: true}}}
          adds: {type: structure}
          changes: {type: structure}
          retires: {type: structure}
        relations:
          owner: {to: entity, absent: none, inverse: proposes, role: owner}
          touches: {to: entity, many: true, inverse: touchedBy, why: What its edits change or add; derived.}
          sponsor: {to: entity, absent: none, inverse: sponsors}
      edit:
        plural: edits
        why: One thing that an initiative adds, changes or retires; derived.
        fields:
          op: {type: editOperation}
          field: {type: string, title: Path of the field}
          value: {type: string, title: Text of what is set}
          date: {type: date, title: From when on it holds}
          material: {type: boolean, title: Counts as a change of design}
          digest: {type: string}
          merged: {type: boolean, title: The catalogue's own documents say the same}
        relations:
          initiative: {to: initiative, inverse: edits}
          entity: {to: entity, inverse: editedBy}
          within: {to: edit, absent: none, inverse: contents, why: "The entry of `adds` that it stands in; an entry's own digest speaks for all in it."}
          to: {to: entity, many: true, inverse: namedByEdits, why: What it links or unlinks or sets a relation to.}
      decision:
        plural: decisions
        why: What the board decided, when, on what.
        fields:
          date: {type: date, required: true, why: Of two decisions the later one counts.}
          outcome: {type: outcome, required: true, why: The decision is its outcome.}
          digests: {type: string, many: true}
          baseline: {type: string, many: true, title: Let into the baseline, why: "Rules, or identities of findings, that may be added to the baseline by it."}
        relations:
          targets: {to: entity, many: true, awaits: true, inverse: decisions, why: What it is about; what an open initiative adds may be decided upon before it is there.}
        parts:
          conditions: {kind: condition, inverse: decision}
      condition:
        plural: conditions
        why: What an approval depends on.
        fields:
          due: {type: date, required: true, why: A condition without a date is never met.}
          gate: {type: stage}
          met: {type: boolean, required: true, why: Somebody has to say so; nothing is met because nobody wrote.}
        relations:
          proof: {to: evidence, many: true, inverse: proves}
      waiver:
        plural: waivers
        why: A permission to depart from one rule, for a time.
        fields:
          reason: {type: text, required: true, why: A waiver without a reason cannot be reviewed.}
          from: {type: date, required: true, why: A waiver holds from a day on.}
          until: {type: date, required: true, why: "The first day on which it holds no more: no waiver is for ever."}
          builtIn: {type: string, title: Built-in rule, why: "Instead of `rule`, the rule of the engine that is departed from."}
          values: {type: string, many: true, title: Other parts of the key, why: What a finding's key holds that is no entity.}
          expects: {type: expectation, default: failed, why: What it covers; where that is not there the waiver hides nothing.}
          conditions: {type: structure}
        relations:
          rule: {to: rule, absent: none, inverse: waivers, why: A waiver is of one rule.}
          targets: {to: entity, many: true, inverse: waivedBy, why: "It covers the findings of which it names the whole key, here and in `values`."}
          initiative: {to: initiative, absent: none, inverse: ownWaivers, why: Whose own it is; it covers then what that one brings.}
          decision: {to: decision, absent: none, inverse: waivers, why: Which approval it rests on.}
          remedy: {to: initiative, absent: none, inverse: remedies, why: What puts things right.}
          renews: {to: waiver, absent: none, inverse: renewedBy}
      evidence:
        plural: evidence
        why: A document that shows something.
        fields:
          type: {type: string, required: true, why: Says what it shows.}
          date: {type: date, required: true, why: Evidence ages.}
          digests: {type: string, many: true}
        relations:
          targets: {to: entity, many: true, awaits: true, inverse: evidence, why: "What it shows something of; what an open initiative adds is tested before it is there, and not by the initiative."}
      diagram:
        plural: diagrams
        why: A saved picture.
        fields:
          title: {type: text, why: The first line of the picture.}
          view: {type: diagramView, required: true, why: Says what is drawn.}
          where: {type: expression, why: "A condition on `self`: which of the things that the view shows are drawn."}
          groupBy: {type: string, why: The field or relation that puts things together.}
          colourBy: {type: string, why: The field or relation that things are coloured by.}
          hops: {type: integer, why: How many integrations away a neighbour may be.}
          expand: {type: boolean, default: false, why: Whether each thing has a box of its own however many there are.}
          link: {type: string, why: "Where boxes lead: an address with {kind} and {id} in it."}
          asOf: {type: date, why: "The day that is looked at; without it, the day of the command."}
        relations:
          of: {to: entity, many: true, awaits: true, why: What the picture is about.}
          with: {to: initiative, absent: none, why: The open initiative in whose view it looks.}
    """
}
