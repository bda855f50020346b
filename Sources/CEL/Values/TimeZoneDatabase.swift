internal import Diagnostics
internal import Glibc
internal import Synchronization

/// The time zones of a machine: a folder of TZif files, named as the tz database names them (`Europe/Jersey`).
///
/// What a zone's offsets are is politics, and machines hear of it with their updates: an expression that names a zone can
/// come to another result on a machine with another tz database. One that names none, `UTC` or an offset cannot.
package final class TimeZoneDatabase: Sendable {
  package enum Failure: Error, Equatable {
    /// There is no folder of zones.
    case noDatabase
    /// There is no zone of this name.
    case unknown
    /// The file is none, or breaks its format.
    case malformed
  }

  /// The machine's: `TZDIR`, or where the system keeps it.
  package static let shared: TimeZoneDatabase = {
    let named = getenv("TZDIR").map { String(cString: $0) } ?? ""
    return TimeZoneDatabase(folder: named.isEmpty ? "/usr/share/zoneinfo" : named)
  }()

  private let folder: String
  /// Zones that were found; there are no more than the folder has files.
  private let zones = Mutex<[String: TimeZone]>([:])
  /// No file is larger: a few thousand bytes are usual.
  private static let sizeLimit = 1 << 18
  private static let nameLimit = 100
  /// What the machine is set to, which is not the same everywhere.
  private static let localNames: Set<String> = ["localtime", "posixrules"]

  package init(folder: String) { self.folder = folder }

  /// A zone, read when it is first asked for.
  package func zone(named name: String) throws(Failure) -> TimeZone {
    guard Self.isName(name) else { throw .unknown }
    if let known = zones.withLock({ $0[name] }) { return known }
    let bytes = try read(name)
    guard let zone = TimeZone(tzif: bytes) else { throw .malformed }
    zones.withLock { $0[name] = zone }
    return zone
  }

  /// Parts of letters, digits, `_`, `+` and `-` between single slashes: nothing that could leave the folder.
  private static func isName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.count <= nameLimit, !localNames.contains(name) else { return false }
    return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            || [UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
        }
    }
  }

  private func read(_ name: String) throws(Failure) -> [UInt8] {
    // Not to wait for a writer, should it be a pipe.
    let descriptor = open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw access(folder, X_OK) == 0 ? .unknown : .noDatabase }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unknown }
    // A folder, such as `Europe`.
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unknown }
    guard status.st_size <= Self.sizeLimit else { throw .malformed }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      }
      guard got > 0 else { throw .malformed }
      count += got
    }
    return bytes
  }

  // MARK: Names

  /// The zones that a name may have meant, by what it is and by its last part: `London` for `Europe/London`.
  package func suggestion(for name: String) -> String? {
    let names = names()
    let last = Self.lastPart(name)
    let byPart = names.filter { Self.lastPart($0) == last && $0 != name && $0 != last }
    if let only = byPart.first, byPart.count == 1 { return "did you mean `\(only)`?" }
    return Diagnostics.suggestion(for: name, among: names)
  }

  private static func lastPart(_ name: String) -> String {
    let bytes = name.utf8.map {
      (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 == UInt8(ascii: " ") ? UInt8(ascii: "_") : $0
    }
    return String(decoding: bytes.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
  }

  /// The names in the folder, sorted; the copies with other ways of counting left out.
  private func names() -> [String] {
    var result: [String] = []
    var pending = [""]
    while let prefix = pending.popLast(), result.count < 10_000 {
      guard let directory = opendir("\(folder)/\(prefix)") else { continue }
      defer { closedir(directory) }
      while let entry = readdir(directory) {
        let part = withUnsafeBytes(of: entry.pointee.d_name) { name in
          String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        }
        let name = prefix + part
        guard Self.isName(name), name != "posix", name != "right" else { continue }
        if Int32(entry.pointee.d_type) == Int32(DT_DIR) {
          if name.utf8.count < 60 { pending.append(name + "/") }
        } else {
          result.append(name)
        }
      }
    }
    return result.sorted()
  }
}
