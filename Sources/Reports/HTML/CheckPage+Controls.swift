internal import Governance

/// What filters, groups and switches. It is hidden until the script shows it, so that without one nothing is offered that
/// does nothing.
extension CheckPage {
  static let theme = """
    <p class="theme" hidden=""><label for="theme">Colours</label> <select id="theme"><option value="">as the system has them</option><option value="light">light</option><option value="dark">dark</option></select></p>

    """

  var controls: String {
    if entries.isEmpty { return "" }
    var states: [String: Int] = [:]
    var initiatives: [String: Int] = [:]
    for entry in entries {
      for name in Set(entry.states.map(\.name)) { states[name, default: 0] += 1 }
      for initiative in Set(entry.states.map { $0.initiative ?? "" }) { initiatives[initiative, default: 0] += 1 }
    }
    let severities = Severity.allCases.reversed().map(\.name)
    let inSeverity = tally(entries.map(\.finding.severity.name))
    let inRule = tally(entries.map(\.finding.rule))
    let inStandard = tally(entries.map { standard($0.finding) })
    let ofOwner = tally(owners)
    let fields = [
      select("severity", "Severity", severities.compactMap { name in inSeverity[name].map { (name, name, $0) } }),
      select(
        "state", "State",
        FindingEntry.stateNames.compactMap { name in
          states[name].map { (name.replacing(" ", with: "-"), name, $0) }
        }),
      select("standard", "Standard", sorted(inStandard) { $0.isEmpty ? "the catalogue itself" : $0 }),
      select("rule", "Rule", sorted(inRule) { $0 }),
      select("owner", "Who answers", sorted(ofOwner) { $0.isEmpty ? "nobody is recorded" : $0 }),
      select(
        "initiative", "Initiative",
        sorted(initiatives) { $0.isEmpty ? "the estate itself" : String($0.drop { $0 != ":" }.dropFirst()) }),
    ]
    let groups = [
      ("rule", "rule"), ("standard", "standard"), ("owner", "who answers"), ("initiative", "initiative"),
      ("severity", "severity"), ("file", "file"),
    ].map { "<option value=\"\($0)\">\($1)</option>" }.joined()
    return """
      <form id="controls" hidden="" role="search" aria-label="Findings">
      <p class="wide"><label for="search">Words in a finding</label> <input id="search" type="search" autocomplete="off" spellcheck="false"/></p>
      \(fields.joined())<p><label for="group">Group by</label> <select id="group">\(groups)</select></p>
      <p class="tick"><input id="counting" type="checkbox"/> <label for="counting">only what counts</label></p>
      <p class="buttons"><button type="reset">Show all</button> <button type="button" id="open">Open them</button> <button type="button" id="close">Close them</button></p>
      </form>
      <p id="count" role="status" aria-live="polite">\(Verdict.number(entries.count, "finding", "findings"))</p>

      """
  }

  private func tally(_ names: [String]) -> [String: Int] {
    names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// By name; what has none comes last.
  private func sorted(_ tally: [String: Int], _ name: (String) -> String) -> [(String, String, Int)] {
    tally.sorted { a, b in a.key.isEmpty != b.key.isEmpty ? b.key.isEmpty : a.key < b.key }.map {
      ($0.key, name($0.key), $0.value)
    }
  }

  /// A value may be empty, for what has none: the choice of everything is another.
  private func select(_ id: String, _ label: String, _ options: [(value: String, name: String, count: Int)]) -> String {
    let all = options.map { option in
      "<option value=\"=\(htmlText(option.value))\" data-name=\"\(htmlText(option.name))\">\(htmlText(option.name)) (\(option.count))</option>"
    }
    return
      "<p><label for=\"\(id)\">\(label)</label> <select id=\"\(id)\"><option value=\"\">all</option>\(all.joined())</select></p>\n"
  }
}
