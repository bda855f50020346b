internal import Diagnostics

extension Checker {
  mutating func checkSelect(
    _ id: ExprID, _ operand: ExprID, _ field: String, _ range: Range<Int>, isOptional: Bool
  ) -> ValueType {
    if !isOptional, let type = checkQualifiedName(id) { return type }
    let operandType = check(operand)
    if case .optional(let inner) = operandType {
      // A select passes through one optional, and what it finds is in one again.
      if case .optional = inner {
        report(
          "no-field", "this is \(described(operandType)), which has no fields", range: range,
          notes: ["an optional's value is `.value()` or `.orValue(…)`"])
        return .error
      }
      return .optional(selected(id, operand, inner, field, range))
    }
    let type = selected(id, operand, operandType, field, range)
    return isOptional ? .optional(type) : type
  }

  private mutating func selected(
    _ id: ExprID, _ operand: ExprID, _ operandType: ValueType, _ field: String, _ range: Range<Int>
  ) -> ValueType {
    switch operandType {
    case .entity(let kinds): return checkField(id, base: operand, path: field, kinds: kinds, range)
    case .record(let record):
      if case .field(let base, let path, _) = resolutions[Int(operand.index)],
        let kinds = kinds(of: types[Int(base.index)]),
        let host = environment.host, kinds.kinds.allSatisfy({ host.field("\(path).\(field)", ofKind: $0) != nil })
      {
        return checkField(id, base: base, path: "\(path).\(field)", kinds: kinds, range)
      }
      if let index = record.index(of: field) {
        resolve(id, .recordField(index))
        return record.fields[index].type
      }
      reportUnknownField(field, of: record.name, among: fieldNames(of: record, at: operand), range)
      return .error
    case .path:
      let all = ValueType.list(.entity(KindSet(0..<(environment.host?.kindCount ?? 0))))
      switch field {
      case "nodes", "vias": return all
      default:
        reportUnknownField(field, of: "path", among: ["nodes", "vias"], range)
        return .error
      }
    case .abstract(let name, let arguments):
      guard let record = environment.record(named: name) else {
        report("no-field", "this is \(described(operandType)), which has no fields", range: range)
        return .error
      }
      guard let found = record.field(field, of: arguments) else {
        reportUnknownField(field, of: name, among: record.fields.map(\.name).sorted(), range)
        return .error
      }
      resolve(id, .recordField(found.position))
      return found.type
    case .map(let key, let value):
      var trial = substitution
      if !trial.assign(.string, to: key) {
        report("wrong-type", "this map's keys are \(described(key)), and a field's name is a string", range: range)
        return .error
      }
      substitution = trial
      return value
    case .dyn, .error, .variable: return operandType == .error ? .error : .dyn
    case .list, .reach:
      report(
        "no-field", "this is \(described(operandType)), and a list has no fields", range: range,
        notes: ["for each of its elements: `.map(x, x.\(field))`"])
      return .error
    default:
      report("no-field", "this is \(described(operandType)), which has no fields", range: range)
      return .error
    }
  }

  /// A record's own fields, and those that the host knows by a dotted path.
  private func fieldNames(of record: RecordType, at operand: ExprID) -> [String] {
    var names = Set(record.fields.map(\.name))
    if case .field(let base, let path, _) = resolutions[Int(operand.index)], let host = environment.host,
      let kinds = kinds(of: types[Int(base.index)])
    {
      for kind in kinds.kinds {
        for name in host.fieldNames(ofKind: kind) where name.hasPrefix("\(path).") {
          names.insert(String(name.dropFirst(path.count + 1)))
        }
      }
    }
    return names.sorted()
  }

  /// The kinds of an entity, or of an optional one.
  private func kinds(of type: ValueType) -> KindSet? {
    switch type {
    case .entity(let kinds), .optional(.entity(let kinds)): kinds
    default: nil
    }
  }

  /// `a.b.c` where a prefix is a declared dotted name or a field of a namespace; nil where it is an ordinary select.
  private mutating func checkQualifiedName(_ id: ExprID) -> ValueType? {
    var names: [(name: String, id: ExprID)] = []
    var node = id
    var isAbsolute = false
    walk: while true {
      switch tree[node] {
      case .select(let operand, let field, _, false):
        names.insert((field, node), at: 0)
        node = operand
      case .identifier(let name, let absolute):
        names.insert((name, node), at: 0)
        isAbsolute = absolute
        break walk
      default: return nil
      }
    }
    let first = names[0].name
    if !isAbsolute, scopes.contains(where: { $0.name == first }) { return nil }
    if let namespace = environment.namespaces[first], names.count >= 2 {
      // Only the innermost select of a namespace is its field; the rest are selects from it.
      guard names.count == 2 else { return nil }
      if let variable = namespace[names[1].name] {
        resolve(id, .variable(variable))
        return variable.type
      }
      guard case .select(_, let field, let range, _) = tree[id] else { return nil }
      reportUnknownField(field, of: first, among: namespace.keys.sorted(), range)
      return .error
    }
    let name = names.map(\.name).joined(separator: ".")
    if environment.variables[first] == nil, let type = Self.typeNames[name] {
      resolve(id, .constant(.type(TypeBox(type))))
      return .type(type)
    }
    guard environment.variables.keys.contains(where: { $0.contains(".") }) else { return nil }
    var container = isAbsolute ? "" : environment.container
    while true {
      if let variable = environment.variables[container.isEmpty ? name : "\(container).\(name)"] {
        resolve(id, .variable(variable))
        return variable.type
      }
      if container.isEmpty { return nil }
      container = container.split(separator: ".").dropLast().joined(separator: ".")
    }
  }

  /// A field of entities: on every kind, or a list on at least one.
  mutating func checkField(
    _ id: ExprID, base: ExprID, path: String, kinds: KindSet, _ range: Range<Int>
  ) -> ValueType {
    guard let host = environment.host else { return .error }
    var found: [Resolution.KindField] = []
    var missing: [Int] = []
    for kind in kinds.kinds {
      if let declaration = host.field(path, ofKind: kind) {
        found.append(Resolution.KindField(kind: kind, declaration: declaration))
      } else {
        missing.append(kind)
      }
    }
    var type: ValueType?
    for item in found {
      guard let known = type else {
        type = item.declaration.type
        continue
      }
      guard let joined = Substitution.join(known, item.declaration.type) else {
        report(
          "field-types-differ",
          "`\(path)` is \(described(known)) on \(host.name(ofKind: found[0].kind)), but \(described(item.declaration.type)) on \(host.name(ofKind: item.kind))",
          range: range)
        return .error
      }
      type = joined
    }
    if let type, missing.isEmpty || type.elementType != nil {
      resolve(id, .field(base: base, path: path, found))
      return type
    }
    let owner =
      missing.isEmpty ? described(.entity(kinds)) : missing.prefix(3).map(host.name(ofKind:)).joined(separator: ", ")
    var names: Set<String> = []
    for kind in kinds.kinds { names.formUnion(host.fieldNames(ofKind: kind)) }
    let written = path.split(separator: ".").last.map(String.init) ?? path
    let prefix = path.dropLast(written.count)
    let candidates = names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    if !missing.isEmpty, let first = found.first {
      report(
        "unknown-field", "\(owner) has no field `\(written)`", range: range,
        notes: ["\(host.name(ofKind: first.kind)) has it; the expression may stand for any of these kinds"])
      return .error
    }
    reportUnknownField(written, of: owner, among: candidates.sorted(), range)
    return .error
  }

  private mutating func reportUnknownField(
    _ field: String, of owner: String, among names: [String], _ range: Range<Int>
  ) {
    var notes = [suggestion(for: field, among: names)].compactMap { $0 }
    if notes.isEmpty, names.count <= 16 { notes = ["it has: " + names.joined(separator: ", ")] }
    report("unknown-field", "\(owner) has no field `\(field)`", range: range, notes: notes)
  }
}
