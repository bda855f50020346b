import Glibc
import Testing

@testable import Diagnostics

@Suite struct UnnamedFileTests {
  private func contents(of descriptor: Int32) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return result }
      result += buffer.prefix(count)
    }
  }

  @Test(arguments: [0, 1, 4096, 1_000_000])
  func `it is open at its beginning, has no name, and no child inherits it by itself`(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let descriptor = try UnnamedFile.descriptor(holding: bytes)
    defer { close(descriptor) }
    #expect(contents(of: descriptor) == bytes)
    #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
    var status = stat()
    #expect(fstat(descriptor, &status) == 0)
    if count > 0 { #expect(status.st_nlink == 0 && status.st_mode & 0o777 == 0o600) }
  }
}
