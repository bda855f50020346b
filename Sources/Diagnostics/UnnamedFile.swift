internal import Glibc

/// A file without a name, for a child to read: unlike a pipe it ends nobody when the child closes it early.
package enum UnnamedFile {
  package struct Failure: Error {
    /// A part of a sentence: what could not be done, and why.
    package let reason: String
  }

  /// A descriptor that is open at the beginning of the bytes, and not inherited by itself; whoever takes it closes it.
  package static func descriptor(holding bytes: [UInt8]) throws(Failure) -> Int32 {
    if bytes.isEmpty {
      let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure(reason: "cannot open /dev/null: \(reason())") }
      return descriptor
    }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/triglyph.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw Failure(reason: "cannot make a file in \(folder): \(reason())") }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    guard write(bytes, to: descriptor), lseek(descriptor, 0, SEEK_SET) == 0 else {
      let reason = reason()
      close(descriptor)
      throw Failure(reason: "cannot write a file in \(folder): \(reason)")
    }
    return descriptor
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      // A signal broke it off: it is made again.
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }

  private static func reason() -> String { strerror(errno).map { String(cString: $0) } ?? "error \(errno)" }
}
