import Glibc

/// Writes a file so that a reader finds the old one or the new one, never a part.
enum OutputFile {
  /// Replaces the file at a path, or makes it. What stands there and is no regular file (a terminal, a pipe,
  /// `/dev/null`) is written to and stays; a link stays a link.
  static func write(_ bytes: [UInt8], to path: String) throws(RenderFailure) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw .broken("cannot write \(path): it is a folder") }
      if status.st_mode & S_IFMT != S_IFREG { return try overwrite(path, with: bytes) }
    }
    let target = resolved(path)
    var template = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .broken("cannot write \(path): \(FileBytes.reason(errno))") }
    do throws(RenderFailure) {
      defer { close(descriptor) }
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, 0o666 & ~mask)
      try FileBytes.write(bytes, to: descriptor)
    } catch {
      unlink(template)
      throw .broken("cannot write \(path): \(error.sentence)")
    }
    guard rename(template, target) == 0 else {
      let reason = FileBytes.reason(errno)
      unlink(template)
      throw .broken("cannot write \(path): \(reason)")
    }
  }

  private static func overwrite(_ path: String, with bytes: [UInt8]) throws(RenderFailure) {
    let descriptor = open(path, O_WRONLY)
    guard descriptor >= 0 else { throw .broken("cannot write \(path): \(FileBytes.reason(errno))") }
    defer { close(descriptor) }
    try FileBytes.write(bytes, to: descriptor)
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
