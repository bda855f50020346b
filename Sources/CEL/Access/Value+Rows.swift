extension Value {
  /// The rows of the entities that it holds; nil where that is not known yet.
  public var heldRows: [Int32]? {
    if case .pending = self { return nil }
    if case .entity(let row) = self { return [row] }
    var rows: [Int32] = []
    gatherRows(&rows)
    return rows
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
