internal import Diagnostics

/// Lines and columns for a report of many places: each text is gone through once.
struct PlaceReader {
  private var tables: [ObjectIdentifier: PositionTable] = [:]

  /// Where a range begins, and the place behind its last character.
  mutating func ends(of range: SourceRange) -> (start: SourcePosition, end: SourcePosition) {
    let key = ObjectIdentifier(range.source)
    let table: PositionTable
    if let known = tables[key] {
      table = known
    } else {
      table = PositionTable(range.source)
      tables[key] = table
    }
    return (table.position(at: range.utf8Range.lowerBound), table.position(at: range.utf8Range.upperBound))
  }

  /// `path:line`.
  mutating func line(of range: SourceRange) -> String { "\(range.source.name):\(ends(of: range).start.line)" }
}

extension SourceRange {
  /// Whether it is in a file of the repository, not in a text that has a name in angle brackets only.
  var isInFile: Bool { !source.name.hasPrefix("<") && !source.name.isEmpty }
}
