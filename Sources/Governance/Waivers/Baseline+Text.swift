internal import CEL
internal import Catalogue

extension Baseline {
  /// The file, sorted, one line for each entry.
  public var text: String {
    var result = """
      # What was found when checking began, and is put right one by one. `triglyph baseline` takes out what is gone.
      format: 1
      taken: \(taken.text)

      """
    if let revision { result += "revision: \(YAMLWriter.scalar(revision, isInFlow: false))\n" }
    if entries.isEmpty { return result + "findings: []\n" }
    result += "findings:\n"
    for entry in entries { result += "  - \(entry.text)\n" }
    return result
  }
}

extension Baseline.Entry {
  /// As it is written, in braces.
  var text: String {
    var parts = ["finding: \(YAMLWriter.scalar(identity, isInFlow: true))"]
    if outcome == .undecided { parts.append("outcome: undecided") }
    parts.append("severity: \(severity.name)")
    if let measure { parts.append("measure: \(ValueText.number(measure))") }
    if let decision { parts.append("decision: \(YAMLWriter.scalar(decision, isInFlow: true))") }
    if let added { parts.append("added: \(added.text)") }
    return "{\(parts.joined(separator: ", "))}"
  }
}
