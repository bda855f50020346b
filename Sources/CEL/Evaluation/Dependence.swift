/// On what the value of compiled code depends.
struct Dependence: Sendable {
  /// Slots that it reads and does not fill.
  var slots: Set<Int> = []
  var readsGraph = false
  /// Whether it reads a field whose readings are traced.
  var readsTraced = false

  /// Whether all targets share its value, and it is no mere constant.
  var isOfViewOnly: Bool { slots.isEmpty && readsGraph }

  mutating func formUnion(_ other: Dependence) {
    slots.formUnion(other.slots)
    readsGraph = readsGraph || other.readsGraph
    readsTraced = readsTraced || other.readsTraced
  }

  /// The same without the slots from `firstOwn` on.
  func outside(_ firstOwn: Int) -> Dependence {
    var result = self
    result.slots = slots.filter { $0 < firstOwn }
    return result
  }
}
