internal import CEL
internal import Synchronization

/// The least fixpoint of recursive relations and booleans: all rows begin with nothing, and a row is evaluated again
/// when a row changed that it read. What is certain only grows, and so does what is possible.
struct Fixpoint {
  private let fields: [Field]
  private let compiled: [Int32: CompiledExpression]
  private let base: Graph

  init(_ fields: [Field], _ compiled: [Int32: CompiledExpression], _ graph: Graph) {
    self.fields = fields
    self.compiled = compiled
    base = graph
  }

  private struct State {
    var values: [RowField: Value] = [:]
    /// Who read a row's value.
    var readers: [RowField: Set<RowField>] = [:]
    var current: RowField?
  }

  private final class StateBox: Sendable {
    let state = Mutex(State())
  }

  func values() -> [Int32: [Int32: Value]] {
    let box = StateBox()
    var computed = base.computed
    for field in fields {
      let id = field.id
      let empty: Value = field.type == .bool ? .bool(false) : .entities([])
      computed[Int(id)] = { _, row in
        box.state.withLock { state in
          let place = RowField(row: row, field: id)
          if let reader = state.current { state.readers[place, default: []].insert(reader) }
          return state.values[place] ?? empty
        }
      }
    }
    let graph = base.replacing(adjacencies: base.adjacencies, computed: computed)
    var queue: [RowField] = fields.flatMap { field in
      graph.kindRanges[field.kind].map { RowField(row: $0, field: field.id) }
    }
    var isQueued = Set(queue)
    var frame = Frame(graph: graph, slotCount: 1)
    var head = 0
    while head < queue.count {
      let place = queue[head]
      head += 1
      isQueued.remove(place)
      guard let expression = compiled[place.field] else { continue }
      box.state.withLock { $0.current = place }
      frame.cost = 0
      let value = Self.normalised(frame.call(expression, on: place.row))
      let waiting = box.state.withLock { state -> [RowField] in
        state.current = nil
        let old = state.values[place]
        state.values[place] = value
        guard !Self.isSame(old, value) else { return [] }
        return (state.readers[place] ?? []).sorted { ($0.row, $0.field) < ($1.row, $1.field) }
      }
      for reader in waiting where isQueued.insert(reader).inserted { queue.append(reader) }
    }
    var result: [Int32: [Int32: Value]] = [:]
    for (place, value) in box.state.withLock({ $0.values }) { result[place.field, default: [:]][place.row] = value }
    return result
  }

  /// Each entity once, in the order of rows; certain where it is certain anywhere.
  private static func normalised(_ value: Value) -> Value {
    guard let view = value.listView else { return value }
    var reasons: [Int32: Unknown?] = [:]
    for index in 0..<view.count {
      guard let row = view.row(at: index) else { continue }
      if let reason = view.reason(at: index) {
        if reasons[row] == nil { reasons[row] = .some(reason) }
      } else {
        reasons[row] = .some(nil)
      }
    }
    let rows = reasons.keys.sorted()
    var possible: [Int: Unknown] = [:]
    for (index, row) in rows.enumerated() { if let reason = reasons[row] ?? nil { possible[index] = reason } }
    return .list(ListBox(entities: rows, possible: possible, open: view.open))
  }

  /// Whether two values say the same of what is certain, possible and open; reasons are left aside, so that the
  /// iteration ends.
  private static func isSame(_ old: Value?, _ new: Value) -> Bool {
    guard let old else {
      if let view = new.listView { return view.count == 0 && view.open == nil }
      if case .bool(false) = new { return true }
      return false
    }
    if let a = old.listView, let b = new.listView {
      guard a.count == b.count, (a.open == nil) == (b.open == nil) else { return false }
      return (0..<a.count).allSatisfy {
        a.row(at: $0) == b.row(at: $0) && (a.reason(at: $0) == nil) == (b.reason(at: $0) == nil)
      }
    }
    switch (old, new) {
    case (.bool(let x), .bool(let y)): return x == y
    case (.unknown, .unknown), (.error, .error): return true
    default: return false
    }
  }
}

/// Recursive numbers and durations: each is evaluated after those that it reads; what stands on a circle is unknown,
/// and its facts name the circle.
struct WellFounded {
  private let fields: [Field]
  private let compiled: [Int32: CompiledExpression]
  private let base: Graph

  init(_ fields: [Field], _ compiled: [Int32: CompiledExpression], _ graph: Graph) {
    self.fields = fields
    self.compiled = compiled
    base = graph
  }

  private struct State {
    var values: [RowField: Value] = [:]
    /// The first value that was read before it was there.
    var missing: RowField?
  }

  private final class StateBox: Sendable {
    let state = Mutex(State())
  }

  func values() -> [Int32: [Int32: Value]] {
    let box = StateBox()
    var computed = base.computed
    for field in fields {
      let id = field.id
      computed[Int(id)] = { _, row in
        box.state.withLock { state in
          let place = RowField(row: row, field: id)
          if let value = state.values[place] { return value }
          if state.missing == nil { state.missing = place }
          return .unknown(Fact(row: row, field: id))
        }
      }
    }
    let graph = base.replacing(adjacencies: base.adjacencies, computed: computed)
    var frame = Frame(graph: graph, slotCount: 1)
    for field in fields {
      for row in graph.kindRanges[field.kind] { settle(RowField(row: row, field: field.id), box, &frame) }
    }
    var result: [Int32: [Int32: Value]] = [:]
    for (place, value) in box.state.withLock({ $0.values }) { result[place.field, default: [:]][place.row] = value }
    return result
  }

  /// Evaluates one value and, before it, all that it reads: with a stack of its own, however deep the chain.
  private func settle(_ start: RowField, _ box: StateBox, _ frame: inout Frame) {
    if box.state.withLock({ $0.values[start] }) != nil { return }
    var stack = [start]
    var onStack: Set<RowField> = [start]
    while let place = stack.last {
      guard let expression = compiled[place.field] else { return }
      box.state.withLock { $0.missing = nil }
      frame.cost = 0
      let value = frame.call(expression, on: place.row)
      let missing = box.state.withLock { $0.missing }
      if let missing, onStack.insert(missing).inserted {
        stack.append(missing)
        continue
      }
      var result = value
      if let missing {
        // A circle: from where it was met to the top of the stack.
        let start = stack.firstIndex(of: missing) ?? 0
        result = .unknown(Unknown(facts: stack[start...].map { Fact(row: $0.row, field: $0.field) }))
        for member in stack[start...].dropLast() { box.state.withLock { $0.values[member] = result } }
        for member in stack[start...] { onStack.remove(member) }
        box.state.withLock { $0.values[place] = result }
        stack.removeSubrange(start...)
        continue
      }
      box.state.withLock { $0.values[place] = result }
      onStack.remove(place)
      stack.removeLast()
    }
  }
}
