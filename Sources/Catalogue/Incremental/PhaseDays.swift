internal import CEL

/// When rows enter the phases of their lifecycles, after some day: most entered theirs long ago.
struct PhaseDays {
  /// Rows by the day, one day's after the other's.
  private let rows: [Int32]
  /// Where the rows of each day begin, counted from the first; behind the last one the count.
  private let starts: [Int32]
  private let firstDay: Int32
  /// Rows that follow others and of which the days do not say all: some day is not known.
  let undated: [Int32]
  /// The day after which it tells of them.
  let low: Int32

  /// - Parameter lastDays: of the table, unknown from the first live phase on.
  init(
    _ table: LifecycleTable, _ lastDays: [Int32], _ kinds: [Kind], _ graph: Graph, firstLive: Int, after low: Int32
  ) {
    self.low = low
    var entries: [(day: Int32, row: Int32)] = []
    var undated: [Int32] = []
    let never = CivilDate.never.days
    let bound = max(low, LifecycleTable.longAgo)
    for kind in kinds where kind.lifecycle != .none {
      let isFollowing = if case .follows = kind.lifecycle { true } else { false }
      for row in graph.kindRanges[kind.index] where lastDays[Int(row)] > bound {
        for phase in 0..<table.phaseCount {
          let day = table.day(phase, row)
          if day > bound, day != never { entries.append((day, row)) }
          if isFollowing, phase >= firstLive, day == LifecycleTable.unknownDay, undated.last != row {
            undated.append(row)
          }
        }
      }
    }
    self.undated = undated
    // There are many rows, and documents write years of four digits: days are counted, not compared.
    var (first, last) = (Int32.max, Int32.min)
    for entry in entries { (first, last) = (min(first, entry.day), max(last, entry.day)) }
    var starts = [Int32](repeating: 0, count: entries.isEmpty ? 1 : Int(last) - Int(first) + 2)
    for entry in entries { starts[Int(entry.day - first) + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var places = starts
    var rows = [Int32](repeating: 0, count: entries.count)
    for entry in entries {
      rows[Int(places[Int(entry.day - first)])] = entry.row
      places[Int(entry.day - first)] += 1
    }
    (self.rows, self.starts, firstDay) = (rows, starts, first)
  }

  /// The rows that enter a phase on a day after one and up to another, in no order; one may be there twice.
  ///
  /// - Precondition: the day is not before that after which it tells.
  func rows(after low: Int32, upTo high: Int32) -> ArraySlice<Int32> {
    rows[start(after: low)..<max(start(after: low), start(after: high))]
  }

  private func start(after day: Int32) -> Int {
    Int(starts[min(max(Int(day) - Int(firstDay) + 1, 0), starts.count - 1)])
  }
}
