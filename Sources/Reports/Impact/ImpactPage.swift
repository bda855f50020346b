internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

/// What depends on an entity on a page: the answer in a line, who, what is near, what ends, what is planned.
struct ImpactPage {
  private static let dependentLimit = 25
  private static let nameLimit = 5
  private static let lineLimit = 12

  private let report: ImpactReport
  private let options: ImpactReport.Options
  private let impact: Impact
  private let estate: Estate
  private let words: ImpactWords

  init(_ report: ImpactReport, _ options: ImpactReport.Options) {
    self.report = report
    self.options = options
    impact = report.impact
    estate = impact.estate
    words = ImpactWords(impact)
  }

  var text: String {
    if options.isQuiet { return summary + "\n" }
    return [head, dependents, affected, endings, plans].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var nameLimit: Int? { report.listsAll ? nil : Self.nameLimit }

  private func title(_ text: String) -> String { options.style.apply(.emphasis, to: text) + "\n" }

  /// At most so many lines, unless all are asked for.
  private func cut<Item>(_ items: [Item], _ limit: Int) -> (ArraySlice<Item>, Int) {
    let shown = report.listsAll || items.count <= limit + 1 ? items[...] : items.prefix(limit)
    return (shown, items.count - shown.count)
  }

  private func more(_ count: Int) -> String { count > 0 ? "  and \(count) more; --all lists them\n" : "" }

  // MARK: The entity

  private var head: String {
    let row = impact.entity
    var about: [String] = []
    let criticality = words.criticality(row, isTitle: true)
    if !criticality.isEmpty { about.append(criticality == "?" ? "criticality not recorded" : criticality) }
    if let owners = words.owners(row) {
      if !owners.isEmpty { about.append("owned by " + owners.map(estate.name).joined(separator: ", ")) }
    } else {
      about.append("owner not recorded")
    }
    let phase = words.phase(row)
    if !phase.isEmpty { about.append(phase == "?" ? "phase not recorded" : phase) }
    let view = report.initiative.map { "the view of \($0.id)" } ?? "the estate"
    var result =
      "\(options.style.apply(.emphasis, to: escapedForTerminal(estate.name(row))))  \(estate.identity(row))\n"
    if !about.isEmpty { result += escapedForTerminal(about.joined(separator: "; ")) + "\n" }
    return result + "\(view) on \(estate.graph.date.text)\n"
  }

  /// `3 cannot do without it: 2 directly, 1 through others; the most critical is tier 1; its failure alone stops 2`.
  private var summary: String {
    guard impact.canBeNeeded else {
      return
        "nothing can depend on it by itself: in this catalogue no dependence leads to \(estate.kind(of: impact.entity).plural)"
    }
    let certain = impact.certain
    var parts: [String] = []
    if certain.isEmpty {
      parts.append("nothing cannot do without it")
    } else {
      let direct = certain.count { $0.distance == 1 }
      parts.append(
        "\(certain.count) cannot do without it: \(direct) directly, \(certain.count - direct) through others")
    }
    let doubtful = impact.dependents.count - certain.count
    if doubtful > 0 { parts.append("\(doubtful) more perhaps (?)") }
    if let most = certain.filter({ $0.criticality != nil }).max(by: { ($0.criticality ?? 0) < ($1.criticality ?? 0) }) {
      parts.append("the most critical is \(words.criticality(most.row, isTitle: true))")
    }
    if impact.roles.hasFailures, !certain.isEmpty {
      let count = certain.count { if case .yes? = $0.stop { true } else { false } }
      parts.append("its failure alone stops \(count == 0 ? "none" : String(count))")
    }
    return parts.joined(separator: "; ")
  }

  // MARK: Who depends on it

  private var dependents: String {
    var result = title(summary)
    if !impact.dependents.isEmpty {
      let (shown, rest) = cut(impact.dependents, Self.dependentLimit)
      result += "\n" + indented(ImpactSheet.dependents(shown, impact)) + more(rest)
    }
    if !impact.open.isEmpty {
      let (shown, rest) = cut(impact.open.map(\.row), Self.nameLimit)
      let names = shown.map(estate.identity).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
      result +=
        "\n\(words.count(impact.open.count, "other", "others")) may depend on it, as what they need is not wholly recorded: \(names)\n"
    }
    if !impact.roles.hasCriticality {
      result += "\nno field has the role `criticality`, so that nothing is said about it\n"
    }
    if !impact.roles.hasFailures {
      result += "\nno relation has the role `failsWith`, so that it is not known what its failure alone stops\n"
    }
    return result
  }

  private func indented(_ sheet: Sheet) -> String {
    TableLayout(style: options.style, width: options.width.map { $0 - 2 }, hasHeadings: options.hasHeadings).text(sheet)
      .split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }

  // MARK: What could be affected

  private var affected: String {
    guard !impact.affected.isEmpty else { return "" }
    let head = impact.dependents.isEmpty ? "" : " more"
    return title("\(impact.affected.count)\(head) could be affected") + "\n"
      + indented(ImpactSheet.affected(impact, limit: nameLimit))
  }

  // MARK: What ends

  private var endings: String {
    guard !impact.endings.isEmpty else { return "" }
    let (shown, rest) = cut(impact.endings, Self.lineLimit)
    let lines = shown.map { "  \($0.date.text)  \(escapedForTerminal(sentence($0)))\n" }
    return title("what ends") + "\n" + lines.joined() + more(rest)
  }

  private func sentence(_ ending: Impact.Ending) -> String {
    let who = ending.way.isEmpty ? "it" : estate.identity(ending.row)
    var result: String
    if let initiative = ending.initiative {
      result = "\(who) is retired by \(initiative.id) (\(words.ruling(initiative)))"
    } else {
      result =
        "\(who) ends, as \(report.initiative.map { "it stands in the view of \($0.id)" } ?? "the catalogue says")"
    }
    if !ending.way.isEmpty {
      return result + ", and is needed: " + words.way(ending.way, from: impact.entity)
    }
    guard impact.canBeNeeded else { return result }
    if ending.remaining.isEmpty { return result + "; nobody depends on it any more then" }
    let count = ending.remaining.count
    result +=
      "; \(count) still \(count == 1 ? "depends" : "depend") on it then: \(words.list(ending.remaining, limit: nameLimit))"
    if ending.behind > 0 { result += ", and \(ending.behind) through \(count == 1 ? "it" : "them")" }
    return result
  }

  // MARK: What is planned

  private var plans: String {
    guard impact.openInitiativeCount > 0 else { return "" }
    let idle = impact.openInitiativeCount - impact.plans.count
    if impact.plans.isEmpty {
      return title(
        "none of \(words.count(impact.openInitiativeCount, "open initiative", "open initiatives")) touches it or what depends on it"
      )
    }
    let (shown, rest) = cut(impact.plans, Self.lineLimit)
    var result = title("what is planned") + shown.map { "\n" + page($0) }.joined() + more(rest)
    if idle > 0 {
      result += "\n  \(words.count(idle, "other open initiative", "other open initiatives")): nothing here\n"
    }
    return result
  }

  private func page(_ plan: Impact.Plan) -> String {
    let initiative = plan.initiative
    let goLive = plan.initiative.goLive.map { "goes live \($0.text)" } ?? "no go-live recorded"
    let about = [words.stage(initiative), words.ruling(initiative), goLive].compactMap(\.self).joined(separator: ", ")
    var result = "  \(initiative.id): \(escapedForTerminal(estate.name(initiative.row))) (\(about))\n"
    let (shown, rest) = cut(plan.edits, Self.lineLimit)
    for edit in shown {
      result += "    \(edit.date?.text ?? "(no date) ")  \(escapedForTerminal(edit.words))\n"
    }
    if rest > 0 { result += "    and \(rest) more; --all lists them\n" }
    let day = "on \(plan.date.text)"
    if plan.isEnded { return result + "    \(day) it has ended\n" }
    var lines: [String] = []
    if !plan.come.isEmpty {
      lines.append("\(plan.come.count) more cannot do without it: \(words.list(plan.come, limit: nameLimit))")
    }
    if !plan.perhaps.isEmpty {
      lines.append("\(plan.perhaps.count) more perhaps (?): \(words.list(plan.perhaps, limit: nameLimit))")
    }
    if !plan.go.isEmpty {
      lines.append(
        "\(plan.go.count) no longer \(plan.go.count == 1 ? "needs" : "need") it: \(words.list(plan.go, limit: nameLimit))"
      )
    }
    if lines.isEmpty { lines = ["what depends on it is the same"] }
    return result + lines.map { "    \(day) \($0)\n" }.joined()
  }
}
