internal import Catalogue
internal import Diagnostics
internal import Governance

/// Findings for programs. The form is documented in docs/json.md; `format` rises when it changes incompatibly.
public enum JSONReport {
  public static let format = 1

  public static func text(_ report: CheckReport) -> String { text(report, roadmap: nil) }

  static func text(_ report: CheckReport, roadmap: RoadmapReport?) -> String {
    let outcome = roadmap?.outcome ?? report.outcome
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", format)
      writer.field("tool", "triglyph")
      writer.field("asOf", report.estate.asOf.text)
      if let roadmap = roadmap?.roadmap {
        if roadmap.end != .never { writer.field("until", roadmap.end.text) }
        writer.field("applied", roadmap.initiatives.map { "initiative:\($0.id)" })
      }
      writer.field("outcome", outcome.rawValue)
      writer.field("exitStatus", Int(outcome.exitStatus))
      writer.field("failOn", report.failOn.name)
      writer.field("failOnUndecided", report.failsOnUndecided)
      adoption(report, &writer)
      if let since = report.since { revision(since, &writer) }
      writer.key("counts")
      counts(report, &writer)
      if let baseline = report.baseline {
        writer.key("baseline")
        writer.object { writer in
          writer.field("taken", baseline.taken.text)
          writer.field("revision", baseline.revision)
          writer.field("entries", baseline.entries.count)
        }
      }
      if !report.endingWaivers.isEmpty {
        writer.objects("endingWaivers", of: report.endingWaivers) { waiver, writer in
          writer.field("waiver", waiver.name)
          writer.field("until", waiver.until.text)
        }
      }
      writer.array("inputErrors", of: report.inputErrors) { diagnostic, writer in
        self.diagnostic(diagnostic, &writer)
      }
      writer.array("findings", of: report.allFindings) { finding, writer in
        self.finding(finding, counts: report.counts(finding), &writer)
      }
      let unchecked = report.uncheckedClauses
      if !unchecked.isEmpty { writer.field("uncheckedClauses", unchecked) }
      if let roadmap { spans(roadmap.roadmap, &writer) }
      if let portfolio = report.portfolio {
        writer.array("initiatives", of: portfolio.checks) { check, writer in
          initiative(check, report.lanes["initiative:\(check.view.initiative.id)"], &writer)
        }
      }
      writer.array("rules", of: report.assessment.results) { result, writer in
        rule(result, &writer)
      }
    }
    return writer.text
  }

  private static func counts(_ report: CheckReport, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("files", report.estate.summary.files)
      writer.field("documents", report.estate.summary.documents)
      writer.field("entities", report.assessment.entityCount)
      writer.field("rules", report.ruleCount)
      for severity in Severity.allCases.reversed() { writer.field(severity.name, report.count(severity)) }
      writer.field("undecided", report.undecidedCount)
      writer.field("waived", report.count { if case .waived = $0 { true } else { false } })
      writer.field("baselined", report.count { $0 == .baselined })
      if report.since != nil {
        writer.field("known", report.knownCount)
        writer.field("waivedOnceMerged", report.countOnceMerged { if case .waived = $0 { true } else { false } })
        writer.field("baselinedOnceMerged", report.countOnceMerged { $0 == .baselined })
      }
      writer.field("notEvaluated", report.errorCount)
      writer.field("counting", report.allFindings.count(where: report.counts))
      writer.field("inputErrors", report.inputErrors.count)
      writer.field("referencesToBroken", report.estate.summary.referencesToBroken)
    }
  }

  private static func initiative(_ check: InitiativeCheck, _ lane: Triage?, _ writer: inout JSONWriter) {
    let initiative = check.view.initiative
    writer.object { writer in
      writer.field("id", "initiative:\(initiative.id)")
      writer.field("stage", check.stage)
      writer.field("ruling", initiative.ruling.rawValue)
      writer.field("date", check.view.date.text)
      writer.field("isAtGoLive", !check.view.isWithoutGoLive)
      for comparison in Comparison.allCases { writer.field(comparison.rawValue, check.findings(comparison).count) }
      writer.field("upcomingRules", check.upcomingCount)
      if let lane {
        writer.key("lane")
        lane.write(&writer)
      }
    }
  }

  private static func rule(_ result: Assessment.RuleResult, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", result.rule.id)
      writer.field("severity", result.rule.severity.name)
      writer.field("targets", result.targets)
      writer.field("passed", result.counts[.passed])
      writer.field("passedWithNothing", result.counts[.passedWithNothing])
      writer.field("failed", result.counts[.failed])
      writer.field("undecided", result.counts[.undecided])
      writer.field("upcoming", result.counts[.upcoming])
      writer.field("notApplicable", result.counts[.notApplicable])
      writer.field("error", result.counts[.error])
      writer.field("lookedAtNothing", result.isIdle)
    }
  }

  static func diagnostic(_ diagnostic: Diagnostic, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("id", diagnostic.id)
      writer.field("severity", String(describing: diagnostic.severity))
      writer.field("message", diagnostic.summary)
      place(diagnostic.range, &writer)
      writer.field("notes", diagnostic.notes)
      writer.field("fixes", diagnostic.fixes.map(\.summary))
    }
  }

  static func place(_ range: SourceRange?, named name: String = "place", _ writer: inout JSONWriter) {
    guard let range else { return }
    writer.key(name)
    writer.object { writer in
      writer.field("file", range.source.name)
      let (start, end) = (range.start, range.end)
      writer.field("line", start.line)
      writer.field("column", start.column)
      writer.field("endLine", end.line)
      writer.field("endColumn", end.column)
    }
  }

  private static func hop(_ hop: Finding.Hop, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("from", hop.from)
      writer.field("relation", hop.relation)
      writer.field("carrier", hop.carrier)
      writer.field("to", hop.to)
      place(hop.range, &writer)
    }
  }

  static func standing(_ standing: Finding.Standing, _ writer: inout JSONWriter) {
    switch standing {
    case .open: writer.field("standing", "open")
    case .baselined: writer.field("standing", "baselined")
    case .known: writer.field("standing", "known")
    case .waived(let waiver, let until):
      writer.field("standing", "waived")
      writer.key("waived")
      writer.object { writer in
        writer.field("by", waiver)
        writer.field("until", until.text)
      }
    }
  }

  static func outcome(_ finding: Finding) -> String { finding.outcome.name }

  static func finding(_ finding: Finding, counts: Bool, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("shortName", finding.shortName)
      writer.field("identity", finding.identity)
      writer.field("rule", finding.rule)
      writer.field("outcome", outcome(finding))
      writer.field("severity", finding.severity.name)
      writer.field("counts", counts)
      standing(finding.standing, &writer)
      if finding.onceMergedLine != nil {
        writer.key("onceMerged")
        writer.object { standing(finding.onceMerged, &$0) }
      }
      writer.field("remarks", finding.remarks)
      if let inView = finding.inView {
        writer.key("initiative")
        writer.object { writer in
          writer.field("id", inView.initiative)
          writer.field("stage", inView.stage)
          writer.field("date", inView.date.text)
          writer.field("comparison", inView.comparison.rawValue)
          writer.field("before", inView.before)
        }
      }
      writer.field("target", finding.target)
      writer.field("key", finding.key)
      writer.field("message", finding.message)
      place(finding.place?.range, &writer)
      if let place = finding.place { writer.field("absent", place.isAbsent) }
      writer.field("field", finding.field)
      if let clause = finding.clause {
        writer.key("clause")
        writer.object { writer in
          writer.field("id", clause.id)
          writer.field("level", clause.level)
          writer.field("title", clause.title)
        }
      }
      writer.field("remedy", finding.remedy.trimmed)
      writer.field("measure", finding.measure)
      writer.array("paths", of: finding.paths) { path, writer in
        writer.array(of: path) { hop, writer in self.hop(hop, &writer) }
      }
      writer.objects("missing", of: finding.missing) { fact, writer in
        writer.field("fact", fact.name)
        place(fact.range, &writer)
      }
      writer.field("defaults", finding.defaults)
    }
  }
}
