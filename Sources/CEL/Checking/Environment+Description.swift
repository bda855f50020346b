extension Environment {
  /// A type in the words that messages use.
  public func description(of type: ValueType) -> String {
    switch type {
    case .dyn: "dyn"
    case .error: "an error"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .date: "date"
    case .period: "period"
    case .list(let element): "list(\(description(of: element)))"
    case .map(let key, let value): "map(\(description(of: key)), \(description(of: value)))"
    case .optional(let inner): "optional(\(description(of: inner)))"
    case .type(let inner): "type(\(description(of: inner)))"
    case .enumeration(let type): type.name
    case .entity(let kinds): description(of: kinds)
    case .record(let record): record.name
    case .reach(let kinds): "reach(\(description(of: kinds)))"
    case .path: "path"
    case .abstract(let name, let arguments):
      arguments.isEmpty ? name : "\(name)(\(arguments.map(description(of:)).joined(separator: ", ")))"
    case .variable: "any type"
    }
  }

  private func description(of kinds: KindSet) -> String {
    guard let host else { return "entity" }
    // The library's own signatures name every kind that there could be.
    let all = KindSet(0..<host.kindCount)
    if all.isSubset(of: kinds), host.kindCount > 1 { return "entity" }
    let kinds = kinds.intersection(all)
    for name in host.kindNames where host.kinds(named: name) == kinds { return name }
    return kinds.kinds.map(host.name(ofKind:)).joined(separator: "|")
  }
}
