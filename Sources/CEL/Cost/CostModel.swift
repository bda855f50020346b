/// What an estimate must know of a graph: how many rows a kind has, and how many targets a relation leads to.
public struct CostModel: Sendable {
  /// All rows of some kinds.
  public var rows: @Sendable (KindSet) -> Int
  /// The usual number of targets of one row.
  public var targets: @Sendable (FieldDeclaration) -> Int
  /// Of a list of which nothing is known.
  public static let usualSize = 8

  public init(rows: @escaping @Sendable (KindSet) -> Int, targets: @escaping @Sendable (FieldDeclaration) -> Int) {
    self.rows = rows
    self.targets = targets
  }

  /// Of a graph as it is: a relation leads to its average, rounded up.
  public init(_ graph: Graph) {
    self.init(
      rows: { kinds in kinds.kinds.reduce(0) { $1 < graph.kindRanges.count ? $0 + graph.kindRanges[$1].count : $0 } },
      targets: { field in
        guard case .edges(let slot) = field.access, graph.adjacencies.indices.contains(slot) else {
          return Self.usualSize
        }
        let adjacency = graph.adjacencies[slot]
        let count = adjacency.rows.count
        return count == 0 ? 0 : max(1, (adjacency.storage.targets.count + count - 1) / count)
      })
  }
}

/// About how many elements macros and closures visit: for each target, and once for all of them.
///
/// An estimate, no bound: lists have their usual sizes, and conditions keep everything. What stops an evaluation is the
/// frame's limit.
public struct CostEstimate: Hashable, Sendable {
  public var eachTarget: Int
  public var once: Int

  public init(eachTarget: Int = 0, once: Int = 0) {
    self.eachTarget = eachTarget
    self.once = once
  }

  /// The cost of one and then the other.
  public static func + (a: CostEstimate, b: CostEstimate) -> CostEstimate {
    CostEstimate(eachTarget: a.eachTarget.adding(b.eachTarget), once: a.once.adding(b.once))
  }

  /// The cost of as many evaluations of what each target does.
  public func times(_ count: Int) -> CostEstimate {
    CostEstimate(eachTarget: eachTarget.multiplied(by: count), once: once)
  }
}

extension Int {
  /// The greatest int where the sum is greater.
  func adding(_ other: Int) -> Int {
    let sum = addingReportingOverflow(other)
    return sum.overflow ? .max : sum.partialValue
  }

  /// The greatest int where the product is greater.
  func multiplied(by other: Int) -> Int {
    let product = multipliedReportingOverflow(by: other)
    return product.overflow ? .max : product.partialValue
  }
}
