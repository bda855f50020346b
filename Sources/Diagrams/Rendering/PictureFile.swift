internal import Glibc

/// Files as bytes; calls that a signal broke off are made again.
package enum PictureFile {
  /// Replaces the file at a path, or makes it, so that a reader finds the old one or the new one. What stands there and
  /// is no regular file (a terminal, a pipe) is written to and stays; a link stays a link.
  package static func write(_ bytes: [UInt8], to path: String) throws(PictureFailure) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw .notWritten(path: path, reason: "it is a folder") }
      if status.st_mode & S_IFMT != S_IFREG {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .notWritten(path: path, reason: reason()) }
        defer { close(descriptor) }
        guard write(bytes, to: descriptor) else { throw .notWritten(path: path, reason: reason()) }
        return
      }
    }
    try replace(resolved(path), with: bytes, asked: path)
  }

  /// Writes beside a path and renames.
  private static func replace(
    _ target: String, with bytes: [UInt8], asked: String? = nil
  ) throws(PictureFailure) {
    let path = asked ?? target
    var template = Array("\(target).XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .notWritten(path: path, reason: reason()) }
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, 0o666 & ~mask)
    let isWritten = write(bytes, to: descriptor)
    let why = reason()
    close(descriptor)
    guard isWritten, rename(template, target) == 0 else {
      let reason = isWritten ? reason() : why
      unlink(template)
      throw .notWritten(path: path, reason: reason)
    }
  }

  /// Replaces or makes a file in a folder, never anything outside: a link in its place is replaced, not followed.
  ///
  /// - Parameter name: one word; a path is refused.
  package static func write(_ bytes: [UInt8], named name: String, in folder: String) throws(PictureFailure) {
    let path = "\(folder)/\(name)"
    guard !name.isEmpty, !name.hasPrefix("."), !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0) else {
      throw .notWritten(path: path, reason: "it would be no file of that folder")
    }
    try replace(path, with: bytes)
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      done += count
    }
    return true
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func reason() -> String {
    guard let words = strerror(errno) else { return "error \(errno)" }
    return String(cString: words)
  }
}
