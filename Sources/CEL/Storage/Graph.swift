internal import Synchronization

/// What an expression reads: the rows of one view at one date. Immutable, shared by all threads.
///
/// Rows are dense, and those of one kind stand together. The host resolves a field to a column, an adjacency or a
/// computed field when it compiles; the same compiled expression runs on every graph of that shape.
public final class Graph: Sendable {
  public typealias Computed = @Sendable (inout Frame, Int32) -> Value

  public let kindRanges: [Range<Int32>]
  public let columns: [Column]
  public let adjacencies: [Adjacency]
  public let computed: [Computed]
  public let symbols: [String]
  /// The values of `Environment.Variable.global`.
  public let globals: [Value]
  public let date: CivilDate
  /// Enumerations by index, for printing.
  public let enums: [EnumType]
  /// Never given twice in a process: what is remembered of a graph is not taken for another's.
  let serial: Int
  private static let serials = Atomic(0)
  private let kindOfRow: [UInt8]
  /// Every row in order, for lists of all of a kind.
  let identity: EdgeStorage

  public init(
    kindRanges: [Range<Int32>], columns: [Column], adjacencies: [Adjacency], computed: [Computed] = [],
    symbols: [String], globals: [Value] = [], date: CivilDate = CivilDate(days: 0), enums: [EnumType] = []
  ) {
    self.kindRanges = kindRanges
    self.columns = columns
    self.adjacencies = adjacencies
    self.computed = computed
    self.symbols = symbols
    self.globals = globals
    self.date = date
    self.enums = enums
    var kindOfRow = [UInt8](repeating: 0, count: Int(kindRanges.map(\.upperBound).max() ?? 0))
    for (kind, range) in kindRanges.enumerated() {
      for row in range { kindOfRow[Int(row)] = UInt8(kind) }
    }
    self.kindOfRow = kindOfRow
    serial = Self.serials.add(1, ordering: .relaxed).newValue
    identity = EdgeStorage((0..<kindOfRow.count).map { Int32($0) })
  }

  /// The same rows with other relations and computed fields.
  public func replacing(adjacencies: [Adjacency], computed: [Computed]) -> Graph {
    Graph(
      kindRanges: kindRanges, columns: columns, adjacencies: adjacencies, computed: computed, symbols: symbols,
      globals: globals, date: date, enums: enums)
  }

  /// The same graph in memory of its own. Threads that read one graph spend much of their time on the reference counts
  /// of its arrays, which they pass to and fro; measured on two cores, a copy for each thread pays from some thousand
  /// rows on.
  public func copied() -> Graph {
    Graph(
      kindRanges: kindRanges, columns: columns.map { $0.copied() }, adjacencies: adjacencies.map { $0.copied() },
      computed: computed, symbols: Array(symbols), globals: globals, date: date, enums: enums)
  }

  public var rowCount: Int { kindOfRow.count }
  public func kind(of row: Int32) -> Int { Int(kindOfRow[Int(row)]) }

  /// An empty graph, for expressions that read no entities.
  public static let empty = Graph(kindRanges: [], columns: [], adjacencies: [], symbols: [])
}
