/// The step of a closure: from one entity to those that it leads to.
struct Stride: Sendable {
  let slot: Int
  let code: Frame.Code
  /// Of a step that is a plain relation: its adjacency.
  let adjacency: Int?
  /// Where what it gives is kept, if all targets share it: the step reads nothing but its own variable.
  let memory: Int?
  /// The kinds of what it can start from or reach.
  let kinds: KindSet
  let readsTraced: Bool

  /// The value of the step at a row.
  func targets(of row: Int32, _ frame: inout Frame) -> Value {
    guard let memory, adjacency == nil else {
      frame.slots[slot] = .entity(row)
      return code(&frame)
    }
    let steps: StepMemory
    if let known = frame.memory.steps[memory] {
      steps = known
    } else {
      steps = StepMemory(rows: frame.graph.span(of: kinds))
      frame.memory.steps[memory] = steps
    }
    if let known = steps[row], known.serves(frame) {
      frame.note(known)
      return known.value
    }
    frame.slots[slot] = .entity(row)
    let known = frame.apart(code)
    steps[row] = known
    frame.note(known)
    return known.value
  }
}

/// What a step gives at each row where it was asked so far.
final class StepMemory {
  private let firstRow: Int32
  private var values: [Remembered?]

  init(rows: Range<Int32>) {
    firstRow = rows.lowerBound
    values = Array(repeating: nil, count: rows.count)
  }

  subscript(row: Int32) -> Remembered? {
    get {
      let place = Int(row - firstRow)
      return values.indices.contains(place) ? values[place] : nil
    }
    set {
      let place = Int(row - firstRow)
      if values.indices.contains(place) { values[place] = newValue }
    }
  }
}

/// A closure that every target may walk, from its own start, perhaps filtered: by kinds, by conditions that read nothing
/// but their variables.
struct SharedWalk: Sendable {
  struct Condition: Sendable {
    let slot: Int
    let code: Frame.Code
    let readsTraced: Bool
  }

  let start: Frame.Code
  let stride: Stride
  var kinds: KindSet?
  var conditions: [Condition] = []

  var readsTraced: Bool { stride.readsTraced || conditions.contains(where: \.readsTraced) }

  func only(_ kinds: KindSet) -> SharedWalk {
    var result = self
    result.kinds = self.kinds.map { $0.intersection(kinds) } ?? kinds
    return result
  }

  func only(_ condition: Condition) -> SharedWalk {
    var result = self
    result.conditions.append(condition)
    return result
  }
}

extension Graph {
  /// The rows from the first to the last of some kinds.
  func span(of kinds: KindSet) -> Range<Int32> {
    let ranges = kinds.kinds.filter { $0 < kindRanges.count }.map { kindRanges[$0] }.filter { !$0.isEmpty }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else { return 0..<0 }
    return low..<high
  }
}
