internal import Synchronization

/// A named text, kept as the bytes that were read. Places in it are UTF-8 byte offsets; lines and columns are made only
/// when something is printed.
///
/// A reference type because one text is shared by every place that points into it, and because two files with equal
/// contents are different texts.
public final class SourceText: Sendable {
  /// The path relative to the repository's root, with forward slashes; of a text at a revision `revision:path`; or a name
  /// in angle brackets for text that is no file (`<expression>`).
  public let name: String
  /// The name without the revision.
  public let path: String
  public let bytes: [UInt8]
  /// The pack that it travels in, `public-sector/1`; nil: it is the repository's own.
  public let pack: String?
  /// Made when a position is asked.
  private let table = Mutex<PositionTable?>(nil)

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    path = name
    pack = nil
    self.bytes = bytes
  }

  /// A file of a pack, which lies nowhere: its name says so.
  public init(path: String, inPack pack: String, bytes: [UInt8]) {
    name = "pack:\(pack)/\(path)"
    self.path = name
    self.pack = pack
    self.bytes = bytes
  }

  /// A file as it is at a revision, which may have a colon in its own name, as the path may.
  public init(path: String, at revision: String, bytes: [UInt8]) {
    name = "\(revision):\(path)"
    self.path = path
    pack = nil
    self.bytes = bytes
  }

  /// Whether it is a file of a revision, not one that lies at its path now.
  public var isAtRevision: Bool { path.utf8.count != name.utf8.count }

  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text of a range of byte offsets, repaired where it is not UTF-8.
  public func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The 1-based line of a byte offset and its 1-based column in code points. Linear in the text where it is asked first,
  /// constant from then on: a report may ask for every line of a large file.
  public func position(at utf8Offset: Int) -> SourcePosition {
    let table = table.withLock { table in
      if let table { return table }
      let made = PositionTable(bytes)
      table = made
      return made
    }
    return table.position(at: utf8Offset, in: bytes)
  }

  /// The byte range of the line that holds an offset, without its line break.
  public func lineRange(at utf8Offset: Int) -> Range<Int> {
    let offset = min(max(utf8Offset, 0), bytes.count)
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
    return start..<end
  }
}

/// A place for people: 1-based line, 1-based column in code points.
public struct SourcePosition: Hashable, Comparable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (a: SourcePosition, b: SourcePosition) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// A range of byte offsets in one text.
public struct SourceRange: Hashable, Sendable {
  public var source: SourceText
  public var utf8Range: Range<Int>

  public init(_ source: SourceText, _ utf8Range: Range<Int>) {
    self.source = source
    self.utf8Range = utf8Range
  }

  public var text: String { source.text(in: utf8Range) }
  public var start: SourcePosition { source.position(at: utf8Range.lowerBound) }
  public var end: SourcePosition { source.position(at: utf8Range.upperBound) }

  /// `path:line:column`.
  public var described: String {
    let start = self.start
    return "\(source.name):\(start.line):\(start.column)"
  }

  public static func == (a: SourceRange, b: SourceRange) -> Bool {
    a.source === b.source && a.utf8Range == b.utf8Range
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(utf8Range)
  }

  /// Order by file name, then place.
  public static func precedes(_ a: SourceRange, _ b: SourceRange) -> Bool {
    if a.source.name != b.source.name { return a.source.name < b.source.name }
    return (a.utf8Range.lowerBound, a.utf8Range.upperBound) < (b.utf8Range.lowerBound, b.utf8Range.upperBound)
  }
}
