internal import CEL
public import Catalogue
internal import Diagnostics

extension PreparedQuestion {
  /// The answer of an estate whose derived fields are worked out as far as `reads` says. Each expression at each row is
  /// held to the evaluator's limit of cost, and all of them to `Answering.share` times that.
  public func answer(on estate: Estate) -> Answer { answer(on: estate, costLimit: nil) }

  /// With another limit of cost; nil is the evaluator's own.
  func answer(on estate: Estate, costLimit: Int?) -> Answer {
    precondition(estate.canRead(reads), "the derived fields that the question reads are worked out")
    var answering = Answering(self, estate)
    return answering.run(costLimit)
  }
}

/// One evaluation of a question, with one frame.
struct Answering {
  /// How many times as much as one expression at one row a whole question may cost.
  static let share = 50
  let prepared: PreparedQuestion
  let estate: Estate
  var answer: Answer
  private(set) var failures = Failures()
  /// What was visited so far.
  private var cost = 0

  init(_ prepared: PreparedQuestion, _ estate: Estate) {
    self.prepared = prepared
    self.estate = estate
    answer = Answer(
      question: prepared.question, typeName: prepared.typeName, element: prepared.element,
      columns: zip(prepared.columns, prepared.columnTypeNames).map {
        Answer.Column(heading: $0.heading, type: $0.step.code.type, typeName: $1)
      })
  }

  mutating func run(_ costLimit: Int?) -> Answer {
    work(costLimit)
    answer.errors = failures.diagnostics(estate)
    return answer
  }

  private mutating func work(_ costLimit: Int?) {
    var frame = Frame(graph: estate.graph, slotCount: prepared.slotCount)
    if let costLimit { frame.costLimit = costLimit }
    let value = evaluate(prepared.subject, nil, &frame)
    if case .error = value { return }
    guard prepared.element != nil, let list = elements(value) else {
      answer.content = .value(value)
      return
    }
    answer.open = list.open
    var rows: [Answer.Row] = []
    for index in 0..<list.count {
      let element = list[index]
      frame.slots[0] = element
      if let (isIn, doubt) = select(element, list.reason(at: index), &frame), isIn {
        rows.append(Answer.Row(element: element, cells: [], doubt: doubt))
      }
    }
    // Which rows there are is not known then.
    if !failures.isEmpty { return }
    if !prepared.groups.isEmpty { return group(rows, &frame) }
    if prepared.sortKeys.isEmpty {
      answer.order = rows.count > 1 ? list.order : nil
    } else {
      rows = sorted(rows, &frame)
      if !failures.isEmpty { return }
    }
    answer.content = .rows(
      rows.map { row in
        frame.slots[0] = row.element
        let cells = prepared.columns.map { evaluate($0.step, row.element, &frame) }
        return Answer.Row(element: row.element, cells: cells, doubt: row.doubt)
      })
  }

  /// Whether an element is among the rows, and what that depends on; nil after an error.
  private mutating func select(
    _ element: Value, _ reason: Unknown?, _ frame: inout Frame
  ) -> (isIn: Bool, doubt: Unknown?)? {
    guard let condition = prepared.condition else { return (true, reason) }
    switch evaluate(condition, element, &frame) {
    case .bool(let flag): return (flag, reason)
    case .unknown(let cause): return (true, cause.merged(with: reason))
    default: return nil
    }
  }

  /// What a value falls into; nil where it is one value.
  private func elements(_ value: Value) -> ListView? {
    switch value {
    case .optional(let box): return box.value.flatMap { elements($0) }
    case .entity, .record: return Value.list([value]).listView
    case .map(let map):
      guard case .record? = prepared.element, let type = prepared.element else { return nil }
      let entries = map.entries.map { Value.record(RecordBox(type: type, fields: [$0.key, $0.value])) }
      return Value.list(entries).listView
    case .path(let path): return hops(path).listView
    default: return value.listView
    }
  }

  private func hops(_ path: PathBox) -> Value {
    let type = prepared.element ?? .record(ElementForm.hop(estate.metamodel))
    return .list(
      zip(path.hops, zip(path.nodes, path.nodes.dropFirst())).map { hop, ends in
        .record(
          RecordBox(
            type: type,
            fields: [
              .entity(ends.0), .string(hop.relation ?? ""), .entities([hop.via].compactMap { $0 }), .entity(ends.1),
            ]))
      })
  }

  // MARK: Order

  /// Rows by their keys; what has none comes last, and what has an unknown one after that, whichever the direction.
  private mutating func sorted(_ rows: [Answer.Row], _ frame: inout Frame) -> [Answer.Row] {
    var unknown: Unknown?
    var keyed: [(keys: [Value], place: Int)] = []
    for (place, row) in rows.enumerated() {
      frame.slots[0] = row.element
      let keys = prepared.sortKeys.map { evaluate($0, row.element, &frame) }
      for case .unknown(let reason) in keys { unknown = reason.merged(with: unknown) }
      keyed.append((keys, place))
    }
    if rows.count > 1 { answer.order = unknown }
    let isDescending = prepared.question.isDescending
    keyed.sort { a, b in
      for (x, y) in zip(a.keys, b.keys) {
        let (key, other) = (Self.key(x), Self.key(y))
        if key.rank != other.rank { return key.rank < other.rank }
        guard let first = key.value, let second = other.value, let order = first.compared(to: second), order != 0
        else { continue }
        return isDescending ? order > 0 : order < 0
      }
      return a.place < b.place
    }
    return keyed.map { rows[$0.place] }
  }

  private static func key(_ value: Value) -> (rank: Int, value: Value?) {
    switch value {
    case .unknown: (3, nil)
    case .optional(let box): box.value.map { key($0) } ?? (2, nil)
    case .double(let number) where number.isNaN: (1, nil)
    default: (0, value)
    }
  }

  // MARK: Values

  /// The value; an error that another operand would have hidden is an error all the same, and is noted.
  mutating func evaluate(_ step: PreparedQuestion.Step, _ element: Value?, _ frame: inout Frame) -> Value {
    frame.absorbedError = nil
    frame.beginTarget()
    let (limit, isTooLarge) = frame.costLimit.multipliedReportingOverflow(by: Self.share)
    var value: Value
    if !isTooLarge, cost > limit {
      value = .error(.costLimit, "the whole question visits more than \(limit) elements")
    } else {
      value = step.code.evaluate(&frame)
      cost &+= frame.cost
    }
    if let error = frame.absorbedError {
      frame.absorbedError = nil
      value = .error(error)
    }
    if case .error(let error) = value { failures.note(step.typed, error, element) }
    return value
  }
}
