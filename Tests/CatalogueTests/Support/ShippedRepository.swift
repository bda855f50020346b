import Diagnostics
import Foundation

/// This project's own repository, found from this file's place.
enum ShippedRepository {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Documents under the folders that a repository is read from, sorted by name.
  static func documents() throws -> [SourceText] {
    try ["catalogue", "standards", "rules"].flatMap { try files(under: $0, suffix: ".yaml") }
  }

  /// Files with their paths relative to the root, sorted.
  static func files(under folder: String, suffix: String) throws -> [SourceText] {
    let base = root.appending(path: folder)
    let names = (FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []).sorted()
    return try names.filter { $0.hasSuffix(suffix) }.map { name in
      let bytes = try Data(contentsOf: base.appending(path: name))
      return SourceText(name: "\(folder)/\(name)", bytes: [UInt8](bytes))
    }
  }
}
