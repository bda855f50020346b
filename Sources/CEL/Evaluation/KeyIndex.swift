/// The elements of a list that all targets share, by the value of an expression: `every(k).filter(x, f(x) == e)` asked
/// by every target costs one walk through the list, not one for each.
final class KeyIndex {
  /// Nil: the elements cannot be told apart by their keys: the list is partial, a key is an error, all are too dear.
  private var places: [ValueKey: [Int32]]?
  /// Elements whose key is not known for certain.
  private var gaps: [Int32] = []
  private let list: Value

  init(_ list: Value, slot: Int, _ key: Frame.Code, _ frame: inout Frame) {
    self.list = list
    guard let view = list.listView, view.isDefinite else { return }
    var places: [ValueKey: [Int32]] = [:]
    var budget = frame.costLimit
    for index in 0..<view.count {
      frame.slots[slot] = view[index]
      let known = frame.apart(limit: budget, key)
      budget -= known.cost
      if case .error = known.value { return }
      if known.absorbed != nil { return }
      if known.value.undecided != nil {
        gaps.append(Int32(index))
      } else if known.value.isEqualToItself {
        places[ValueKey(known.value), default: []].append(Int32(index))
      }
    }
    self.places = places
  }

  /// The elements whose key is equal to a value, or perhaps is, in the list's order; nil: look at all of them.
  func candidates(equalTo value: Value) -> Value? {
    guard let places, let view = list.listView, !value.isErrorOrUnknown, value.undecided == nil else { return nil }
    let found = places[ValueKey(value)] ?? []
    let all = gaps.isEmpty ? found : found.isEmpty ? gaps : (found + gaps).sorted()
    let rows = all.compactMap { view.row(at: Int($0)) }
    if rows.count == all.count { return .list(ListBox(entities: rows, order: view.order)) }
    return .list(ListBox(all.map { view[Int($0)] }, order: view.order))
  }
}
