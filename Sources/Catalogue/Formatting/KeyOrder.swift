public import Diagnostics
internal import YAMLTree

/// Puts the keys of documents into the order of the metamodel, as whole lines: nothing inside a key is touched.
public struct KeyOrder: Sendable {
  /// Why a file is left as it is.
  public struct Obstacle: Sendable, Equatable {
    /// 1-based; nil where it is of the whole file.
    public let line: Int?
    public let reason: String
    /// Whether the file has a mistake: it cannot be read, whatever its order.
    public let isMistake: Bool
  }

  public enum Answer: Sendable, Equatable {
    /// In order.
    case same
    case moved([UInt8])
    /// It would be moved, or cannot be read, and is left.
    case left(Obstacle)
  }

  /// Keys by kind, and where each belongs.
  private let places: [String: [String: Int]]

  public init(_ metamodel: Metamodel) {
    places = Dictionary(
      metamodel.kinds.map { kind in
        let order = metamodel.writingOrder(of: kind.index)
        // The kind comes first: it says what the rest means.
        let places = order.enumerated().map { ($1, $1 == "kind" ? -1 : $0) } + [("kind", -1)]
        return (kind.name, Dictionary(places, uniquingKeysWith: { first, _ in first }))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A file with its keys in order. What is moved is proven to say the same: each document has the same keys with the
  /// same values, and the file the same lines.
  public func arrange(_ source: SourceText) -> Answer {
    let file = YAMLFile.parse(source)
    if let mistake = file.diagnostics.first(where: { $0.severity == .error }) {
      let line = mistake.range.map { source.position(at: $0.utf8Range.lowerBound).line }
      return .left(Obstacle(line: line, reason: mistake.summary, isMistake: true))
    }
    let lines = FileLines(source.bytes)
    var order = Array(lines.ranges.indices)
    var isMoved = false
    for document in file.documents {
      switch sorted(document, source, lines) {
      case .failure(let obstacle): return .left(obstacle)
      case .success(nil): continue
      case .success(let moved?):
        isMoved = true
        order.replaceSubrange(moved.lines, with: moved.order)
      }
    }
    if !isMoved { return .same }
    let bytes = order.flatMap { source.bytes[lines.ranges[$0]] }
    guard Self.says(bytes, theSameAs: file) else {
      return .left(Obstacle(line: nil, reason: "moved, it would say something else", isMistake: false))
    }
    return .moved(bytes)
  }

  // MARK: One document

  private struct Moved {
    /// The lines that are put into another order, as places in the file.
    var lines: Range<Int>
    var order: [Int]
  }

  private enum Sorted {
    /// Nil: in order.
    case success(Moved?)
    case failure(Obstacle)
  }

  private func sorted(_ document: YAMLDocument, _ source: SourceText, _ lines: FileLines) -> Sorted {
    let root = document.root
    func obstacle(_ offset: Int, _ reason: String) -> Sorted {
      .failure(Obstacle(line: source.position(at: offset).line, reason: reason, isMistake: false))
    }
    // What is no mapping is no document; its reader says so.
    guard root.isMapping, root.count > 1 else { return .success(nil) }
    guard let kind = root.first("kind"), kind.isScalar, let places = places[String(decoding: kind.utf8, as: UTF8.self)]
    else { return obstacle(root.utf8Range.lowerBound, "its kind is not known") }
    var keys: [(place: Int, offset: Int)] = []
    for index in 0..<root.count {
      let key = root.key(index)
      let name = String(decoding: key.utf8, as: UTF8.self)
      guard let place = places[name] else {
        return obstacle(key.utf8Range.lowerBound, "nobody knows where `\(name)` belongs: its kind has no such key")
      }
      keys.append((place, key.utf8Range.lowerBound))
    }
    let wanted = keys.indices.sorted { (keys[$0].place, $0) < (keys[$1].place, $1) }
    if wanted == Array(keys.indices) { return .success(nil) }

    if root.isFlow { return obstacle(root.utf8Range.lowerBound, "it is written in braces") }
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return obstacle(0, "it begins with a byte-order mark") }
    var starts: [Int] = []
    for key in keys {
      guard let line = lines.line(startingAt: key.offset) else {
        return obstacle(key.offset, "a key stands behind something else, or is indented")
      }
      starts.append(line)
    }
    return split(starts, wanted, lines)
  }

  /// Cuts a document between its keys, and puts the pieces into the order that is wanted.
  private func split(_ starts: [Int], _ wanted: [Int], _ lines: FileLines) -> Sorted {
    func obstacle(_ line: Int, _ reason: String) -> Sorted {
      .failure(Obstacle(line: line + 1, reason: reason, isMistake: false))
    }
    var pieces: [Range<Int>] = []
    // Comments right above a key are the key's.
    var heads = starts.map { lines.firstOfComments(above: $0) }
    // Those at the beginning may be the document's: with a blank line behind they are, and so is what is for an editor.
    let top = heads[0]
    while heads[0] < starts[0], lines.isForEditors(heads[0]) { heads[0] += 1 }
    if heads[0] < starts[0], wanted[0] != 0 {
      return obstacle(
        top, "whether this comment is about the key below it or about the document nobody can tell; a blank line would")
    }
    let end = lines.endOfDocument(from: starts[starts.count - 1])
    let tail = lines.firstOfTail(before: end)
    for (place, head) in heads.enumerated() {
      let next = place + 1 < heads.count ? heads[place + 1] : tail
      guard head < next else { return obstacle(starts[place], "two keys stand on one line") }
      pieces.append(head..<next)
      // What stands between blank lines belongs to neither key.
      guard place + 1 < heads.count else { continue }
      if let line = lines.comment(in: lines.firstOfTail(before: next)..<next) {
        let isKept = wanted.firstIndex(of: place).map { $0 + 1 < wanted.count && wanted[$0 + 1] == place + 1 } ?? false
        if !isKept {
          return obstacle(line, "this comment belongs to no key: it has a blank line below it")
        }
      }
    }
    if wanted.last != starts.count - 1 {
      // Behind a blank line it is the document's.
      if tail < end, let line = lines.comment(in: tail..<tail + 1) {
        return obstacle(line, "whether this comment is about the key above it or about the document nobody can tell")
      }
      if end == lines.ranges.count, !lines.endsWithBreak { return obstacle(end - 1, "the last line has no line break") }
    }
    return .success(Moved(lines: heads[0]..<tail, order: wanted.flatMap { Array(pieces[$0]) }))
  }

  // MARK: Proof

  /// Whether bytes say what a file says: as many documents, each with the same keys and values.
  private static func says(_ bytes: [UInt8], theSameAs file: YAMLFile) -> Bool {
    let other = YAMLFile.parse(SourceText(name: file.source.name, bytes: bytes))
    guard other.diagnostics.count == file.diagnostics.count, other.documents.count == file.documents.count,
      other.brokenDocuments.count == file.brokenDocuments.count
    else { return false }
    let isSame = zip(file.documents, other.documents).allSatisfy { a, b in
      guard let before = PlainTree(a.root), let after = PlainTree(b.root) else { return false }
      return before == after
    }
    return isSame && comments(file) == comments(other)
  }

  private static func comments(_ file: YAMLFile) -> [[UInt8]] {
    let bytes = file.source.bytes
    return CommentScan(file.documents.map(\.root)).comments(in: 0..<bytes.count)
      .map { Array(bytes[$0.utf8Range]) }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
