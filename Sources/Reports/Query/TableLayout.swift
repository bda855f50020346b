internal import Diagnostics

/// Lays a sheet out for a terminal: columns aligned by the width that characters take there, long cells wrapped at words.
struct TableLayout {
  var style: TextStyle
  /// Columns of the terminal; nil: as wide as it becomes.
  var width: Int?
  var hasHeadings = true

  private static let gap = 2
  /// No column is made narrower for the sake of others.
  private static let leastWidth = 8

  /// Ends with a line break, unless there is no row.
  func text(_ sheet: Sheet) -> String {
    guard !sheet.rows.isEmpty else { return "" }
    let headings = sheet.columns.map { Self.shown($0.heading) }
    let cells = sheet.rows.map { $0.cells.map { Self.shown($0.text) } }
    let hasMarks = sheet.rows.contains { !$0.doubts.isEmpty }
    var natural = sheet.columns.indices.map { index in
      cells.reduce(0) { max($0, displayWidth(of: $1[index])) }
    }
    if hasHeadings {
      for index in natural.indices { natural[index] = max(natural[index], displayWidth(of: headings[index])) }
    }
    let widths = fitted(natural, room: width.map { $0 - (hasMarks ? 2 : 0) })
    let isRight = sheet.columns.map(\.isNumber)
    var lines: [String] = []
    if hasHeadings {
      let blank = hasMarks ? "  " : ""
      lines += self.lines(headings, widths, isRight, mark: blank).map { style.apply(.emphasis, to: $0) }
      lines.append(blank + widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "))
    }
    for (row, texts) in zip(sheet.rows, cells) {
      lines += self.lines(texts, widths, isRight, mark: hasMarks ? (row.doubts.isEmpty ? "  " : "? ") : "")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text of several lines becomes one, and nothing in it moves the cursor.
  private static func shown(_ text: String) -> String {
    escapedForTerminal(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  /// The widths of columns: what is narrow keeps its own, what is wide shares what is left.
  private func fitted(_ natural: [Int], room: Int?) -> [Int] {
    guard let room else { return natural }
    var left = room - Self.gap * max(0, natural.count - 1)
    guard natural.reduce(0, +) > left else { return natural }
    var result = natural
    var open = Array(natural.indices)
    while !open.isEmpty {
      let share = max(left / open.count, Self.leastWidth)
      let narrow = open.filter { natural[$0] <= share }
      if narrow.isEmpty {
        var rest = max(0, left - share * open.count)
        for index in open {
          result[index] = share + (rest > 0 ? 1 : 0)
          rest -= 1
        }
        break
      }
      for index in narrow { left -= natural[index] }
      open.removeAll { natural[$0] <= share }
    }
    return result
  }

  /// One row, as many lines as its longest cell needs.
  private func lines(_ texts: [String], _ widths: [Int], _ isRight: [Bool], mark: String) -> [String] {
    let wrapped = zip(texts, widths).map { Self.wrapped($0, width: $1) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { number in
      var line = number == 0 ? mark : String(repeating: " ", count: mark.count)
      for index in wrapped.indices {
        let text = number < wrapped[index].count ? wrapped[index][number] : ""
        let padding = String(repeating: " ", count: max(0, widths[index] - displayWidth(of: text)))
        line += (index == 0 ? "" : "  ") + (isRight[index] ? padding + text : text + padding)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Lines of at most so many columns, broken at spaces, else behind a sign that joins the parts of a name, else
  /// anywhere.
  static func wrapped(_ text: String, width: Int) -> [String] {
    if displayWidth(of: text) <= width { return [text] }
    var lines: [String] = []
    var rest = Array(text.unicodeScalars)[...]
    while true {
      var taken = 0
      var end = rest.startIndex
      while end < rest.endIndex {
        let next = displayWidth(of: String(rest[end]))
        if taken + next > width, end > rest.startIndex { break }
        taken += next
        end += 1
      }
      if end == rest.endIndex {
        if !rest.isEmpty || lines.isEmpty { lines.append(string(rest)) }
        return lines
      }
      let line = rest[..<end]
      var cut = end
      if rest[end] != " " {
        if let space = line.lastIndex(of: " "), space > line.startIndex {
          cut = space
        } else if let joint = line.lastIndex(where: { "-/:.,_)|".unicodeScalars.contains($0) }),
          joint > line.startIndex
        {
          cut = joint + 1
        }
      }
      lines.append(string(rest[..<cut]))
      rest = rest[cut...].drop { $0 == " " }
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var result = ""
    result.unicodeScalars.append(contentsOf: scalars)
    while result.last == " " { result.removeLast() }
    return result
  }
}
