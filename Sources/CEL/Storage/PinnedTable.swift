/// Objects that are read without being counted: whoever has the table holds them in another way, for as long. Half of the
/// time of a rule that goes along relations would be counting else.
struct PinnedTable<Object: AnyObject & Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Unmanaged<Object>>
  private let count: Int

  init(_ objects: [Object]) {
    count = objects.count
    base = .allocate(capacity: max(1, count))
    for (place, object) in objects.enumerated() {
      (base + place).initialize(to: Unmanaged.passUnretained(object))
    }
  }

  @inline(__always)
  subscript(place: Int) -> Unmanaged<Object> {
    precondition(place >= 0 && place < count, "no such place")
    return base[place]
  }

  /// - Precondition: it is not used any more.
  func deallocate() { base.deallocate() }
}
