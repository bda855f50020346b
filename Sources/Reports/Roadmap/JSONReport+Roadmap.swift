internal import CEL
internal import Governance

/// From when to when rules fail, for programs.
extension JSONReport {
  static func spans(_ roadmap: Roadmap, _ writer: inout JSONWriter) {
    writer.objects("roadmap", of: roadmap.spans) { span, writer in
      writer.field("from", span.from.text)
      writer.field("until", span.until?.text)
      writer.field("shortName", span.finding.shortName)
      writer.field("identity", span.finding.identity)
      writer.field("rule", span.finding.rule)
      writer.field("outcome", outcome(span.finding))
      writer.field("severity", span.finding.severity.name)
      standing(span.finding.standing, &writer)
      writer.field("target", span.finding.target)
      writer.field("message", span.finding.message)
    }
  }
}
