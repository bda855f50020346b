internal import Diagnostics
internal import YAMLTree

extension ReferenceFinder {
  /// The changes of a file's text, and what each document says with them.
  func edits(of documents: [YAMLDocument]) throws(MergeProblem) -> (splices: [TextSplice], meaning: [PlainTree]) {
    var splices: [TextSplice] = []
    var meaning: [PlainTree] = []
    for document in documents {
      guard let tree = tree(document.root) else { throw .form(at: document.root) }
      meaning.append(tree)
    }
    let order = { (a: YAMLNode, b: YAMLNode) in a.utf8Range.lowerBound < b.utf8Range.lowerBound }
    for (node, text) in texts.sorted(by: { order($0.key, $1.key) }) {
      splices.append(try Self.splice(node, text))
    }
    for (node, id) in ids.sorted(by: { order($0.key, $1.key) }) {
      splices += try MappingSurgery(node).set("id", .text(id), order: ["kind", "id"])
    }
    for document in documents where needsAlias(document.root) {
      splices += try alias(in: document.root)
    }
    return (splices, meaning)
  }

  /// The text of a scalar in the style in which it is written.
  private static func splice(_ node: YAMLNode, _ text: String) throws(MergeProblem) -> TextSplice {
    switch node.style {
    case .plain:
      let written = YAMLWriter.scalar(text, isInFlow: false)
      return TextSplice(node.utf8Range, written)
    case .singleQuoted: return TextSplice(node.utf8Range, "'\(text)'")
    case .doubleQuoted: return TextSplice(node.utf8Range, "\"\(text)\"")
    case .literal, .folded: throw .form(at: node)
    }
  }

  // MARK: The alias

  private func needsAlias(_ node: YAMLNode) -> Bool {
    node == own
      && !(node.first("aliases").map(CanonicalValue.items) ?? []).contains { $0.textEquals(old) || texts[$0] == old }
  }

  private func alias(in node: YAMLNode) throws(MergeProblem) -> [TextSplice] {
    let surgery = MappingSurgery(node)
    if let list = node.first("aliases"), list.isSequence {
      if let index = surgery.index(of: "aliases"), surgery.isAlias(index) { throw .alias(at: node.key(index)) }
      return try ListSurgery(list).append(.text(old))
    }
    return try surgery.set("aliases", aliases(of: node), order: ["kind", "id", "name", "summary", "aliases"])
  }

  private func aliases(of node: YAMLNode) -> PlainTree {
    let known = node.first("aliases").map(CanonicalValue.items) ?? []
    return .sequence(known.map { .text(texts[$0] ?? $0.text) } + [.text(old)])
  }

  // MARK: Meaning

  private func tree(_ node: YAMLNode) -> PlainTree? {
    if node.isReported { return nil }
    switch node.kind {
    case .scalar: return texts[node].map { .text($0) } ?? PlainTree(node)
    case .sequence:
      var items: [PlainTree] = []
      for index in 0..<node.count {
        guard let item = tree(node[item: index]) else { return nil }
        items.append(item)
      }
      return .sequence(items)
    case .mapping:
      var entries: [PlainTree.Entry] = []
      for index in 0..<node.count {
        guard let value = tree(node.value(index)) else { return nil }
        entries.append(PlainTree.Entry(key: Array(node.key(index).utf8), value: value))
      }
      var result = PlainTree.mapping(entries)
      if let id = ids[node] { result["id"] = .text(id) }
      if needsAlias(node) { result["aliases"] = aliases(of: node) }
      return result
    }
  }

  // MARK: Words

  /// Where the old id goes on standing as a word, outside of what is kept, in what a file says with some changes.
  func mentions(_ before: SourceText, _ splices: [TextSplice], _ after: SourceText) -> [SourceRange] {
    let word = Array(old.utf8)
    let passed = texts.keys.map(\.utf8Range) + kept.map(\.utf8Range)
    var result: [SourceRange] = []
    for start in Self.places(of: word, in: before.bytes) where !passed.contains(where: { $0.contains(start) }) {
      let shift = splices.filter { $0.range.upperBound <= start }.reduce(0) { $0 + $1.bytes.count - $1.range.count }
      result.append(SourceRange(after, start + shift..<start + shift + word.count))
    }
    return result
  }

  /// Where a word stands with nothing that an id is made of beside it.
  static func places(of word: [UInt8], in bytes: [UInt8]) -> [Int] {
    guard let first = word.first, bytes.count >= word.count else { return [] }
    func isIDByte(_ byte: UInt8) -> Bool {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
      default: byte >= 0x80
      }
    }
    var result: [Int] = []
    var index = 0
    while index + word.count <= bytes.count {
      let end = index + word.count
      if bytes[index] == first, bytes[index..<end].elementsEqual(word), index == 0 || !isIDByte(bytes[index - 1]),
        end == bytes.count || !isIDByte(bytes[end])
      {
        result.append(index)
        index = end
      } else {
        index += 1
      }
    }
    return result
  }
}
