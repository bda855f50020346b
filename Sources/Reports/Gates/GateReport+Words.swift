internal import Catalogue
internal import Diagnostics
internal import Governance

/// What every form of the report says, unescaped.
extension GateReport {
  var identity: String { estate.identity(question.initiative) }
  var initiativeName: String { estate.name(question.initiative) }

  /// `gate build of One log-in (initiative:one-log-in), which is at design`.
  var heading: String {
    let stands =
      question.current.map { question.isPassed ? "which is at \($0) already" : "which is at \($0)" }
      ?? "of which nobody recorded the stage"
    return "gate \(question.stage) of \(initiativeName) (\(identity)), \(stands)"
  }

  /// The last sentence.
  var verdict: String {
    switch outcome {
    case .incomplete: return "not evaluated completely: the input errors come first"
    case .clean: return "nothing is missing: \(initiativeName) can pass the gate \(question.stage)"
    case .findings:
      let count = items.count
      return
        "\(count) \(count == 1 ? "thing stands" : "things stand") between \(initiativeName) and \(question.stage)"
    }
  }

  /// `97 of 101 rules hold; 2 of 3 passages, 1 of 1 conditions`.
  var doneLine: String {
    let papers = done.map { "\($0.good) of \($0.all) \($0.plural)" }
    return "\(holdingCount) of the \(ruleCount) rules that bind there hold"
      + (papers.isEmpty ? "" : "; of the board's papers: " + papers.joined(separator: ", "))
  }

  /// What is told in a line because it is no hindrance.
  var asideLines: [String] {
    var lines = openConditions.map { condition in
      var parts = condition.owners.map(name)
      parts.append(condition.due.map { "by \($0.text)" } ?? "no day is recorded")
      if let gate = condition.gate { parts.append("before \(gate)") }
      return "open, and no hindrance here: the condition “\(condition.name)”"
        + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    }
    if standingCount > 0 {
      lines.append("\(standingCount) \(standingCount == 1 ? "finding is" : "findings are") waived or in the baseline")
    }
    if notAdoptedCount > 0 {
      lines.append(
        "\(notAdoptedCount) \(notAdoptedCount == 1 ? "rule is not adopted and asks" : "rules are not adopted and ask") for nothing"
      )
    }
    if lighterCount > 0 {
      lines.append(
        "\(lighterCount) \(lighterCount == 1 ? "finding weighs" : "findings weigh") less than \(failOn.name) and \(lighterCount == 1 ? "does" : "do") not count"
      )
    }
    return lines
  }

  /// `kind:id` of who has to act; of a decision that nobody took, who takes those of its lane.
  func actors(_ item: GateItem) -> [String] {
    guard item.actors.isEmpty, item.step == .decision, let triage else { return item.actors }
    return triage.lanes[max(triage.asked, triage.claimed ?? triage.asked)].deciders
  }

  /// Who has to act, by name; nil where the catalogue does not know.
  func who(_ item: GateItem) -> String? {
    if !item.actors.isEmpty { return item.actors.map(name).joined(separator: ", ") }
    guard item.step == .decision, let triage else { return nil }
    let lane = triage.lanes[max(triage.asked, triage.claimed ?? triage.asked)]
    if !lane.deciders.isEmpty { return lane.deciders.map(name).joined(separator: ", ") + ", in the lane \(lane.id)" }
    return "who decides in the lane \(lane.id)" + (lane.title == lane.id ? "" : " (\(lane.title))")
  }

  /// What to do, in one line.
  func remedy(_ item: GateItem) -> String {
    if item.step == .record, !item.finding.missing.isEmpty {
      let told = item.finding.missing.prefix(6).map { fact in
        fact.words(\.pathAndLine)
      }
      let more = item.finding.missing.count - told.count
      return "Record \(told.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "") + "."
    }
    return item.finding.remedy.replacing("\n", with: " ").trimmed
  }
}

extension GateStep {
  /// What the group of a step is called.
  var title: String {
    switch self {
    case .record: "record what nobody recorded"
    case .mend: "mend"
    case .lane: "be reviewed in the lane that the facts ask for"
    case .evidence: "bring evidence"
    case .attestation: "have it vouched for"
    case .condition: "meet a condition"
    case .decision: "have it decided"
    }
  }
}
