extension Value {
  /// The rows of the entities that it holds; nil where that is not known, or not yet.
  public var heldRows: [Int32]? {
    if case .entity(let row) = self { return [row] }
    if isToBeTold { return nil }
    var rows: [Int32] = []
    gatherRows(&rows)
    return rows
  }

  /// Whether it, or an element of the list that it is, is a fact that is missing: it may be any entity.
  private var isToBeTold: Bool {
    switch self {
    case .unknown, .pending: return true
    case .list(let box):
      guard case .values(let elements) = box.elements else { return false }
      return elements.contains(where: \.isToBeTold)
    default: return false
    }
  }

  /// Adds the rows of the entities that it holds, itself included, at any depth.
  func gatherRows(_ rows: inout [Int32]) {
    switch self {
    case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .period, .type,
      .enumeration, .opaque, .error, .unknown, .pending:
      break
    case .entity(let row): rows.append(row)
    case .related(let slice): rows += slice.storage.targets[Int(slice.start)..<Int(slice.end)]
    case .list(let box):
      switch box.elements {
      case .entities(let elements): rows += elements
      case .values(let elements): for element in elements { element.gatherRows(&rows) }
      }
    case .map(let box):
      for (key, value) in box.entries {
        key.gatherRows(&rows)
        value.gatherRows(&rows)
      }
    case .optional(let box): box.value?.gatherRows(&rows)
    case .record(let box): for field in box.fields { field.gatherRows(&rows) }
    case .path(let box):
      rows += box.nodes
      rows += box.hops.compactMap(\.via)
    }
  }
}
