internal import Diagnostics
internal import YAMLTree

/// What is written under a key of a new document.
package indirect enum DocumentValue: Sendable {
  case text(String)
  /// `unknown`: an admitted gap.
  case gap
  case list([DocumentValue])

  fileprivate var tree: PlainTree {
    switch self {
    case .text(let text): .text(text)
    case .gap: .text("unknown", isGap: true)
    case .list(let items): .sequence(items.map(\.tree))
    }
  }
}

/// The text of a new document.
package enum DocumentText {
  /// The document's lines, each with its break: `kind`, then the keys in the order in which a document is best read.
  /// Texts are in quotes where anything could take them for something else.
  ///
  /// - Parameter values: by path; of a record or a lifecycle the members, dotted.
  /// - Returns: nil where the text, read again, would not say what the values say.
  package static func of(
    _ kind: Kind, _ values: [(path: String, value: DocumentValue)], _ metamodel: Metamodel
  ) -> String? {
    var tree = PlainTree.mapping([])
    tree["kind"] = .text(kind.name)
    for (path, value) in values {
      guard let dot = path.firstIndex(of: ".") else {
        tree[path] = value.tree
        continue
      }
      var record = tree[String(path[..<dot])] ?? .mapping([])
      record[String(path[path.index(after: dot)...])] = value.tree
      tree[String(path[..<dot])] = record
    }
    guard case .mapping(let entries) = tree else { return nil }
    let order = metamodel.writingOrder(of: kind.index)
    let ranks = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let writer = YAMLWriter()
    let sorted = entries.indices.sorted { a, b in
      (rank(entries[a], ranks), a) < (rank(entries[b], ranks), b)
    }
    var text = ""
    for index in sorted {
      let name = YAMLWriter.scalar(String(decoding: entries[index].key, as: UTF8.self), isInFlow: false) + ":"
      text += name + writer.afterColon(entries[index].value, indentation: 0, column: name.unicodeScalars.count) + "\n"
    }
    let file = YAMLFile.parse(SourceText(name: "document", text: text))
    guard file.diagnostics.isEmpty, file.documents.count == 1, let root = file.documents.first?.root,
      PlainTree(root) == tree
    else { return nil }
    return text
  }

  private static func rank(_ entry: PlainTree.Entry, _ ranks: [String: Int]) -> Int {
    let name = String(decoding: entry.key, as: UTF8.self)
    return name == "kind" ? -1 : ranks[name] ?? .max
  }
}
