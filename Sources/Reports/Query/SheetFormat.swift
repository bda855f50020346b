/// How rows and columns are written.
public enum SheetFormat: String, Sendable, CaseIterable {
  /// Aligned columns for people.
  case table
  case json
  /// RFC 4180, with formulas made harmless.
  case csv
  /// Plain text, a tab between values.
  case tsv
}
