/// A set of entity kinds, by index. An entity type is such a set. At most 256 kinds.
public struct KindSet: Hashable, Sendable {
  public static let capacity = 256
  private var words: SIMD4<UInt64>

  public static let empty = KindSet(words: .zero)

  private init(words: SIMD4<UInt64>) { self.words = words }

  /// - Precondition: every kind is in `0..<256`.
  public init(_ kinds: some Sequence<Int>) {
    words = .zero
    for kind in kinds { insert(kind) }
  }

  public mutating func insert(_ kind: Int) {
    precondition((0..<Self.capacity).contains(kind), "a kind's index is below 256")
    words[kind >> 6] |= 1 << UInt64(kind & 63)
  }

  public func contains(_ kind: Int) -> Bool { words[kind >> 6] & (1 << UInt64(kind & 63)) != 0 }
  public var isEmpty: Bool { words == .zero }
  public var count: Int { (0..<4).reduce(0) { $0 + words[$1].nonzeroBitCount } }
  public func union(_ other: KindSet) -> KindSet { KindSet(words: words | other.words) }
  public func intersection(_ other: KindSet) -> KindSet { KindSet(words: words & other.words) }
  public func isSubset(of other: KindSet) -> Bool { words & other.words == words }

  /// The kinds in ascending order.
  public var kinds: [Int] {
    var result: [Int] = []
    for word in 0..<4 {
      var bits = words[word]
      while bits != 0 {
        result.append(word << 6 | bits.trailingZeroBitCount)
        bits &= bits - 1
      }
    }
    return result
  }
}
