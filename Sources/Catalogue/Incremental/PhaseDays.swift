internal import CEL

/// When rows enter the phases of their lifecycles.
struct PhaseDays {
  private let all: [(day: Int32, row: Int32)]
  /// Rows that follow others and of which the days do not say all: some day is not known.
  let undated: [Int32]

  init(_ table: LifecycleTable, _ kinds: [Kind], _ graph: Graph, firstLive: Int) {
    var all: [(day: Int32, row: Int32)] = []
    var undated: [Int32] = []
    for kind in kinds where kind.lifecycle != .none {
      let isFollowing = if case .follows = kind.lifecycle { true } else { false }
      for row in graph.kindRanges[kind.index] {
        var isKnown = true
        for phase in 0..<table.phaseCount {
          switch table.day(phase, row) {
          case LifecycleTable.unknownDay: if phase >= firstLive { isKnown = false }
          case LifecycleTable.longAgo, CivilDate.never.days: continue
          case let day: all.append((day, row))
          }
        }
        if isFollowing, !isKnown { undated.append(row) }
      }
    }
    self.all = all.sorted { ($0.day, $0.row) < ($1.day, $1.row) }
    self.undated = undated
  }

  /// The rows that enter a phase on a day after one and up to another.
  func rows(after low: Int32, upTo high: Int32) -> [Int32] {
    all[all.partitionPoint { $0.day > low }..<all.partitionPoint { $0.day > high }].map(\.row)
  }
}
