internal import Diagnostics
internal import Glibc

/// Files that are not there yet, in folders that may not be: all are written, or none, and nothing is written over.
struct NewFiles {
  /// An existing folder or one to make, relative to the working directory or absolute.
  let root: String
  /// Paths from the root, of names only.
  let files: [(path: String, bytes: [UInt8])]

  private var made: [String] = []
  private var temporary: [String] = []
  private var written: [String] = []

  static func write(_ files: [(path: String, bytes: [UInt8])], under root: String) throws(WorkingTree.Failure) {
    var run = NewFiles(root: root, files: files)
    do {
      try run.check()
      try run.write()
    } catch {
      run.undo()
      throw error
    }
  }

  private init(root: String, files: [(path: String, bytes: [UInt8])]) {
    self.root = root
    self.files = files
  }

  // MARK: Before

  /// Refuses what is there, a link or a file where a folder is wanted included.
  private func check() throws(WorkingTree.Failure) {
    var taken: [String] = []
    for file in files {
      let parts = file.path.split(separator: "/").map(String.init)
      for length in 1...max(1, parts.count) {
        let path = parts.prefix(length).joined(separator: "/")
        guard let type = Self.type(of: "\(root)/\(path)") else { break }
        if length < parts.count, type == S_IFDIR { continue }
        if !taken.contains(path) { taken.append(path) }
        break
      }
    }
    if taken.isEmpty { return }
    let shown = taken.map { escapedForTerminal($0) }
    let list =
      shown.count == 1 ? shown[0] : shown.dropLast().joined(separator: ", ") + " and " + (shown.last ?? "")
    throw WorkingTree.Failure(
      description: "\(list) \(shown.count == 1 ? "is" : "are") there already; nothing is written")
  }

  private static func type(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  // MARK: Writing

  private mutating func write() throws(WorkingTree.Failure) {
    try makeFolders(root, isRoot: true)
    var waiting: [(temporary: String, path: String)] = []
    for file in files {
      let path = "\(root)/\(file.path)"
      if let slash = file.path.lastIndex(of: "/") { try makeFolders("\(root)/\(file.path[..<slash])", isRoot: false) }
      waiting.append((try writeAside(file.bytes, path), path))
    }
    for (aside, path) in waiting {
      // A link fails where something has come to stand there meanwhile; a renamed file would replace it.
      if link(aside, path) != 0 {
        let number = errno
        guard [EPERM, ENOTSUP, ENOSYS].contains(number), Self.type(of: path) == nil, rename(aside, path) == 0 else {
          throw Self.failure("cannot write", path, number)
        }
      }
      written.append(path)
    }
    for path in temporary { unlink(path) }
  }

  private mutating func makeFolders(_ path: String, isRoot: Bool) throws(WorkingTree.Failure) {
    var current = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      current += (current.isEmpty || current == "/" ? "" : "/") + part
      if mkdir(current, 0o777) == 0 {
        made.append(current)
      } else if errno != EEXIST {
        throw Self.failure("cannot make the folder", current, errno)
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Self.failure("cannot write into", path, ENOTDIR)
    }
  }

  private mutating func writeAside(_ bytes: [UInt8], _ path: String) throws(WorkingTree.Failure) -> String {
    let mask = umask(0)
    umask(mask)
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    var template = Array("\(path[..<slash]).\(path[slash...]).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Self.failure("cannot write", path, errno) }
    let name = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    temporary.append(name)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      done += count
    }
    let isWritten = done == bytes.count && fchmod(descriptor, 0o666 & ~mask) == 0 && fsync(descriptor) == 0
    let number = errno
    close(descriptor)
    guard isWritten else { throw Self.failure("cannot write", path, number) }
    return name
  }

  private func undo() {
    for path in temporary { unlink(path) }
    for path in written { unlink(path) }
    for path in made.reversed() { rmdir(path) }
  }

  private static func failure(_ what: String, _ path: String, _ number: Int32) -> WorkingTree.Failure {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return WorkingTree.Failure(description: "\(what) \(escapedForTerminal(path)): \(reason)")
  }
}
