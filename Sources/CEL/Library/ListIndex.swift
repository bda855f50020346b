/// The elements of a list by their content: whether a value is in it is told in constant time, unless the value or
/// elements of the list are themselves not wholly known.
struct ListIndex {
  private let view: ListView
  /// Where a decided element stands; a certain place where there is one.
  private var places: [ValueKey: Int] = [:]
  /// Where elements stand that may be equal to other values than they seem.
  private var undecided: [Int] = []

  init(_ view: ListView) {
    self.view = view
    places.reserveCapacity(view.count)
    for index in 0..<view.count {
      let element = view[index]
      if element.undecided != nil {
        undecided.append(index)
      } else if element.isEqualToItself {
        let key = ValueKey(element)
        if let known = places[key], view.reason(at: known) == nil || view.reason(at: index) != nil { continue }
        places[key] = index
      }
      // What is not equal to itself, a NaN, is equal to nothing.
    }
  }

  /// Nil beyond the cost limit.
  private func contains(_ value: Value, _ frame: inout Frame) -> Answer? {
    var unknown = view.open
    /// Nil where the element decides nothing for certain.
    func look(at index: Int) -> Answer? {
      switch Value.equal(value, view[index]) {
      case .bool(true):
        guard let reason = view.reason(at: index) else { return .yes }
        unknown = Unknown.merge(unknown, reason)
      case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
      default: break
      }
      return nil
    }
    if value.undecided == nil {
      if let place = places[ValueKey(value)], let answer = look(at: place) { return answer }
      guard frame.spend(undecided.count) else { return nil }
      for place in undecided { if let answer = look(at: place) { return answer } }
    } else {
      guard frame.spend(view.count) else { return nil }
      for index in 0..<view.count { if let answer = look(at: index) { return answer } }
    }
    return unknown.map { .unknown($0) } ?? .no
  }

  /// Whether every element of another list is in this one; nil beyond the cost limit.
  func containsAll(of other: ListView, _ frame: inout Frame) -> Answer? {
    var result = other.open.map { Answer.unknown($0) } ?? .yes
    for index in 0..<other.count {
      guard let isThere = contains(other[index], &frame) else { return nil }
      switch (isThere, other.reason(at: index)) {
      case (.yes, _): continue
      case (_, nil): result = result.and(isThere)
      // What is not in this one need not be in the other either.
      case (.no, let reason?): result = result.and(.unknown(reason))
      case (.unknown(let cause), let reason?): result = result.and(.unknown(cause.merged(with: reason)))
      }
      if result.isNo { return .no }
    }
    return result
  }

  /// Whether any element of another list is in this one; nil beyond the cost limit.
  func containsAny(of other: ListView, _ frame: inout Frame) -> Answer? {
    var unknown = view.count == 0 && view.open == nil ? nil : other.open
    for index in 0..<other.count {
      guard let isThere = contains(other[index], &frame) else { return nil }
      switch (isThere, other.reason(at: index)) {
      case (.no, _): continue
      case (.yes, nil): return .yes
      case (.yes, let reason?): unknown = Unknown.merge(unknown, reason)
      case (.unknown(let cause), let reason): unknown = Unknown.merge(unknown, cause.merged(with: reason))
      }
    }
    return unknown.map { .unknown($0) } ?? .no
  }
}
