/// A lifecycle as a document writes it: a word, or the first days of some phases. What follows from it is its record.
struct LifecyclePlan: Sendable {
  /// What is written of the first day of a phase.
  enum Day: Sendable, Equatable {
    case unwritten
    /// An admitted gap.
    case unknown
    case day(Int32)
  }

  /// The phase, where only the word is written.
  var word: Int32 = -1
  /// By phase.
  var days: [Day]
  /// Whether anything is written.
  var isRecorded = true

  init(word: Int32 = -1, days: [Day], isRecorded: Bool = true) {
    self.word = word
    self.days = days
    self.isRecorded = isRecorded
  }

  /// Of which nothing is written.
  init(unwritten phaseCount: Int) {
    self.init(days: Array(repeating: .unwritten, count: phaseCount), isRecorded: false)
  }

  /// The days that are written and those that follow.
  ///
  /// - Parameter others: the first phase that lives, of what follows others. Where nothing up to it is written, it
  ///   begins when they do, whenever that was; where nothing at all is, it has no days of its own.
  func record(following others: Int?) -> LifecycleTable.Record {
    var days = days
    if let others, word < 0, days[...others].allSatisfy({ $0 == .unwritten }) {
      if days.allSatisfy({ $0 == .unwritten }) {
        return LifecycleTable.Record(days: days.map { _ in LifecycleTable.unknownDay }, isRecorded: false)
      }
      for phase in 0...others { days[phase] = .day(LifecycleTable.longAgo) }
    }
    let given = days.map { day -> Int32? in if case .day(let number) = day { number } else { nil } }
    var result = LifecycleTable.completed(given)
    // A day that is admitted to be unknown stays so, whatever would follow, and so do the phases skipped before it.
    for (phase, day) in days.enumerated() {
      guard case .unknown = day else { continue }
      result[phase] = LifecycleTable.unknownDay
      for skipped in (0..<phase).reversed() {
        guard case .unwritten = days[skipped] else { break }
        result[skipped] = LifecycleTable.unknownDay
      }
    }
    return LifecycleTable.Record(word: word, days: result, isRecorded: isRecorded)
  }

  /// The same plan with something else written of one phase's first day.
  func with(_ day: Day, of phase: Int) -> LifecyclePlan {
    var result = self
    if case .unwritten = day {
      result.days[phase] = .unwritten
      return result
    }
    if word >= 0 {
      // All that is known is that it is in that phase by now.
      result.days = days.indices.map { $0 <= Int(word) ? .day(LifecycleTable.longAgo) : .unknown }
      result.word = -1
    }
    result.isRecorded = true
    result.days[phase] = day
    guard case .day(let first) = day else { return result }
    // What comes before cannot begin later, and what comes after not sooner.
    for (other, known) in result.days.enumerated() {
      guard case .day(let known) = known else { continue }
      if other < phase { result.days[other] = .day(min(known, first)) }
      if other > phase { result.days[other] = .day(max(known, first)) }
    }
    return result
  }
}
