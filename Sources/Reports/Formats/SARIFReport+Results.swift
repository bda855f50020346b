internal import Catalogue
internal import Diagnostics
internal import Governance

/// Each finding as a result: its message with the places that it speaks of, its path as a code flow, its identity as
/// fingerprint.
extension SARIFReport {
  /// GitHub keeps so many places of a code flow.
  static let stepLimit = 1_000

  func result(_ alert: Alert, _ writer: inout JSONWriter) {
    let finding = alert.finding
    head(
      finding.rule, finding.outcome == .failed || alert.counts ? Self.level(finding.severity) : nil, finding, &writer)
    let related = finding.related.filter(\.range.isInFile)
    var lines = [escapedForSARIF(finding.message)]
    if finding.outcome == .undecided, alert.counts { lines[0] = "undecided, and counts: " + lines[0] }
    if !related.isEmpty {
      let links = related.enumerated().map { "[\(escapedForSARIF($1.label))](\($0 + 1))" }
      lines.append("See " + links.joined(separator: ", "))
    }
    lines += finding.details(others: alert.others).map { escapedForSARIF($0) }
    // At the later revision each place is; of what is gone and of another's judge the revision is told.
    if alert.state == nil || alert.state == .absent, let line = finding.place?.range.revisionLine {
      lines.append(escapedForSARIF(line))
    }
    if let former = alert.former { lines.append(escapedForSARIF(former)) }
    if alert.state != .absent { lines.append("more: triglyph explain \(finding.shortName)") }
    message(lines.joined(separator: "\n"), &writer)
    location(finding.place?.range, target: finding.target, &writer)
    if !related.isEmpty {
      writer.objects("relatedLocations", of: related.enumerated()) { item, writer in
        writer.field("id", item.offset + 1)
        physicalLocation(item.element.range, &writer)
        message(escapedForSARIF(item.element.label), &writer)
      }
    }
    codeFlows(finding, &writer)
    fingerprints(finding.identity, &writer)
    writer.field("baselineState", alert.state?.rawValue)
    writer.key("properties")
    writer.object { properties(finding, counts: alert.state == nil ? alert.counts : nil, &$0) }
  }

  /// A mistake of the input: what it hides cannot be told from what was put right, so it is a result, too.
  func result(_ diagnostic: Diagnostic, fingerprint: String, _ writer: inout JSONWriter) {
    head(diagnostic.id, Self.level(diagnostic.severity), nil, &writer)
    message(Self.words(diagnostic), &writer)
    location(diagnostic.range, target: nil, &writer)
    fingerprints(fingerprint, &writer)
    writer.key("properties")
    writer.object { $0.field("outcome", "input error") }
  }

  /// - Parameter level: nil where nobody can tell whether there is a failure.
  private func head(_ rule: String, _ level: String?, _ finding: Finding?, _ writer: inout JSONWriter) {
    writer.field("ruleId", rule)
    if let index = ruleIndex[rule] { writer.field("ruleIndex", index) }
    let isError = finding?.outcome == .error
    if level == nil, !isError { writer.field("kind", "open") }
    writer.field("level", level ?? (isError ? "error" : "none"))
  }

  /// GitHub refuses the whole file for a result that has no place: what has none is shown at the settings.
  private func location(_ range: SourceRange?, target: String?, _ writer: inout JSONWriter) {
    writer.key("locations")
    writer.array { writer in
      writer.separate()
      writer.object { writer in
        if let range, range.isInFile {
          physicalLocation(range, &writer)
        } else {
          physicalLocation(
            CheckFormat.placeOfNone, SourcePosition(line: 1, column: 1), SourcePosition(line: 1, column: 1), &writer)
        }
        guard let target else { return }
        writer.key("logicalLocations")
        writer.array { writer in
          writer.separate()
          writer.object { $0.field("fullyQualifiedName", escapedForTerminal(target)) }
        }
      }
    }
  }

  private func fingerprints(_ identity: String, _ writer: inout JSONWriter) {
    let digest = SHA256.hex(identity)
    writer.key("partialFingerprints")
    writer.object { writer in
      // The one name that GitHub reads.
      writer.field("primaryLocationLineHash", digest)
      writer.field("identity/v1", digest)
    }
  }

  /// A path as a flow of places: of each hop where what carries it is declared, else the finding's own place.
  private func codeFlows(_ finding: Finding, _ writer: inout JSONWriter) {
    guard !finding.paths.isEmpty, let home = finding.place?.range, home.isInFile else { return }
    var room = Self.stepLimit
    writer.key("codeFlows")
    writer.array { writer in
      for path in finding.paths where room > 0 {
        let hops = path.prefix(room)
        room -= hops.count
        writer.separate()
        writer.object { writer in
          writer.key("threadFlows")
          writer.array { writer in
            writer.separate()
            writer.object { writer in
              writer.key("locations")
              writer.array { writer in
                for hop in hops { step(hop, home, &writer) }
              }
            }
          }
        }
      }
    }
  }

  private func step(_ hop: Finding.Hop, _ home: SourceRange, _ writer: inout JSONWriter) {
    writer.separate()
    writer.object { writer in
      writer.key("location")
      writer.object { writer in
        physicalLocation(hop.range.flatMap { $0.isInFile ? $0 : nil } ?? home, &writer)
        var plain = hop
        plain.range = nil
        message(escapedForSARIF(TextReport.text([plain])), &writer)
      }
    }
  }

  private func properties(_ finding: Finding, counts: Bool?, _ writer: inout JSONWriter) {
    writer.field("shortName", finding.shortName)
    writer.field("identity", finding.identity)
    writer.field("outcome", finding.outcome.name)
    writer.field("severity", finding.severity.name)
    if let counts { writer.field("counts", counts) }
    writer.field("measure", finding.measure)
    writer.field("clause", finding.clause.map { escapedForTerminal($0.id) })
    writer.field("initiative", finding.inView?.initiative)
    writer.field("comparison", finding.inView?.comparison.rawValue)
  }
}
