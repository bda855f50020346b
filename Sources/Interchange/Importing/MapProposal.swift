internal import CEL
public import Catalogue
public import Diagnostics

/// A map to begin with: which columns have the names of a kind's fields. Nothing is imported by it before somebody has
/// confirmed it.
public struct MapProposal: Sendable {
  /// YAML; empty where the table cannot be read.
  public let text: String
  public let problems: [Diagnostic]

  /// What people call the column of ids.
  private static let idNames = ["id", "identifier", "key", "ref", "reference", "code"]
  /// At most so many values of a column are listed.
  private static let valueLimit = 20

  public init(_ source: SourceText, kind: Kind, _ metamodel: Metamodel, separator: UInt8 = UInt8(ascii: ",")) {
    let table = CSVTable(source, separator: separator)
    var options = CSVImport.Options()
    options.separator = separator
    let hint = CSVImport.separatorHint(table, options)
    problems = table.problems + hint
    // What is taken for one column is most likely several.
    text = table.header.isEmpty || !hint.isEmpty ? "" : Proposal(table, kind, metamodel, separator).text
  }

  /// The work: one table, one kind.
  private struct Proposal {
    let table: CSVTable
    let kind: Kind
    let metamodel: Metamodel
    let names: [String]
    let fields: [Field]
    let separator: UInt8

    init(_ table: CSVTable, _ kind: Kind, _ metamodel: Metamodel, _ separator: UInt8) {
      self.separator = separator
      self.table = table
      self.kind = kind
      self.metamodel = metamodel
      names = table.header.map { table.trimmed($0) }
      fields = ImportableFields.all(of: kind, metamodel)
    }

    var text: String {
      var lines = [
        "# A proposal, made of the names of columns and fields alone: confirm or change each line, then look at what it does:",
        "#   triglyph import csv FILE --kind \(kind.name)\(separatorOption) --map map.yaml --dry-run",
        "format: 1", "kind: \(kind.name)",
      ]
      var used: Set<Int> = []
      lines += idLines(&used)
      lines.append("fields:")
      var missing: [Field] = []
      var others: [String] = []
      for field in fields {
        let found = column(for: field, used)
        guard let (column, isExact) = found else {
          if field.isRequired || field.path == kind.ownerRelation {
            missing.append(field)
          } else {
            others.append(field.path)
          }
          continue
        }
        used.insert(column)
        lines += fieldLines(field, column, isExact: isExact)
      }
      if lines.last == "fields:" { lines[lines.count - 1] = "fields: {}" }
      for field in missing {
        lines.append("  # \(field.path): {column: …}    # required, and no column has this name\(hint(field))")
      }
      if !others.isEmpty { lines.append("# no column is called like: \(others.joined(separator: ", "))") }
      lines += rest(used)
      return lines.joined(separator: "\n") + "\n"
    }

    private var separatorOption: String {
      switch separator {
      case UInt8(ascii: ","): ""
      case 0x09: " --separator tab"
      default: " --separator '\(Character(Unicode.Scalar(separator)))'"
      }
    }

    private func quoted(_ text: String) -> String { PlainText.quoted(text) }

    private func idLines(_ used: inout Set<Int>) -> [String] {
      if let column = names.firstIndex(where: { MapProposal.idNames.contains($0.lowercased()) }) {
        used.insert(column)
        return ["id: {column: \(quoted(names[column]))}    # confirm; `slug` instead of `column` makes ids of names"]
      }
      if let name = fields.first(where: { $0.path == "name" }), let (column, _) = column(for: name, []) {
        return ["id: {slug: \(quoted(names[column]))}    # confirm: ids are made of these names"]
      }
      return ["# id: {column: …}    # or {slug: …}, which makes ids of names"]
    }

    /// The column that has a field's name or title, or one that is near.
    private func column(for field: Field, _ used: Set<Int>) -> (column: Int, isExact: Bool)? {
      let last = field.path.split(separator: ".").last.map(String.init) ?? field.path
      let wanted = [field.path, last, field.title ?? ""].map(plain).filter { !$0.isEmpty }
      let free = names.indices.filter { !used.contains($0) && !names[$0].isEmpty }
      if let exact = free.first(where: { wanted.contains(plain(names[$0])) }) { return (exact, true) }
      // "System name" for `name` of a system, and "System" too.
      if let part = free.first(where: { words(names[$0]).contains(plain(last)) }) { return (part, false) }
      if field.path == "name", let whole = free.first(where: { plain(names[$0]) == plain(kind.title) }) {
        return (whole, false)
      }
      for word in wanted where word.utf8.count > 3 {
        let near = nearMatches(to: word, among: free.map { plain(names[$0]) })
        if near.count == 1, let column = free.first(where: { plain(names[$0]) == near[0] }) { return (column, false) }
      }
      return nil
    }

    private func words(_ name: String) -> [String] {
      name.lowercased().utf8.split { !(0x61...0x7A).contains($0) && !(0x30...0x39).contains($0) }.map {
        String($0) ?? ""
      }
    }

    /// Lower-case ASCII letters and digits.
    private func plain(_ name: String) -> String {
      String(
        decoding: name.lowercased().utf8.filter { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) },
        as: UTF8.self)
    }

    private func fieldLines(_ field: Field, _ column: Int, isExact: Bool) -> [String] {
      let target = ImportableFields.target(field)
      var parts = ["column: \(quoted(names[column]))"]
      if target.kinds != nil { parts.append("by: name") }
      if target.isList { parts.append("split: \";\"") }
      if target.scalar == .date { parts.append("date: DD/MM/YYYY") }
      let mark = isExact ? "confirm" : "confirm: the names are only alike"
      guard let choices = choices(target) else {
        return ["  \(field.path): {\(parts.joined(separator: ", "))}    # \(mark)\(hint(field))"]
      }
      var lines = ["  \(field.path):    # \(mark)\(hint(field))"]
      lines += parts.map { "    \($0)" }
      lines.append("    values:")
      let found = values(column, target)
      for value in found.prefix(MapProposal.valueLimit) {
        if let choice = choices.first(where: { plain($0.title) == plain(value) || plain($0.id) == plain(value) }) {
          lines.append("      \(quoted(value)): \(choice.id)    # confirm")
        } else {
          lines.append("      # \(quoted(value)): …")
        }
      }
      if found.count > MapProposal.valueLimit {
        lines.append("      # … and \(found.count - MapProposal.valueLimit) more")
      }
      if !lines.contains(where: { $0.hasPrefix("      ") && !$0.hasPrefix("      #") }) {
        lines = lines.map { $0 == "    values:" ? "    # values:" : $0 }
      }
      return lines
    }

    private func choices(_ target: ImportableFields.Target) -> [(id: String, title: String)]? {
      switch target.scalar {
      case .enumeration(let type): zip(type.values, type.titles).map { ($0, $1) }
      case .boolean: [("true", "yes"), ("false", "no")]
      default: nil
      }
    }

    /// The distinct values of a column, in the order of the table.
    private func values(_ column: Int, _ target: ImportableFields.Target) -> [String] {
      var seen: Set<[UInt8]> = []
      var result: [String] = []
      for row in table.rows {
        let text = table.trimmed(table.cell(column, of: row))
        let items = target.isList ? CellList.items(text, divider: ";") : [text]
        for item in items where !item.isEmpty && seen.insert(Array(item.utf8)).inserted { result.append(item) }
      }
      return result
    }

    private func hint(_ field: Field) -> String {
      let target = ImportableFields.target(field)
      if let kinds = target.kinds {
        return "; leads to " + kinds.kinds.prefix(4).map { metamodel.kinds[$0].name }.joined(separator: " or ")
      }
      switch target.scalar {
      case .enumeration(let type): return "; one of " + type.values.prefix(12).joined(separator: ", ")
      case .duration: return "; 4h, 90m"
      case .period: return "; 7y, 30d"
      case .boolean: return "; true or false"
      default: return ""
      }
    }

    private func rest(_ used: Set<Int>) -> [String] {
      let free = names.indices.filter { !used.contains($0) && !names[$0].isEmpty }
      if free.isEmpty { return ["ignore: []"] }
      return ["ignore: []    # columns to leave out; nothing takes these:"] + free.map { "#  - \(quoted(names[$0]))" }
    }
  }
}
