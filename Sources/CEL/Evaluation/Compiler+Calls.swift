extension Compiler {
  mutating func compileCall(
    _ id: ExprID, _ name: String, _ receiver: ExprID?, _ arguments: [ExprID]
  ) -> Compiled {
    switch name {
    case "_&&_": return compileLogic(arguments, absorbing: false)
    case "_||_": return compileLogic(arguments, absorbing: true)
    case "_?_:_": return compileChoice(arguments)
    case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_":
      if let code = compileDateComparison(name, arguments) { return .code(code) }
      if let code = compileCells(name, arguments) ?? compileTextComparison(name, arguments) { return .code(code) }
    case "_+_", "_-_", "_*_":
      if let code = compileArithmetic(id, name, arguments) { return .code(code) }
    case "@in":
      if let code = compileMembership(arguments) { return .code(code) }
    default: break
    }
    switch checked.resolution(of: id) {
    case .shared(let shared, let body): return compileShared(shared, body, arguments)
    case .function(let function):
      let isQualified = receiver.map { isNamespace($0, function) } ?? false
      let all = isQualified ? arguments : (receiver.map { [$0] } ?? []) + arguments
      let compiled = compileFunction(function, all)
      return function.name == "sum" ? Self.typedSum(compiled.code, checked.type(of: id)) : compiled
    default: return .constant(.error(.noSuchOverload, "`\(name)` has no meaning here"))
    }
  }

  /// The sum of nothing is a zero of the elements' type, which only the checker knows.
  private static func typedSum(_ code: Frame.Code, _ type: ValueType) -> Compiled {
    let zero: Value
    switch type {
    case .duration: zero = .duration(0)
    case .double: zero = .double(0)
    case .uint: zero = .uint(0)
    default: return .code(code)
    }
    return .code { frame in
      let value = code(&frame)
      if case .int(0) = value { return zero }
      return value
    }
  }

  /// Whether the receiver is only the first part of the function's name.
  private func isNamespace(_ id: ExprID, _ function: Function) -> Bool {
    guard function.name.contains(".") else { return false }
    switch tree[id] {
    case .identifier(let name, _):
      if case .none = checked.resolution(of: id) { return function.name.hasPrefix(name + ".") }
      return false
    case .select(let operand, _, _, _): return isNamespace(operand, function)
    default: return false
    }
  }

  // MARK: Functions

  mutating func compileFunction(_ function: Function, _ arguments: [ExprID]) -> Compiled {
    if denies(function, arguments) { return .constant(.bool(false)) }
    if case .deferred(let body) = function.body {
      let parts = arguments.map { deferred($0) }
      dependence.readsGraph = true
      return .code { frame in body(&frame, parts) }
    }
    let parts = arguments.map { compile($0) }
    var function = function
    if let prepare = function.prepared, let body = prepare(parts.map(Self.constant)) { function.body = body }
    let guards = function.takesPartialLists ? arguments.map { _ in false } : arguments.map { mayBePartial($0) }
    let code = charged(function, arguments, Self.call(function, charged(function, arguments, parts), guards))
    let isConstant = parts.allSatisfy { if case .constant = $0 { true } else { false } }
    if isConstant, case .contextual = function.body { return .code(code) }
    if isConstant {
      var frame = Frame(graph: .empty, slotCount: 0)
      return .constant(code(&frame))
    }
    return .code(code)
  }

  private mutating func deferred(_ id: ExprID) -> DeferredArgument {
    let before = footprint
    footprint = Footprint()
    let (code, dependence) = compileApart { $0.compile(id).code }
    let own = footprint
    footprint = before
    footprint.formUnion(own)
    let lazySlots = own.slots.subtracting(own.inputs).sorted()
    return DeferredArgument(
      serial: DeferredArgument.number(), source: checked, node: id, locals: localsInScope, code: code,
      lazySlots: lazySlots, named: dependence.slots.sorted(), footprint: own, type: checked.type(of: id))
  }

  private static func constant(_ part: Compiled) -> Value? {
    if case .constant(let value) = part, !value.isErrorOrUnknown { value } else { nil }
  }

  private func mayBePartial(_ id: ExprID) -> Bool {
    switch checked.type(of: id) {
    case .list, .reach, .dyn, .map, .optional, .variable: true
    default: false
    }
  }

  static func call(_ function: Function, _ codes: [Frame.Code], _ guards: [Bool]) -> Frame.Code {
    let isStrict = function.isStrict
    /// The value that is the result already, if there is one.
    @Sendable func stop(_ value: Value, _ isGuarded: Bool) -> Value? {
      if isStrict {
        if case .unknown(let unknown) = value { return .unknown(unknown.unbounded) }
        if case .error = value { return value }
      }
      if isGuarded, let reasons = value.listView?.positionReasons { return .unknown(reasons) }
      return nil
    }
    switch function.body {
    case .unary(let body) where codes.count == 1:
      let (code, isGuarded) = (codes[0], guards[0])
      return Frame.Code { frame in
        let value = code(&frame)
        return stop(value, isGuarded) ?? body(value)
      }
    case .binary(let body) where codes.count == 2:
      let (first, second) = (codes[0], codes[1])
      let (firstGuard, secondGuard) = (guards[0], guards[1])
      return Frame.Code { frame in
        let a = first(&frame)
        let b = second(&frame)
        let stopA = stop(a, firstGuard)
        let stopB = stop(b, secondGuard)
        if stopA != nil || stopB != nil { return frame.strictResult([stopA, stopB]) }
        let result = body(a, b)
        if !isStrict, case .unknown = result {
          frame.noteAbsorbed(a)
          frame.noteAbsorbed(b)
        }
        return result
      }
    // Of one and of two the codes are captured: what is called out of an array is counted at each call.
    case .contextual(let body) where codes.count == 1:
      let (code, isGuarded) = (codes[0], guards[0])
      return Frame.Code { frame in
        let value = code(&frame)
        if let stopped = stop(value, isGuarded) { return frame.strictResult([stopped]) }
        return body(&frame, [value])
      }
    case .contextual(let body) where codes.count == 2:
      let (first, second) = (codes[0], codes[1])
      let (firstGuard, secondGuard) = (guards[0], guards[1])
      return Frame.Code { frame in
        let a = first(&frame)
        let b = second(&frame)
        let (stopA, stopB) = (stop(a, firstGuard), stop(b, secondGuard))
        if stopA != nil || stopB != nil { return frame.strictResult([stopA, stopB]) }
        return body(&frame, [a, b])
      }
    default:
      let body = function.body
      return Frame.Code { frame in
        var values: [Value] = []
        values.reserveCapacity(codes.count)
        var stops: [Value?] = []
        for place in codes.indices {
          let value = codes[place](&frame)
          if let stopped = stop(value, guards[place]) { stops.append(stopped) }
          values.append(value)
        }
        if !stops.isEmpty { return frame.strictResult(stops) }
        switch body {
        case .variadic(let body): return body(values)
        case .contextual(let body): return body(&frame, values)
        case .unary(let body) where values.count == 1: return body(values[0])
        case .binary(let body) where values.count == 2: return body(values[0], values[1])
        default: return .error(.noSuchOverload, "`\(function.name)` cannot take \(values.count) arguments")
        }
      }
    }
  }

  private mutating func compileShared(
    _ shared: SharedFunction, _ body: CheckedExpression, _ arguments: [ExprID]
  ) -> Compiled {
    let codes = arguments.map { compile($0).code }
    return inFunction(shared, body) { compiler, slots in
      let code = compiler.compile(body.parsed.tree.root).code
      if codes.count == 1 {
        let (argument, slot) = (codes[0], slots[0])
        return .code { frame in
          frame.slots[slot] = argument(&frame)
          return code(&frame)
        }
      }
      if codes.count == 2 {
        let (first, second) = (codes[0], codes[1])
        let (firstSlot, secondSlot) = (slots[0], slots[1])
        return .code { frame in
          let (a, b) = (first(&frame), second(&frame))
          frame.slots[firstSlot] = a
          frame.slots[secondSlot] = b
          return code(&frame)
        }
      }
      return .code { frame in
        // All arguments are evaluated before the first slot is written: one may read another call's parameter.
        let values = codes.map { $0(&frame) }
        for (slot, value) in zip(slots, values) { frame.slots[slot] = value }
        return code(&frame)
      }
    }
  }
}

extension ListView {
  /// Whether a row is in it; nil where it does not hold rows only.
  func containsRow(_ row: Int32) -> Bool? {
    switch storage {
    case .edges(let slice): slice.storage.targets[Int(slice.start)..<Int(slice.end)].contains(row)
    case .entities(let rows): rows.contains(row)
    case .values: nil
    }
  }
}

extension Frame {
  /// The result of a strict operation some of whose arguments are errors or unknowns: unknowns are merged and beat
  /// errors; of several errors the first counts.
  mutating func strictResult(_ stops: [Value?]) -> Value {
    let result = Value.strictResult(stops)
    if case .unknown = result { for stop in stops { noteAbsorbed(stop) } }
    return result
  }
}

extension Value {
  /// The result of a strict operation some of whose arguments are errors or unknowns: unknowns are merged and beat
  /// errors; of several errors the first counts.
  static func strictResult(_ stops: [Value?]) -> Value {
    var unknown: Unknown?
    var failure: Value?
    for case let stop? in stops {
      switch stop {
      case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
      default: failure = failure ?? stop
      }
    }
    if let unknown { return .unknown(unknown) }
    return failure ?? .error(.noSuchOverload, "no result")
  }
}
