internal import Diagnostics

/// The places of drafts by kind, id and where they stand.
struct DraftOrder {
  let places: [Int]

  /// What decides between most drafts, in two registers: ids are ASCII, so the order of their first bytes is that of strings.
  private struct Key {
    let kind: Int
    let first: UInt64
    let second: UInt64

    init(_ draft: EntityDraft) {
      kind = draft.kind
      var bytes: (UInt64, UInt64) = (0, 0)
      for (place, byte) in draft.id.utf8.prefix(16).enumerated() {
        let shift = UInt64(56 - 8 * (place & 7))
        if place < 8 { bytes.0 |= UInt64(byte) << shift } else { bytes.1 |= UInt64(byte) << shift }
      }
      (first, second) = bytes
    }
  }

  /// - Parameter start: those before this place are sorted already.
  init(_ drafts: [EntityDraft], from start: Int) {
    let keys = drafts.map { Key($0) }
    func precedes(_ a: Int, _ b: Int) -> Bool {
      let (x, y) = (keys[a], keys[b])
      if x.kind != y.kind { return x.kind < y.kind }
      if x.first != y.first { return x.first < y.first }
      if x.second != y.second { return x.second < y.second }
      if drafts[a].id != drafts[b].id { return drafts[a].id < drafts[b].id }
      return SourceRange.precedes(drafts[a].idNode.range, drafts[b].idNode.range)
    }
    let later = (start..<drafts.count).sorted(by: precedes)
    guard start > 0 else {
      places = later
      return
    }
    var merged: [Int] = []
    merged.reserveCapacity(drafts.count)
    var next = 0
    for place in later {
      while next < start, precedes(next, place) {
        merged.append(next)
        next += 1
      }
      merged.append(place)
    }
    places = merged + Array(next..<start)
  }
}
