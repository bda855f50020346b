/// What a step gives at each row where it was asked so far. A graph has many rows: only where something was noted beside
/// the value is more kept than that, and where nothing was asked nothing is set aside.
final class StepMemory {
  private let firstRow: Int32
  /// How many rows there can be.
  let count: Int
  /// Values by row, so many rows to a page; a page without any is empty.
  private var pages: [[Value?]]
  private static let pageSize = 128
  private var notes: [Int32: Remembered] = [:]
  /// Rows at which the step is too dear to be kept.
  private var dear: Set<Int32> = []
  /// Whether the values were worked out while readings were traced.
  private var isTraced: Bool?
  init(rows: Range<Int32>) {
    firstRow = rows.lowerBound
    count = rows.count
    pages = Array(repeating: [], count: (rows.count + Self.pageSize - 1) / Self.pageSize)
  }

  func value(_ row: Int32, isTraced: Bool) -> Value? {
    let place = Int(row - firstRow)
    guard (0..<count).contains(place), self.isTraced == true || !isTraced else { return nil }
    let page = place / Self.pageSize
    return pages[page].isEmpty ? nil : pages[page][place % Self.pageSize]
  }

  func isDear(_ row: Int32) -> Bool { !dear.isEmpty && dear.contains(row) }
  func markDear(_ row: Int32) { dear.insert(row) }
  func noted(_ row: Int32) -> Remembered? { notes.isEmpty ? nil : notes[row] }

  func keep(_ row: Int32, _ known: Remembered) {
    let place = Int(row - firstRow)
    guard (0..<count).contains(place) else { return }
    let wasTraced = known.defaults != nil
    if let isTraced, isTraced != wasTraced {
      // From here on all are, or none: what was kept otherwise is forgotten.
      pages = Array(repeating: [], count: pages.count)
      notes = [:]
    }
    isTraced = wasTraced
    let page = place / Self.pageSize
    if pages[page].isEmpty { pages[page] = Array(repeating: nil, count: Self.pageSize) }
    pages[page][place % Self.pageSize] = known.value
    if known.absorbed != nil || known.defaults?.isEmpty == false { notes[row] = known }
  }
}
