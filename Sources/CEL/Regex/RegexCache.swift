/// The regular expressions that an evaluation met in values, compiled: a pattern that a field holds is compiled once
/// and not for every element.
struct RegexCache: Sendable {
  static let capacity = 8

  private var entries: [(pattern: String, compiled: Result<Regex, Regex.Failure>)] = []
  private var next = 0

  func find(_ pattern: String) -> Result<Regex, Regex.Failure>? {
    entries.first { $0.pattern.hasSameBytes(as: pattern) }?.compiled
  }

  /// The oldest entry makes room.
  mutating func insert(_ pattern: String, _ compiled: Result<Regex, Regex.Failure>) {
    guard entries.count == Self.capacity else { return entries.append((pattern, compiled)) }
    entries[next] = (pattern, compiled)
    next = (next + 1) % Self.capacity
  }
}

extension Frame {
  /// What a pattern compiles to. Each target pays for it once by its size, whether it was compiled before or not.
  mutating func regex(_ pattern: String) -> Result<Regex, Regex.Failure> {
    let compiled: Result<Regex, Regex.Failure>
    if let known = regexes.find(pattern) {
      compiled = known
    } else {
      compiled = Result { () throws(Regex.Failure) in try Regex(pattern) }
      regexes.insert(pattern, compiled)
    }
    if chargedPatterns.insert(pattern).inserted {
      switch compiled {
      case .success(let regex): _ = spend(Regex.leastCost + 2 * regex.size)
      case .failure: _ = spend(Regex.costOfFailure)
      }
    }
    return compiled
  }

  /// Charges for text that is searched.
  mutating func spend(onText bytes: Int) -> Bool { spend(1 + bytes / 64) }
}
