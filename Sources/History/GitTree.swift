internal import Catalogue

/// What `ls-tree -r -z --long` tells of a repository's folder, sorted out by the same rules as a folder on disk.
struct GitTree {
  struct Entry: Equatable {
    var path: String
    var object: String
    /// In bytes.
    var size: Int
  }

  /// The modes of a symbolic link and of another repository's commit.
  private static let (link, submodule) = ("120000", "160000")

  /// Sorted by path.
  private(set) var documents: [Entry] = []
  private(set) var settings: Entry?
  private(set) var baseline: Entry?
  private(set) var otherCount = 0
  private(set) var unread: [(path: String, reason: String)] = []
  private(set) var submodules: [String] = []
  private var hasCatalogue = false

  /// Whether the folder is a repository of an authority's.
  var isRepository: Bool { settings != nil || hasCatalogue }

  /// - Parameter listing: `<mode> <type> <object> <size>\t<path>`, each ended by a NUL.
  init(_ listing: [UInt8]) {
    for line in listing.split(separator: 0) {
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { continue }
      let words = String(decoding: line[..<tab], as: UTF8.self).split(separator: " ")
      guard words.count == 4 else { continue }
      let entry = Entry(
        path: String(decoding: line[(tab + 1)...], as: UTF8.self), object: String(words[2]), size: Int(words[3]) ?? 0)
      add(entry, mode: words[0])
    }
    documents.sort { $0.path < $1.path }
    unread.sort { $0.path < $1.path }
    submodules.sort()
  }

  private mutating func add(_ entry: Entry, mode: Substring) {
    let parts = entry.path.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let name = parts.last else { return }
    if parts.count == 1 {
      addRoot(entry, mode: mode)
      return
    }
    guard RepositoryLayout.folders.contains(String(first)), !parts.contains(where: { $0.hasPrefix(".") }) else {
      return
    }
    if first == "catalogue" { hasCatalogue = true }
    if mode == Self.submodule {
      submodules.append(entry.path)
      return
    }
    switch RepositoryLayout.role(ofFile: String(name), isLink: mode == Self.link) {
    case .document: addDocument(entry)
    case .unread(let reason): unread.append((entry.path, reason))
    case .other: otherCount += 1
    }
  }

  /// What lies beside the three folders.
  private mutating func addRoot(_ entry: Entry, mode: Substring) {
    if let wrong = RepositoryLayout.wrongFiles.first(where: { $0.name == entry.path }) {
      unread.append((wrong.name, wrong.reason))
      return
    }
    let files = [RepositoryLayout.settingsFile, RepositoryLayout.baselineFile]
    guard files.contains(entry.path) || RepositoryLayout.folders.contains(entry.path) else { return }
    if mode == Self.submodule {
      submodules.append(entry.path)
    } else if mode == Self.link {
      unread.append((entry.path, "it is a link, and links are not followed"))
    } else if entry.size > RepositoryLayout.largestFile {
      unread.append((entry.path, Self.tooLarge(entry)))
    } else if entry.path == RepositoryLayout.settingsFile {
      settings = entry
    } else if entry.path == RepositoryLayout.baselineFile {
      baseline = entry
    }
  }

  private static func tooLarge(_ entry: Entry) -> String {
    "it has \(entry.size) bytes, more than are read of any file"
  }

  private mutating func addDocument(_ entry: Entry) {
    guard entry.size <= RepositoryLayout.largestFile else {
      unread.append((entry.path, Self.tooLarge(entry)))
      return
    }
    documents.append(entry)
  }
}
