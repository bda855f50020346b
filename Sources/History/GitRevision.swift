internal import Catalogue
public import Diagnostics

/// One commit, and the repository's files in it.
public struct GitRevision: Sendable {
  let repository: GitRepository
  /// As it was asked for; of a commit's whole name the first ten digits.
  public let name: String
  /// The commit's whole name.
  public let commit: String

  /// The first ten digits of the commit's name.
  public var shortCommit: String { String(commit.prefix(10)) }

  /// What the repository's folders held.
  public struct Contents: Sendable {
    /// Sorted by path. A text is named `revision:path`, as git names it.
    public var files: [SourceText] = []
    public var settings: SourceText?
    /// The findings that the authority started with.
    public var baseline: SourceText?
    /// Files that are no documents.
    public var otherCount = 0
    /// What looks like a document and is not read.
    public var unread: [(path: String, reason: String)] = []
    /// Where other repositories are tied in: nobody looked there.
    public var submodules: [String] = []
  }

  /// Reads every document with one `ls-tree` and one `cat-file --batch`: two children, however many files there are.
  public func contents() async throws(GitFailure) -> Contents {
    let folder = repository.prefix.hasSuffix("/") ? String(repository.prefix.dropLast()) : repository.prefix
    let command = repository.command
    let listing = try await command.run(
      ["ls-tree", "-r", "-z", "--long", "--full-tree", "--end-of-options", "\(commit):\(folder)"], limit: 1 << 30)
    let missing = GitFailure.noCatalogue(revision: name, folder: folder)
    guard listing.status == 0 else {
      if listing.lacksObjects { throw .partialClone(revision: name) }
      if folder.isEmpty || !listing.error.contains("Not a valid object name") { throw .failed(listing.reason) }
      throw missing
    }
    let tree = GitTree(listing.bytes)
    guard tree.isRepository else { throw missing }
    var result = Contents(otherCount: tree.otherCount, unread: tree.unread, submodules: tree.submodules)
    let wanted = tree.documents + [tree.settings, tree.baseline].compactMap(\.self)
    if wanted.isEmpty { return result }
    // Each object has a line of its own before it and a line break behind it.
    let limit = wanted.reduce(0) { $0 + $1.size + 128 }
    let answer = try await command.run(
      ["cat-file", "--batch"], input: wanted.flatMap { Array("\($0.object)\n".utf8) }, limit: limit)
    guard answer.status == 0 else {
      throw answer.lacksObjects ? .partialClone(revision: name) : .failed(answer.reason)
    }
    var reader = BatchReader(answer.bytes)
    for item in wanted {
      guard let bytes = reader.next() else { throw .missingObject(revision: name, path: item.path) }
      let text = SourceText(path: item.path, at: name, bytes: bytes)
      switch item.path {
      case RepositoryLayout.settingsFile: result.settings = text
      case RepositoryLayout.baselineFile: result.baseline = text
      default: result.files.append(text)
      }
    }
    return result
  }
}

/// The objects that `cat-file --batch` writes, one after another.
struct BatchReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next object's contents; nil where it is missing, no file, or cut off.
  mutating func next() -> [UInt8]? {
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    // `<name> blob <size>`, or `<name> missing`.
    let header = String(decoding: bytes[position..<end], as: UTF8.self).split(separator: " ")
    position = end + 1
    guard header.count == 3, header[1] == "blob", let size = Int(header[2]), size >= 0, size < bytes.count - position
    else { return nil }
    defer { position += size + 1 }
    return Array(bytes[position..<position + size])
  }
}
