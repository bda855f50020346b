import CEL
import Catalogue
import Diagnostics
import Foundation
import YAMLTree

@testable import Governance

/// The repository that this project ships, read once.
struct ShippedRepository: Sendable {
  static let asOf = CivilDate("2026-12-01") ?? CivilDate(days: 0)

  let files: [SourceText]
  let parsed: [YAMLFile]
  let estate: Estate
  let diagnostics: [Diagnostic]
  let book: RuleBook

  static let shared = Task { await ShippedRepository() }

  init() async {
    files = Self.readFiles()
    parsed = files.map { YAMLFile.parse($0) }
    let result = await RepositoryReader.read(files, asOf: Self.asOf, tasks: 1)
    estate = result.estate
    diagnostics = result.diagnostics
    book = RuleBook(estate)
  }

  /// The repository's folder: the one above this file that holds `catalogue`. The tests may be built through a link.
  static var root: URL {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: folder.appendingPathComponent("catalogue").path) { return folder }
    }
    return folder
  }

  static func readFiles() -> [SourceText] {
    let root = self.root
    var files: [SourceText] = []
    for folder in ["catalogue", "standards", "rules"] {
      let names = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
      for case let name as String in names ?? .init() where name.hasSuffix(".yaml") {
        let path = "\(folder)/\(name)"
        guard let data = FileManager.default.contents(atPath: root.appendingPathComponent(path).path) else { continue }
        files.append(SourceText(name: path, bytes: Array(data)))
      }
    }
    return files.sorted { $0.name < $1.name }
  }
}
