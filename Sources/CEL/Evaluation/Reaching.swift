/// What a closure that all targets share meets on its way from each row: "reaches something that …" asked by every
/// target costs one search of the whole graph, not one for each.
///
/// Strongly connected components by Tarjan's algorithm, without recursion; what is found stays, so that a later row
/// goes only where nobody went. Linear in the rows and edges looked at.
final class Reaching {
  struct Meeting: OptionSet {
    let rawValue: UInt8
    /// An entity for which the condition has the deciding value.
    static let deciding = Meeting(rawValue: 1)
    /// A condition, a step or an edge that is unknown.
    static let doubt = Meeting(rawValue: 2)
    /// An error.
    static let failure = Meeting(rawValue: 4)
  }

  /// What is asked of each entity on the way.
  struct Question: Sendable {
    let walk: SharedWalk
    let condition: SharedWalk.Condition
    /// The value of the condition that settles it: true for `exists` and `filter`, false for `all`.
    let deciding: Bool
  }

  private struct Visit {
    let row: Int32
    let targets: ArraySlice<Int32>
    var next: Int
    var met: Meeting
  }

  private static let unseen: Int32 = 0
  private static let done: Int32 = -1

  private let question: Question
  /// Only what is reached for certain is looked at, and no doubt is told.
  private let isCertain: Bool
  private let rows: Range<Int32>
  /// What the condition says of each row; nil: not asked yet.
  private var answers: [Meeting?]
  /// Of a row that is done: everything met from it. By place.
  private var met: [Meeting]
  private var order: [Int32]
  private var low: [Int32]
  private var clock: Int32 = 0
  private var component: [Int32] = []

  init(_ question: Question, isCertain: Bool, _ graph: Graph) {
    self.question = question
    self.isCertain = isCertain
    rows = graph.span(of: question.walk.stride.kinds)
    answers = Array(repeating: nil, count: rows.count)
    met = Array(repeating: [], count: rows.count)
    order = Array(repeating: Self.unseen, count: rows.count)
    low = order
  }

  /// Everything that one or more steps from the row meet.
  func meeting(from start: Int32, _ frame: inout Frame) -> Meeting {
    guard rows.contains(start) else { return .failure }
    let place = Int(start - rows.lowerBound)
    if order[place] == Self.done { return met[place] }
    var visits = [visit(start, &frame)]
    while var top = visits.popLast() {
      let place = Int(top.row - rows.lowerBound)
      if top.next < top.targets.endIndex {
        let target = top.targets[top.next]
        top.next += 1
        guard rows.contains(target) else {
          top.met.insert(.failure)
          visits.append(top)
          continue
        }
        top.met.formUnion(answer(target, &frame))
        let other = Int(target - rows.lowerBound)
        switch order[other] {
        case Self.done: top.met.formUnion(met[other])
        case Self.unseen:
          visits.append(top)
          visits.append(visit(target, &frame))
          continue
        default: low[place] = min(low[place], order[other])
        }
        visits.append(top)
        continue
      }
      met[place] = top.met
      if low[place] == order[place] { close(top.row) }
      guard let parent = visits.indices.last else { break }
      visits[parent].met.formUnion(met[place])
      let above = Int(visits[parent].row - rows.lowerBound)
      if order[place] != Self.done { low[above] = min(low[above], low[place]) }
    }
    return met[place]
  }

  private func visit(_ row: Int32, _ frame: inout Frame) -> Visit {
    let place = Int(row - rows.lowerBound)
    clock += 1
    order[place] = clock
    low[place] = clock
    component.append(row)
    let (targets, met) = targets(of: row, &frame)
    return Visit(row: row, targets: targets, next: targets.startIndex, met: met)
  }

  /// All rows of a component meet the same.
  private func close(_ root: Int32) {
    var all: Meeting = []
    var start = component.count
    while start > 0 {
      start -= 1
      all.formUnion(met[Int(component[start] - rows.lowerBound)])
      if component[start] == root { break }
    }
    for row in component[start...] {
      met[Int(row - rows.lowerBound)] = all
      order[Int(row - rows.lowerBound)] = Self.done
    }
    component.removeSubrange(start...)
  }

  private func targets(of row: Int32, _ frame: inout Frame) -> (ArraySlice<Int32>, Meeting) {
    if let slot = question.walk.stride.adjacency, frame.graph.adjacencies[slot].isDefinite {
      return (frame.graph.adjacencies[slot].targets(of: row), [])
    }
    let known = frame.apart(limit: share(frame)) { [stride = question.walk.stride] frame in
      stride.targets(of: row, &frame)
    }
    if known.isTooDear { return ([], .failure) }
    let failure: Meeting = known.absorbed == nil || isCertain ? [] : .failure
    switch known.value {
    case .entity(let target): return ([target], failure)
    case .unknown: return ([], isCertain ? [] : [.doubt, failure])
    default:
      guard let view = known.value.listView else { return ([], isCertain ? [] : .failure) }
      var targets: ArraySlice<Int32> = []
      for index in 0..<view.count where !isCertain || view.reason(at: index) == nil {
        if let target = view.row(at: index) { targets.append(target) }
      }
      return (targets, isCertain || view.isDefinite ? failure : [.doubt, failure])
    }
  }

  private func answer(_ row: Int32, _ frame: inout Frame) -> Meeting {
    let place = Int(row - rows.lowerBound)
    if let known = answers[place] { return known }
    var answer: Meeting = []
    if question.walk.kinds?.contains(frame.graph.kind(of: row)) != false { answer = ask(row, &frame) }
    answers[place] = answer
    return answer
  }

  /// What filters leave out is not met. Where a filter is in doubt, what comes after it is asked all the same: it may be
  /// an error.
  private func ask(_ row: Int32, _ frame: inout Frame) -> Meeting {
    var doubt: Meeting = []
    for filter in question.walk.conditions {
      switch value(of: filter, row, &frame) {
      case .bool(true)?: continue
      case .bool(false)?: return doubt.subtracting(.doubt)
      case .unknown?:
        if isCertain { return [] }
        doubt.insert(.doubt)
      default:
        if isCertain { return [] }
        doubt.insert(.failure)
      }
    }
    switch value(of: question.condition, row, &frame) {
    case .bool(question.deciding)?: return doubt.isEmpty ? .deciding : doubt
    case .bool?: return doubt.subtracting(.doubt)
    case .unknown?: return isCertain ? [] : doubt.union(.doubt)
    default: return isCertain ? [] : .failure
    }
  }

  /// Nil where an error was absorbed on the way: the walk itself must note it.
  private func value(of condition: SharedWalk.Condition, _ row: Int32, _ frame: inout Frame) -> Value? {
    frame.slots[condition.slot] = .entity(row)
    let known = frame.apart(limit: share(frame), condition.code.run)
    return known.absorbed == nil || isCertain ? known.value : nil
  }

  private func share(_ frame: borrowing Frame) -> Int { Memory.share(of: frame.costLimit, rows: rows.count) }
}
