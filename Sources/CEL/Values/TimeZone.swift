/// The offsets of one time zone from UTC through all time: the moments at which they changed, and a rule for what follows.
///
/// Read from a TZif file, RFC 8536. Local mean time before the first change is what the file says it is.
package struct TimeZone: Sendable {
  /// Seconds since 1970-01-01T00:00:00Z, ascending.
  let moments: [Int64]
  /// The offset from each moment on, in seconds east of UTC; as many as `moments`.
  let offsets: [Int32]
  /// The offset before the first moment.
  let first: Int32
  /// What follows after the last moment; nil: its offset stays.
  let rule: TimeZoneRule?

  /// The seconds to add to UTC for the local time at an instant, in O(log n).
  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  package func offset(at seconds: Int64) -> Int32 {
    guard let last = moments.last, seconds < last else {
      return rule?.offset(at: seconds) ?? offsets.last ?? first
    }
    var low = 0
    var high = moments.count
    while low < high {
      let middle = (low + high) / 2
      if moments[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }
}
