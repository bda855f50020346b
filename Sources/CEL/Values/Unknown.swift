/// One fact that nobody recorded: a field (by the host's number) of an entity (by its row).
public struct Fact: Hashable, Comparable, Sendable {
  public var row: Int32
  public var field: Int32

  public init(row: Int32, field: Int32) {
    self.row = row
    self.field = field
  }

  public static func < (a: Fact, b: Fact) -> Bool { (a.row, a.field) < (b.row, b.field) }
}

/// A value that depends on facts that nobody recorded (language definition: Evaluation Environment). It carries the facts, and for whole numbers the bounds between
/// which the value lies: the size of a list with possible elements.
public final class Unknown: Sendable {
  /// More facts than this are not kept: the smallest are, so that the order of merging does not matter.
  public static let factLimit = 24

  /// Ascending, without repetition, at least one.
  public let facts: [Fact]
  /// The least that a whole number can be.
  let lower: Int64
  /// The most that it can be.
  let upper: Int64

  public init(_ fact: Fact) {
    facts = [fact]
    lower = .min
    upper = .max
  }

  init(facts: [Fact], lower: Int64 = .min, upper: Int64 = .max) {
    self.facts = facts
    self.lower = lower
    self.upper = upper
  }

  public convenience init(facts: some Sequence<Fact>) {
    var sorted: [Fact] = []
    for fact in facts.sorted() where fact != sorted.last { sorted.append(fact) }
    self.init(facts: Array(sorted.prefix(Self.factLimit)), lower: .min, upper: .max)
  }

  var isBounded: Bool { lower != .min || upper != .max }

  /// The same facts for another value, of which nothing is known: what is worked out from a size is not that size.
  var unbounded: Unknown { isBounded ? Unknown(facts: facts) : self }

  /// The facts of both; bounds are lost.
  public func merged(with other: Unknown?) -> Unknown {
    guard let other, other !== self, other.facts != facts else { return unbounded }
    var result: [Fact] = []
    var i = 0
    var j = 0
    while result.count < Self.factLimit, i < facts.count || j < other.facts.count {
      if j == other.facts.count || (i < facts.count && facts[i] <= other.facts[j]) {
        if j < other.facts.count, facts[i] == other.facts[j] { j += 1 }
        result.append(facts[i])
        i += 1
      } else {
        result.append(other.facts[j])
        j += 1
      }
    }
    return Unknown(facts: result, lower: .min, upper: .max)
  }

  static func merge(_ a: Unknown?, _ b: Unknown?) -> Unknown? { a?.merged(with: b) ?? b?.unbounded }
}
