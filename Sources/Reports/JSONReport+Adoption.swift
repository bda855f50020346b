internal import Governance

/// What settings changed of the judge.
extension JSONReport {
  /// `adoption` and `settings`, where there is anything to say.
  static func adoption(_ report: CheckReport, _ writer: inout JSONWriter) {
    if let adoption = report.adoption, !adoption.isWhole || adoption.mode != .all {
      writer.key("adoption")
      writer.object { write(adoption, &$0) }
    }
    if let adoption = report.adoption, !adoption.shares.isEmpty { packs(adoption, &writer) }
    if report.settingChanges.isEmpty { return }
    writer.objects("settings", of: report.settingChanges) { change, writer in
      writer.field("name", change.name)
      writer.field("value", change.value)
      writer.field("former", change.former)
      place(change.range, &writer)
    }
  }

  /// Where the rules come from, and what stands in place of a pack's.
  private static func packs(_ adoption: Adoption, _ writer: inout JSONWriter) {
    writer.objects("packs", of: adoption.shares.filter { $0.pack != nil }) { share, writer in
      writer.field("pack", share.pack)
      writer.field("adopted", share.adoptedCount)
      writer.field("of", share.totalCount)
      writer.objects("replaced", of: adoption.replacements.filter { $0.pack == share.pack }) { replacement, writer in
        writer.field("document", replacement.document)
        place(replacement.range, &writer)
      }
    }
  }

  private static func write(_ adoption: Adoption, _ writer: inout JSONWriter) {
    writer.field("mode", adoption.mode.rawValue)
    writer.field("adopted", adoption.adoptedCount)
    writer.field("of", adoption.totalCount)
    writer.objects("notAdopted", of: adoption.exclusions) { exclusion, writer in
      writer.field("rule", exclusion.rule)
      writer.field("reason", exclusion.reason)
      place(exclusion.range, &writer)
    }
    writer.objects("overrides", of: adoption.changes) { change, writer in
      writer.field("rule", change.rule)
      writer.field("key", change.key)
      writer.field("value", change.value)
      writer.field("former", change.former)
      writer.field("reason", change.reason)
      writer.field("decision", change.decision)
      place(change.range, &writer)
    }
  }
}
