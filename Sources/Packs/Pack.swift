public import Diagnostics

/// A vocabulary, standards and rules that travel in the executable, under a name and a number.
public struct Pack: Sendable {
  /// One of its files: the path in the folder that it was made from, and the text.
  public struct File: Sendable {
    public let path: String
    let text: StaticString

    public init(_ path: String, _ text: StaticString) {
      self.path = path
      self.text = text
    }

    public var bytes: [UInt8] { text.withUTF8Buffer { Array($0) } }
  }

  public let name: String
  /// From 1 on. What a later number says is not what an earlier one said: both travel as long as somebody uses them.
  public let version: Int
  /// One sentence without a full stop.
  public let summary: String
  /// Sorted by path.
  public let files: [File]

  public init(name: String, version: Int, summary: String, files: [File]) {
    self.name = name
    self.version = version
    self.summary = summary
    self.files = files.sorted { $0.path < $1.path }
  }

  /// As `use:` names it: `public-sector/1`.
  public var id: String { "\(name)/\(version)" }

  /// Its documents for the reader, under names like `pack:public-sector/1/rules/data/data-one-master.yaml`.
  public var sources: [SourceText] { files.map { SourceText(path: $0.path, inPack: id, bytes: $0.bytes) } }
}
