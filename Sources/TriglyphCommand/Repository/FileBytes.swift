internal import Diagnostics
internal import Glibc

/// The bytes of a file that somebody named.
enum FileBytes {
  static let limit = 128 << 20

  /// At most `limit` and one; a folder or what cannot be read is a sentence. A pipe can be read.
  static func read(_ path: String) throws(WorkingTree.Failure) -> [UInt8] {
    let shown = escapedForTerminal(path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw WorkingTree.Failure(description: "cannot read \(shown): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw WorkingTree.Failure(description: "\(shown) is a folder, and a file is wanted")
    }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while result.count <= limit {
      let got = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        throw WorkingTree.Failure(description: "cannot read \(shown): \(String(cString: strerror(errno)))")
      }
      if got == 0 { return result }
      result += buffer[..<got]
    }
    throw WorkingTree.Failure(description: "\(shown) has more than \(limit >> 20) MiB")
  }
}
