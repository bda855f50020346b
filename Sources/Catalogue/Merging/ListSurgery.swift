internal import Diagnostics
internal import YAMLTree

/// Changes of the text of one list, in a block or in brackets.
struct ListSurgery {
  let list: YAMLNode
  let source: SourceText

  init(_ list: YAMLNode) {
    self.list = list
    source = list.source
  }

  private func checkForm() throws(MergeProblem) {
    guard source.bytes[list.utf8Range].first == (list.isFlow ? UInt8(ascii: "[") : UInt8(ascii: "-")) else {
      throw .form(at: list)
    }
  }

  /// Whether an item stands elsewhere.
  private func isAlias(_ index: Int) -> Bool {
    let item = list[item: index].utf8Range
    return item.lowerBound < list.utf8Range.lowerBound || item.upperBound > list.utf8Range.upperBound
      || (index > 0 && item.lowerBound < list[item: index - 1].utf8Range.upperBound)
  }

  // MARK: A new item

  /// Adds an item at the end.
  func append(_ item: PlainTree) throws(MergeProblem) -> [TextSplice] {
    let writer = YAMLWriter(lineBreak: source.lineBreak)
    if list.isFlow { return try append(inBrackets: writer.flow(item)) }
    if case .scalar(let bytes, isGap: false) = item {
      return try append(lines: [YAMLWriter.scalar(String(decoding: bytes, as: UTF8.self), isInFlow: false)])
    }
    return try append(lines: [writer.flow(item)])
  }

  func append(inBrackets text: String) throws(MergeProblem) -> [TextSplice] {
    try checkForm()
    let last = list.count - 1
    guard last >= 0 else { return [.insertion(text, at: list.utf8Range.lowerBound + 1)] }
    if isAlias(last) { throw .alias(at: list) }
    return [.insertion(", " + text, at: list[item: last].utf8Range.upperBound)]
  }

  /// Adds an item of several lines to a list in a block; what comes behind the first line is indented to it.
  func append(lines: [String]) throws(MergeProblem) -> [TextSplice] {
    try checkForm()
    let start = list.utf8Range.lowerBound
    // A list in a list begins on the line of another's dash.
    let column = start - source.lineStart(at: start)
    guard source.bytes[start - column..<start].allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else {
      throw .form(at: list)
    }
    let last = list.count - 1
    guard last >= 0, !isAlias(last) else { throw .alias(at: list) }
    let end = source.lineEnd(at: list[item: last].utf8Range.upperBound)
    return [.insertion(source.lineBreak + Self.item(lines, indentation: column, source.lineBreak), at: end)]
  }

  /// Lines as an item of a list in a block: the first behind a dash, the others indented like it.
  static func item(_ lines: [String], indentation: Int, _ lineBreak: String) -> String {
    let margin = String(repeating: " ", count: indentation)
    return lines.enumerated().map { index, line in
      if index == 0 { return margin + "- " + line }
      return line.isEmpty ? "" : margin + "  " + line
    }.joined(separator: lineBreak)
  }

  // MARK: Removal

  /// Takes an item away; of a list in a block not the only one. Comments on its lines stay, on lines of their own.
  func remove(at index: Int) throws(MergeProblem) -> [TextSplice] {
    try checkForm()
    if isAlias(index) || (index > 0 && isAlias(index - 1)) { throw .alias(at: list) }
    let item = list[item: index]
    if list.isFlow {
      let range = Self.removal(of: index, from: (0..<list.count).map { list[item: $0].utf8Range })
      if let comment = CommentScan(list).comments(in: range).first { throw .comment(at: comment) }
      return [TextSplice(range, "")]
    }
    guard list.count > 1, let dash = dash(before: item), let indentation = source.indentation(at: dash) else {
      throw .form(at: item)
    }
    let end = source.lineEnd(at: item.utf8Range.upperBound)
    let margin = String(repeating: " ", count: indentation)
    let comments = CommentScan(item).comments(in: dash..<end).map { margin + $0.text + source.lineBreak }
    return [TextSplice(source.lineStart(at: dash)..<source.nextLine(after: end), comments.joined())]
  }

  /// The dash before an item on its line.
  private func dash(before item: YAMLNode) -> Int? {
    var index = item.utf8Range.lowerBound - 1
    while index >= 0, source.bytes[index] == 0x20 { index -= 1 }
    return index >= 0 && source.bytes[index] == UInt8(ascii: "-") ? index : nil
  }

  /// The bytes that go with an element in brackets or braces, with one comma.
  static func removal(of index: Int, from elements: [Range<Int>]) -> Range<Int> {
    let element = elements[index]
    if index > 0 { return elements[index - 1].upperBound..<element.upperBound }
    if elements.count > 1 { return element.lowerBound..<max(element.upperBound, elements[1].lowerBound) }
    return element
  }
}
