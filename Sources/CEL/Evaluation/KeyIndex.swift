/// The elements of a list that all targets share, by the value of an expression: `every(k).filter(x, f(x) == e)` asked
/// by every target costs one walk through the list, not one for each.
final class KeyIndex {
  /// Nil: the elements cannot be told apart by their keys: the list is partial, a key is an error, all are too dear.
  private var places: [ValueKey: [Int32]]?
  /// The same of keys that numbers stand for.
  private var numbered: NumberPlaces?
  /// Elements whose key is not known for certain.
  private var gaps: [Int32] = []
  private let list: Value

  init(_ list: Value, slot: Int, _ comparison: KeyComparison, _ frame: inout Frame) {
    self.list = list
    guard let view = list.listView, view.isDefinite else { return }
    var places: [ValueKey: [Int32]] = [:]
    var numbered = NumberPlaces(capacity: comparison.cell == nil ? 0 : view.count)
    var budget = frame.costLimit
    for index in 0..<view.count {
      frame.slots[slot] = view[index]
      if let cell = comparison.cell {
        let number = cell(&frame)
        if number != Compiler.noCell {
          numbered.insert(number, Int32(index))
          continue
        }
      }
      let known = frame.apart(limit: budget, comparison.key.run)
      budget -= known.cost
      if case .error = known.value { return }
      if known.absorbed != nil { return }
      // Of keys that are numbers elsewhere: whatever it is, it is looked at.
      if known.value.undecided != nil || comparison.cell != nil {
        gaps.append(Int32(index))
      } else if known.value.isEqualToItself {
        places[ValueKey(known.value), default: []].append(Int32(index))
      }
    }
    if comparison.cell == nil { self.places = places } else { self.numbered = numbered }
  }

  /// The elements whose key is equal to a value, or perhaps is, in the list's order; nil: look at all of them.
  func candidates(equalTo value: Value) -> Value? {
    guard let view = list.listView, !value.isErrorOrUnknown, value.undecided == nil else { return nil }
    let found: [Int32]
    if let numbered {
      let number = Compiler.number(value)
      if number == Compiler.noCell { return nil }
      found = numbered.places(of: number)
    } else if let places {
      found = places[ValueKey(value)] ?? []
    } else {
      return nil
    }
    let all = gaps.isEmpty ? found : found.isEmpty ? gaps : (found + gaps).sorted()
    let rows = all.compactMap { view.row(at: Int($0)) }
    if rows.count == all.count { return .list(ListBox(entities: rows, order: view.order)) }
    return .list(ListBox(all.map { view[Int($0)] }, order: view.order))
  }
}

/// Places by number: chains in a table with open addresses.
private struct NumberPlaces {
  private struct Entry {
    var number: Int64
    /// The last place with the number, and the entry of the place before it in `earlier`.
    var last: Int32
  }

  /// By hash; a negative place: free.
  private var table: [Entry]
  /// By place: the place before it with the same number, or -1.
  private var earlier: [Int32] = []
  private let mask: Int

  /// - Parameter capacity: so many places at most.
  init(capacity: Int) {
    var size = 1
    while size < capacity * 2 { size *= 2 }
    mask = size - 1
    table = Array(repeating: Entry(number: 0, last: -1), count: size)
    earlier.reserveCapacity(capacity)
  }

  /// - Precondition: places ascend.
  mutating func insert(_ number: Int64, _ place: Int32) {
    while earlier.count <= Int(place) { earlier.append(-1) }
    let slot = slot(of: number)
    earlier[Int(place)] = table[slot].last
    table[slot] = Entry(number: number, last: place)
  }

  /// Ascending.
  func places(of number: Int64) -> [Int32] {
    var result: [Int32] = []
    var place = table[slot(of: number)].last
    while place >= 0 {
      result.append(place)
      place = earlier[Int(place)]
    }
    return result.reversed()
  }

  private func slot(of number: Int64) -> Int {
    var slot = Int(truncatingIfNeeded: UInt64(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15 >> 32) & mask
    while table[slot].last >= 0, table[slot].number != number { slot = (slot + 1) & mask }
    return slot
  }
}
