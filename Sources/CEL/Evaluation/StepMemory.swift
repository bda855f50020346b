/// What a step gives at each row where it was asked so far. A graph has many rows: only where something was noted beside
/// the value is more kept than that.
final class StepMemory {
  private let firstRow: Int32
  private var values: [Value?]
  private var notes: [Int32: Remembered] = [:]
  /// Rows at which the step is too dear to be kept.
  private var dear: Set<Int32> = []
  /// Whether the values were worked out while readings were traced.
  private var isTraced: Bool?
  var count: Int { values.count }

  init(rows: Range<Int32>) {
    firstRow = rows.lowerBound
    values = Array(repeating: nil, count: rows.count)
  }

  func value(_ row: Int32, isTraced: Bool) -> Value? {
    let place = Int(row - firstRow)
    guard values.indices.contains(place), self.isTraced == true || !isTraced else { return nil }
    return values[place]
  }

  func isDear(_ row: Int32) -> Bool { !dear.isEmpty && dear.contains(row) }
  func markDear(_ row: Int32) { dear.insert(row) }
  func noted(_ row: Int32) -> Remembered? { notes.isEmpty ? nil : notes[row] }

  func keep(_ row: Int32, _ known: Remembered) {
    let place = Int(row - firstRow)
    guard values.indices.contains(place) else { return }
    let wasTraced = known.defaults != nil
    if let isTraced, isTraced != wasTraced {
      // From here on all are, or none: what was kept otherwise is forgotten.
      values = Array(repeating: nil, count: values.count)
      notes = [:]
    }
    isTraced = wasTraced
    values[place] = known.value
    if known.absorbed != nil || known.defaults?.isEmpty == false { notes[row] = known }
  }
}
