public import Catalogue
public import Diagnostics

/// One thing that stands between an initiative and a stage: what, who has to do something about it.
public struct GateItem: Sendable {
  public let step: GateStep
  /// As it would be if the initiative stood behind the gate.
  public let finding: Finding
  /// `kind:id` of who has to act, as far as the catalogue knows; sorted.
  public let actors: [String]
  /// Whether its rule asks for it at the initiative's own stage already.
  public let isDue: Bool
  /// Which of several stages on the way it is about: the position of the first that is named; -1: none.
  let stage: Int32

  init(step: GateStep, finding: Finding, actors: [String], isDue: Bool, stage: Int32) {
    (self.step, self.finding, self.actors, self.isDue) = (step, finding, actors, isDue)
    self.stage = stage
  }

  /// Why an initiative could not be merged.
  public init(refused diagnostic: Diagnostic, _ estate: Estate, _ initiative: Int32) {
    let name = estate.identity(initiative)
    let advice = (diagnostic.notes + diagnostic.fixes.map(\.summary)).joined(separator: "; ")
    let key = [name, diagnostic.summary]
    finding = Finding(
      rule: diagnostic.id, outcome: .failed, severity: .blocker, target: name, key: key,
      identity: Finding.identity(diagnostic.id, key), message: diagnostic.summary,
      place: diagnostic.range.map { Place(range: $0, isAbsent: false) }, label: diagnostic.label,
      related: diagnostic.related, paths: [],
      remedy: advice.isEmpty ? "Change the entry, or what it is about, so that `triglyph merge` can write it." : advice,
      missing: [], defaults: [])
    step = .mend
    actors = GateActors(estate: estate, initiative: initiative).actors(.mend, finding)
    isDue = true
    stage = -1
  }

  public static func precedes(_ a: GateItem, _ b: GateItem) -> Bool {
    if a.step != b.step { return a.step < b.step }
    return a.stage != b.stage ? a.stage < b.stage : Finding.precedes(a.finding, b.finding)
  }
}

/// Who has to act, by the relations in role `owner` and `approver`.
struct GateActors {
  let estate: Estate
  let initiative: Int32

  func actors(_ step: GateStep, _ finding: Finding) -> [String] {
    let named = finding.key.compactMap { name -> (row: Int32, kind: Kind)? in
      guard case .found(let row) = estate.find(name) else { return nil }
      return (row, estate.kind(of: row))
    }
    var found: [Int32] = []
    switch step {
    case .record:
      for fact in finding.missing {
        guard let dot = fact.name.firstIndex(of: "."), case .found(let row) = estate.find(String(fact.name[..<dot]))
        else { continue }
        found += estate.answerable(for: row)
      }
    case .attestation, .condition:
      for (row, kind) in named where GateStep.step(of: kind) == step { found += estate.answerable(for: row) }
    case .decision:
      for (row, kind) in named where kind.name == "decision" { found += related(row, inRole: "approver") }
      // Who lets it in, nobody knows before they did.
      return names(found)
    case .mend, .lane, .evidence: break
    }
    return names(found.isEmpty ? estate.answerable(for: initiative) : found)
  }

  private func names(_ rows: [Int32]) -> [String] { Set(rows.map(estate.identity)).sorted() }

  /// What a relation leads to for certain.
  private func related(_ row: Int32, inRole role: String) -> [Int32] {
    estate.metamodel.field(inRole: role, of: estate.entity(row).kind).map { estate.certainRows($0.path, of: row) } ?? []
  }
}
