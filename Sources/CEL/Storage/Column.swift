/// The values of one field of one kind: one cell for each row of the kind, `firstRow` onwards.
public struct Column: Sendable {
  public enum Cells: Sendable {
    /// Symbols, ordinals, rows, dates.
    case int32([Int32])
    case int64([Int64])
    case double([Double])
    case bool([Bool])
    /// Lists and records of scalars.
    case values([Value])
  }

  public var firstRow: Int32
  public var cells: Cells
  /// Whether a cell holds a value; elsewhere the field is unknown.
  public var isPresent: [Bool]

  public init(firstRow: Int32, cells: Cells, isPresent: [Bool]) {
    self.firstRow = firstRow
    self.cells = cells
    self.isPresent = isPresent
  }
}
