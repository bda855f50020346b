internal import CEL
internal import Synchronization

/// Recorded relations that have no inverse, seen from their targets as the catalogue has them: each worked out once, for
/// whatever row any view may hold.
final class Reverses: Sendable {
  private let known = Mutex<[Int32: [Int32: [Int32]]]>([:])

  func of(_ field: Field, on raw: Graph, _ targets: (Int32) -> [Int32]) -> [Int32: [Int32]] {
    if let found = known.withLock({ $0[field.id] }) { return found }
    var result: [Int32: [Int32]] = [:]
    for row in raw.kindRanges[field.kind] {
      for target in targets(row) { result[target, default: []].append(row) }
    }
    known.withLock { $0[field.id] = result }
    return result
  }
}
