import CEL

/// A host with four systems, two datasets and three flows, in which every kind of gap occurs: cells without a value,
/// possible targets, lists that may go on.
struct SmallHost: Host {
  static let level = EnumType(index: 0, name: "level", values: ["low", "middle", "high"], isOrdered: true)
  static let style = EnumType(index: 1, name: "style", values: ["api", "event"], isOrdered: false)
  static let contact = RecordType(
    name: "contact", fields: [("team", .string), ("since", .date), ("level", .enumeration(level))])
  static let system = ValueType.entity(KindSet([0]))
  static let dataset = ValueType.entity(KindSet([1]))
  static let flow = ValueType.entity(KindSet([2]))
  static let ranges: [Range<Int32>] = [0..<4, 4..<6, 6..<9]
  static let ids = ["hub", "crm", "erp", "web", "people", "money", "f1", "f2", "f3"]

  let kindNames = ["system", "dataset", "flow"]
  var kindCount: Int { 3 }
  func name(ofKind kind: Int) -> String { kindNames[kind] }

  func kinds(named name: String) -> KindSet? {
    if name == "thing" { return KindSet([0, 1]) }
    return kindNames.firstIndex(of: name).map { KindSet([$0]) }
  }

  private struct Declaration {
    var kind: Int
    var path: String
    var type: ValueType
    var access: FieldDeclaration.Access
    var inverses: [Int: Int] = [:]
  }

  private static let declarations: [Declaration] = [
    Declaration(kind: 0, path: "id", type: .string, access: .column(0)),
    Declaration(kind: 1, path: "id", type: .string, access: .column(1)),
    Declaration(kind: 2, path: "id", type: .string, access: .column(2)),
    Declaration(kind: 0, path: "level", type: .enumeration(level), access: .column(3)),
    Declaration(kind: 1, path: "level", type: .enumeration(level), access: .column(4)),
    Declaration(kind: 0, path: "users", type: .int, access: .column(5)),
    Declaration(kind: 0, path: "live", type: .bool, access: .column(6)),
    Declaration(kind: 0, path: "since", type: .date, access: .column(7)),
    Declaration(kind: 0, path: "rto", type: .duration, access: .column(8)),
    Declaration(kind: 0, path: "contact", type: .record(contact), access: .column(9)),
    Declaration(kind: 0, path: "tags", type: .list(.string), access: .column(10)),
    Declaration(kind: 0, path: "leader", type: system, access: .column(11)),
    Declaration(kind: 2, path: "from", type: system, access: .column(12), inverses: [0: 3]),
    Declaration(kind: 2, path: "to", type: system, access: .column(13)),
    Declaration(kind: 2, path: "style", type: .enumeration(style), access: .column(14)),
    Declaration(kind: 0, path: "cost", type: .double, access: .column(15)),
    Declaration(kind: 0, path: "uses", type: .list(system), access: .edges(0)),
    Declaration(kind: 0, path: "holds", type: .list(dataset), access: .edges(1)),
    Declaration(kind: 1, path: "heldBy", type: .list(system), access: .edges(2)),
    Declaration(kind: 0, path: "sends", type: .list(flow), access: .edges(3)),
    Declaration(kind: 0, path: "depth", type: .int, access: .computed(0)),
  ]

  func field(_ path: String, ofKind kind: Int) -> FieldDeclaration? {
    guard let index = Self.declarations.firstIndex(where: { $0.kind == kind && $0.path == path }) else { return nil }
    let found = Self.declarations[index]
    var field = FieldDeclaration(name: path, type: found.type, access: found.access, id: Int32(index))
    field.inverses = found.inverses
    return field
  }

  func fieldNames(ofKind kind: Int) -> [String] { Self.declarations.filter { $0.kind == kind }.map(\.path) }

  func row(named id: String, kinds: KindSet) -> EntityLookup {
    guard let row = Self.ids.firstIndex(of: id).map({ Int32($0) }), kinds.contains(Self.graph.kind(of: row)) else {
      return .unknown
    }
    return .found(row)
  }

  func ids(ofKinds kinds: KindSet) -> [String] {
    Self.ids.indices.filter { kinds.contains(Self.graph.kind(of: Int32($0))) }.map { Self.ids[$0] }
  }

  // MARK: The graph

  private static func reason(_ row: Int32, _ path: String) -> Unknown {
    Unknown(Fact(row: row, field: Int32(declarations.firstIndex { $0.path == path } ?? 0)))
  }

  private static func int32(_ kind: Int, _ cells: [Int32?]) -> Column {
    Column(firstRow: ranges[kind].lowerBound, cells: .int32(cells.map { $0 ?? 0 }), isPresent: cells.map { $0 != nil })
  }

  private static func values(_ cells: [Value?]) -> Column {
    Column(firstRow: 0, cells: .values(cells.map { $0 ?? .null }), isPresent: cells.map { $0 != nil })
  }

  private static func contact(_ team: Value) -> Value {
    .record(
      RecordBox(
        type: .record(contact), fields: [team, .date(CivilDate(days: 20_000)), .enumeration(type: 0, ordinal: 1)]))
  }

  static let graph: Graph = {
    let uses = Adjacency(
      rows: ranges[0], pairs: [(0, 1), (0, 2), (1, 2), (2, 0)], possible: [1: [(3, reason(1, "uses"))]],
      open: [3: reason(3, "uses")])
    let holds = Adjacency(rows: ranges[0], pairs: [(0, 4), (1, 4), (1, 5)], possible: [2: [(5, reason(2, "holds"))]])
    return Graph(
      kindRanges: ranges,
      columns: [
        int32(0, [0, 1, 2, 3]), int32(1, [4, 5]), int32(2, [6, 7, 8]), int32(0, [0, 2, 1, nil]), int32(1, [2, nil]),
        Column(firstRow: 0, cells: .int64([10, .max, 0, -3]), isPresent: [true, true, false, true]),
        Column(firstRow: 0, cells: .bool([true, false, true, true]), isPresent: [true, true, true, false]),
        int32(0, [20_000, CivilDate.never.days, nil, CivilDate.distantPast.days]),
        Column(firstRow: 0, cells: .int64([3_600_000_000_000, .max, .min, 0]), isPresent: [true, true, true, false]),
        values([contact(.string("é")), contact(.unknown(Fact(row: 1, field: 9))), nil, contact(.string(""))]),
        values([.list([.string("a"), .string("B")]), .list([]), nil, .list([.string("漢")])]),
        int32(0, [1, 2, nil, 3]), int32(2, [0, 1, 0]), int32(2, [1, nil, 2]), int32(2, [0, 1, nil]),
        Column(firstRow: 0, cells: .double([1.5, .infinity, .nan, -0.0]), isPresent: [true, true, true, true]),
      ],
      adjacencies: [
        uses, holds, holds.inverse(rows: ranges[1]),
        Adjacency(rows: ranges[2], pairs: [(6, 0), (7, 1), (8, 0)]).inverse(rows: ranges[0]),
      ], computed: [Graph.Computed { frame, row in .int(Int64(row) * 2) }], symbols: ids, date: CivilDate(days: 20_500),
      enums: [level, style])
  }()
}
