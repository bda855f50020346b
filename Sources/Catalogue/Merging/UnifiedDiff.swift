/// The difference of two texts in the unified form: three lines of context around what changed.
public enum UnifiedDiff {
  private static let context = 3

  private struct Line: Hashable {
    /// With its break.
    var bytes: ArraySlice<UInt8>
  }

  /// One step of the way from one text to the other.
  private enum Step { case keep, remove, insert }

  /// - Parameter before: nil for a new file.
  public static func text(_ name: String, before: [UInt8]?, after: [UInt8]) -> String {
    let (old, new) = (lines(before ?? []), lines(after))
    let steps = steps(old, new)
    var result = "--- \(before == nil ? "/dev/null" : "a/\(name)")\n+++ b/\(name)\n"
    var changed: [Range<Int>] = []
    for (index, step) in steps.enumerated() where step != .keep {
      let range = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = changed.last, last.upperBound >= range.lowerBound {
        changed[changed.count - 1] = last.lowerBound..<range.upperBound
      } else {
        changed.append(range)
      }
    }
    if changed.isEmpty { return "" }
    var (oldLine, newLine, position) = (0, 0, 0)
    for range in changed {
      while position < range.lowerBound {
        (oldLine, newLine, position) = (oldLine + 1, newLine + 1, position + 1)
      }
      let hunk = steps[range]
      let (removed, inserted) = (hunk.count { $0 != .insert }, hunk.count { $0 != .remove })
      result += "@@ -\(place(oldLine, removed)) +\(place(newLine, inserted)) @@\n"
      for step in hunk {
        switch step {
        case .keep: append(" ", old[oldLine], &result)
        case .remove: append("-", old[oldLine], &result)
        case .insert: append("+", new[newLine], &result)
        }
        if step != .insert { oldLine += 1 }
        if step != .remove { newLine += 1 }
      }
      position = range.upperBound
    }
    return result
  }

  /// The lines that differ, as bytes of both texts, in their order.
  static func hunks(before: [UInt8], after: [UInt8]) -> [TextMove.Hunk] {
    let (old, new) = (lines(before), lines(after))
    var result: [TextMove.Hunk] = []
    var (oldLine, newLine, oldByte, newByte) = (0, 0, 0, 0)
    var isOpen = false
    for step in steps(old, new) {
      if step != .keep, !isOpen { result.append(TextMove.Hunk(old: oldByte..<oldByte, new: newByte..<newByte)) }
      isOpen = step != .keep
      if step != .insert {
        oldByte += old[oldLine].bytes.count
        oldLine += 1
      }
      if step != .remove {
        newByte += new[newLine].bytes.count
        newLine += 1
      }
      if isOpen, let last = result.popLast() {
        result.append(
          TextMove.Hunk(old: last.old.lowerBound..<oldByte, new: last.new.lowerBound..<newByte))
      }
    }
    return result
  }

  /// `12,7`; `12` for one line; the line before for none.
  private static func place(_ line: Int, _ count: Int) -> String {
    count == 1 ? "\(line + 1)" : "\(count == 0 ? line : line + 1),\(count)"
  }

  private static func append(_ mark: String, _ line: Line, _ result: inout String) {
    result += mark + String(decoding: line.bytes, as: UTF8.self)
    if line.bytes.last != 0x0A { result += "\n\\ No newline at end of file\n" }
  }

  private static func lines(_ bytes: [UInt8]) -> [Line] {
    var result: [Line] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      result.append(Line(bytes: bytes[start...index]))
      start = index + 1
    }
    if start < bytes.count { result.append(Line(bytes: bytes[start...])) }
    return result
  }

  /// What is equal at both ends is kept; between, the shortest way.
  private static func steps(_ old: [Line], _ new: [Line]) -> [Step] {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var end = 0
    while end < old.count - start, end < new.count - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
      end += 1
    }
    let (a, b) = (old[start..<old.count - end], new[start..<new.count - end])
    let difference = b.difference(from: a)
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var middle: [Step] = []
    var (x, y) = (0, 0)
    while x < a.count || y < b.count {
      if removed.contains(x), x < a.count {
        middle.append(.remove)
        x += 1
      } else if inserted.contains(y), y < b.count {
        middle.append(.insert)
        y += 1
      } else {
        middle.append(.keep)
        (x, y) = (x + 1, y + 1)
      }
    }
    return Array(repeating: .keep, count: start) + middle + Array(repeating: .keep, count: end)
  }
}
