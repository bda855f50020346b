internal import CEL
internal import Catalogue
internal import Diagnostics

/// Reads rows by a map: values by field, and what does not fit.
struct RowReader {
  /// A row as a document.
  struct Draft {
    var row: CSVTable.Row
    /// The own id; nil for a part that has none.
    var id: String?
    var values: [(path: String, value: DocumentValue)] = []
    var isBad = false
  }

  private let map: ImportMap
  private let table: CSVTable
  private let metamodel: Metamodel
  private(set) var problems: [Diagnostic] = []

  init(_ map: ImportMap, _ table: CSVTable, _ metamodel: Metamodel) {
    self.map = map
    self.table = table
    self.metamodel = metamodel
  }

  private mutating func report(
    _ summary: String, _ column: Int?, _ draft: inout Draft, notes: [String] = [], related: [Diagnostic.Related] = []
  ) {
    let cell = table.cell(column ?? 0, of: draft.row)
    let place = column.map { "row \(draft.row.number), column `\(table.trimmed(table.header[$0]))`" }
    draft.isBad = true
    problems.append(
      Diagnostic(
        "not-imported", .error, "\(place ?? "row \(draft.row.number)"): \(summary)", at: table.range(cell),
        related: related, notes: notes))
  }

  // MARK: Ids

  /// The rows with their ids.
  mutating func drafts() -> [Draft] { table.rows.map { draft($0) } }

  private mutating func draft(_ row: CSVTable.Row) -> Draft {
    var draft = Draft(row: row)
    switch map.id {
    case .key: return draft
    case .column(let column):
      let text = table.trimmed(table.cell(column, of: row))
      if text.isEmpty {
        report("there is no id", column, &draft)
      } else if !EntityID.isID(text) {
        report(
          "`\(shown(text))` cannot be an id", column, &draft,
          notes: ["an id is made of a-z, 0-9 and single hyphens, at most 80 bytes; `id: {slug: …}` makes ids of names"])
      } else {
        draft.id = text
      }
    case .slug(let column):
      let text = table.trimmed(table.cell(column, of: row))
      do {
        draft.id = try IDSlug.make(of: text)
      } catch {
        switch error {
        case .empty: report("no id can be made of `\(shown(text))`", column, &draft)
        case .tooLong: report("the id that is made of this has more than 80 bytes", column, &draft)
        case .letter(let letter):
          report(
            "no id can be made of `\(shown(text))`: what stands for `\(letter)` is not known", column, &draft,
            notes: ["give the table a column of ids, and say `id: {column: …}`"])
        }
      }
    }
    return draft
  }

  /// Reports rows that have one id, all of them, and those whose id is taken.
  /// - Parameter taken: where an id is already; nil where it is free.
  mutating func checkIDs(_ drafts: inout [Draft], _ taken: (String) -> String?) {
    guard let column = idColumn else { return }
    var first: [String: Int] = [:]
    for index in drafts.indices {
      guard let id = fullID(drafts[index]) else { continue }
      if let place = taken(id) {
        report("\(map.kind.name):\(id) is there already\(place)", column, &drafts[index])
      }
      guard let known = first[id] else {
        first[id] = index
        continue
      }
      let cell = table.range(table.cell(column, of: drafts[known].row))
      report(
        "the id `\(id)` is that of row \(drafts[known].row.number) too", column, &drafts[index],
        notes: ["none of them is imported; give each an id of its own"],
        related: [Diagnostic.Related("row \(drafts[known].row.number)", at: cell)])
      drafts[known].isBad = true
    }
  }

  private var idColumn: Int? {
    switch map.id {
    case .column(let column), .slug(let column): column
    case .key: nil
    }
  }

  /// With the owner's before it.
  private func fullID(_ draft: Draft) -> String? {
    guard let id = draft.id else { return nil }
    guard let owner = map.kind.ownerRelation else { return id }
    guard case .text(let reference)? = draft.values.first(where: { $0.path == owner })?.value else { return nil }
    return (reference.split(separator: ":").last.map(String.init) ?? reference) + "/" + id
  }

  /// The text of a field that has one, for names of the table's own rows.
  func text(_ path: String, of draft: Draft) -> String? {
    guard let rule = map.fields.first(where: { $0.field.path == path }), case .column(let column) = rule.source else {
      return nil
    }
    return table.trimmed(table.cell(column, of: draft.row))
  }

  // MARK: Fields

  mutating func read(_ draft: inout Draft, _ references: inout ReferenceIndex) {
    for rule in map.fields {
      let text: String
      var column: Int?
      switch rule.source {
      case .constant(let constant): text = constant
      case .column(let found):
        column = found
        text = table.trimmed(table.cell(found, of: draft.row))
      }
      guard let value = value(text, rule, column, &draft, &references) else { continue }
      draft.values.append((rule.field.path, value))
    }
  }

  /// What a cell says of a field; nil where it is empty, which means that nothing is recorded, and where it does not fit.
  private mutating func value(
    _ text: String, _ rule: ImportMap.FieldRule, _ column: Int?, _ draft: inout Draft,
    _ references: inout ReferenceIndex
  ) -> DocumentValue? {
    let target = ImportableFields.target(rule.field)
    if text.isEmpty {
      return rule.empty.flatMap { checked($0, rule, target, column, &draft, &references) }
    }
    guard let split = rule.split else {
      guard let item = item(text, rule, target, column, &draft, &references) else { return nil }
      if target.isList, case .text = item { return .list([item]) }
      return item
    }
    var items: [DocumentValue] = []
    for part in CellList.items(text, divider: split) {
      guard let item = item(part, rule, target, column, &draft, &references) else { continue }
      if case .gap = item { return gapOnly(items, text, rule, column, &draft) }
      if case .list(let several) = item { items += several } else { items.append(item) }
    }
    return items.isEmpty ? nil : .list(items)
  }

  /// A list is known or it is not.
  private mutating func gapOnly(
    _ items: [DocumentValue], _ text: String, _ rule: ImportMap.FieldRule, _ column: Int?, _ draft: inout Draft
  ) -> DocumentValue? {
    if items.isEmpty, CellList.items(text, divider: rule.split ?? "").count == 1 { return .gap }
    report("`\(shown(text))` says that something is unknown beside what is known", column, &draft)
    return nil
  }

  private mutating func item(
    _ text: String, _ rule: ImportMap.FieldRule, _ target: ImportableFields.Target, _ column: Int?,
    _ draft: inout Draft, _ references: inout ReferenceIndex
  ) -> DocumentValue? {
    var text = text
    if let values = rule.values {
      if let known = values.first(where: { $0.text.utf8.elementsEqual(text.utf8) }) {
        return checked(known.value, rule, target, column, &draft, &references)
      }
      let near = suggestion(for: text, among: values.map(\.text))
      report(
        "`\(shown(text))` is not among the `values` of `\(rule.field.path)`", column, &draft,
        notes: [near ?? "there are: " + values.prefix(12).map(\.text).joined(separator: ", ")])
      return nil
    }
    if !rule.removed.isEmpty {
      var kept = String.UnicodeScalarView()
      for scalar in text.unicodeScalars where !rule.removed.contains(scalar) { kept.append(scalar) }
      text = CSVTable.trimmed(String(kept))
      if text.isEmpty { return rule.empty.flatMap { checked($0, rule, target, column, &draft, &references) } }
    }
    if let pattern = rule.date {
      guard let date = pattern.date(of: text) else {
        report("`\(shown(text))` is no date written \(pattern.text)", column, &draft)
        return nil
      }
      text = date
    }
    return checked(.text(text), rule, target, column, &draft, &references)
  }

  /// A value that the field can have; nil, reported, where it cannot.
  private mutating func checked(
    _ value: DocumentValue, _ rule: ImportMap.FieldRule, _ target: ImportableFields.Target, _ column: Int?,
    _ draft: inout Draft, _ references: inout ReferenceIndex
  ) -> DocumentValue? {
    switch value {
    case .gap: return .gap
    case .list(let items):
      guard target.isList else {
        report("`\(rule.field.path)` is one value, and the map gives it a list", column, &draft)
        return nil
      }
      let read = items.compactMap { checked($0, rule, target, column, &draft, &references) }
      return read.count == items.count ? .list(read) : nil
    case .text(let text):
      if let kinds = target.kinds { return reference(text, rule, kinds, column, &draft, &references) }
      if case .lifecycle = rule.field.shape, !metamodel.phases.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
        report(
          "`\(shown(text))` is no phase", column, &draft,
          notes: ["there are: " + metamodel.phases.joined(separator: ", ")])
        return nil
      }
      guard let (wanted, notes) = target.scalar?.refusal(of: text) else { return .text(text) }
      report("`\(shown(text))` is not \(wanted), for `\(rule.field.path)`", column, &draft, notes: notes)
      return nil
    }
  }

  private mutating func reference(
    _ text: String, _ rule: ImportMap.FieldRule, _ kinds: KindSet, _ column: Int?, _ draft: inout Draft,
    _ references: inout ReferenceIndex
  ) -> DocumentValue? {
    let names = kinds.kinds.prefix(4).map { metamodel.kinds[$0].name }.joined(separator: " or ")
    let answer = rule.isByName ? references.find(name: text, kinds) : references.find(id: text, kinds)
    switch answer {
    case .found(let reference): return .text(reference)
    case .none(let near):
      let how = rule.isByName ? "called `\(shown(text))`" : "`\(shown(text))`"
      report("there is no \(names) \(how), for `\(rule.field.path)`", column, &draft, notes: [near].compactMap { $0 })
    case .ambiguous(let found):
      report(
        "`\(shown(text))` may be \(found.prefix(5).joined(separator: " or ")), for `\(rule.field.path)`", column, &draft
      )
    }
    return nil
  }

  private func shown(_ text: String) -> String {
    text.unicodeScalars.count <= 80 ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(79))) + "…"
  }
}
