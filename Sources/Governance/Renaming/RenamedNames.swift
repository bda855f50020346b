internal import Catalogue

/// What the identities of findings become when an entity has another id.
struct RenamedNames {
  /// By `kind:id`: the entity, its parts, and flows of any of them.
  private var names: [String: String] = [:]
  private let rule: (old: String, new: String)?

  /// Nothing is renamed; keys are sorted all the same.
  static let none = RenamedNames()

  private init() { rule = nil }

  init(_ estate: Estate, _ row: Int32, to id: String) {
    let old = estate.entity(row).id
    let kind = estate.kind(of: row).name
    names["\(kind):\(old)"] = "\(kind):\(id)"
    rule = kind == "rule" ? (old, id) : nil
    for part in estate.entities.indices {
      let entity = estate.entities[part]
      if let flow = Self.flow(Int32(part), estate, carries: row, as: id) { names["flow:\(entity.id)"] = "flow:\(flow)" }
      guard entity.id.hasPrefix(old + "/"), Self.owner(of: Int32(part), estate) == row else { continue }
      let name = estate.metamodel.kinds[entity.kind].name
      names["\(name):\(entity.id)"] = "\(name):\(id)\(entity.id.dropFirst(old.utf8.count))"
    }
  }

  /// The id that a flow of a dataset has under the dataset's new id.
  private static func flow(_ flow: Int32, _ estate: Estate, carries dataset: Int32, as id: String) -> String? {
    let entity = estate.entity(flow)
    guard entity.owner >= 0, estate.kind(of: flow).name == "flow",
      case .entity(dataset) = estate.value("dataset", of: flow)
    else { return nil }
    let integration = estate.entity(entity.owner).id
    let rest = entity.id.dropFirst(integration.utf8.count + 1 + estate.entity(dataset).id.utf8.count)
    return "\(integration)/\(id)\(rest)"
  }

  private static func owner(of row: Int32, _ estate: Estate) -> Int32 {
    var row = row
    while estate.entity(row).owner >= 0 { row = estate.entity(row).owner }
    return row
  }

  func renamed(_ outcome: CheckedRename.Outcome) -> CheckedRename.Outcome {
    var result = outcome
    result.initiative = names[outcome.initiative] ?? outcome.initiative
    result.identity = renamed(outcome.identity)
    return result
  }

  /// The rule, and the key, whose parts are sorted.
  private func renamed(_ identity: String) -> String {
    var parts: [String] = [""]
    var isEscaped = false
    for scalar in identity.unicodeScalars {
      if scalar == "|", !isEscaped {
        parts.append("")
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    var first = parts.removeFirst()
    if let rule, first == rule.old { first = rule.new }
    return "\(first)|\(parts.map(renamed(part:)).sorted().joined(separator: "|"))"
  }

  /// `kind:id`, or a field of it: no id holds a dot.
  private func renamed(part: String) -> String {
    if let name = names[part] { return name }
    guard let dot = part.firstIndex(of: "."), let name = names[String(part[..<dot])] else { return part }
    return name + part[dot...]
  }
}
