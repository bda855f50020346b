internal import CEL
internal import Catalogue
internal import Governance

/// What depends on an entity, for programs. The form is documented in docs/json.md.
enum ImpactJSON {
  static let format = 1

  static func text(_ report: ImpactReport) -> String {
    let (impact, estate) = (report.impact, report.impact.estate)
    let words = ImpactWords(impact)
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", format)
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      writer.field("at", estate.graph.date.text)
      writer.field("with", report.initiative.map { estate.identity($0.row) })
      writer.field("outcome", report.exitStatus == 0 ? "complete" : "incomplete")
      writer.field("exitStatus", Int(report.exitStatus))
      writer.key("entity")
      writer.object { writer in
        about(impact.entity, words, &writer)
        writer.field("canBeNeeded", impact.canBeNeeded)
      }
      counts(impact, &writer)
      writer.objects("dependents", of: impact.dependents) { item, writer in
        about(item.row, words, &writer)
        writer.field("hops", item.distance)
        switch item.stop {
        case .yes?: writer.field("stops", true)
        case .no?: writer.field("stops", false)
        case .perhaps(let reason)?:
          writer.key("stops")
          writer.object { ValueJSON(estate).undecided(reason.facts, &$0) }
        case nil: break
        }
        way(impact.way(of: item.row), estate, &writer)
        if let doubt = item.doubt { ValueJSON(estate).undecided(doubt.facts, &writer) }
      }
      writer.objects("affected", of: impact.affected) { item, writer in
        about(item.row, words, &writer)
        writer.field("hops", item.distance)
        way(impact.way(of: item.row), estate, &writer)
        if let doubt = item.doubt { ValueJSON(estate).undecided(doubt.facts, &writer) }
      }
      writer.objects("mayDepend", of: impact.open) { item, writer in
        writer.field("entity", estate.identity(item.row))
        ValueJSON(estate).undecided(item.reason.facts, &writer)
      }
      writer.objects("endings", of: impact.endings) { ending($0, impact, words, &$1) }
      writer.objects("initiatives", of: impact.plans) { plan($0, estate, words, &$1) }
      writer.field("openInitiatives", impact.openInitiativeCount)
      writer.field("inputErrors", report.inputErrorCount)
    }
    return writer.text
  }

  private static func counts(_ impact: Impact, _ writer: inout JSONWriter) {
    let certain = impact.certain
    writer.key("counts")
    writer.object { writer in
      writer.field("dependents", certain.count)
      writer.field("direct", certain.count { $0.distance == 1 })
      writer.field("perhaps", impact.dependents.count - certain.count)
      if impact.roles.hasFailures {
        writer.field("stopped", certain.count { if case .yes? = $0.stop { true } else { false } })
      }
      writer.field("affected", impact.affected.count)
    }
  }

  private static func about(_ row: Int32, _ words: ImpactWords, _ writer: inout JSONWriter) {
    let estate = words.impact.estate
    writer.field("entity", estate.identity(row))
    writer.field("name", estate.name(row))
    let criticality = words.criticality(row, isTitle: false)
    if !criticality.isEmpty, criticality != "?" { writer.field(ImpactRole.criticality.rawValue, criticality) }
    if let owners = words.owners(row), !owners.isEmpty { writer.field("owners", owners.map(estate.identity)) }
    let phase = words.phase(row)
    if !phase.isEmpty, phase != "?" { writer.field("phase", phase) }
  }

  private static func way(_ hops: [Impact.Hop], _ estate: Estate, _ writer: inout JSONWriter) {
    writer.objects("way", of: hops) { hop, writer in
      writer.field("from", estate.identity(hop.from))
      writer.field("relation", hop.relation)
      writer.field("carrier", hop.carrier.map(estate.identity))
      writer.field("to", estate.identity(hop.to))
    }
  }

  private static func ending(
    _ ending: Impact.Ending, _ impact: Impact, _ words: ImpactWords, _ writer: inout JSONWriter
  ) {
    let estate = impact.estate
    writer.field("entity", estate.identity(ending.row))
    writer.field("date", ending.date.text)
    if let initiative = ending.initiative { self.initiative(initiative, estate, words, &writer) }
    if ending.way.isEmpty {
      guard impact.canBeNeeded else { return }
      writer.field("stillDepend", ending.remaining.map(estate.identity))
      writer.field("behindThem", ending.behind)
    } else {
      way(ending.way, estate, &writer)
    }
  }

  private static func initiative(
    _ initiative: Initiative, _ estate: Estate, _ words: ImpactWords, _ writer: inout JSONWriter
  ) {
    writer.field("initiative", estate.identity(initiative.row))
    writer.field("stage", words.stage(initiative))
    let ruling: String? =
      switch initiative.ruling {
      case .none: nil
      case .deferred: "deferred"
      case .approved: "approved"
      case .rejected: "rejected"
      }
    writer.field("ruling", ruling)
    writer.field("ruled", initiative.ruled?.text)
    writer.field("goLive", initiative.goLive?.text)
  }

  private static func plan(
    _ plan: Impact.Plan, _ estate: Estate, _ words: ImpactWords, _ writer: inout JSONWriter
  ) {
    initiative(plan.initiative, estate, words, &writer)
    writer.field("date", plan.date.text)
    writer.objects("edits", of: plan.edits) { edit, writer in
      writer.field("words", edit.words)
      writer.field("date", edit.date?.text)
    }
    writer.field("hasEnded", plan.isEnded)
    writer.field("come", plan.come.map(estate.identity))
    writer.field("perhaps", plan.perhaps.map(estate.identity))
    writer.field("go", plan.go.map(estate.identity))
  }
}
