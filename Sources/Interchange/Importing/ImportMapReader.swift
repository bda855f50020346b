internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Reads a map: every mistake at its place, and a map only where there is none.
struct ImportMapReader {
  private let kind: Kind
  private let metamodel: Metamodel
  private let table: CSVTable
  private let names: [String]
  private(set) var diagnostics: [Diagnostic] = []
  private var used: Set<Int> = []

  init(_ kind: Kind, _ metamodel: Metamodel, _ table: CSVTable) {
    self.kind = kind
    self.metamodel = metamodel
    self.table = table
    names = table.header.map { table.trimmed($0) }
  }

  mutating func read(_ source: SourceText) -> ImportMap? {
    let file = YAMLFile.parse(source)
    diagnostics += file.diagnostics
    guard let root = file.documents.first?.root else {
      if file.diagnostics.isEmpty { report("the map is empty", at: SourceRange(source, 0..<0)) }
      return nil
    }
    if file.documents.count > 1 { report("a map is one document, and this is another", at: file.documents[1].range) }
    guard let reader = MappingReader(root, "a map", keys: ["format", "kind", "id", "fields", "ignore"], &diagnostics)
    else { return nil }
    if let format = reader.scalar("format", &diagnostics) {
      if !format.textEquals("1") { report("this version reads maps of format 1", at: format.range) }
    } else if !reader.has("format") {
      report("a map needs `format: 1`", at: root.range)
    }
    if let name = reader.scalar("kind", &diagnostics), !name.textEquals(kind.name) {
      report("this map is for \(name.text), not for \(kind.name)", at: name.range)
    }
    checkHeader()
    let fields = readFields(reader)
    let id = readID(reader, fields, root)
    checkUnused(reader, root)
    guard diagnostics.isEmpty, let id else { return nil }
    return ImportMap(kind: kind, id: id, fields: fields)
  }

  private mutating func report(_ summary: String, at range: SourceRange, notes: [String] = []) {
    diagnostics.append(Diagnostic("bad-map", .error, summary, at: range, notes: notes))
  }

  // MARK: Columns

  private mutating func checkHeader() {
    var known: [[UInt8]: Int] = [:]
    for (column, name) in names.enumerated() where !name.isEmpty {
      if let first = known[Array(name.utf8)] {
        diagnostics.append(
          Diagnostic(
            "bad-csv", .error, "two columns are called `\(name)`; give one another name",
            at: table.range(table.header[column]),
            related: [Diagnostic.Related("the first", at: table.range(table.header[first]))]))
      } else {
        known[Array(name.utf8)] = column
      }
    }
    for (column, name) in names.enumerated() where name.isEmpty {
      let hasContent = table.rows.contains { !table.trimmed(table.cell(column, of: $0)).isEmpty }
      if !hasContent {
        used.insert(column)
        continue
      }
      diagnostics.append(
        Diagnostic(
          "bad-csv", .error, "column \(column + 1) has no name, and there is something in it",
          at: table.range(table.header[column])))
    }
  }

  private mutating func column(_ node: YAMLNode) -> Int? {
    let wanted = CSVTable.trimmed(node.text)
    if let column = names.firstIndex(where: { $0.utf8.elementsEqual(wanted.utf8) }), !names[column].isEmpty {
      used.insert(column)
      return column
    }
    let near = suggestion(for: node.text, among: names.filter { !$0.isEmpty })
    report(
      "there is no column `\(node.text)`", at: node.range,
      notes: [near ?? "there are: " + names.prefix(20).joined(separator: ", ")])
    return nil
  }

  /// A column that the map does not speak of could be a mistake.
  private mutating func checkUnused(_ reader: MappingReader, _ root: YAMLNode) {
    for item in reader.items("ignore") where item.isScalar { _ = column(item) }
    let rest = names.indices.filter { !used.contains($0) && !names[$0].isEmpty }.map { "`\(names[$0])`" }
    if rest.isEmpty { return }
    report(
      "\(rest.count == 1 ? "the column" : "the columns") \(rest.joined(separator: ", ")) \(rest.count == 1 ? "is" : "are") neither used nor ignored",
      at: reader["ignore"]?.range ?? root.key(0).range, notes: ["what is to be left out stands under `ignore`"])
  }

  // MARK: Ids

  private mutating func readID(
    _ reader: MappingReader, _ fields: [ImportMap.FieldRule], _ root: YAMLNode
  ) -> ImportMap.IDRule? {
    guard let node = reader["id"] else {
      if let key = kind.partKey, fields.contains(where: { $0.field.path == key }) { return .key }
      if !reader.has("id") {
        report("a map needs `id: {column: …}` or `id: {slug: …}`", at: root.key(0).range)
      }
      return nil
    }
    guard let entry = MappingReader(node, "`id`", keys: ["column", "slug"], &diagnostics) else { return nil }
    switch (entry.scalar("column", &diagnostics), entry.scalar("slug", &diagnostics)) {
    case (let name?, nil): return column(name).map { .column($0) }
    case (nil, let name?): return column(name).map { .slug($0) }
    default:
      report("`id` has either `column` or `slug`", at: node.range)
      return nil
    }
  }

  // MARK: Fields

  private mutating func readFields(_ reader: MappingReader) -> [ImportMap.FieldRule] {
    var result: [ImportMap.FieldRule] = []
    for (key, value) in reader.pairs("fields", &diagnostics) {
      guard let field = field(key) else { continue }
      guard let rule = readField(field, key, value) else { continue }
      let clash = result.first { Self.clash($0.field.path, field.path) }
      if let clash {
        report("`\(field.path)` and `\(clash.field.path)` cannot both be written", at: key.range)
      } else {
        result.append(rule)
      }
    }
    if result.isEmpty, !reader.has("fields"), let first = reader["id"] ?? reader["format"] {
      report("a map needs `fields`", at: first.range)
    }
    if let owner = kind.ownerRelation, !result.contains(where: { $0.field.path == owner }) {
      report(
        "\(kind.name) is a part; a map says under `fields` which column has its owner, `\(owner)`",
        at: reader["fields"]?.range ?? reader.node.range)
    }
    return result
  }

  private static func clash(_ a: String, _ b: String) -> Bool { a.hasPrefix(b + ".") || b.hasPrefix(a + ".") }

  private mutating func field(_ key: YAMLNode) -> Field? {
    let known = ImportableFields.all(of: kind, metamodel)
    guard let found = metamodel.field(key.text, of: kind.index) else {
      diagnostics.append(
        LoadingDiagnostic.unknownKey(key, in: "the kind \(kind.name)", known: known.map(\.path)))
      return nil
    }
    if known.contains(where: { $0.id == found.id }) { return found }
    switch found.shape {
    case .common(.id), .common(.kind): report("`\(found.path)` is said outside `fields`", at: key.range)
    case .record:
      let members = known.filter { $0.path.hasPrefix(found.path + ".") }.map(\.path)
      report(
        "`\(found.path)` has members of its own: " + members.joined(separator: ", "), at: key.range)
    default: report("`\(found.path)` cannot come out of a cell", at: key.range)
    }
    return nil
  }

  private mutating func readField(_ field: Field, _ key: YAMLNode, _ node: YAMLNode) -> ImportMap.FieldRule? {
    let keys = ["column", "constant", "by", "values", "empty", "split", "date", "remove"]
    guard let entry = MappingReader(node, "`\(field.path)`", keys: keys, &diagnostics) else { return nil }
    let count = diagnostics.count
    var rule: ImportMap.FieldRule
    switch (entry.scalar("column", &diagnostics), entry.scalar("constant", &diagnostics)) {
    case (let name?, nil):
      guard let column = column(name) else { return nil }
      rule = ImportMap.FieldRule(field: field, source: .column(column))
    case (nil, let constant?): rule = ImportMap.FieldRule(field: field, source: .constant(constant.text))
    default:
      report("`\(field.path)` has either `column` or `constant`", at: key.range)
      return nil
    }
    let target = ImportableFields.target(field)
    if let by = entry.scalar("by", &diagnostics) {
      if !["id", "name"].contains(by.text) { report("`by` is id or name", at: by.range) }
      if target.kinds == nil { report("`by` is of references, and `\(field.path)` is none", at: by.range) }
      rule.isByName = by.textEquals("name")
    }
    if entry.has("values") {
      rule.values = entry.pairs("values", &diagnostics).compactMap { text, value in
        self.value(value).map { (text.text, $0) }
      }
    }
    if let empty = entry["empty"] { rule.empty = value(empty) }
    if let split = entry.scalar("split", &diagnostics) {
      if !target.isList { report("`\(field.path)` is one value, and is not divided", at: split.range) }
      if split.utf8.isEmpty { report("`split` is at least one character", at: split.range) }
      rule.split = split.text
    }
    if let date = entry.scalar("date", &diagnostics) {
      rule.date = DatePattern(date.text)
      if rule.date == nil {
        report("`date` has YYYY, MM and DD, divided by `/`, `.`, `-`, a space or nothing", at: date.range)
      }
      if target.scalar != .date { report("`\(field.path)` is no date", at: date.range) }
    }
    if let removed = entry.scalar("remove", &diagnostics) { rule.removed = Array(removed.text.unicodeScalars) }
    return diagnostics.count == count ? rule : nil
  }

  private mutating func value(_ node: YAMLNode) -> DocumentValue? {
    if node.isScalar { return node.isPlain && node.textEquals("unknown") ? .gap : .text(node.text) }
    guard node.isSequence else {
      report("a value is a text or a list of texts", at: node.range)
      return nil
    }
    return .list((0..<node.count).compactMap { value(node[item: $0]) })
  }
}
