internal import Glibc

/// Replaces several files together: all are written beside their places first, so that what can fail fails before the
/// first of them changes.
enum FileReplacement {
  struct File {
    var path: String
    /// What stands there and is replaced; nil where nothing may.
    var before: [UInt8]?
    var after: [UInt8]
  }

  static func replace(_ files: [File]) throws(WorkingTree.Failure) {
    var written: [(temporary: String, path: String)] = []
    do {
      for file in files { written.append((try write(file), file.path)) }
      for file in files { try check(file) }
    } catch {
      for file in written { unlink(file.temporary) }
      throw error
    }
    for (index, file) in written.enumerated() {
      if rename(file.temporary, file.path) == 0 { continue }
      let reason = reason()
      for rest in written[index...] { unlink(rest.temporary) }
      let done = written[..<index].map(\.path).joined(separator: ", ")
      throw WorkingTree.Failure(
        description: "cannot replace \(file.path): \(reason)" + (done.isEmpty ? "" : "; replaced already: \(done)"))
    }
  }

  /// Whether a file is still what was read.
  private static func check(_ file: File) throws(WorkingTree.Failure) {
    var status = stat()
    let isThere = lstat(file.path, &status) == 0
    guard let before = file.before else {
      if isThere { throw WorkingTree.Failure(description: "\(file.path) is there already") }
      return
    }
    guard isThere, status.st_mode & S_IFMT == S_IFREG, bytes(of: file.path, count: before.count) == before else {
      throw WorkingTree.Failure(description: "\(file.path) has changed since it was read; nothing is written")
    }
  }

  /// A file's bytes; nil where it cannot be read or has another size.
  private static func bytes(of path: String, count: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var result = [UInt8](repeating: 0, count: count + 1)
    var done = 0
    while done <= count {
      let got = result.withUnsafeMutableBytes { read(descriptor, $0.baseAddress?.advanced(by: done), count + 1 - done) }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      done += got
    }
    return done == count ? Array(result.prefix(count)) : nil
  }

  /// A temporary file beside a file's place, with the rights that the file has or a new one gets.
  private static func write(_ file: File) throws(WorkingTree.Failure) -> String {
    var status = stat()
    let mask = umask(0)
    umask(mask)
    let rights = stat(file.path, &status) == 0 ? status.st_mode & 0o777 : 0o666 & ~mask
    if file.before == nil, let slash = file.path.lastIndex(of: "/") { mkdir(String(file.path[..<slash]), 0o777) }
    // A name that begins with a dot: nothing reads it should it be left behind.
    let slash = file.path.lastIndex(of: "/").map { file.path.index(after: $0) } ?? file.path.startIndex
    var template = Array("\(file.path[..<slash]).\(file.path[slash...]).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw WorkingTree.Failure(description: "cannot write beside \(file.path): \(reason())")
    }
    let name = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var done = 0
    while done < file.after.count {
      let count = file.after[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      done += count
    }
    let isWritten = done == file.after.count && fchmod(descriptor, rights) == 0 && fsync(descriptor) == 0
    let reason = reason()
    close(descriptor)
    guard isWritten else {
      unlink(name)
      throw WorkingTree.Failure(description: "cannot write \(file.path): \(reason)")
    }
    return name
  }

  private static func reason() -> String { strerror(errno).map { String(cString: $0) } ?? "error \(errno)" }
}
