/// The best of several batches: nanoseconds for one operation. The best is what the code takes; what others add to it is
/// the machine's.
struct Timing {
  /// How long a batch runs at least.
  var batch: Duration = .milliseconds(3)
  var batchCount = 5

  func nanoseconds(_ operation: () -> Void) -> Double {
    var repetitions = 1
    var best = Double.infinity
    var batches = 0
    let clock = ContinuousClock()
    while batches < batchCount {
      let time = clock.measure {
        for _ in 0..<repetitions { operation() }
      }
      if time < batch, batches == 0, repetitions < 1 << 24 {
        repetitions *= 2
        continue
      }
      best = min(best, time / .nanoseconds(1) / Double(repetitions))
      batches += 1
    }
    return best
  }
}
