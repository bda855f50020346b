internal import Diagnostics
internal import YAMLTree

/// A file on its way to what it shall say: each change is made in the text, the text is read again, what it says is
/// compared with what the change means, and every comment must be there still.
struct WorkingFile {
  /// Nil for a file that is not there yet.
  let original: [UInt8]?
  let name: String
  private(set) var yaml: YAMLFile
  /// What the text says now, kept from one change to the next.
  private var known: (trees: [PlainTree], comments: [[UInt8]: Int])?

  init(_ source: SourceText, isNew: Bool = false) {
    original = isNew ? nil : source.bytes
    name = source.name
    yaml = YAMLFile.parse(source)
  }

  var bytes: [UInt8] { yaml.source.bytes }
  var documents: [YAMLDocument] { yaml.documents }
  var isChanged: Bool { original.map { $0 != bytes } ?? true }

  private mutating func content() throws(MergeProblem) -> (trees: [PlainTree], comments: [[UInt8]: Int]) {
    if let known { return known }
    guard yaml.diagnostics.isEmpty, yaml.brokenDocuments.isEmpty else {
      throw MergeProblem(
        "a file with mistakes is not written to; `triglyph check` shows them", at: yaml.diagnostics.first?.range)
    }
    var trees: [PlainTree] = []
    for document in documents {
      guard let tree = PlainTree(document.root) else { throw .form(at: document.root) }
      trees.append(tree)
    }
    let content = (trees, Self.comments(of: yaml))
    known = content
    return content
  }

  /// Changes a mapping.
  /// - Parameter steps: from the document's root to the mapping.
  mutating func apply(
    _ change: TreeChange, document: Int, steps: [PlainTree.Step], _ splices: [TextSplice], at place: YAMLNode
  ) throws(MergeProblem) {
    var wanted = try content().trees
    guard wanted.indices.contains(document),
      let tree = wanted[document].replacing(steps, { change.applied(to: $0) })
    else { throw .form(at: place) }
    wanted[document] = tree
    try write(splices, meaning: wanted, at: place)
  }

  /// Changes several documents at once.
  /// - Parameter trees: what each says afterwards.
  mutating func apply(_ splices: [TextSplice], meaning trees: [PlainTree]) throws(MergeProblem) {
    guard let first = documents.first else { return }
    try write(splices, meaning: trees, at: first.root)
  }

  /// Puts a document behind another one, or at the end.
  mutating func insert(_ lines: [String], behind document: Int?, _ tree: PlainTree, at place: YAMLNode)
    throws(MergeProblem)
  {
    var wanted = try content().trees
    wanted.insert(tree, at: document.map { $0 + 1 } ?? wanted.count)
    let source = yaml.source
    let lineBreak = source.lineBreak
    let text = lines.joined(separator: lineBreak)
    let splice: TextSplice
    if let document, documents.indices.contains(document) {
      let end = source.lineEnd(at: documents[document].utf8Range.upperBound)
      splice = .insertion("\(lineBreak)---\(lineBreak)\(text)", at: end)
    } else {
      let isEnded = bytes.isEmpty || bytes.last == 0x0A || bytes.last == 0x0D
      let separator = documents.isEmpty ? "" : "---" + lineBreak
      splice = .insertion((isEnded ? "" : lineBreak) + separator + text + lineBreak, at: bytes.count)
    }
    do {
      try write([splice], meaning: wanted, at: place)
    } catch {
      let neighbour = document.flatMap { documents.indices.contains($0) ? documents[$0] : nil } ?? documents.last
      throw MergeProblem(
        "no document can be put behind this one safely; put it there by hand", at: neighbour?.range ?? place.range)
    }
  }

  private mutating func write(_ splices: [TextSplice], meaning trees: [PlainTree], at place: YAMLNode)
    throws(MergeProblem)
  {
    let before = try content().comments
    let changed = YAMLFile.parse(SourceText(name: name, bytes: TextSplice.apply(splices, to: bytes)))
    guard changed.diagnostics.isEmpty, changed.brokenDocuments.isEmpty, changed.documents.count == trees.count,
      zip(changed.documents, trees).allSatisfy({ PlainTree($0.root) == $1 })
    else { throw .form(at: place) }
    let comments = Self.comments(of: changed)
    guard before.allSatisfy({ comments[$0.key, default: 0] >= $0.value }) else { throw .form(at: place) }
    yaml = changed
    known = (trees, comments)
  }

  /// How often each comment stands there, blanks at the end of its line left out.
  private static func comments(of file: YAMLFile) -> [[UInt8]: Int] {
    guard file.source.bytes.contains(UInt8(ascii: "#")) else { return [:] }
    var result: [[UInt8]: Int] = [:]
    for comment in CommentScan(file.documents.map(\.root)).comments(in: 0..<file.source.bytes.count) {
      var bytes = file.source.bytes[comment.utf8Range]
      while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
      result[Array(bytes), default: 0] += 1
    }
    return result
  }
}
