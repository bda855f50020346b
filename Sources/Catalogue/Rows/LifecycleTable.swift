internal import CEL

/// The first days of the phases of each entity that has a lifecycle, as recorded and as they follow.
///
/// A phase that was skipped begins with the next one that is given; phases after the last given one never begin; what
/// is before the first given one is unknown. The word alone (`lifecycle: active`) gives the phase and no dates.
struct LifecycleTable: Sendable {
  struct Record {
    /// The phase, where only the word is recorded.
    var word: Int32 = -1
    /// Days by phase; `unknownDay` where nobody knows.
    var days: [Int32]
    var isRecorded = false
  }

  static let unknownDay = Int32.min + 1
  /// Begun, and nobody knows when.
  static let longAgo = Int32.min + 2

  let phaseCount: Int
  private var words: [Int32] = []
  private var isRecorded: [Bool] = []
  /// By row, then by phase.
  private var days: [Int32] = []

  init(phaseCount: Int) { self.phaseCount = phaseCount }

  /// Makes room for rows up to this one; nothing is recorded of them.
  mutating func extend(to rowCount: Int) {
    let more = max(0, rowCount - words.count)
    words.append(contentsOf: repeatElement(-1, count: more))
    isRecorded.append(contentsOf: repeatElement(false, count: more))
    days.append(contentsOf: repeatElement(Self.unknownDay, count: more * phaseCount))
  }

  func record(_ row: Int32) -> Record {
    let start = Int(row) * phaseCount
    return Record(
      word: words[Int(row)], days: Array(days[start..<start + phaseCount]), isRecorded: isRecorded[Int(row)])
  }

  mutating func set(_ row: Int32, _ record: Record) {
    words[Int(row)] = record.word
    isRecorded[Int(row)] = record.isRecorded
    for phase in 0..<phaseCount { days[Int(row) * phaseCount + phase] = record.days[phase] }
  }

  /// Takes what another table of as many rows has from a row on.
  mutating func take(from row: Int32, of other: LifecycleTable) {
    let first = Int(row)
    words.replaceSubrange(first..., with: other.words[first...])
    isRecorded.replaceSubrange(first..., with: other.isRecorded[first...])
    days.replaceSubrange((first * phaseCount)..., with: other.days[(first * phaseCount)...])
  }

  func isRecorded(_ row: Int32) -> Bool { isRecorded[Int(row)] }
  func day(_ phase: Int, _ row: Int32) -> Int32 { days[Int(row) * phaseCount + phase] }

  /// All days, by row, then by phase.
  func withDays(_ body: (UnsafeBufferPointer<Int32>) -> Void) { days.withUnsafeBufferPointer(body) }

  mutating func setDay(_ phase: Int, _ row: Int32, _ day: Int32) { days[Int(row) * phaseCount + phase] = day }

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

  /// The first and the last phase that it can be in at a date; they differ where a day between them is unknown. Nil
  /// where nothing is known.
  ///
  /// - Parameter changed: what a view has recorded instead.
  func phases(_ row: Int32, _ changed: Record? = nil, at day: Int32) -> ClosedRange<Int>? {
    let word = Int(changed?.word ?? words[Int(row)])
    if word >= 0 { return word...word }
    func first(_ phase: Int) -> Int32 { changed?.days[phase] ?? self.day(phase, row) }
    var begun: Int?
    var firstKnown: Int?
    for phase in 0..<phaseCount {
      let first = first(phase)
      if first == Self.unknownDay { continue }
      if firstKnown == nil { firstKnown = phase }
      if first <= day { begun = phase } else { break }
    }
    guard let firstKnown else { return nil }
    // Before the first known day: what comes first of all, and what may have begun unseen.
    let lower = begun ?? 0
    var upper = lower
    if begun == nil {
      upper = max(0, firstKnown - 1)
    } else {
      while upper + 1 < phaseCount, first(upper + 1) == Self.unknownDay { upper += 1 }
    }
    return lower...upper
  }

  /// Every day that is known of any phase, ascending.
  var allDays: [Int32] {
    var (first, last) = (Int32.max, Int32.min)
    for day in days where Self.isDay(day) { (first, last) = (min(first, day), max(last, day)) }
    guard first <= last else { return [] }
    // A calendar has some three million days, and a table has many rows that share them.
    var isThere = [Bool](repeating: false, count: Int(last) - Int(first) + 1)
    for day in days where Self.isDay(day) { isThere[Int(day) - Int(first)] = true }
    return isThere.indices.filter { isThere[$0] }.map { first + Int32($0) }
  }

  private static func isDay(_ day: Int32) -> Bool { day != unknownDay && day != longAgo && day != CivilDate.never.days }

  /// By row, the last day that is known of any phase; where nobody knows when one from some phase on begins, the greatest
  /// number. Most rows entered their last phase long ago.
  func lastDays(unknownFrom phase: Int) -> [Int32] {
    let never = CivilDate.never.days
    return days.withUnsafeBufferPointer { days in
      words.indices.map { row in
        var last = Int32.min
        for place in 0..<phaseCount {
          let day = days[row * phaseCount + place]
          if day == Self.unknownDay, place >= phase { return .max }
          if day != never { last = max(last, day) }
        }
        return last
      }
    }
  }

  /// Notes the days on which a row enters another phase.
  func noteChanges(_ row: Int32, _ changed: Record?, _ frame: inout Frame) {
    for phase in 0..<phaseCount {
      let day = changed?.days[phase] ?? self.day(phase, row)
      if day != Self.unknownDay { frame.noteChange(on: day) }
    }
  }
}
