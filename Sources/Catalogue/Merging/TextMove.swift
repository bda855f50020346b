/// Where the places of a text have gone by changes of it.
struct TextMove: Sendable {
  /// What was there, and what is, in the order of the text.
  struct Hunk: Sendable {
    var old: Range<Int>
    var new: Range<Int>
  }

  private let file: String
  private let hunks: [Hunk]

  /// By one change: everything between what is the same at both ends.
  ///
  /// - Complexity: linear in the length of the texts.
  init(_ file: String, by before: [UInt8], to after: [UInt8]) {
    self.file = file
    let shorter = min(before.count, after.count)
    var start = 0
    while start < shorter, before[start] == after[start] { start += 1 }
    var end = 0
    while end < shorter - start, before[before.count - 1 - end] == after[after.count - 1 - end] { end += 1 }
    hunks = [Hunk(old: start..<before.count - end, new: start..<after.count - end)]
  }

  /// By many changes, line by line.
  init(_ file: String, byLinesOf before: [UInt8], to after: [UInt8]) {
    self.file = file
    hunks = UnifiedDiff.hunks(before: before, after: after)
  }

  /// Where a place of the changed text was; what is new was where it stands now, and had no length.
  func origin(of offset: Int, in file: String) -> Int {
    guard file == self.file, let hunk = hunks.last(where: { $0.new.lowerBound < offset }) else { return offset }
    if offset >= hunk.new.upperBound { return offset - hunk.new.upperBound + hunk.old.upperBound }
    return min(hunk.old.lowerBound + offset - hunk.new.lowerBound, hunk.old.upperBound)
  }
}
