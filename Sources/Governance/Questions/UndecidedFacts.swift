public import CEL

/// The facts that would have to be recorded for a value to be known wholly.
public enum UndecidedFacts {
  /// Empty where the value is known. Records, optionals, maps and lists are searched; entities are not.
  public static func of(_ value: Value) -> Set<Fact> {
    var result: Set<Fact> = []
    collect(value, &result)
    return result
  }

  private static func collect(_ value: Value, _ result: inout Set<Fact>) {
    switch value {
    case .unknown(let unknown): result.formUnion(unknown.facts)
    case .optional(let box): if let inner = box.value { collect(inner, &result) }
    case .record(let box): for field in box.fields { collect(field, &result) }
    case .map(let box): for entry in box.entries { collect(entry.value, &result) }
    case .list, .related:
      guard let view = value.listView else { return }
      for unknown in [view.reasons, view.order] { result.formUnion(unknown?.facts ?? []) }
      // What a relation holds are entities, and they are known.
      if case .related = value { return }
      for index in 0..<view.count where view.row(at: index) == nil { collect(view[index], &result) }
    default: return
    }
  }
}
