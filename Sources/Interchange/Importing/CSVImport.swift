public import Catalogue
public import Diagnostics
public import Governance
internal import YAMLTree

/// A table as documents that were tried out: the whole repository was loaded with them, and has no mistake and no
/// reference to nowhere that it had not before.
public struct CSVImport: Sendable {
  /// A document, by the own id of what it is; the name of a file where each has its own.
  public struct Document: Sendable {
    public let id: String
    /// Lines, each with its break.
    public let text: String
  }

  public struct Options: Sendable {
    public var separator = UInt8(ascii: ",")
    /// Whether what fits is given where something does not.
    public var skipsBadRows = false
    public var tasks = 2
    public var limits = CSVTable.Limits()
    public init() {}
  }

  /// In the order of the table. Empty where nothing is to be written.
  public let documents: [Document]
  /// What does not fit. Sorted for printing.
  public let problems: [Diagnostic]
  /// What the documents lack; no reason to refuse them. Sorted for printing.
  public let remarks: [Diagnostic]
  public let rowCount: Int
  public let badRowCount: Int
  public let emptyRowCount: Int

  /// Whether rows were read at all; else the table or the map has mistakes.
  public let isRead: Bool

  /// Reads a table by a map. Nothing is written.
  ///
  /// - Parameter kind: one whose documents may be written.
  public static func run(
    _ source: SourceText, kind: Kind, map: SourceText, _ repository: CheckedMerge.Repository, _ options: Options
  ) async -> CSVImport {
    let table = CSVTable(source, separator: options.separator, limits: options.limits)
    if table.header.isEmpty { return CSVImport(refused: table.problems, table) }
    let estate = repository.estate
    var reader = ImportMapReader(kind, estate.metamodel, table)
    let read = reader.read(map)
    guard let read else { return CSVImport(refused: reader.diagnostics + separatorHint(table, options), table) }
    var run = ImportRun(table, read, repository, tasks: options.tasks)
    run.read()
    if !options.skipsBadRows, table.badRowCount + run.badRowCount > 0 {
      return CSVImport(refused: table.problems + run.problems, table, badRowCount: run.badRowCount)
    }
    await run.tryOut(again: options.skipsBadRows)
    let problems = table.problems + run.problems
    let isRefused = run.isRefused || !options.skipsBadRows && !problems.isEmpty
    return CSVImport(
      documents: isRefused ? [] : run.documents.map(\.document), problems: problems.sortedForPrinting(),
      remarks: isRefused ? [] : run.remarks.sortedForPrinting(), rowCount: table.rows.count + table.badRowCount,
      badRowCount: table.badRowCount + run.badRowCount, emptyRowCount: table.emptyRowCount,
      isRead: true)
  }

  /// A table with one column may be divided by something else.
  static func separatorHint(_ table: CSVTable, _ options: Options) -> [Diagnostic] {
    guard table.header.count == 1, let only = table.header.first else { return [] }
    let name = table.text(only)
    let other = [(";", "';'"), ("\t", "tab"), (",", "','")].first {
      name.contains($0.0) && $0.0.utf8.first != options.separator
    }
    guard let other else { return [] }
    return [
      Diagnostic(
        "bad-csv", .note, "the table has one column; it may be divided otherwise: --separator \(other.1)",
        at: table.range(only))
    ]
  }

  private init(
    documents: [Document], problems: [Diagnostic], remarks: [Diagnostic], rowCount: Int, badRowCount: Int,
    emptyRowCount: Int, isRead: Bool
  ) {
    self.documents = documents
    self.problems = problems
    self.remarks = remarks
    self.rowCount = rowCount
    self.badRowCount = badRowCount
    self.emptyRowCount = emptyRowCount
    self.isRead = isRead
  }

  private init(refused problems: [Diagnostic], _ table: CSVTable, badRowCount: Int? = nil) {
    self.init(
      documents: [], problems: problems.sortedForPrinting(), remarks: [],
      rowCount: table.rows.count + table.badRowCount, badRowCount: table.badRowCount + (badRowCount ?? 0),
      emptyRowCount: table.emptyRowCount, isRead: badRowCount != nil)
  }
}
