extension Compiler {
  /// The closure that an expression is, or that a name stands for, if all targets share its walk.
  func sharedWalk(_ id: ExprID) -> SharedWalk? {
    if let walk = walks[id] { return walk }
    if case .variable(.lazy(_, let expression)) = checked.resolution(of: id) { return expression.walk }
    return nil
  }

  /// `exists`, `all` or `filter` over a shared closure, with a condition that reads nothing but its variable: what the
  /// walk meets is looked up, and the walk itself is taken only for what is met there: elements, doubts, errors.
  static func lookedUp(
    _ name: String, _ walk: SharedWalk, _ condition: SharedWalk.Condition, otherwise: Frame.Code
  ) -> Frame.Code {
    let question = Reaching.Question(walk: walk, condition: condition, deciding: name != "all")
    let readsTraced = walk.readsTraced || condition.readsTraced
    let (number, certainNumber) = (Memory.number(), Memory.number())
    let isFilter = name == "filter"
    return Frame.Code { frame in
      if !frame.remembers || frame.isTracing && readsTraced { return otherwise(&frame) }
      let starts: [Int32]
      switch walk.start(&frame) {
      case .entity(let row): starts = [row]
      case let value:
        guard let view = value.listView, view.isDefinite else { return otherwise(&frame) }
        starts = (0..<view.count).compactMap { view.row(at: $0) }
        guard starts.count == view.count else { return otherwise(&frame) }
      }
      if !frame.spend(max(1, starts.count)) { return frame.costError }
      let ways = frame.reaching(number, question, isCertain: false)
      var met: Reaching.Meeting = []
      for row in starts { met.formUnion(ways.meeting(from: row, &frame)) }
      if met.isEmpty { return isFilter ? .entities([]) : .bool(!question.deciding) }
      if isFilter || met.contains(.failure) { return otherwise(&frame) }
      if met == .deciding { return .bool(question.deciding) }
      // Where there are doubts, it is settled all the same by what is met for certain.
      guard met.contains(.deciding) else { return otherwise(&frame) }
      let certain = frame.reaching(certainNumber, question, isCertain: true)
      for row in starts where certain.meeting(from: row, &frame).contains(.deciding) {
        return .bool(question.deciding)
      }
      return otherwise(&frame)
    }
  }
}

extension Frame {
  fileprivate mutating func reaching(_ number: Int, _ question: Reaching.Question, isCertain: Bool) -> Reaching {
    if let known = memory.ways[number] { return known }
    let ways = Reaching(question, isCertain: isCertain, graph)
    memory.ways[number] = ways
    return ways
  }
}
