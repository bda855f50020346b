internal import CSQLite

/// Texts that are searched by word: a table of SQLite's FTS5 in memory, owned by whoever holds this. Words are folded by
/// `unicode61` and stemmed by Porter's algorithm for English.
///
/// Every search is one phrase in quotes, so that nothing of it is taken for FTS5's query language.
final class FullTextIndex {
  /// What a document's score is when it holds a phrase: the greater, the better.
  struct Match {
    var document: Int64
    var score: Double
  }

  private let database: OpaquePointer
  private var insertion: OpaquePointer?
  private var selection: OpaquePointer?
  private let columnCount: Int

  /// - Parameters:
  ///   - weights: what a word counts for in each column.
  ///   - stems: whether forms of a word are one word.
  init(weights: [Double], stems: Bool = true) throws(FullTextFailure) {
    columnCount = weights.count
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    let status = sqlite3_open_v2(":memory:", &handle, flags, nil)
    guard let handle else { throw FullTextFailure(reason: "there is no memory for it") }
    database = handle
    if status != SQLITE_OK { throw failure }
    let columns = weights.indices.map { "c\($0)" }
    let places = columns.map { _ in "?" }.joined(separator: ", ")
    let factors = weights.map { "\($0)" }.joined(separator: ", ")
    let tokens = "\(stems ? "porter " : "")unicode61 remove_diacritics 2"
    // Nothing here outlives the process or is undone: no journal. Texts are not read back: they are not kept.
    try execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
    try execute(
      "CREATE VIRTUAL TABLE texts USING fts5(\(columns.joined(separator: ", ")), content = '', tokenize = '\(tokens)')")
    try execute("BEGIN")
    insertion = try prepared("INSERT INTO texts(rowid, \(columns.joined(separator: ", "))) VALUES (?, \(places))")
    selection = try prepared(
      "SELECT rowid, -bm25(texts, \(factors)) FROM texts WHERE texts MATCH ? ORDER BY rowid")
  }

  deinit {
    sqlite3_finalize(insertion)
    sqlite3_finalize(selection)
    sqlite3_close_v2(database)
  }

  /// Adds a document under a number that no other has; a text for each column.
  func add(_ texts: [String], as document: Int64) throws(FullTextFailure) {
    precondition(texts.count == columnCount, "there is a text for each column")
    guard let insertion else { throw failure }
    sqlite3_reset(insertion)
    var status = sqlite3_bind_int64(insertion, 1, document)
    for (place, text) in texts.enumerated() where status == SQLITE_OK {
      status = bind(text, insertion, Int32(place + 2))
    }
    guard status == SQLITE_OK, sqlite3_step(insertion) == SQLITE_DONE else { throw failure }
  }

  /// The documents that hold some words next to one another, by number.
  func matches(_ words: [String]) throws(FullTextFailure) -> [Match] {
    guard let selection else { throw failure }
    let phrase = words.map { $0.replacing("\"", with: "\"\"") }.joined(separator: " ")
    // A zero byte would end the text, and with it the quotes.
    if words.isEmpty || phrase.utf8.contains(0) { return [] }
    sqlite3_reset(selection)
    guard bind("\"\(phrase)\"", selection, 1) == SQLITE_OK else { throw failure }
    var result: [Match] = []
    while true {
      switch sqlite3_step(selection) {
      case SQLITE_ROW:
        result.append(
          Match(document: sqlite3_column_int64(selection, 0), score: sqlite3_column_double(selection, 1)))
      case SQLITE_DONE: return result
      default: throw failure
      }
    }
  }

  // MARK: SQLite

  private var failure: FullTextFailure { FullTextFailure(reason: String(cString: sqlite3_errmsg(database))) }

  private func execute(_ statement: String) throws(FullTextFailure) {
    if sqlite3_exec(database, statement, nil, nil, nil) != SQLITE_OK { throw failure }
  }

  private func prepared(_ text: String) throws(FullTextFailure) -> OpaquePointer? {
    var statement: OpaquePointer?
    if sqlite3_prepare_v2(database, text, -1, &statement, nil) != SQLITE_OK { throw failure }
    return statement
  }

  private func bind(_ text: String, _ statement: OpaquePointer, _ place: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        // An empty buffer may have no address, which SQLite takes for NULL.
        $0.isEmpty
          ? sqlite3_bind_zeroblob(statement, place, 0)
          : triglyph_sqlite_bind_copy(statement, place, $0.baseAddress, Int32(clamping: $0.count))
      }
    }
  }
}
