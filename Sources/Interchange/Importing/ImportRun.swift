internal import Catalogue
internal import Diagnostics
internal import Governance
internal import YAMLTree

/// The way of a table's rows to documents of a repository.
struct ImportRun {
  private let table: CSVTable
  private let map: ImportMap
  private let repository: CheckedMerge.Repository
  private let tasks: Int
  private var drafts: [RowReader.Draft] = []
  private(set) var documents: [(document: CSVImport.Document, draft: Int)] = []
  private(set) var problems: [Diagnostic] = []
  private(set) var remarks: [Diagnostic] = []
  /// Whether there is a problem that belongs to no row.
  private(set) var isRefused = false

  init(_ table: CSVTable, _ map: ImportMap, _ repository: CheckedMerge.Repository, tasks: Int) {
    self.table = table
    self.map = map
    self.repository = repository
    self.tasks = tasks
  }

  private var estate: Estate { repository.estate }
  var badRowCount: Int { drafts.count { $0.isBad } }

  // MARK: Rows

  mutating func read() {
    var reader = RowReader(map, table, estate.metamodel)
    drafts = reader.drafts()
    var references = ReferenceIndex(
      estate, map.kind,
      own: map.kind.ownerRelation != nil
        ? [] : drafts.compactMap { draft in draft.id.map { ($0, reader.text("name", of: draft)) } })
    for index in drafts.indices { reader.read(&drafts[index], &references) }
    var read = drafts
    reader.checkIDs(&read) { place(of: $0) }
    drafts = read
    problems += reader.problems
  }

  /// Where an id is taken, for a sentence; nil where it is free.
  private func place(of id: String) -> String? {
    let name = "\(map.kind.name):\(id)"
    if let row = estate.currentRow(id, kind: map.kind.index) {
      let known = estate.entity(row).id
      let node = estate.entity(row).node
      let place = node.map { " (\($0.source.name):\($0.source.position(at: $0.utf8Range.lowerBound).line))" } ?? ""
      return (known == id ? "" : ": it is an alias of \(known)") + place
    }
    for initiative in estate.initiatives where initiative.added.contains(where: { estate.identity($0) == name }) {
      return ": initiative:\(initiative.id) adds it"
    }
    return nil
  }

  // MARK: Trying out

  private static let fileName = "<the imported documents>"

  /// Loads the repository with the documents. What is wrong with one costs its row.
  /// - Parameter again: whether the rest is tried out without the rows that do not load.
  mutating func tryOut(again: Bool) async {
    for _ in 0..<8 {
      write()
      if isRefused || documents.isEmpty { return }
      let count = badRowCount
      await load()
      if isRefused || badRowCount == count || !again { return }
    }
    refuse("what the rows refer to does not hold together without those that are left out", at: nil)
  }

  private mutating func write() {
    documents = []
    for index in drafts.indices where !drafts[index].isBad {
      var values = drafts[index].values
      if let id = drafts[index].id { values.insert(("id", .text(id)), at: 0) }
      guard let text = DocumentText.of(map.kind, values, estate.metamodel) else {
        drafts[index].isBad = true
        report("what is here cannot be written as a document", drafts[index], notes: [])
        continue
      }
      let id = drafts[index].id ?? "row-\(drafts[index].row.number)"
      documents.append((CSVImport.Document(id: id, text: text), index))
    }
  }

  private mutating func load() async {
    var starts: [Int] = []
    var bytes: [UInt8] = []
    for (document, _) in documents {
      starts.append(bytes.count)
      bytes += Array(document.text.utf8) + Array("---\n".utf8)
    }
    bytes.removeLast(documents.isEmpty ? 0 : 4)
    let source = SourceText(name: Self.fileName, bytes: bytes)
    let after = await RepositoryReader.read(
      repository.files + [source], asOf: estate.asOf, settings: repository.settings, tasks: tasks)
    var known: [String: Int] = [:]
    for diagnostic in repository.diagnostics { known["\(diagnostic.id) \(diagnostic.summary)", default: 0] += 1 }
    remarks = []
    for diagnostic in after.diagnostics + RuleBook(after.estate).diagnostics where diagnostic.severity == .error {
      let key = "\(diagnostic.id) \(diagnostic.summary)"
      if let count = known[key], count > 0 { known[key] = count - 1 } else { take(diagnostic, source, starts) }
    }
    let before = Set(estate.integrity.map(Self.key))
    for finding in after.estate.integrity where !before.contains(Self.key(finding)) {
      if finding.rule == .danglingReference {
        take(finding.diagnostic, source, starts)
      } else {
        remarks.append(moved(finding.diagnostic, source, starts))
      }
    }
  }

  private static func key(_ finding: IntegrityFinding) -> String {
    "\(finding.rule.rawValue) \(finding.entity) \(finding.field) \(finding.reference ?? "")"
  }

  /// The draft in whose document a diagnostic points.
  private func draft(of diagnostic: Diagnostic, _ source: SourceText, _ starts: [Int]) -> Int? {
    guard let range = diagnostic.range, range.source === source else { return nil }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= range.utf8Range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : documents[low - 1].draft
  }

  private mutating func take(_ diagnostic: Diagnostic, _ source: SourceText, _ starts: [Int]) {
    guard let index = draft(of: diagnostic, source, starts) else {
      problems.append(diagnostic)
      isRefused = true
      return
    }
    drafts[index].isBad = true
    report(diagnostic.summary, drafts[index], notes: diagnostic.notes)
  }

  /// The same diagnostic at its row.
  private func moved(_ diagnostic: Diagnostic, _ source: SourceText, _ starts: [Int]) -> Diagnostic {
    guard let index = draft(of: diagnostic, source, starts) else { return diagnostic }
    let row = drafts[index].row
    return Diagnostic(
      diagnostic.id, diagnostic.severity, "row \(row.number): \(diagnostic.summary)",
      at: table.range(table.cell(0, of: row)), notes: diagnostic.notes)
  }

  private mutating func report(_ summary: String, _ draft: RowReader.Draft, notes: [String]) {
    problems.append(
      Diagnostic(
        "not-imported", .error, "row \(draft.row.number): \(summary)", at: table.range(table.cell(0, of: draft.row)),
        notes: notes))
  }

  private mutating func refuse(_ summary: String, at range: SourceRange?) {
    problems.append(Diagnostic("not-imported", .error, summary, at: range))
    isRefused = true
  }
}
