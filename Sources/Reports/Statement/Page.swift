/// A page of a report before it is written: texts as they are, escaped by whoever writes them.
struct Page {
  /// What a reader should take from a word before reading it; never the only sign.
  enum Tone: String {
    case good, bad, doubt, waiting, none
  }

  struct Cell {
    var text: String
    var tone = Tone.none
    var isNumber = false

    init(_ text: String, _ tone: Tone = .none) {
      self.text = text
      self.tone = tone
    }

    /// A count; a zero is left out of sight.
    init(_ count: Int, _ tone: Tone = .none) {
      text = count == 0 ? "-" : String(count)
      self.tone = count == 0 ? .none : tone
      isNumber = true
    }
  }

  struct Table {
    var columns: [Sheet.Column]
    var rows: [[Cell]] = []

    /// - Parameter numbers: headings of columns that hold numbers.
    init(_ headings: [String], numbers: Set<String> = []) {
      columns = headings.map { Sheet.Column(heading: $0, isNumber: numbers.contains($0)) }
    }

    /// Without those of some columns that hold no number but zero.
    func withoutEmpty(_ headings: [String]) -> Table {
      let kept = columns.indices.filter { place in
        !headings.contains(columns[place].heading)
          || rows.contains { $0.indices.contains(place) && !["-", "", "?"].contains($0[place].text) }
      }
      var result = self
      result.columns = kept.map { columns[$0] }
      result.rows = rows.map { row in kept.filter(row.indices.contains).map { row[$0] } }
      return result
    }
  }

  struct Item {
    /// `blocker`.
    var mark: String
    var tone: Tone
    /// `sec-mfa`; empty: none.
    var code: String
    var text: String
    var details: [String] = []
  }

  enum Block {
    case heading(String)
    case paragraph(String)
    case table(Table)
    case items([Item])
  }

  var title: String
  /// What it speaks of: the state of the catalogue.
  var declared: String
  var blocks: [Block] = []
  /// Said at the end of every page.
  static let reservation =
    "This is worked out from what the catalogue declares. It says nothing about what was left out of the catalogue, and does not say that any law is complied with."

  mutating func heading(_ text: String) { blocks.append(.heading(text)) }
  mutating func paragraph(_ text: String) { blocks.append(.paragraph(text)) }
  mutating func table(_ table: Table) { if !table.rows.isEmpty { blocks.append(.table(table)) } }
  mutating func items(_ items: [Item]) { if !items.isEmpty { blocks.append(.items(items)) } }
}
