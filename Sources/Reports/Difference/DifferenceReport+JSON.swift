internal import Catalogue
internal import Diagnostics
internal import Governance

extension DifferenceReport {
  /// For programs; the form is documented in docs/json.md.
  public var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", JSONReport.format)
      writer.field("tool", "triglyph")
      writer.field("asOf", asOf.text)
      writer.field("outcome", isComplete ? "complete" : "incomplete")
      writer.field("exitStatus", Int(exitStatus))
      write(base, "base", &writer)
      write(head, "head", &writer)
      writer.field("judge", trust.rawValue)
      writer.field("judgesAlike", judgesAlike)
      writer.key("counts")
      writer.object { writer in
        for kind in EntityChange.Kind.allCases { writer.field(kind.rawValue, changes(kind).count) }
        writer.field("governance", governance.count)
        writer.field("new", findings.new.count)
        writer.field("worse", findings.worse.count)
        writer.field("fixed", findings.fixed.count)
        writer.field("unchanged", findings.unchanged.count)
      }
      writer.array("entities", of: difference.changes) { change, writer in write(change, &writer) }
      writer.array("consumers", of: uses) { use, writer in write(use, &writer) }
      JSONReport.governance(governance, &writer)
      writer.array("findings", of: listed) { item, writer in
        JSONReport.finding(item.finding, item.novelty, item.former, &writer)
      }
    }
    return writer.text
  }

  /// Every finding with what became of it.
  private var listed: [(novelty: String, finding: Finding, former: Finding?)] {
    findings.new.map { ("new", $0.finding, $0.former) } + findings.worse.map { ("worse", $0.finding, $0.former) }
      + findings.fixed.map { ("fixed", $0, nil) } + findings.unchanged.map { ("unchanged", $0, nil) }
  }

  private func write(_ side: Side, _ name: String, _ writer: inout JSONWriter) {
    writer.key(name)
    writer.object { writer in
      writer.field("revision", side.revision)
      writer.field("commit", side.commit)
      writer.field("isWorkingTree", side.revision == nil)
    }
  }

  private func write(_ change: EntityChange, _ writer: inout JSONWriter) {
    let (row, estate) = owner(of: change)
    writer.object { writer in
      writer.field("change", change.kind.rawValue)
      writer.field("entity", change.identity)
      if change.kind == .renamed { writer.field("former", change.before?.identity) }
      writer.field("name", estate.name(row))
      JSONReport.place(change.after.flatMap { difference.head.place(of: $0.row)?.range }, &writer)
      JSONReport.place(
        change.before.flatMap { difference.base.place(of: $0.row)?.range }, named: "formerPlace", &writer)
      writer.array("fields", of: change.fields) { field, writer in write(field, &writer) }
      if !change.edits.isEmpty {
        writer.array("edits", of: change.edits) { edit, writer in
          writer.object { writer in
            writer.field("before", edit.before)
            writer.field("after", edit.after)
            JSONReport.place(edit.afterPlace, &writer)
            JSONReport.place(edit.beforePlace, named: "formerPlace", &writer)
          }
        }
      }
      writer.field("followedReferences", change.followedCount)
    }
  }

  private func write(_ field: EntityChange.Field, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("field", field.path)
      value(field.before, "before", &writer)
      value(field.after, "after", &writer)
      if !field.gained.isEmpty || !field.lost.isEmpty {
        writer.field("gained", field.gained)
        writer.field("lost", field.lost)
      }
      JSONReport.place(field.after?.range, &writer)
      JSONReport.place(field.before?.range, named: "formerPlace", &writer)
    }
  }

  /// A text or a list of texts; absent where nothing is written, `unknown` is told apart.
  private func value(_ value: WrittenValue?, _ name: String, _ writer: inout JSONWriter) {
    guard let value else { return }
    if value.isUnknown {
      writer.field("\(name)Unknown", true)
    } else if value.isList {
      writer.field(name, value.texts)
    } else {
      writer.field(name, value.words)
    }
  }

  private func write(_ use: Use, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("entity", use.identity)
      writer.field("change", use.kind.rawValue)
      writer.array("consumers", of: use.consumers) { consumer, writer in
        writer.object { writer in
          writer.field("entity", consumer.identity)
          writer.field("name", consumer.name)
          writer.field("relation", consumer.relation)
          writer.field("needsIt", consumer.needsIt)
        }
      }
    }
  }
}

extension JSONReport {
  /// A finding with what became of it between two sides.
  static func finding(_ finding: Finding, _ novelty: String, _ former: Finding?, _ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("novelty", novelty)
      if let former {
        writer.key("former")
        writer.object { writer in
          writer.field("outcome", former.outcome.name)
          writer.field("severity", former.severity.name)
          writer.field("measure", former.measure)
        }
      }
      writer.field("shortName", finding.shortName)
      writer.field("identity", finding.identity)
      writer.field("rule", finding.rule)
      writer.field("outcome", finding.outcome.name)
      writer.field("severity", finding.severity.name)
      writer.field("standing", standing(finding))
      writer.field("initiative", finding.inView?.initiative)
      writer.field("target", finding.target)
      writer.field("message", finding.message)
      writer.field("measure", finding.measure)
      place(finding.place?.range, &writer)
    }
  }

  private static func standing(_ finding: Finding) -> String {
    switch finding.standing {
    case .open: "open"
    case .waived: "waived"
    case .baselined: "baselined"
    case .known: "known"
    }
  }
}
