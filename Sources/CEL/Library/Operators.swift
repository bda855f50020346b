extension Function {
  private static let a = ValueType.variable(1)
  private static let b = ValueType.variable(2)

  /// The operators of the specification's "List of Standard Definitions", and beside them: the negative of a duration,
  /// dates and periods, which may be added and subtracted, and indexes of optionals.
  static let operators: [Function] = [
    Function("_==_", [Overload([a, a], .bool)], takesPartialLists: true, isStrict: false, .binary(Value.equal)),
    Function(
      "_!=_", [Overload([a, a], .bool)], takesPartialLists: true, isStrict: false,
      .binary { x, y in
        let result = Value.equal(x, y)
        if case .bool(let flag) = result { return .bool(!flag) }
        return result
      }),
    comparison("_<_") { $0 < 0 },
    comparison("_<=_") { $0 <= 0 },
    comparison("_>_") { $0 > 0 },
    comparison("_>=_") { $0 >= 0 },
    Function(
      "@in", [Overload([a, .list(a)], .bool), Overload([a, .map(key: a, value: b)], .bool)],
      takesPartialLists: true, .binary(membership)
    ).preparing(preparedMembership),
    Function(
      "!_", [Overload([.bool], .bool)],
      .unary { value in
        if case .bool(let flag) = value { return .bool(!flag) }
        return noOverload("!")
      }),
    Function(
      "-_", [Overload([.int], .int), Overload([.double], .double), Overload([.duration], .duration)],
      .unary { value in
        switch value {
        case .int(let number): return number == .min ? overflow : .int(-number)
        case .double(let number): return .double(-number)
        case .duration(let nanoseconds): return nanoseconds == .min ? overflow : .duration(-nanoseconds)
        default: return noOverload("-")
        }
      }),
    Function(
      "_+_",
      arithmetic + [
        Overload([.string, .string], .string), Overload([.bytes, .bytes], .bytes),
        Overload([.list(a), .list(a)], .list(a)), Overload([.timestamp, .duration], .timestamp),
        Overload([.duration, .timestamp], .timestamp), Overload([.duration, .duration], .duration),
        Overload([.date, .period], .date), Overload([.period, .date], .date), Overload([.period, .period], .period),
      ], takesPartialLists: true, .binary(sum)),
    Function(
      "_-_",
      arithmetic + [
        Overload([.timestamp, .duration], .timestamp), Overload([.timestamp, .timestamp], .duration),
        Overload([.duration, .duration], .duration), Overload([.date, .period], .date),
      ], .binary(difference)),
    Function(
      "_*_", arithmetic,
      .binary { x, y in
        switch (x, y) {
        case (.int(let p), .int(let q)): return checked(p.multipliedReportingOverflow(by: q))
        case (.uint(let p), .uint(let q)): return checked(p.multipliedReportingOverflow(by: q))
        case (.double(let p), .double(let q)): return .double(p * q)
        default: return noOverload("*")
        }
      }),
    Function(
      "_/_", arithmetic,
      .binary { x, y in
        switch (x, y) {
        case (.int, .int(0)), (.uint, .uint(0)): return .error(.divisionByZero, "division by zero")
        case (.int(let p), .int(let q)): return checked(p.dividedReportingOverflow(by: q))
        case (.uint(let p), .uint(let q)): return .uint(p / q)
        case (.double(let p), .double(let q)): return .double(p / q)
        default: return noOverload("/")
        }
      }),
    Function(
      "_%_", [Overload([.int, .int], .int), Overload([.uint, .uint], .uint)],
      .binary { x, y in
        switch (x, y) {
        case (.int, .int(0)), (.uint, .uint(0)): return .error(.divisionByZero, "remainder of a division by zero")
        case (.int(let p), .int(let q)): return checked(p.remainderReportingOverflow(dividingBy: q))
        case (.uint(let p), .uint(let q)): return .uint(p % q)
        default: return noOverload("%")
        }
      }),
    Function(
      "_[_]",
      [
        Overload([.list(a), .int], a), Overload([.map(key: a, value: b), a], b),
        Overload([.optional(.list(a)), .int], .optional(a)),
        Overload([.optional(.map(key: a, value: b)), a], .optional(b)),
      ],
      takesPartialLists: true,
      .binary { x, y in
        if case .optional = x { return optionalIndex(x, y) }
        return index(x, y)
      }),
    Function(
      "_[?_]",
      [
        Overload([.list(a), .int], .optional(a)), Overload([.map(key: a, value: b), a], .optional(b)),
        Overload([.optional(.list(a)), .int], .optional(a)),
        Overload([.optional(.map(key: a, value: b)), a], .optional(b)),
      ],
      takesPartialLists: true, .binary(optionalIndex)),
    // Checked and compiled by their own code; here for their types only.
    Function("_&&_", [Overload([.bool, .bool], .bool)], isStrict: false, .binary { _, _ in noOverload("&&") }),
    Function("_||_", [Overload([.bool, .bool], .bool)], isStrict: false, .binary { _, _ in noOverload("||") }),
  ]

  private static let arithmetic = [
    Overload([.int, .int], .int), Overload([.uint, .uint], .uint), Overload([.double, .double], .double),
  ]

  static func noOverload(_ name: String) -> Value { .error(.noSuchOverload, "`\(name)` cannot take these values") }
  static let overflow = Value.error(.overflow, "the result is out of range")

  private static func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Value {
    result.overflow ? overflow : .int(result.partialValue)
  }

  private static func checked(_ result: (partialValue: UInt64, overflow: Bool)) -> Value {
    result.overflow ? overflow : .uint(result.partialValue)
  }

  /// A comparison; of a number whose bounds are known, when they settle it.
  private static func comparison(_ name: String, _ holds: @escaping @Sendable (Int) -> Bool) -> Function {
    let ordered: [ValueType] = [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date]
    return Function(
      name, ordered.map { Overload([$0, $0], .bool) }, isStrict: false,
      .binary { x, y in
        switch (x, y) {
        case (.int(let p), .int(let q)): return .bool(holds(p < q ? -1 : p == q ? 0 : 1))
        case (.unknown(let p), .int(let q)) where p.isBounded:
          return settled(holds, p, lower: p.lower, upper: p.upper, against: q)
        case (.int(let p), .unknown(let q)) where q.isBounded:
          return settled({ holds(-$0) }, q, lower: q.lower, upper: q.upper, against: p)
        default: break
        }
        if x.isErrorOrUnknown || y.isErrorOrUnknown {
          return Value.strictResult([x.isErrorOrUnknown ? x : nil, y.isErrorOrUnknown ? y : nil])
        }
        if case .double(let p) = x, p.isNaN { return .bool(false) }
        if case .double(let q) = y, q.isNaN { return .bool(false) }
        guard let order = Value.order(x, y) else { return noOverload("<") }
        return .bool(holds(order))
      })
  }

  /// The comparison's value when it is the same for every number within the bounds.
  private static func settled(
    _ holds: (Int) -> Bool, _ unknown: Unknown, lower: Int64, upper: Int64, against number: Int64
  ) -> Value {
    func order(_ x: Int64) -> Int { x < number ? -1 : x == number ? 0 : 1 }
    var results = Set([holds(order(lower)), holds(order(upper))])
    if lower <= number, number <= upper { results.insert(holds(0)) }
    return results.count == 1 ? .bool(results.contains(true)) : .unknown(unknown.unbounded)
  }

  private static func membership(_ element: Value, _ container: Value) -> Value {
    if case .map(let map) = container {
      return element.isComparableToMapKey ? .bool(map[element] != nil) : noOverload("in")
    }
    guard let view = container.listView else { return noOverload("in") }
    var unknown = view.open
    for index in 0..<view.count {
      switch Value.equal(element, view[index]) {
      case .bool(true):
        guard let reason = view.reason(at: index) else { return .bool(true) }
        unknown = Unknown.merge(unknown, reason)
      case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
      default: continue
      }
    }
    return unknown.map { .unknown($0) } ?? .bool(false)
  }

  /// Of a constant list with more elements than it costs to hash one: a set.
  private static func preparedMembership(_ constants: [Value?]) -> Body? {
    guard constants.count == 2, let list = constants[1], let view = list.listView, view.isDefinite, view.count > 4
    else { return nil }
    var keys = Set<ValueKey>(minimumCapacity: view.count)
    for index in 0..<view.count {
      guard view[index].isFoundByHash else { return nil }
      keys.insert(ValueKey(view[index]))
    }
    let found = keys
    return .binary { element, _ in
      element.isFoundByHash ? .bool(found.contains(ValueKey(element))) : membership(element, list)
    }
  }

  private static func index(_ container: Value, _ key: Value) -> Value {
    if case .map(let map) = container {
      guard key.isComparableToMapKey else { return noOverload("[]") }
      if let found = map[key] { return found }
      return .error(.noSuchKey, "the map has no such key")
    }
    guard let view = container.listView else { return noOverload("[]") }
    let position: Int64
    switch key {
    case .int(let number): position = number
    case .uint(let number): position = Int64(clamping: number)
    case .double(let number):
      guard let whole = Value.whole(number) else { return noOverload("[]") }
      position = whole
    default: return noOverload("[]")
    }
    guard position >= 0, position < view.count else {
      if let open = view.open { return .unknown(open.unbounded) }
      return .error(.indexOutOfRange, "there is no element \(position) in a list of \(view.count)")
    }
    // Where an element before it is only possible, or a further one may stand, nobody knows which one stands there.
    var unknown = Unknown.merge(view.open, view.order)
    if !view.possible.isEmpty {
      for place in 0...Int(position) { unknown = Unknown.merge(unknown, view.reason(at: place)) }
    }
    return unknown.map { .unknown($0) } ?? view[Int(position)]
  }

  /// An index that gives none where there is no such element, of a container or of an optional of one.
  private static func optionalIndex(_ x: Value, _ y: Value) -> Value {
    var container = x
    if case .optional(let box) = x {
      guard let inner = box.value else { return .optional(nil) }
      container = inner
    }
    let result = index(container, y)
    switch result {
    case .error(let error) where error.code == .indexOutOfRange || error.code == .noSuchKey: return .optional(nil)
    case .error, .unknown: return result
    default: return .optional(result)
    }
  }

  private static func sum(_ x: Value, _ y: Value) -> Value {
    switch (x, y) {
    case (.int(let p), .int(let q)): return checked(p.addingReportingOverflow(q))
    case (.uint(let p), .uint(let q)): return checked(p.addingReportingOverflow(q))
    case (.double(let p), .double(let q)): return .double(p + q)
    case (.string(let p), .string(let q)):
      return p.utf8.count + q.utf8.count <= textLimit ? .string(p + q) : tooLong
    case (.bytes(let p), .bytes(let q)):
      return p.bytes.count + q.bytes.count <= textLimit ? .bytes(BytesBox(p.bytes + q.bytes)) : tooLong
    case (.duration(let p), .duration(let q)):
      let result = p.addingReportingOverflow(q)
      return result.overflow ? overflow : .duration(result.partialValue)
    case (.timestamp(let seconds, let nanoseconds), .duration(let q)),
      (.duration(let q), .timestamp(let seconds, let nanoseconds)):
      return Value.timestamp(seconds, nanoseconds, adding: q)
    case (.date(let date), .period(let period)), (.period(let period), .date(let date)):
      return date.adding(period).map { .date($0) } ?? overflow
    case (.period(let p), .period(let q)):
      let months = p.months.addingReportingOverflow(q.months)
      let days = p.days.addingReportingOverflow(q.days)
      return months.overflow || days.overflow
        ? overflow : .period(Period(months: months.partialValue, days: days.partialValue))
    default:
      guard let p = x.listView, let q = y.listView else { return noOverload("+") }
      guard p.count + q.count <= Value.weightLimit else { return Value.tooHeavy }
      var builder = ListBuilder()
      builder.append(contentsOf: p)
      builder.append(contentsOf: q)
      return builder.finished()
    }
  }

  private static func difference(_ x: Value, _ y: Value) -> Value {
    switch (x, y) {
    case (.int(let p), .int(let q)): return checked(p.subtractingReportingOverflow(q))
    case (.uint(let p), .uint(let q)): return checked(p.subtractingReportingOverflow(q))
    case (.double(let p), .double(let q)): return .double(p - q)
    case (.duration(let p), .duration(let q)):
      let result = p.subtractingReportingOverflow(q)
      return result.overflow ? overflow : .duration(result.partialValue)
    case (.timestamp(let seconds, let nanoseconds), .duration(let q)):
      guard q != .min else { return overflow }
      return Value.timestamp(seconds, nanoseconds, adding: -q)
    case (.timestamp(let s, let n), .timestamp(let t, let m)):
      let seconds = (s - t).multipliedReportingOverflow(by: 1_000_000_000)
      let total = seconds.partialValue.addingReportingOverflow(Int64(n) - Int64(m))
      return seconds.overflow || total.overflow ? overflow : .duration(total.partialValue)
    case (.date(let date), .period(let period)): return date.adding(period, sign: -1).map { .date($0) } ?? overflow
    default: return noOverload("-")
    }
  }
}

extension Value {
  /// A timestamp later by some nanoseconds; an error outside the years 0001 to 9999.
  static func timestamp(_ seconds: Int64, _ nanoseconds: Int32, adding duration: Int64) -> Value {
    let total = Int64(nanoseconds) + duration % 1_000_000_000
    var newSeconds = seconds + duration / 1_000_000_000 + total / 1_000_000_000
    var rest = total % 1_000_000_000
    if rest < 0 {
      rest += 1_000_000_000
      newSeconds -= 1
    }
    guard Value.timestampSeconds.contains(newSeconds) else { return Function.overflow }
    return .timestamp(seconds: newSeconds, nanoseconds: Int32(rest))
  }
}
