/// Choices drawn from a seed: the same on every platform, whatever the standard library does with a generator.
struct RandomNumbers {
  private var generator: SplitMix

  init(seed: UInt64) { generator = SplitMix(state: seed) }

  /// 0 up to the limit, without it; the limit is positive.
  mutating func below(_ limit: Int) -> Int { Int(generator.next() % UInt64(limit)) }

  /// A number of a closed range.
  mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True in so many of a hundred cases.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// One of the items, of which there is at least one.
  mutating func pick<T>(_ items: [T]) -> T { items[below(items.count)] }

  mutating func shuffled<T>(_ items: [T]) -> [T] {
    var result = items
    for index in result.indices.reversed() { result.swapAt(index, below(index + 1)) }
    return result
  }

  /// So many different items at most, in an order of chance.
  mutating func some<T>(_ range: ClosedRange<Int>, of items: [T]) -> [T] {
    Array(shuffled(items).prefix(number(range)))
  }

  /// A day from the first of the month `from`, counted in months since January 2020, to one of the month `to`.
  mutating func day(from: Int, to: Int) -> String {
    let month = number(from...to)
    // Few days of a month, so that two things often happen on the same one.
    let day = pick(["01", "01", "10", "28"])
    return "\(2020 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)-\(day)"
  }
}
