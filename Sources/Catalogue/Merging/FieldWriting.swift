public import Diagnostics

/// One field of some documents written anew, in memory: everything else in them, and every comment, stays.
public struct FieldWriting: Sendable {
  /// Sorted by name; empty where there is a problem.
  public let changes: [InitiativeMerge.Change]
  /// Why nothing is to be written. Sorted for printing.
  public let problems: [Diagnostic]

  /// - Parameters:
  ///   - text: the field's value.
  ///   - rows: those of documents.
  ///   - files: those that the estate was loaded from.
  public static func prepare(
    _ field: String, _ text: String, of rows: [Int32], _ estate: Estate, _ files: [SourceText]
  ) -> FieldWriting {
    var writer = EditWriter(estate, files, goLive: nil)
    var problems: [Diagnostic] = []
    for row in rows {
      do {
        try writer.set(field, to: text, of: estate.entity(row))
      } catch {
        problems.append(error.diagnostic)
      }
    }
    return FieldWriting(changes: problems.isEmpty ? writer.changes : [], problems: problems.sortedForPrinting())
  }
}
