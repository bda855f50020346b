internal import Catalogue
internal import Diagnostics
internal import Governance

extension GateReport {
  /// For programs. The form is documented in docs/gates.md; `format` rises when it changes incompatibly.
  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", 1)
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      writer.field("initiative", identity)
      writer.field("stage", question.current)
      writer.key("gate")
      writer.object { writer in
        writer.field("stage", question.stage)
        writer.field("id", question.gate(estate).map(estate.identity))
        writer.field("name", gate?.name)
        writer.field("asks", gate?.summary)
        writer.field("passed", question.isPassed)
      }
      writer.field("outcome", outcome.rawValue)
      writer.field("exitStatus", Int(outcome.exitStatus))
      writer.field("failOn", failOn.name)
      writer.field("failOnUndecided", failsOnUndecided)
      if let triage {
        writer.key("lane")
        triage.write(&writer)
      }
      writer.array("inputErrors", of: inputErrors) { JSONReport.diagnostic($0, &$1) }
      writer.objects("missing", of: items) { item, writer in
        writer.field("step", item.step.rawValue)
        writer.field("who", actors(item))
        writer.field("do", remedy(item))
        writer.field("dueNow", item.isDue)
        writer.key("finding")
        JSONReport.finding(item.finding, counts: true, &writer)
      }
      writer.objects("openConditions", of: openConditions) { condition, writer in
        writer.field("id", condition.identity)
        writer.field("name", condition.name)
        writer.field("who", condition.owners)
        writer.field("due", condition.due?.text)
        writer.field("gate", condition.gate)
        JSONReport.place(condition.place, &writer)
      }
      writer.key("done")
      writer.object { writer in
        writer.field("rulesHolding", holdingCount)
        writer.field("rules", ruleCount)
        writer.objects("papers", of: done) { paper, writer in
          writer.field("kind", paper.kind)
          writer.field("good", paper.good)
          writer.field("all", paper.all)
        }
      }
      writer.field("waived", standingCount)
      writer.field("lighter", lighterCount)
      writer.field("notAdopted", notAdoptedCount)
    }
    return writer.text
  }
}
