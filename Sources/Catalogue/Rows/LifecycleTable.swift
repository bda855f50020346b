internal import CEL

/// The first days of the phases of each entity that has a lifecycle, as recorded and as they follow.
///
/// A phase that was skipped begins with the next one that is given; phases after the last given one never begin; what
/// is before the first given one is unknown. The word alone (`lifecycle: active`) gives the phase and no dates.
public struct LifecycleTable: Sendable {
  struct Record: Sendable {
    /// The phase, where only the word is recorded.
    var word: Int32 = -1
    /// Days by phase; `unknown` where nobody knows.
    var days: [Int32]
    var isRecorded = false
  }

  static let unknownDay = Int32.min + 1

  let phaseCount: Int
  private var records: [[Record]]
  private var firstRows: [Int32]

  init(kindCount: Int, phaseCount: Int) {
    self.phaseCount = phaseCount
    records = Array(repeating: [], count: kindCount)
    firstRows = Array(repeating: 0, count: kindCount)
  }

  mutating func prepare(_ kind: Int, rows: Range<Int32>) {
    firstRows[kind] = rows.lowerBound
    records[kind] = Array(
      repeating: Record(days: Array(repeating: Self.unknownDay, count: phaseCount)), count: rows.count)
  }

  func record(_ kind: Int, _ row: Int32) -> Record { records[kind][Int(row - firstRows[kind])] }

  mutating func set(_ kind: Int, _ row: Int32, _ record: Record) { records[kind][Int(row - firstRows[kind])] = record }

  /// Fills the days that follow from those given.
  static func completed(_ given: [Int32?]) -> [Int32] {
    var result = [Int32](repeating: unknownDay, count: given.count)
    guard let last = given.lastIndex(where: { $0 != nil }) else { return result }
    for phase in given.indices where phase > last { result[phase] = CivilDate.never.days }
    var next: Int32?
    for phase in stride(from: last, through: 0, by: -1) {
      if let day = given[phase] { next = day }
      let hasEarlier = given[..<phase].contains { $0 != nil }
      if given[phase] != nil || hasEarlier, let next { result[phase] = next }
    }
    return result
  }

  /// The phase at a date; nil where nobody knows. Of known days only.
  func phase(_ record: Record, at day: Int32) -> Int? {
    if record.word >= 0 { return Int(record.word) }
    guard let firstKnown = record.days.firstIndex(where: { $0 != Self.unknownDay }) else { return nil }
    var current: Int?
    for phase in firstKnown..<record.days.count where record.days[phase] <= day { current = phase }
    if let current { return current }
    return firstKnown <= 1 ? 0 : nil
  }
}
