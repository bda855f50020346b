internal import CEL
internal import Catalogue
internal import Governance

/// What depends on an entity as rows.
enum ImpactSheet {
  /// Everything, for programs: what depends on it, then what could be affected.
  static func all(_ report: ImpactReport) -> Sheet {
    let (impact, estate) = (report.impact, report.impact.estate)
    let words = ImpactWords(impact)
    var sheet = Sheet([
      "effect", "entity", "name", "hops", ImpactRole.criticality.rawValue, "owner", "phase", "stops", "way",
    ])
    func append(_ effect: String, _ row: Int32, _ distance: Int, _ stop: Impact.Stop?, _ doubt: Unknown?) {
      let owners = words.owners(row)?.map(estate.identity).joined(separator: "; ") ?? "?"
      let texts = [
        effect, estate.identity(row), estate.name(row), String(distance), words.criticality(row, isTitle: false),
        owners,
        words.phase(row), words.stop(stop), words.way(impact.way(of: row), from: row),
      ]
      sheet.rows.append(
        Sheet.Row(cells: texts.map { Sheet.Cell(text: $0) }, doubts: doubt.map { doubts($0, estate) } ?? []))
    }
    for item in impact.dependents { append("depends", item.row, item.distance, item.stop, item.doubt) }
    for item in impact.affected { append("could", item.row, item.distance, nil, item.doubt) }
    return sheet
  }

  static func doubts(_ doubt: Unknown, _ estate: Estate) -> [String] {
    let names = estate.missingFacts(doubt.facts).map(\.name)
    return names.isEmpty ? ["?"] : names
  }

  /// Those that cannot do without it, for people.
  static func dependents(_ items: some Sequence<Impact.Dependent>, _ impact: Impact) -> Sheet {
    let words = ImpactWords(impact)
    let estate = impact.estate
    let headings: [(String, (Impact.Dependent) -> String)?] = [
      ("hops", { String($0.distance) }), ("who", { estate.identity($0.row) }),
      impact.roles.hasCriticality
        ? (ImpactRole.criticality.rawValue, { words.criticality($0.row, isTitle: true) }) : nil,
      ("owner", { words.owner($0.row) }), ("phase", { words.phase($0.row) }),
      impact.roles.hasFailures ? ("stops", { words.stop($0.stop) }) : nil,
      ("way", { words.way(impact.way(of: $0.row), from: $0.row, isBrief: true) }),
    ]
    let columns = headings.compactMap(\.self)
    var sheet = Sheet(columns.map(\.0))
    sheet.columns[0].isNumber = true
    for item in items {
      sheet.rows.append(
        Sheet.Row(
          cells: columns.map { Sheet.Cell(text: $0.1(item)) }, doubts: item.doubt.map { doubts($0, estate) } ?? []))
    }
    return sheet
  }

  /// What could be affected by kind and relation, the nearest first, for people.
  static func affected(_ impact: Impact, limit: Int?) -> Sheet {
    struct Group {
      var kind: Int
      var relation: String
      var rows: [Int32] = []
      var directCount = 0
      var least = Int.max
    }
    let estate = impact.estate
    var groups: [String: Group] = [:]
    for item in impact.affected {
      let kind = estate.entity(item.row).kind
      let relation = item.leadsThere ? "-\(item.hop.relation)->" : "<-\(item.hop.relation)-"
      let key = "\(kind) \(relation)"
      var group = groups[key] ?? Group(kind: kind, relation: relation)
      group.rows.append(item.row)
      if item.distance == 1 { group.directCount += 1 }
      group.least = min(group.least, item.distance)
      groups[key] = group
    }
    let sorted = groups.sorted { a, b in
      let (x, y) = (a.value, b.value)
      if x.least != y.least { return x.least < y.least }
      return x.kind != y.kind ? x.kind < y.kind : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.map(\.value)
    let words = ImpactWords(impact)
    var sheet = Sheet(["what", "by", "direct", "further", "nearest first"])
    sheet.columns[2].isNumber = true
    sheet.columns[3].isNumber = true
    for group in sorted {
      let kind = estate.metamodel.kinds[group.kind]
      sheet.append([
        group.rows.count == 1 ? kind.title.lowercased() : kind.plural, group.relation, String(group.directCount),
        String(group.rows.count - group.directCount), words.list(group.rows, limit: limit, kinds: false),
      ])
    }
    return sheet
  }
}
