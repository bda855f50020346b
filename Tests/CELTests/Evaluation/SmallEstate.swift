import CEL

/// A host with eight systems, three datasets, two services and four flows, for tests to reason about.
///
/// ```
/// uses:   portal > hub > archive > billing > caesar > archive; hub > billing, permits; permits > ledger; vault > ?
/// sends:  hub -hub-billing-> billing, hub -hub-caesar-> caesar, caesar -caesar-ledger-> ledger, billing -billing-out-> ?
/// holds:  hub [cases, invoices], permits [cases, perhaps trader], billing [invoices], caesar [cases], portal [trader],
///         ledger nobody knows
/// ```
struct SmallEstate: Host {
  static let classification = EnumType(
    index: 0, name: "classification", values: ["public", "official", "official-sensitive", "secret"], isOrdered: true)
  static let systemType = EnumType(index: 1, name: "systemType", values: ["business", "external"], isOrdered: false)
  static let contact = RecordType(name: "contact", fields: [("team", .string), ("since", .date)])

  static let kinds = ["system", "dataset", "service", "flow"]
  static let ranges: [Range<Int32>] = [0..<8, 8..<11, 11..<13, 13..<17]
  static let ids = [
    "archive", "billing", "caesar", "hub", "ledger", "permits", "portal", "vault", "cases", "invoices", "trader",
    "parking", "tax", "hub-billing", "hub-caesar", "caesar-ledger", "billing-out",
  ]
  static let fieldNames = [
    "id", "classification", "type", "rto", "active", "users", "mfa", "uses", "holds", "heldBy", "sends", "destination",
    "dataset", "supportedBy", "needs", "contact", "lifecycle.active", "lifecycle.retired", "perhaps", "depth", "leader",
  ]

  static func kind(_ name: String) -> KindSet { KindSet(kinds.indices.filter { kinds[$0] == name }) }
  static let system = kind("system")

  static func row(_ id: String) -> Int32 { Int32(ids.firstIndex(of: id) ?? -1) }

  var kindCount: Int { Self.kinds.count }
  func name(ofKind kind: Int) -> String { Self.kinds[kind] }
  var kindNames: [String] { Self.kinds + ["component"] }

  func kinds(named name: String) -> KindSet? {
    if name == "component" { return KindSet([0, 2]) }
    let found = Self.kind(name)
    return found.isEmpty ? nil : found
  }

  /// Kind, path, type and place of every field.
  private static let declarations: [(kind: Int, path: String, type: ValueType, access: FieldDeclaration.Access)] = {
    let systems = ValueType.list(.entity(system))
    let datasets = ValueType.list(.entity(kind("dataset")))
    let flows = ValueType.list(.entity(kind("flow")))
    return [
      (0, "id", .string, .column(0)), (1, "id", .string, .column(1)), (2, "id", .string, .column(2)),
      (3, "id", .string, .column(3)), (0, "classification", .enumeration(classification), .column(4)),
      (1, "classification", .enumeration(classification), .column(5)),
      (0, "type", .enumeration(systemType), .column(6)), (0, "rto", .duration, .column(7)),
      (2, "rto", .duration, .column(8)), (0, "users", .int, .column(9)), (0, "mfa", .bool, .column(10)),
      (0, "uses", systems, .edges(0)), (0, "holds", datasets, .edges(1)), (1, "heldBy", systems, .edges(2)),
      (0, "sends", flows, .edges(3)), (3, "destination", .entity(system), .column(11)),
      (3, "dataset", .entity(kind("dataset")), .column(12)), (2, "supportedBy", systems, .edges(4)),
      (0, "needs", .list(.list(.entity(system))), .column(13)), (0, "contact", .record(contact), .column(14)),
      (0, "lifecycle.active", .date, .column(15)), (0, "lifecycle.retired", .date, .column(16)),
      (0, "perhaps", systems, .edges(5)), (0, "depth", .int, .computed(0)),
      (0, "leader", .entity(system), .column(17)),
    ]
  }()

  func field(_ path: String, ofKind kind: Int) -> FieldDeclaration? {
    guard let found = Self.declarations.first(where: { $0.kind == kind && $0.path == path }),
      let id = Self.fieldNames.firstIndex(of: path)
    else {
      if path == "lifecycle", kind == 0 {
        return FieldDeclaration(
          name: path, type: .record(RecordType(name: "lifecycle", fields: [])), access: .column(0), id: 99)
      }
      return nil
    }
    return FieldDeclaration(name: path, type: found.type, access: found.access, id: Int32(id))
  }

  func fieldNames(ofKind kind: Int) -> [String] { Self.declarations.filter { $0.kind == kind }.map(\.path) }

  func row(named id: String, kinds: KindSet) -> EntityLookup {
    let row = Self.row(id)
    guard row >= 0, kinds.contains(Self.graph.kind(of: row)) else { return .unknown }
    return .found(row)
  }

  func ids(ofKinds kinds: KindSet) -> [String] {
    Self.ids.indices.filter { kinds.contains(Self.graph.kind(of: Int32($0))) }.map { Self.ids[$0] }
  }

  // MARK: The graph

  static func fact(_ id: String, _ field: String) -> Fact {
    Fact(row: row(id), field: Int32(fieldNames.firstIndex(of: field) ?? -1))
  }

  static let graph: Graph = {
    func strings(_ kind: Int) -> Column {
      Column(
        firstRow: ranges[kind].lowerBound, cells: .int32(Array(ranges[kind])),
        isPresent: ranges[kind].map { _ in true })
    }
    func int32(_ kind: Int, _ cells: [Int32?]) -> Column {
      Column(
        firstRow: ranges[kind].lowerBound, cells: .int32(cells.map { $0 ?? 0 }), isPresent: cells.map { $0 != nil })
    }
    func int64(_ kind: Int, _ cells: [Int64?]) -> Column {
      Column(
        firstRow: ranges[kind].lowerBound, cells: .int64(cells.map { $0 ?? 0 }), isPresent: cells.map { $0 != nil })
    }
    func entities(_ ids: String...) -> Value { .entities(ids.map(row)) }
    let hour: Int64 = 3_600_000_000_000
    let none = Value.list([])
    let day = CivilDate(year: 2026, month: 1, day: 1)?.days
    let contact = Value.record(
      RecordBox(type: .record(Self.contact), fields: [.string("hub team"), .unknown(fact("hub", "contact"))]))
    let columns = [
      strings(0), strings(1), strings(2), strings(3),
      int32(0, [1, 0, 2, 1, 3, 1, 0, nil]), int32(1, [2, 1, nil]), int32(0, [0, 0, 1, 0, 0, 0, nil, 0]),
      int64(0, [4 * hour, nil, hour, 2 * hour, 8 * hour, hour, hour, hour]), int64(2, [hour, nil]),
      int64(0, [10, 20, 30, 40, 50, 60, 70, nil]),
      Column(
        firstRow: 0, cells: .bool([true, false, true, true, true, false, false, true]),
        isPresent: [true, true, true, true, true, true, false, true]),
      int32(3, [row("billing"), row("caesar"), row("ledger"), nil]),
      int32(3, [row("cases"), row("invoices"), row("cases"), row("invoices")]),
      Column(
        firstRow: 0,
        cells: .values([
          none, none, none,
          .list([entities("archive", "billing"), entities("billing", "caesar")]), none, none,
          .list([entities("hub"), .entities([])]), none,
        ]), isPresent: Array(repeating: true, count: 8)),
      Column(
        firstRow: 0, cells: .values(Array(repeating: contact, count: 8)),
        isPresent: [false, false, false, true, false, false, false, false]),
      int32(0, [day, day, day, day, day, day, nil, day]),
      int32(0, [nil, nil, CivilDate.never.days, nil, nil, nil, nil, nil]),
      int32(0, [row("hub"), row("hub"), nil, nil, row("vault"), row("hub"), nil, nil]),
    ]
    func pairs(_ list: [(String, String)]) -> [(source: Int32, target: Int32)] { list.map { (row($0.0), row($0.1)) } }
    let uses = Adjacency(
      rows: ranges[0],
      pairs: pairs([
        ("archive", "billing"), ("billing", "caesar"), ("caesar", "archive"), ("hub", "archive"), ("hub", "billing"),
        ("hub", "permits"), ("permits", "ledger"), ("portal", "hub"),
      ]), open: [row("vault"): Unknown(fact("vault", "uses"))])
    let holds = Adjacency(
      rows: ranges[0],
      pairs: pairs([
        ("hub", "cases"), ("hub", "invoices"), ("permits", "cases"), ("billing", "invoices"), ("caesar", "cases"),
        ("portal", "trader"),
      ]), possible: [row("permits"): [(row("trader"), Unknown(fact("permits", "holds")))]],
      open: [row("ledger"): Unknown(fact("ledger", "holds"))])
    let sends = Adjacency(
      rows: ranges[0],
      pairs: pairs([
        ("hub", "hub-billing"), ("hub", "hub-caesar"), ("caesar", "caesar-ledger"), ("billing", "billing-out"),
      ]))
    let supportedBy = Adjacency(
      rows: ranges[2], pairs: pairs([("parking", "permits"), ("parking", "portal"), ("tax", "caesar"), ("tax", "hub")]))
    let perhaps = Adjacency(
      rows: ranges[0], pairs: pairs([("archive", "billing"), ("billing", "archive"), ("permits", "ledger")]),
      possible: [row("archive"): [(row("permits"), Unknown(fact("archive", "perhaps")))]])
    return Graph(
      kindRanges: ranges, columns: columns,
      adjacencies: [uses, holds, holds.inverse(rows: ranges[1]), sends, supportedBy, perhaps],
      computed: [Graph.Computed { frame, row in .int(Int64(frame.depth) + Int64(row)) }], symbols: ids,
      date: CivilDate(year: 2026, month: 6, day: 15) ?? CivilDate(days: 0), enums: [classification, systemType])
  }()
}
