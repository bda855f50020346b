internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Governance

/// What is said about an answer beside its rows: how many there are, what is not known, which facts would tell.
struct AnswerWords {
  let answer: Answer
  let estate: Estate
  /// Facts that are named where not all are asked for.
  private static let factLimit = 6

  /// `3 systems; 1 more is undecided (?); 2 values are not known (?)`; nil where the answer is one value that is known.
  var summary: String? {
    var parts: [String] = []
    if case .rows(let rows)? = answer.content {
      let undecided = answer.undecidedRowCount
      parts.append(Self.count(rows.count - undecided, noun))
      if undecided > 0 { parts.append("\(undecided) more \(undecided == 1 ? "is" : "are") undecided (?)") }
      if answer.open != nil { parts.append("there may be others (?)") }
      if answer.order != nil { parts.append("their order is not certain (?)") }
      if let values { parts.append(values + " (?)") }
      let failed = answer.failedValueCount
      if failed > 0 { parts.append("\(Self.count(failed, ("value", "values"))) cannot be worked out (!)") }
    } else if let values {
      parts.append(values)
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private var values: String? {
    let count = answer.undecidedValueCount
    if count == 0 { return nil }
    return "\(Self.count(count, ("value", "values"))) \(count == 1 ? "is" : "are") not known"
  }

  private var noun: (String, String) {
    if answer.isGrouped { return ("group", "groups") }
    switch answer.element {
    case .entity(let kinds)? where kinds.count == 1:
      guard let kind = kinds.kinds.first.map({ estate.metamodel.kinds[$0] }) else { return ("row", "rows") }
      return (kind.title.lowercased(), kind.plural.lowercased())
    case .entity?: return ("entity", "entities")
    case .abstract("group", _)?: return ("group", "groups")
    case .record(let record)? where record.name == "hop": return ("hop", "hops")
    case .record(let record)? where record.name == "entry": return ("entry", "entries")
    default: return ("row", "rows")
    }
  }

  static func count(_ number: Int, _ noun: (String, String)) -> String {
    "\(number) \(number == 1 ? noun.0 : noun.1)"
  }

  /// The facts to record, one a line with the place where to do so.
  func facts(all: Bool) -> String {
    let missing = estate.missingFacts(answer.facts)
    if missing.isEmpty { return "" }
    let shown = all ? missing[...] : missing.prefix(Self.factLimit)
    var lines = ["not recorded:"]
    for fact in shown {
      lines.append("  \(escapedForTerminal(fact.words { "\($0.source.name):\($0.start.line)" }))")
    }
    if missing.count > shown.count { lines.append("  and \(missing.count - shown.count) more; --verbose names all") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line for where only the rows are written; nil where all is certain.
  func warning(all: Bool) -> String? {
    guard !answer.isDecided, let summary else { return nil }
    let missing = estate.missingFacts(answer.facts)
    var names = missing.prefix(all ? missing.count : Self.factLimit).map(\.name)
    if missing.count > names.count { names.append("\(missing.count - names.count) more") }
    return escapedForTerminal(summary + (names.isEmpty ? "" : "; not recorded: " + names.joined(separator: ", ")))
  }
}
