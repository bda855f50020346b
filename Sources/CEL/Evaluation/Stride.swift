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
    guard let memory, adjacency == nil, frame.remembers else {
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
    if let known = steps.value(row, isTraced: frame.isTracing) {
      if let noted = steps.noted(row) { frame.note(noted) }
      return known
    }
    frame.slots[slot] = .entity(row)
    if steps.isDear(row) { return code(&frame) }
    let known = frame.apart(limit: Memory.share(of: frame.costLimit, rows: steps.count), code.run)
    if known.isTooDear {
      steps.markDear(row)
      frame.slots[slot] = .entity(row)
      return code(&frame)
    }
    steps.keep(row, known)
    frame.note(known)
    return known.value
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
