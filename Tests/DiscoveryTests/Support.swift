import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Discovery
@testable import Governance

let vocabulary = """
  kind: metamodel
  id: vocabulary
  name: Vocabulary
  lifecycle: {phases: [planned, active, phaseOut, retired], live: [active, phaseOut]}
  enums:
    rating: {ordered: true, values: [open, guarded, secret]}
    reach: {ordered: true, values: [inside, outside]}
    manner: {values: [call, post]}
  kinds:
    body: {plural: bodies, role: organisation}
    ability:
      plural: abilities
      role: capability
      fields:
        shared: {type: boolean, required: true, role: common, why: Once for all.}
        words: {type: string, many: true, role: keywords}
      relations:
        above: {to: ability, absent: none, inverse: below, role: partOf}
        chosen: {to: tool, many: true, inverse: chosenFor, role: designated}
    tool:
      plural: tools
      role: component
      lifecycle: true
      fields:
        rating: {type: rating, role: classification}
        reach: {type: reach, role: exposure}
      relations:
        owner: {to: body, inverse: owns, role: owner}
        gives: {to: ability, many: true, inverse: givers, role: provides}
      parts:
        wires: {kind: wire, key: to, inverse: from}
    wire:
      plural: wires
      role: integration
      fields:
        manner: {type: manner, role: style}
      relations:
        to: {to: tool, required: true, inverse: incoming, role: target, why: It leads somewhere.}
    door:
      plural: doors
      lifecycle: true
      fields:
        manner: {type: manner}
        spec: {type: url}
      relations:
        of: {to: tool, required: true, inverse: doors, role: offeredBy, why: It is somebody's.}
    deal:
      plural: deals
      fields:
        ends: {type: date, required: true, role: ends, why: It ends.}
      relations:
        about: {to: tool, many: true, inverse: deals, role: covers}
    glossary:
      plural: glossaries
      role: thesaurus
      fields:
        lines: {type: string, many: true, role: synonyms}
    initiative:
      relations:
        wants: {to: ability, many: true, inverse: wantedBy, role: needs}

  """

/// An estate of some documents, all its fields worked out.
func estate(_ texts: String..., asOf: String = "2026-01-01") async throws -> Estate {
  let files = ([vocabulary] + texts).enumerated().map { SourceText(name: "catalogue/\($0).yaml", text: $1) }
  let day = try #require(CivilDate(asOf))
  let result = await RepositoryReader.read(files, asOf: day, tasks: 1)
  #expect(result.diagnostics.filter { $0.severity == .error }.map(\.summary) == [])
  return result.estate.deriving()
}

func reuse(_ question: String, _ narrowing: ReuseNarrowing = .init(), in estate: Estate) throws -> ReuseAnswer {
  let seen = narrowing.goLive.map { estate.seen(in: estate.view, at: $0) } ?? estate
  return try ReuseAnswer(question, narrowing, in: seen, ReuseRoles(estate.metamodel), limit: 10)
}
