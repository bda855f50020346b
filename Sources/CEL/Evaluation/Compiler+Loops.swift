/// The macros that go through a list or a map (language definition: Macros): `all` and `exists` absorb errors and unknowns as
/// `&&` and `||` do, the others do not.
extension Compiler {
  mutating func compileMacro(_ id: ExprID, _ macro: SyntaxTree.Macro) -> Compiled {
    switch macro.name {
    case "has": return compileHas(macro)
    case "cel.bind":
      let bound = compile(macro.arguments[0]).code
      return withLocals([macro.variables[0].name]) { compiler, slots in
        compiler.givenSlots.formUnion(slots)
        let body = compiler.compile(macro.arguments[1]).code
        let slot = slots[0]
        return .code { frame in
          frame.slots[slot] = bound(&frame)
          return body(&frame)
        }
      }
    case "every": return compileEvery(id)
    case "of":
      if case .function(let function) = checked.resolution(of: id) { return compileFunction(function, macro.arguments) }
      return compileOf(id, macro)
    case "closure": return compileClosure(id, macro)
    case "pathTo": return compilePathTo(macro)
    case "optMap", "optFlatMap": return compileOptionalMap(macro)
    default: break
    }
    guard let receiver = macro.receiver else { return .constant(.error(.noSuchOverload, "`\(macro.name)`")) }
    let (range, shared) = compileApart { $0.compile(receiver).code }
    return withLocals(macro.variables.map(\.name)) { compiler, slots in
      let (bodies, dependence) = compiler.compileApart { compiler in
        macro.arguments.map { compiler.compile($0).code }
      }
      let plain = Self.loop(macro.name, range, slots, bodies)
      guard !compiler.environment.isPlain, slots.count == 1, ["all", "exists", "filter"].contains(macro.name) else {
        return .code(plain)
      }
      if let walk = compiler.sharedWalk(receiver), dependence.slots.isSubset(of: slots) {
        let condition = SharedWalk.Condition(slot: slots[0], code: bodies[0], readsTraced: dependence.readsTraced)
        if macro.name == "filter" { compiler.walks[id] = walk.only(condition) }
        return .code(Self.lookedUp(macro.name, walk, condition, otherwise: plain))
      }
      if macro.name == "all" { return .code(plain) }
      if shared.isOfViewOnly,
        let comparison = compiler.keyComparison(macro.arguments[0], macro.variables[0].name, slot: slots[0])
      {
        return .code(
          Self.indexed(
            macro.name, range, slot: slots[0], bodies[0], comparison, readsTraced: dependence.readsTraced))
      }
      if let index = compiler.filterIndex(macro.arguments[0], variable: macro.variables[0].name) {
        return .code(
          Self.indexed(macro.name, range, slot: slots[0], bodies[0], index, readsTraced: dependence.readsTraced))
      }
      return .code(plain)
    }
  }

  private mutating func compileHas(_ macro: SyntaxTree.Macro) -> Compiled {
    guard case .select(let operand, let field, _, _) = tree[macro.arguments[0]] else {
      return .constant(.error(.noSuchOverload, "`has` takes a select"))
    }
    if case .field(let base, _, let fields) = checked.resolution(of: macro.arguments[0]) {
      return .code(compileHas(base, fields))
    }
    let code = compile(operand).code
    let position: Int?
    if case .recordField(let index) = checked.resolution(of: macro.arguments[0]) {
      position = index
    } else {
      position = nil
    }
    @Sendable func test(_ value: Value) -> Value {
      switch value {
      case .error, .unknown: return value
      case .map(let map): return .bool(map[.string(field)] != nil)
      case .record(let box):
        guard let position else { return .error(.noSuchField, "there is no field `\(field)`") }
        if case .unknown = box.fields[position] { return .bool(false) }
        return .bool(true)
      case .optional(let box):
        guard let inner = box.value else { return .bool(false) }
        return test(inner)
      default: return .error(.noSuchOverload, "`has` asks for a field, and this has none")
      }
    }
    return .code { frame in test(code(&frame)) }
  }

  /// Of a field: whether it is known. Of a list: whether something is in it. Of an entity that is not known: unknown.
  private mutating func compileHas(_ base: ExprID, _ fields: [Resolution.KindField]) -> Frame.Code {
    noteReading(fields)
    let read = Self.reader(fields)
    let code = compile(base).code
    let ids = Set(fields.map(\.declaration.id))
    return Frame.Code { frame in
      var value = code(&frame)
      if case .optional(let box) = value {
        guard let inner = box.value else { return .bool(false) }
        value = inner
      }
      guard case .entity(let row) = value else {
        return value.isErrorOrUnknown ? value : .error(.noSuchOverload, "`has` asks for a field, and this has none")
      }
      let found = read(&frame, row)
      if case .unknown = found { return .bool(false) }
      if case .error = found { return found }
      guard let view = found.listView else { return .bool(true) }
      if (0..<view.count).contains(where: { view.reason(at: $0) == nil }) { return .bool(true) }
      guard let reasons = view.reasons else { return .bool(false) }
      // A list that is itself not recorded.
      let isUnrecorded = reasons.facts.allSatisfy { $0.row == row && ids.contains($0.field) }
      return view.possible.isEmpty && isUnrecorded ? .bool(false) : .unknown(reasons)
    }
  }

  private mutating func compileEvery(_ id: ExprID) -> Compiled {
    guard case .kinds(let kinds) = checked.resolution(of: id) else { return .constant(.entities([])) }
    footprint.listed = footprint.listed.union(kinds)
    dependence.readsGraph = true
    let indexes = kinds.kinds
    return .code { frame in frame.graph.every(indexes) }
  }

  private mutating func compileOf(_ id: ExprID, _ macro: SyntaxTree.Macro) -> Compiled {
    guard case .kinds(let kinds) = checked.resolution(of: id), let receiver = macro.receiver else {
      return .constant(.entities([]))
    }
    let code = compile(receiver).code
    if let walk = sharedWalk(receiver) { walks[id] = walk.only(kinds) }
    return .code { frame in
      let value = code(&frame)
      guard let view = value.listView else { return value }
      var builder = ListBuilder()
      for index in 0..<view.count {
        guard let row = view.row(at: index), kinds.contains(frame.graph.kind(of: row)) else { continue }
        builder.append(row: row, reason: view.reason(at: index))
      }
      builder.carry(view)
      return builder.finished()
    }
  }

  private mutating func compileOptionalMap(_ macro: SyntaxTree.Macro) -> Compiled {
    guard let receiver = macro.receiver else { return .constant(.optional(nil)) }
    let code = compile(receiver).code
    let wraps = macro.name == "optMap"
    return withLocals([macro.variables[0].name]) { compiler, slots in
      let body = compiler.compile(macro.arguments[0]).code
      let slot = slots[0]
      return .code { frame in
        let value = code(&frame)
        guard case .optional(let box) = value else {
          return value.isErrorOrUnknown
            ? value : .error(.noSuchOverload, "`\(wraps ? "optMap" : "optFlatMap")` needs an optional")
        }
        guard let inner = box.value else { return .optional(nil) }
        frame.slots[slot] = inner
        let result = body(&frame)
        return wraps && !result.isErrorOrUnknown ? .optional(result) : result
      }
    }
  }

  // MARK: Loops

  static func loop(
    _ name: String, _ range: Frame.Code, _ slots: [Int], _ bodies: [Frame.Code]
  ) -> Frame.Code {
    let run: @Sendable (inout Frame, Iteration) -> Value
    let body = bodies[bodies.count - 1]
    let condition = bodies.count == 2 ? bodies[0] : nil
    switch name {
    case "all": run = { quantify(&$0, $1, body, deciding: false) }
    case "exists": run = { quantify(&$0, $1, body, deciding: true) }
    case "existsOne", "exists_one": run = { existsOne(&$0, $1, body) }
    case "filter": run = { filter(&$0, $1, body) }
    case "map", "transformList": run = { map(&$0, $1, condition, body) }
    case "transformMap", "transformMapEntry":
      let isEntry = name == "transformMapEntry"
      run = { transformMap(&$0, $1, condition, body, isEntry: isEntry) }
    case "countBy": run = { count(&$0, $1, body) }
    case "sortBy": run = { sort(&$0, $1, body) }
    default: run = { group(&$0, $1, body) }
    }
    @Sendable func plain(_ value: Value, _ frame: inout Frame) -> Value {
      if value.isErrorOrUnknown { return value }
      guard let iteration = Iteration(value, slots) else {
        return .error(.noSuchOverload, "`\(name)` goes through a list or a map")
      }
      if !frame.spend(iteration.count) { return frame.costError }
      return run(&frame, iteration)
    }
    guard slots.count == 1, condition == nil, let rowLoop = rowLoop(name, slot: slots[0], body) else {
      return Frame.Code { frame in plain(range(&frame), &frame) }
    }
    return Frame.Code { frame in
      let value = range(&frame)
      guard let list = RowList(value) else { return plain(value, &frame) }
      return frame.spend(list.places.count) ? rowLoop(&frame, list) : frame.costError
    }
  }

  /// What a macro goes through: a list, or a map's keys in order.
  struct Iteration: Sendable {
    let view: ListView
    let map: MapBox?
    let slots: [Int]
    var count: Int { view.count }

    init?(_ value: Value, _ slots: [Int]) {
      self.slots = slots
      if let view = value.listView {
        self.view = view
        map = nil
      } else if case .map(let box) = value {
        guard let view = Value.list(box.keys).listView else { return nil }
        self.view = view
        map = box
      } else {
        return nil
      }
    }

    func bind(_ index: Int, _ frame: inout Frame) {
      let element = view[index]
      if slots.count == 1 {
        frame.slots[slots[0]] = element
      } else if let map {
        frame.slots[slots[0]] = element
        frame.slots[slots[1]] = map[element] ?? .null
      } else {
        frame.slots[slots[0]] = position(index)
        frame.slots[slots[1]] = element
      }
    }

    /// The index of an element; unknown where others may stand before it.
    private func position(_ index: Int) -> Value {
      var unknown = Unknown.merge(view.open, view.order)
      for place in view.possible.keys.sorted() where place < index { unknown = Unknown.merge(unknown, reason(place)) }
      return unknown.map { .unknown($0) } ?? .int(Int64(index))
    }

    func reason(_ index: Int) -> Unknown? { view.reason(at: index) }
  }

  /// `exists` (deciding true) and `all` (false): one certain element with the deciding value settles it.
  private static func quantify(
    _ frame: inout Frame, _ iteration: Iteration, _ body: Frame.Code, deciding: Bool
  ) -> Value {
    var unknown = iteration.view.open
    var failure: Value?
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      let value = body(&frame)
      let reason = iteration.reason(index)
      switch value {
      case .bool(let flag):
        guard flag == deciding else { continue }
        guard let reason else {
          frame.noteAbsorbed(failure)
          return value
        }
        unknown = Unknown.merge(unknown, reason)
      case .unknown(let cause): unknown = Unknown.merge(unknown, cause.merged(with: reason))
      case .error:
        failure = failure ?? value
        if let reason { unknown = Unknown.merge(unknown, reason) }
      default: failure = failure ?? .error(.noSuchOverload, "a condition is no boolean")
      }
    }
    if let unknown {
      frame.noteAbsorbed(failure)
      return .unknown(unknown)
    }
    return failure ?? .bool(!deciding)
  }

  private static func existsOne(_ frame: inout Frame, _ iteration: Iteration, _ body: Frame.Code) -> Value {
    var certain = 0
    var unknown = iteration.view.open
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      let value = body(&frame)
      switch value {
      case .bool(true):
        if let reason = iteration.reason(index) { unknown = Unknown.merge(unknown, reason) } else { certain += 1 }
      case .bool(false): continue
      case .unknown(let cause): unknown = Unknown.merge(unknown, cause)
      case .error: return value
      default: return .error(.noSuchOverload, "a condition is no boolean")
      }
    }
    if certain > 1 { return .bool(false) }
    if let unknown { return .unknown(unknown) }
    return .bool(certain == 1)
  }

  private static func filter(_ frame: inout Frame, _ iteration: Iteration, _ body: Frame.Code) -> Value {
    var builder = ListBuilder()
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      let value = body(&frame)
      switch value {
      case .bool(true): builder.append(iteration.view[index], reason: iteration.reason(index))
      case .bool(false): continue
      case .unknown(let cause):
        builder.append(iteration.view[index], reason: cause.merged(with: iteration.reason(index)))
      case .error: return value
      default: return .error(.noSuchOverload, "a condition is no boolean")
      }
    }
    builder.carry(iteration.view)
    return builder.finished()
  }

  private static func map(
    _ frame: inout Frame, _ iteration: Iteration, _ condition: Frame.Code?, _ body: Frame.Code
  ) -> Value {
    var builder = ListBuilder()
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      var reason = iteration.reason(index)
      if let condition {
        let kept = condition(&frame)
        switch kept {
        case .bool(true): break
        case .bool(false): continue
        case .unknown(let cause): reason = cause.merged(with: reason)
        case .error: return kept
        default: return .error(.noSuchOverload, "a condition is no boolean")
        }
      }
      let value = body(&frame)
      switch value {
      case .error: return value
      case .unknown(let cause): builder.openUp(cause.merged(with: reason))
      default: builder.append(value, reason: reason)
      }
    }
    builder.carry(iteration.view)
    return builder.finished()
  }

  private static func transformMap(
    _ frame: inout Frame, _ iteration: Iteration, _ condition: Frame.Code?, _ body: Frame.Code, isEntry: Bool
  ) -> Value {
    if let reasons = iteration.view.positionReasons { return .unknown(reasons) }
    var builder = MapBuilder()
    var unknown: Unknown?
    for index in 0..<iteration.count {
      iteration.bind(index, &frame)
      if let condition {
        let kept = condition(&frame)
        switch kept {
        case .bool(true): break
        case .bool(false): continue
        case .unknown(let cause):
          unknown = Unknown.merge(unknown, cause)
          continue
        case .error: return kept
        default: return .error(.noSuchOverload, "a condition is no boolean")
        }
      }
      let value = body(&frame)
      switch value {
      case .error: return value
      case .unknown(let cause): unknown = Unknown.merge(unknown, cause)
      case .map(let entries) where isEntry:
        for (key, inner) in entries.entries {
          if let problem = builder.insert(key, inner) { return problem }
        }
      default:
        let key = iteration.map == nil ? Value.int(Int64(index)) : iteration.view[index]
        if let problem = builder.insert(key, value) { return problem }
      }
    }
    if let unknown { return .unknown(unknown) }
    return .map(builder.finished())
  }
}
