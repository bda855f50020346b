import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// A vocabulary in which nothing is called as in the shipped one: only roles tell what is what.
let boxes = """
  kind: metamodel
  id: boxes
  name: Boxes
  enums:
    tier: {ordered: true, values: [{id: low, title: LOW}, {id: high, title: HIGH}]}
  kinds:
    team: {plural: teams, role: organisation}
    skill: {plural: skills, role: capability}
    stuff: {plural: stuffs, role: dataset}
    tool: {plural: tools}
    job: {plural: jobs, relations: {asks: {to: skill, many: true, inverse: askedBy}}}
    box:
      plural: boxes
      role: component
      lifecycle: true
      fields:
        tier: {type: tier, role: criticality}
        spare: {type: boolean, default: false}
      relations:
        team: {to: team, inverse: boxes, role: owner}
        can: {to: skill, many: true, inverse: doers, role: provides}
        keeps: {to: stuff, many: true, inverse: keptBy}
        made: {to: tool, many: true, inverse: madeInto}
        bases: {to: box, many: true, inverse: carries}
        follows: {to: box, absent: none, inverse: followedBy}
      parts:
        wires: {kind: wire, key: to, inverse: from}
      derived:
        calls: {to: wire, is: "self.wires.filter(w, w.live && w.hard)"}
        needs:
          type: list(list(box))
          is: "self.calls.map(w, [w.to] + w.otherwise) + self.bases.map(b, [b])"
        leansOn:
          {to: box, inverse: carriesAll, role: dependsOn, is: "self.needs.filter(n, n.size() == 1).flatten()"}
        fallsWith:
          to: box
          inverse: fells
          role: failsWith
          recursive: true
          is: "[self].filter(x, !x.spare) + self.needs.map(n, n.map(w, w.fallsWith).common()).flatten()"
    wire:
      plural: wires
      role: integration
      lifecycle: {follows: [from, to]}
      fields: {hard: {type: boolean}}
      relations:
        to: {to: box, required: true, inverse: incoming, role: target, why: Tests.}
        otherwise: {to: box, absent: none, inverse: standsIn}
  """

/// The estate of some documents that are free of mistakes.
func boxEstate(
  _ texts: String..., vocabulary: String = boxes, asOf: String = "2026-01-01",
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) async -> Estate {
  let files = ([vocabulary] + texts).enumerated().map { SourceText(name: "\($0).yaml", text: $1) }
  let result = await RepositoryReader.read(files, asOf: CivilDate(asOf) ?? CivilDate(days: 0), tasks: 1)
  #expect(result.diagnostics.map(\.line) == [], sourceLocation: sourceLocation)
  return result.estate
}

/// One box a line: `a: b c` rests on b and c. A word after `!` is a tier.
func boxDocuments(_ lines: String) -> String {
  lines.split(separator: "\n").map { line in
    let parts = line.split(separator: ":").map { $0.split(separator: " ").map(String.init) }
    let names = parts.count > 1 ? parts[1] : []
    let tier = names.first { $0.hasPrefix("!") }.map { ", tier: \($0.dropFirst())" } ?? ""
    let bases = names.filter { !$0.hasPrefix("!") }.joined(separator: ", ")
    let id = parts[0][0]
    return "{kind: box, id: \(id), name: \(id.uppercased()), bases: [\(bases)]\(tier)}"
  }.joined(separator: "\n---\n")
}

extension Impact {
  static func of(_ name: String, _ estate: Estate, tasks: Int = 1) async throws -> Impact {
    guard case .found(let row) = estate.find(name) else {
      Issue.record("there is no \(name)")
      return Impact(on: 0, in: estate, try ImpactRoles(estate.metamodel))
    }
    return await Impact(on: row, in: estate, try ImpactRoles(estate.metamodel)).withPlans(tasks: tasks)
  }

  func id(_ row: Int32) -> String { estate.entity(row).id }
  func ids(_ rows: [Int32]) -> [String] { rows.map(id) }

  func path(_ row: Int32) -> String {
    way(of: row).map { hop in
      "\(id(hop.from)) -\([hop.relation, hop.carrier.map(id)].compactMap(\.self).joined(separator: " "))-> \(id(hop.to))"
    }.joined(separator: "; ")
  }

  /// `1 b yes: b -bases-> a`.
  var dependentLines: [String] {
    dependents.map { item in
      var stop = ""
      switch item.stop {
      case .yes?: stop = " stops"
      case .perhaps?: stop = " perhaps stops"
      case .no?, nil: break
      }
      return "\(item.distance) \(id(item.row))\(item.doubt == nil ? "" : "?")\(stop): \(path(item.row))"
    }
  }

  var affectedLines: [String] {
    affected.map {
      let hop = $0.hop
      return "\($0.distance) \(estate.identity($0.row)): \(id(hop.from)) -\(hop.relation)-> \(id(hop.to))"
    }
  }

  var endingLines: [String] {
    endings.map { ending in
      let who = ending.initiative.map { " by \($0.id)" } ?? ""
      return
        "\(ending.date.text) \(id(ending.row))\(who): \(ids(ending.remaining).joined(separator: " ")) +\(ending.behind)"
    }
  }

  var planLines: [String] {
    plans.flatMap { plan in
      [
        "\(plan.initiative.id) \(plan.date.text) come [\(ids(plan.come).joined(separator: " "))] go [\(ids(plan.go).joined(separator: " "))]"
      ]
        + plan.edits.map { "\($0.date?.text ?? "-") \($0.words)" }
    }
  }
}
