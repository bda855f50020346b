internal import Catalogue
internal import Diagnostics
internal import Glibc

/// A repository on disk: which files belong to it, and their bytes.
struct WorkingTree {
  /// The folder that holds `catalogue/`, `standards/`, `rules/`, as an absolute path.
  let root: String

  static let folders = RepositoryLayout.folders
  static let settingsFile = RepositoryLayout.settingsFile
  static let baselineFile = RepositoryLayout.baselineFile

  /// Something about the environment that stops a run: a sentence for the user.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The nearest folder upwards, to the Git root at most, that holds `triglyph.yaml` or `catalogue/`.
  static func nearest(to folder: String) throws -> WorkingTree {
    guard let start = absolute(folder) else { throw Failure(description: NoRepository.sentence(at: folder)) }
    guard isFolder(start) else { throw Failure(description: NoRepository.sentence(at: folder)) }
    var current = start
    while true {
      if exists(current + "/" + settingsFile) || isFolder(current + "/catalogue") { return WorkingTree(root: current) }
      if exists(current + "/.git") || current == "/" { break }
      current = String(current[..<(current.lastIndex(of: "/") ?? current.startIndex)])
      if current.isEmpty { current = "/" }
    }
    throw Failure(description: NoRepository.sentence(at: folder))
  }

  /// What a repository's folders hold.
  struct Sources {
    var files: [SourceText]
    /// Files that are no documents.
    var otherCount: Int
    /// What looks like a document and is not read: nothing may be left out without a word.
    var unread: [(path: String, reason: String)]
    /// What may have been meant for a document, and is none.
    var doubtful: [(path: String, reason: String)]
  }

  /// Every `*.yaml` and `*.yml` under the three folders, sorted by path. Names that begin with a dot and links are not
  /// followed: one that leads to a folder elsewhere is told.
  func sources(tasks: Int) async throws -> Sources {
    var listing = Listing()
    for folder in Self.folders where Self.isFolder("\(root)/\(folder)") {
      try list(folder, &listing)
    }
    for wrong in RepositoryLayout.wrongFiles where Self.exists("\(root)/\(wrong.name)") {
      listing.unread.append((wrong.name, wrong.reason))
    }
    listing.doubtful += try foldersAlike()
    let sorted = listing.paths.sorted()
    let files = try await withThrowingTaskGroup(of: [(Int, SourceText)].self) { group in
      for task in 0..<tasks {
        group.addTask {
          try stride(from: task, to: sorted.count, by: tasks).map {
            ($0, SourceText(name: sorted[$0], bytes: try read(sorted[$0])))
          }
        }
      }
      var files: [SourceText?] = Array(repeating: nil, count: sorted.count)
      for try await part in group { for (index, file) in part { files[index] = file } }
      return files.compactMap { $0 }
    }
    return Sources(
      files: files, otherCount: listing.otherCount, unread: listing.unread.sorted { $0.path < $1.path },
      doubtful: listing.doubtful.sorted { $0.path < $1.path })
  }

  /// The repository's own settings, where it has any.
  func settings() throws -> SourceText? {
    guard Self.exists("\(root)/\(Self.settingsFile)") else { return nil }
    return SourceText(name: Self.settingsFile, bytes: try read(Self.settingsFile))
  }

  /// The findings that the repository starts with, where it says any.
  func baseline() throws -> SourceText? {
    var status = stat()
    guard lstat("\(root)/\(Self.baselineFile)", &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw Failure(description: "\(Self.baselineFile) is no file; links are not followed")
    }
    return SourceText(name: Self.baselineFile, bytes: try read(Self.baselineFile))
  }

  // MARK: Disk

  private struct Listing {
    var paths: [String] = []
    var otherCount = 0
    var unread: [(path: String, reason: String)] = []
    var doubtful: [(path: String, reason: String)] = []
  }

  /// Folders that are called almost like one of the three, and hold documents.
  private func foldersAlike() throws -> [(path: String, reason: String)] {
    var result: [(path: String, reason: String)] = []
    for name in try names(in: ".") where !Self.folders.contains(name) && Self.isFolder("\(root)/\(name)") {
      guard let meant = RepositoryLayout.folder(meantBy: name) else { continue }
      var listing = Listing()
      try list(name, &listing)
      let count = listing.paths.count
      if count > 0 {
        let files = count == 1 ? "a file that ends" : "\(count) files that end"
        result.append(("\(name)/", "it holds \(files) with .yaml or .yml, and documents stand in \(meant)/"))
      }
    }
    return result
  }

  /// What a folder holds, but for names that begin with a dot.
  private func names(in folder: String) throws -> [String] {
    guard let handle = opendir("\(root)/\(folder)") else {
      throw Failure(description: "cannot read the folder \(folder)")
    }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// Whether a link leads to a folder that is not read anyway.
  private func leadsToFolderElsewhere(_ link: String) -> Bool {
    guard Self.isFolder("\(root)/\(link)"), let target = Self.absolute("\(root)/\(link)") else { return false }
    return !Self.folders.contains { folder in
      guard let own = Self.absolute("\(root)/\(folder)") else { return false }
      return target == own || target.hasPrefix("\(own)/")
    }
  }

  private func list(_ folder: String, _ listing: inout Listing) throws {
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat("\(root)/\(path)", &status) == 0 else {
        listing.unread.append((path, "it cannot be looked at"))
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: try list(path, &listing)
      case let type where type == S_IFREG || type == S_IFLNK:
        switch RepositoryLayout.role(ofFile: name, isLink: type == S_IFLNK) {
        case .document: listing.paths.append(path)
        case .unread(let reason): listing.unread.append((path, reason))
        case .other:
          listing.otherCount += 1
          if type == S_IFLNK, leadsToFolderElsewhere(path) {
            listing.unread.append((path, "it is a link to a folder, and links are not followed"))
          } else if let doubt = RepositoryLayout.doubt(ofFile: name) {
            listing.doubtful.append((path, doubt))
          }
        }
      default:
        listing.otherCount += 1
        if RepositoryLayout.role(ofFile: name) != .other { listing.unread.append((path, "it is no file")) }
      }
    }
  }

  private func read(_ path: String) throws -> [UInt8] {
    let descriptor = open("\(root)/\(path)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(description: "cannot read \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(description: "cannot read \(path)") }
    // The reader refuses a large file by its size; more than this is not even brought into memory.
    let size = min(Int(status.st_size), RepositoryLayout.largestFile)
    var problem = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = true }
        if got <= 0 { break }
        count += got
      }
    }
    if problem { throw Failure(description: "cannot read \(path)") }
    return bytes
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
