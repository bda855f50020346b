import Glibc

/// Whole files and streams as bytes, by descriptor; calls that a signal broke off are made again.
enum FileBytes {
  /// Everything up to the end of a stream; nil when it holds more than `limit` bytes.
  ///
  /// What is too much is read and dropped, sixteen times the limit at most, so that whoever writes it can finish:
  /// swift-subprocess 1.0.2 ends its program when a child closes the pipe too early.
  static func readAll(from descriptor: Int32, limit: Int) throws(RenderFailure) -> [UInt8]? {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    var total = 0
    while total / 16 <= limit {
      let count = read(descriptor, &block, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .broken("cannot read: \(reason(errno))")
      }
      if count == 0 { return total <= limit ? bytes : nil }
      total += count
      if total <= limit { bytes.append(contentsOf: block[..<count]) } else { bytes = [] }
    }
    return nil
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(RenderFailure) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw .broken("cannot write: \(reason(errno))")
      }
      done += count
    }
  }

  /// The system's words for an error number.
  static func reason(_ number: Int32) -> String {
    guard let words = strerror(number) else { return "error \(number)" }
    return String(cString: words)
  }
}
