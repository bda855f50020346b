internal import Diagnostics
internal import YAMLTree

/// The text of an entry of `adds` as a document of its own: the initiative's own lines, comments included, moved to the
/// left margin.
struct EntryText {
  /// Without line breaks.
  private(set) var lines: [String]
  private(set) var root: YAMLNode

  init(_ entry: YAMLNode) throws(MergeProblem) {
    let source = entry.source
    let range = entry.utf8Range
    let start = source.lineStart(at: range.lowerBound)
    let column = range.lowerBound - start
    var lines: [String] = []
    var position = range.lowerBound
    while position < range.upperBound {
      let lineEnd = source.lineEnd(at: position)
      let isLast = lineEnd >= range.upperBound
      let end = isLast ? Self.end(of: entry, lineEnd) : lineEnd
      var from = position
      if !lines.isEmpty {
        while from < end, from - position < column, source.bytes[from] == 0x20 { from += 1 }
      }
      lines.append(source.text(in: from..<max(from, end)))
      position = max(source.nextLine(after: lineEnd), lineEnd + 1)
    }
    self.lines = lines
    root = entry
    try read(meaning: PlainTree(entry), at: entry)
  }

  /// The end of the last line: behind a comment, before what else follows an entry in braces.
  private static func end(of entry: YAMLNode, _ lineEnd: Int) -> Int {
    let bytes = entry.source.bytes
    let end = entry.utf8Range.upperBound
    var index = end
    while index < lineEnd, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index > end && index < lineEnd && bytes[index] == UInt8(ascii: "#") ? lineEnd : end
  }

  /// Reads the lines again; they must say what is meant.
  private mutating func read(meaning tree: PlainTree?, at entry: YAMLNode) throws(MergeProblem) {
    let text = lines.joined(separator: "\n") + "\n"
    let file = YAMLFile.parse(SourceText(name: entry.source.name, text: text))
    guard file.diagnostics.isEmpty, file.documents.count == 1, let tree, let read = file.documents.first?.root,
      read.isMapping, PlainTree(read) == tree
    else { throw .form(at: entry) }
    root = read
  }

  /// Takes a key away.
  mutating func remove(_ key: String, at entry: YAMLNode) throws(MergeProblem) {
    guard root.first(key) != nil, let tree = PlainTree(root), let wanted = TreeChange.remove(key).applied(to: tree)
    else {
      return
    }
    let bytes = TextSplice.apply(try MappingSurgery(root).remove(key), to: root.source.bytes)
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    while lines.last == "" { lines.removeLast() }
    try read(meaning: wanted, at: entry)
  }

  var hasComments: Bool { !CommentScan(root).comments(in: 0..<root.source.bytes.count).isEmpty }
}
