internal import Diagnostics
internal import YAMLTree

/// Changes of the text of one mapping, in a block or in braces: nothing else in the text is touched, and no comment is
/// lost.
struct MappingSurgery {
  let mapping: YAMLNode
  let source: SourceText
  let writer: YAMLWriter

  init(_ mapping: YAMLNode) {
    self.mapping = mapping
    source = mapping.source
    writer = YAMLWriter(lineBreak: source.lineBreak)
  }

  func index(of key: String) -> Int? { (0..<mapping.count).first { mapping.key($0).textEquals(key) } }

  /// Whether the value of an entry stands elsewhere.
  func isAlias(_ index: Int) -> Bool {
    let value = mapping.value(index).utf8Range
    let end = index + 1 < mapping.count ? mapping.key(index + 1).utf8Range.lowerBound : mapping.utf8Range.upperBound
    return value.lowerBound < mapping.key(index).utf8Range.upperBound || value.upperBound > end
  }

  private func checkForm() throws(MergeProblem) {
    guard mapping.isFlow else { return }
    guard source.bytes[mapping.utf8Range].first == UInt8(ascii: "{") else { throw .form(at: mapping) }
  }

  // MARK: A value

  /// Gives a key another value, or adds the key.
  /// - Parameter order: the keys in the order in which they are wanted; a new key comes behind those before it.
  func set(_ key: String, _ value: PlainTree, order: [String] = []) throws(MergeProblem) -> [TextSplice] {
    try checkForm()
    if let index = index(of: key) { return try replace(index, value) }
    if mapping.isFlow { return try insert("\(YAMLWriter.scalar(key, isInFlow: true)): \(writer.flow(value))") }
    let name = YAMLWriter.scalar(key, isInFlow: false) + ":"
    return try insertBlock(key, order: order) { indentation in
      name + writer.afterColon(value, indentation: indentation, column: indentation + name.unicodeScalars.count)
    }
  }

  private func replace(_ index: Int, _ value: PlainTree) throws(MergeProblem) -> [TextSplice] {
    let (key, old) = (mapping.key(index), mapping.value(index))
    if isAlias(index) { throw .alias(at: key) }
    let scan = CommentScan(key, old)
    if mapping.isFlow {
      if let comment = scan.comments(in: old.utf8Range).first { throw .comment(at: comment) }
      return [TextSplice(old.utf8Range, writer.flow(value))]
    }
    let keyStart = key.utf8Range.lowerBound
    let column = keyStart - source.lineStart(at: keyStart)
    let colon = try colon(after: key)
    let written = writer.afterColon(value, indentation: column, column: column + colon - keyStart)
    if !written.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }),
      source.lineEnd(at: colon) >= old.utf8Range.upperBound
    {
      return [TextSplice(old.utf8Range, String(written.dropFirst()))]
    }
    return try replace(index, behindColon: written)
  }

  /// Puts other text behind the colon of a key: a line, or several with their breaks and indentation. A comment behind the
  /// value stays on the key's line.
  func replace(_ index: Int, behindColon text: String) throws(MergeProblem) -> [TextSplice] {
    let (key, old) = (mapping.key(index), mapping.value(index))
    if isAlias(index) { throw .alias(at: key) }
    let range = try colon(after: key)..<old.utf8Range.upperBound
    let comments = CommentScan(key, old).comments(in: range)
    let lineBreak = text.utf8.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.endIndex
    return try movedComments(comments, before: key) + [
      TextSplice(range, String(text[..<lineBreak])),
      .insertion(String(text[lineBreak...]), at: source.lineEnd(at: range.upperBound)),
    ]
  }

  /// Comments as lines of their own before a key.
  private func movedComments(_ comments: [SourceRange], before key: YAMLNode) throws(MergeProblem) -> [TextSplice] {
    guard let first = comments.first else { return [] }
    guard let indentation = source.indentation(at: key.utf8Range.lowerBound) else { throw .comment(at: first) }
    return [.insertion(lines(comments, indentation), at: source.lineStart(at: key.utf8Range.lowerBound))]
  }

  private func lines(_ comments: [SourceRange], _ indentation: Int) -> String {
    let margin = String(repeating: " ", count: indentation)
    return comments.map { margin + $0.text + source.lineBreak }.joined()
  }

  /// The place behind the colon that follows a key.
  private func colon(after key: YAMLNode) throws(MergeProblem) -> Int {
    var index = key.utf8Range.upperBound
    while index < source.bytes.count, source.bytes[index] == 0x20 { index += 1 }
    guard index < source.bytes.count, source.bytes[index] == UInt8(ascii: ":") else { throw .form(at: key) }
    return index + 1
  }

  // MARK: A new key

  /// Adds an entry in braces, behind the last.
  private func insert(_ entry: String) throws(MergeProblem) -> [TextSplice] {
    let last = mapping.count - 1
    guard last >= 0 else { return [.insertion(entry, at: mapping.utf8Range.lowerBound + 1)] }
    if isAlias(last) { throw .alias(at: mapping.key(last)) }
    return [.insertion(", " + entry, at: mapping.value(last).utf8Range.upperBound)]
  }

  /// Adds lines to a mapping in a block, behind the key that comes before them.
  func insertBlock(
    _ key: String, order: [String], _ text: (Int) -> String
  ) throws(MergeProblem) -> [TextSplice] {
    guard !mapping.isFlow, mapping.count > 0 else { throw .form(at: mapping) }
    let first = mapping.key(0).utf8Range.lowerBound
    let start = source.lineStart(at: first)
    // What stands before the first key on its line: spaces, or dashes of lists.
    guard source.bytes[start..<first].allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else {
      throw .form(at: mapping)
    }
    let indentation = first - start
    let last = predecessor(of: key, order)
    if isAlias(last) { throw .alias(at: mapping.key(last)) }
    let end = source.lineEnd(at: mapping.value(last).utf8Range.upperBound)
    let margin = source.lineBreak + String(repeating: " ", count: indentation)
    return [.insertion(margin + text(indentation), at: end)]
  }

  /// The entry behind which a new key belongs: the last of those that come before it in the order, else the last.
  private func predecessor(of key: String, _ order: [String]) -> Int {
    let last = mapping.count - 1
    guard let wanted = order.firstIndex(of: key) else { return last }
    let before = Set(order[..<wanted])
    return (0..<mapping.count).last { before.contains(mapping.key($0).text) } ?? last
  }

  // MARK: Removal

  /// Takes a key away with its value; comments on its lines stay, on lines of their own.
  func remove(_ key: String) throws(MergeProblem) -> [TextSplice] {
    try checkForm()
    guard let index = index(of: key) else { return [] }
    if isAlias(index) { throw .alias(at: mapping.key(index)) }
    if mapping.isFlow {
      let elements = (0..<mapping.count).map {
        mapping.key($0).utf8Range.lowerBound..<mapping.value($0).utf8Range.upperBound
      }
      if index > 0, isAlias(index - 1) { throw .alias(at: mapping.key(index - 1)) }
      let range = ListSurgery.removal(of: index, from: elements)
      if let comment = CommentScan(mapping).comments(in: range).first { throw .comment(at: comment) }
      return [TextSplice(range, "")]
    }
    guard mapping.count > 1 else { throw .form(at: mapping) }
    let (name, value) = (mapping.key(index), mapping.value(index))
    let start = name.utf8Range.lowerBound
    let scan = CommentScan(name, value)
    guard let indentation = source.indentation(at: start) else {
      // The first key stands on the line of a dash: the second takes its place.
      guard index == 0 else { throw .form(at: name) }
      let range = start..<mapping.key(1).utf8Range.lowerBound
      if let comment = scan.comments(in: range).first { throw .comment(at: comment) }
      return [TextSplice(range, "")]
    }
    let end = source.lineEnd(at: value.utf8Range.upperBound)
    let comments = scan.comments(in: start..<end)
    return [TextSplice(source.lineStart(at: start)..<source.nextLine(after: end), lines(comments, indentation))]
  }
}
