internal import CEL

/// The functions of rules that look at other dates, at the base of an initiative, at what an initiative does.
enum ViewFunctions {
  /// Those that evaluate what they are given as of other days.
  static let ofOtherDays: Set<String> = ["at", "timeline"]
  private static let t = ValueType.variable(0)
  /// What `timeline` gives a list of: the days from the first to, not with, the last, and the value on them.
  static let span = ParametricRecord(
    "span", parameterCount: 1, fields: [("from", .date), ("until", .date), ("value", .variable(0))])
  private static let spanType = ValueType.abstract("span", [t])

  static func all(_ metamodel: Metamodel) -> [String: Function] {
    let entity = ValueType.entity(KindSet(metamodel.kinds.indices))
    let functions = [
      Function("at", [Overload([.date, t], t)], .deferred(at)),
      Function("before", [Overload([t], .optional(t))], .deferred(before)),
      Function("changed", [Overload([t], .bool)], .deferred(changed)),
      Function(
        "timeline", [Overload([t], .list(spanType)), Overload([.date, .date, t], .list(spanType))], .deferred(timeline)),
      Function(
        "added", [Overload([entity], .bool)], fact: FunctionFact.added,
        .contextual { frame, arguments in
          ask(arguments, &frame) { view, row, frame in
            view.base.map { !$0.raw(at: frame.date).members.contains(row) } ?? false
          }
        }),
      Function(
        "retired", [Overload([entity], .bool)], fact: FunctionFact.retired,
        .contextual { frame, arguments in
          ask(arguments, &frame) { view, row, _ in view.retired.contains(row) }
        }),
      Function(
        "touched", [Overload([entity], .bool)], fact: FunctionFact.touched,
        .contextual { frame, arguments in
          ask(arguments, &frame) { view, row, _ in view.touches(row) }
        }),
    ]
    return Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })
  }

  private static func ask(
    _ arguments: [Value], _ frame: inout Frame, _ answer: (View, Int32, inout Frame) -> Bool
  ) -> Value {
    guard let view = frame.graph.viewContext?.view, case .entity(let row)? = arguments.first else {
      return .bool(false)
    }
    return .bool(answer(view, row, &frame))
  }

  @Sendable private static func at(_ frame: inout Frame, _ arguments: [DeferredArgument]) -> Value {
    let value = arguments[0].value(&frame)
    guard case .date(let given) = value else { return value }
    let date = given.onCalendar
    let graph = frame.graph.viewContext?.view.graph(at: date, toRead: arguments[1], frame).graph ?? frame.graph
    return arguments[1].value(&frame, on: graph, at: date)
  }

  // MARK: Before

  @Sendable private static func before(_ frame: inout Frame, _ arguments: [DeferredArgument]) -> Value {
    guard let base = frame.graph.viewContext?.view.base else {
      let value = arguments[0].value(&frame)
      return value.isErrorOrUnknown ? value : .optional(value)
    }
    let graph = base.graph(at: frame.date, toRead: arguments[0])
    guard arguments[0].namesOnly(rowsOf: graph, frame) else { return .optional(nil) }
    let value = arguments[0].value(&frame, on: graph, at: frame.date)
    return value.isErrorOrUnknown ? value : .optional(value)
  }

  /// Whether a value is another than in the base. The same gap on both sides is no change.
  @Sendable private static func changed(_ frame: inout Frame, _ arguments: [DeferredArgument]) -> Value {
    guard let base = frame.graph.viewContext?.view.base else { return .bool(false) }
    let graph = base.graph(at: frame.date, toRead: arguments[0])
    guard arguments[0].namesOnly(rowsOf: graph, frame) else { return .bool(true) }
    let now = arguments[0].value(&frame)
    let then = arguments[0].value(&frame, on: graph, at: frame.date)
    if case .error = now { return now }
    if case .error = then { return then }
    if now.isSame(as: then) { return .bool(false) }
    switch now.equals(then) {
    case .bool(let isEqual): return .bool(!isEqual)
    case let other: return other
    }
  }

  // MARK: Timeline

  @Sendable private static func timeline(_ frame: inout Frame, _ arguments: [DeferredArgument]) -> Value {
    var bounds: [CivilDate] = []
    for argument in arguments.dropLast() {
      let value = argument.value(&frame)
      guard case .date(let date) = value else { return value }
      bounds.append(date)
    }
    if bounds.isEmpty {
      for value in frame.graph.globals.prefix(2) { if case .date(let date) = value { bounds.append(date) } }
    }
    guard bounds.count == 2 else { return .error(.noSuchAttribute, "a timeline needs a horizon") }
    return spans(from: bounds[0], until: bounds[1], arguments[arguments.count - 1], &frame)
  }

  private static func spans(
    from: CivilDate, until: CivilDate, _ argument: DeferredArgument, _ frame: inout Frame
  ) -> Value {
    let view = frame.graph.viewContext?.view
    // Derived relations that depend on the date tell nothing of the days on which they change.
    let days = view.flatMap { $0.isCoarse(argument.footprint) ? $0.allChangeDays : nil }
    var spans: [(from: CivilDate, until: CivilDate, value: Value)] = []
    var date = from
    while date < until {
      frame.cost += 1
      if frame.cost > frame.costLimit { return .error(.costLimit, "a timeline has too many dates") }
      var next = CivilDate.never
      let (graph, change) = view?.graph(at: date, toRead: argument, frame) ?? (frame.graph, nil)
      let value = argument.value(&frame, on: graph, at: date, until: &next)
      if case .error = value { return value }
      if let change { next = min(next, change) }
      if let days {
        let place = days.partitionPoint { $0 > date.days }
        if place < days.count { next = min(next, CivilDate(days: days[place])) }
      }
      let end = min(next, until)
      if let last = spans.indices.last, spans[last].value.isSame(as: value) {
        spans[last].until = end
      } else {
        spans.append((date, end, value))
      }
      date = end
    }
    return .list(
      spans.map {
        .record(RecordBox(type: .abstract("span", []), fields: [.date($0.from), .date($0.until), $0.value]))
      })
  }
}
