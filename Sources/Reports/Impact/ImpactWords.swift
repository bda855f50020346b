internal import CEL
internal import Catalogue
internal import Governance

/// The words in which a report on impact speaks of entities, ways, dates and initiatives.
struct ImpactWords {
  let impact: Impact
  private var estate: Estate { impact.estate }

  init(_ impact: Impact) { self.impact = impact }

  func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }

  /// The value of the field in a role; nil where its kind has none.
  private func value(inRole role: ImpactRole, _ row: Int32) -> Value? {
    estate.metamodel.field(inRole: role.rawValue, of: estate.entity(row).kind).map { estate.value($0.path, of: row) }
  }

  /// Empty where its kind has none, `?` where it is not recorded.
  func criticality(_ row: Int32, isTitle: Bool) -> String {
    guard let value = value(inRole: .criticality, row) else { return "" }
    guard case .enumeration = value else { return "?" }
    return isTitle ? ValueText.message(value, estate) : ValueText.exact(value, estate)
  }

  /// Ids of those who answer for it.
  func owners(_ row: Int32) -> [Int32]? {
    guard let value = value(inRole: .owner, row) else { return [] }
    if case .entity(let owner) = value { return [owner] }
    guard let view = value.listView else { return nil }
    return (0..<view.count).compactMap { view.row(at: $0) }
  }

  func owner(_ row: Int32) -> String {
    guard let rows = owners(row) else { return "?" }
    return rows.map { estate.entity($0).id }.joined(separator: ", ")
  }

  func phase(_ row: Int32) -> String {
    guard estate.kind(of: row).lifecycle != .none else { return "" }
    let value = estate.value("phase", of: row)
    if case .enumeration = value { return ValueText.exact(value, estate) }
    return "?"
  }

  func stop(_ stop: Impact.Stop?) -> String {
    switch stop {
    case nil: ""
    case .no: "no"
    case .yes: "yes"
    case .perhaps: "?"
    }
  }

  /// `a -signsInWith-> b -calls a/feed-> c`; a relation that is written the other way round has its arrow so.
  ///
  /// - Parameter isBrief: without the start, which stands beside it; the entity that was asked about is `it`.
  func way(_ hops: [Impact.Hop], from row: Int32, isBrief: Bool = false) -> String {
    var result = isBrief ? "" : estate.entity(row).id
    var row = row
    for hop in hops {
      var words = hop.relation
      if let carrier = hop.carrier {
        // A part is told by its own id where its owner stands before it.
        let id = estate.entity(carrier).id
        let own = estate.entity(hop.from).id + "/"
        words += " " + (id.hasPrefix(own) ? String(id.dropFirst(own.count)) : id)
      }
      let isForward = hop.from == row
      row = isForward ? hop.to : hop.from
      let name = isBrief && row == impact.entity ? "it" : estate.entity(row).id
      result += (result.isEmpty ? "" : " ") + (isForward ? "-\(words)-> " : "<-\(words)- ") + name
    }
    return result
  }

  /// `approved 2026-09-30`.
  func ruling(_ initiative: Initiative) -> String {
    let word =
      switch initiative.ruling {
      case .none: "not decided"
      case .deferred: "deferred"
      case .approved: "approved"
      case .rejected: "rejected"
      }
    return initiative.ruled.map { "\(word) \($0.text)" } ?? word
  }

  func stage(_ initiative: Initiative) -> String? {
    let value = estate.value("stage", of: initiative.row)
    if case .enumeration = value { return ValueText.exact(value, estate) }
    return nil
  }

  /// At most so many names, and how many more there are.
  func list(_ rows: [Int32], limit: Int?, kinds: Bool = true) -> String {
    let shown = limit.map { rows.count > $0 + 1 ? rows.prefix($0) : rows[...] } ?? rows[...]
    let names = shown.map { kinds ? estate.identity($0) : estate.entity($0).id }
    let more = rows.count - shown.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
