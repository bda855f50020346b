internal import Synchronization

/// What an expression reads: the rows of one view at one date. Immutable, shared by all threads.
///
/// Rows are dense, and those of one kind stand together. The host resolves a field to a column, an adjacency or a
/// computed field when it compiles; the same compiled expression runs on every graph of that shape. A graph need not
/// hold every row of its shape: others may be another view's.
public final class Graph: Sendable {
  /// How a field is worked out when it is read. A class: a graph calls it without counting references.
  public final class Computed: Sendable {
    private let run: @Sendable (inout Frame, Int32) -> Value

    public init(_ run: @escaping @Sendable (inout Frame, Int32) -> Value) { self.run = run }

    public func callAsFunction(_ frame: inout Frame, _ row: Int32) -> Value { run(&frame, row) }
  }

  public let columns: [Column]
  public let adjacencies: [Adjacency]
  public let computed: [Computed]
  public let symbols: [String]
  /// The values of `Environment.Variable.global`.
  public let globals: [Value]
  public let date: CivilDate
  /// Enumerations by index, for printing.
  public let enums: [EnumType]
  /// What the host knows of the view: its functions and computed fields find it here.
  public let context: (any AnyObject & Sendable)?
  public let members: Members
  private let shape: Shape
  private let columnTable: PinnedTable<Column>
  private let adjacencyTable: PinnedTable<Adjacency>
  private let computedTable: PinnedTable<Computed>
  /// Never given twice in a process: what is remembered of a graph is not taken for another's.
  public let serial: Int
  private static let serials = Atomic(0)

  /// The rows, whichever view they are in.
  private final class Shape: Sendable {
    let kindRanges: [Range<Int32>]
    let kindOfRow: [UInt8]

    init(_ kindRanges: [Range<Int32>]) {
      self.kindRanges = kindRanges
      var kindOfRow = [UInt8](repeating: 0, count: Int(kindRanges.map(\.upperBound).max() ?? 0))
      for (kind, range) in kindRanges.enumerated() {
        for row in range { kindOfRow[Int(row)] = UInt8(kind) }
      }
      self.kindOfRow = kindOfRow
    }
  }

  /// - Parameter absent: rows that the graph does not hold.
  public init(
    kindRanges: [Range<Int32>], columns: [Column], adjacencies: [Adjacency], computed: [Computed] = [],
    symbols: [String], globals: [Value] = [], date: CivilDate = CivilDate(days: 0), enums: [EnumType] = [],
    absent: Set<Int32> = [], context: (any AnyObject & Sendable)? = nil
  ) {
    shape = Shape(kindRanges)
    members = Members(kindRanges, absent: absent)
    self.columns = columns
    self.adjacencies = adjacencies
    self.computed = computed
    self.symbols = symbols
    self.globals = globals
    self.date = date
    self.enums = enums
    self.context = context
    columnTable = PinnedTable(columns)
    adjacencyTable = PinnedTable(adjacencies)
    computedTable = PinnedTable(computed)
    serial = Self.serials.add(1, ordering: .relaxed).newValue
  }

  private init(
    _ base: Graph, columns: [Column], adjacencies: [Adjacency], computed: [Computed], symbols: [String],
    globals: [Value], date: CivilDate, members: Members, context: (any AnyObject & Sendable)?
  ) {
    shape = base.shape
    self.members = members
    self.columns = columns
    self.adjacencies = adjacencies
    self.computed = computed
    self.symbols = symbols
    self.globals = globals
    self.date = date
    enums = base.enums
    self.context = context
    columnTable = PinnedTable(columns)
    adjacencyTable = PinnedTable(adjacencies)
    computedTable = PinnedTable(computed)
    serial = Self.serials.add(1, ordering: .relaxed).newValue
  }

  deinit {
    columnTable.deallocate()
    adjacencyTable.deallocate()
    computedTable.deallocate()
  }

  @inline(__always)
  func withColumn<R>(_ slot: Int, _ body: (Column) -> R) -> R { columnTable[slot]._withUnsafeGuaranteedRef(body) }

  @inline(__always)
  func withAdjacency<R>(_ slot: Int, _ body: (Adjacency) -> R) -> R {
    adjacencyTable[slot]._withUnsafeGuaranteedRef(body)
  }

  /// The computed field at a place, uncounted: good as long as the graph.
  @inline(__always)
  func uncountedComputed(_ slot: Int) -> Unmanaged<Computed> { computedTable[slot] }

  /// The list that an adjacency joins to a row.
  public func related(_ slot: Int, _ row: Int32) -> Value { withAdjacency(slot) { $0.value(of: row) } }

  /// The same rows with other relations and computed fields.
  public func replacing(adjacencies: [Adjacency], computed: [Computed]) -> Graph {
    Graph(
      self, columns: columns, adjacencies: adjacencies, computed: computed, symbols: symbols, globals: globals,
      date: date, members: members, context: context)
  }

  /// The same rows as another view has them. What is not given stays.
  public func changing(
    columns: [Column]? = nil, adjacencies: [Adjacency]? = nil, computed: [Computed]? = nil, globals: [Value]? = nil,
    date: CivilDate? = nil, absent: Set<Int32>? = nil, context: (any AnyObject & Sendable)?
  ) -> Graph {
    Graph(
      self, columns: columns ?? self.columns, adjacencies: adjacencies ?? self.adjacencies,
      computed: computed ?? self.computed, symbols: symbols, globals: globals ?? self.globals,
      date: date ?? self.date, members: absent.map { Members(shape.kindRanges, absent: $0) } ?? members,
      context: context)
  }

  /// The same graph in memory of its own. Threads that read one graph spend much of their time on the reference counts
  /// of its arrays, which they pass to and fro; measured on two cores, a copy for each thread pays from some thousand
  /// rows on.
  public func copied() -> Graph {
    Graph(
      self, columns: columns.map { $0.copied() }, adjacencies: adjacencies.map { $0.copied() }, computed: computed,
      symbols: Array(symbols), globals: globals, date: date, members: members, context: context)
  }

  public var kindRanges: [Range<Int32>] { shape.kindRanges }
  public var rowCount: Int { shape.kindOfRow.count }
  public func kind(of row: Int32) -> Int { Int(shape.kindOfRow[Int(row)]) }

  /// An empty graph, for expressions that read no entities.
  public static let empty = Graph(kindRanges: [], columns: [], adjacencies: [], symbols: [])
}
