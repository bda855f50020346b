/// Field selection (language definition: Field Selection), and how a field of an entity is read.
extension Compiler {
  typealias Reader = @Sendable (inout Frame, Int32) -> Value

  mutating func compileSelect(_ id: ExprID, _ operand: ExprID, _ field: String, isOptional: Bool) -> Compiled {
    switch checked.resolution(of: id) {
    case .variable(let variable): return compile(variable)
    case .field(let base, _, let fields):
      var makesOptional = isOptional
      if case .optional = checked.type(of: operand) { makesOptional = true }
      return .code(compileField(base, fields, makesOptional: makesOptional))
    default:
      let code = compile(operand).code
      let select = selector(id, field, isOptional: isOptional)
      return .code { frame in
        let value = code(&frame)
        return select(value, &frame)
      }
    }
  }

  /// A select from a value that is no entity: a record, a group, a path, a map, an optional of these.
  private func selector(_ id: ExprID, _ field: String, isOptional: Bool) -> @Sendable (Value, inout Frame) -> Value {
    let position: Int?
    if case .recordField(let index) = checked.resolution(of: id) { position = index } else { position = nil }
    /// Nil for a key that is not there.
    @Sendable func found(in value: Value, _ frame: inout Frame) -> Value? {
      switch value {
      case .record(let box):
        guard let position else { return .error(.noSuchField, "there is no field `\(field)`") }
        return box.fields[position]
      case .path(let path):
        return .entities(field == "nodes" ? path.nodes : path.named(&frame).hops.compactMap(\.via))
      case .map(let map): return map[.string(field)]
      default: return .error(.noSuchOverload, "this has no field `\(field)`")
      }
    }
    return { value, frame in
      if value.isErrorOrUnknown { return value }
      var operand = value
      if case .optional(let box) = value {
        guard let inner = box.value else { return .optional(nil) }
        operand = inner
      } else if !isOptional {
        return found(in: value, &frame) ?? .error(.noSuchKey, "the map has no key `\(field)`")
      }
      switch (operand, found(in: operand, &frame)) {
      case (_, .error(let error)?): return .error(error)
      case (.record, .unknown(let unknown)?): return isOptional ? .optional(nil) : .unknown(unknown)
      case (_, let field): return .optional(field)
      }
    }
  }

  // MARK: Fields of entities

  func isEntity(_ id: ExprID) -> Bool {
    if case .entity = checked.type(of: id) { true } else { false }
  }

  mutating func noteReading(_ fields: [Resolution.KindField]) {
    dependence.readsGraph = true
    for field in fields {
      footprint.fields.insert(field.declaration.id)
      if field.declaration.isTraced { dependence.readsTraced = true }
    }
  }

  /// - Parameter makesOptional: Whether it is `x.?f`, or a field of an optional entity: what is not recorded is none.
  private mutating func compileField(
    _ base: ExprID, _ fields: [Resolution.KindField], makesOptional: Bool
  ) -> Frame.Code {
    noteReading(fields)
    let read = Self.reader(fields)
    let compiled = compile(base)
    if !makesOptional, case .constant(.entity(let row)) = compiled { return Frame.Code { read(&$0, row) } }
    let code = compiled.code
    guard makesOptional else {
      return Frame.Code { frame in
        switch code(&frame) {
        case .entity(let row): read(&frame, row)
        case let value where value.isErrorOrUnknown: value
        default: .error(.noSuchOverload, "a field is read from an entity")
        }
      }
    }
    return Frame.Code { frame in
      var value = code(&frame)
      if case .optional(let box) = value {
        guard let inner = box.value else { return .optional(nil) }
        value = inner
      }
      guard case .entity(let row) = value else {
        return value.isErrorOrUnknown ? value : .error(.noSuchOverload, "a field is read from an entity")
      }
      let found = read(&frame, row)
      switch found {
      case .unknown: return .optional(nil)
      case .error: return found
      default: return .optional(found)
      }
    }
  }

  static func reader(_ fields: [Resolution.KindField]) -> Reader {
    guard fields.count != 1 || fields[0].declaration.type.elementType != nil else {
      return reader(fields[0].declaration)
    }
    return reader(ofAnyOf: fields.sorted { $0.kind < $1.kind }[...])
  }

  /// Looks for the kind by halves: what is called out of a table is counted at each call, what is captured is not.
  private static func reader(ofAnyOf fields: ArraySlice<Resolution.KindField>) -> Reader {
    guard let first = fields.first else { return { _, _ in noRows } }
    if fields.count == 1 {
      let (kind, read) = (first.kind, reader(first.declaration))
      return { frame, row in frame.graph.kind(of: row) == kind ? read(&frame, row) : noRows }
    }
    let middle = fields.startIndex + fields.count / 2
    let firstAbove = fields[middle].kind
    let (below, above) = (reader(ofAnyOf: fields[..<middle]), reader(ofAnyOf: fields[middle...]))
    return { frame, row in frame.graph.kind(of: row) < firstAbove ? below(&frame, row) : above(&frame, row) }
  }

  static func reader(_ declaration: FieldDeclaration) -> Reader {
    let id = declaration.id
    switch declaration.access {
    case .edges(let slot):
      return { frame, row in frame.graph.related(slot, row) }
    case .computed(let index):
      return { frame, row in frame.computed(index, of: row) }
    case .column(let slot):
      let decode = decoder(declaration.type)
      let isTraced = declaration.isTraced
      return { frame, row in
        guard let value = decode(frame.graph, slot, row) else { return .unknown(Fact(row: row, field: id)) }
        if isTraced, frame.isTracing { frame.defaultsRead.insert(Fact(row: row, field: id)) }
        return value
      }
    }
  }

  /// Reads one cell; nil where nothing is recorded.
  private static func decoder(_ type: ValueType) -> @Sendable (Graph, Int, Int32) -> Value? {
    // The three that rules read most have a way of their own; everything else, absence included, goes the long way.
    switch type {
    case .bool:
      return { graph, slot, row in
        if let flag = graph.withColumn(slot, { $0.bool(of: row) }) { return .bool(flag) }
        return value(type, graph, slot, row)
      }
    case .enumeration(let enumeration):
      let index = enumeration.index
      return { graph, slot, row in
        if let ordinal = graph.withColumn(slot, { $0.int32(of: row) }) {
          return .enumeration(type: index, ordinal: ordinal)
        }
        return value(type, graph, slot, row)
      }
    case .entity:
      return { graph, slot, row in
        if let target = graph.withColumn(slot, { $0.int32(of: row) }) { return .entity(target) }
        return value(type, graph, slot, row)
      }
    default: return { graph, slot, row in value(type, graph, slot, row) }
    }
  }

  private static func value(_ type: ValueType, _ graph: Graph, _ slot: Int, _ row: Int32) -> Value? {
    graph.withColumn(slot) { $0.value(of: row, type, graph.symbols) }
  }

  // MARK: Cells

  /// A whole number that stands for the value; `Int64.min`: not this way, ask the slow code.
  typealias Cell = @Sendable (inout Frame) -> Int64
  static let noCell = Int64.min

  /// A fast way to read an enumeration, a date, a duration, an int, an entity or a boolean as a number.
  mutating func cell(_ id: ExprID, depth: Int = 0) -> Cell? {
    switch checked.type(of: id) {
    case .enumeration, .date, .duration, .int, .entity, .bool: break
    default: return nil
    }
    if let constant = constant(id) {
      let number = Self.number(constant)
      return { _ in number }
    }
    switch tree[id] {
    case .identifier:
      let code = compile(id).code
      return { frame in Self.number(code(&frame)) }
    case .select(_, _, _, false):
      guard case .field(let base, _, let fields) = checked.resolution(of: id), isEntity(base), fields.count == 1,
        !fields[0].declaration.isTraced, case .column(let slot) = fields[0].declaration.access
      else { return nil }
      noteReading(fields)
      let code = compile(base).code
      return { frame in
        guard case .entity(let row) = code(&frame) else { return Self.noCell }
        return frame.graph.withColumn(slot) { $0.number(of: row) }
      }
    case .call(let name, nil, let arguments, _) where ["_+_", "_-_", "_*_"].contains(name):
      // Deep sums go the slow way: each of their nodes would compile everything below it anew.
      guard depth < 6, checked.type(of: id) == .int, arguments.count == 2,
        let left = cell(arguments[0], depth: depth + 1), let right = cell(arguments[1], depth: depth + 1)
      else { return nil }
      return arithmeticCell(name, left, right)
    default: return nil
    }
  }

  /// The value of a literal, of a name in the host's enumerations or ids, of a constant of the environment.
  func constant(_ id: ExprID) -> Value? {
    switch (checked.resolution(of: id), tree[id]) {
    case (.constant(let value), _), (.variable(.constant(let value, _)), _): value
    case (_, .literal(let literal)): Self.value(literal)
    default: nil
    }
  }

  static func number(_ value: Value) -> Int64 {
    switch value {
    case .enumeration(_, let ordinal): Int64(ordinal)
    case .date(let date): Int64(date.days)
    case .duration(let nanoseconds): nanoseconds
    case .int(let number): number
    case .entity(let row): Int64(row)
    case .bool(let flag): flag ? 1 : 0
    default: noCell
    }
  }
}
