import Foundation
import Testing

/// The table of docs/how-it-works.md: which module may import which. Adding a line here is a decision about the design.
@Suite struct ImportTableTests {
  /// Our own modules and the packages' products.
  static let allowed: [String: Set<String>] = [
    "CGraphviz": [],
    "CLibYAML": [],
    "CMimalloc": [],
    "CRE2": [],
    "CSQLite": [],
    "Diagnostics": [],
    "YAMLTree": ["CLibYAML", "Diagnostics"],
    "Packs": ["YAMLTree", "Diagnostics"],
    "CEL": ["CRE2", "Diagnostics"],
    "Catalogue": ["YAMLTree", "CEL", "Diagnostics"],
    "History": ["Catalogue", "Diagnostics", "Subprocess"],
    "Governance": ["Catalogue", "YAMLTree", "CEL", "Diagnostics"],
    "Diagrams": ["Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics", "Subprocess"],
    "Discovery": ["CSQLite", "Governance", "Catalogue", "CEL", "Diagnostics"],
    "Interchange": ["Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics"],
    "Reports": [
      "Diagrams", "Discovery", "Interchange", "Governance", "Catalogue", "YAMLTree", "CEL", "Diagnostics",
    ],
    "TriglyphCommand": [
      "Reports", "Diagrams", "Discovery", "Interchange", "History", "Packs", "Governance", "Catalogue", "YAMLTree",
      "CEL", "Diagnostics",
      "ArgumentParser",
    ],
    "triglyph": ["CMimalloc", "TriglyphCommand", "ArgumentParser"],
    "triglyph-render": ["CGraphviz"],
  ]

  /// The system's modules, where there is a reason.
  static let system: [String: Set<String>] = [
    "Diagnostics": ["Glibc", "Synchronization"],  // what a child reads; lines and columns of a text, found once
    "YAMLTree": ["Glibc"],  // bytes compared
    "CEL": ["Glibc", "Synchronization"],  // time zone files, each read once
    "Diagrams": ["Glibc", "Synchronization"],  // the renderer's place, descriptors; dark colours, each reckoned once
    // bytes compared; edits read, fields derived, by several tasks
    "Catalogue": ["Dispatch", "Glibc", "Synchronization"],
    "Governance": ["Dispatch", "Synchronization"],  // rules read by several tasks
    "History": ["Glibc"],  // the place of git, its input
    "TriglyphCommand": ["Glibc"],  // files, the terminal, the day
    "triglyph-render": ["Glibc"],  // limits on the process, files
  ]

  /// Modules that one file alone may import: C stays behind one owner.
  static let singleFile = ["CLibYAML", "CGraphviz", "CMimalloc", "CRE2", "CSQLite"]

  struct Import: Hashable {
    var module: String
    var file: String
    var line: Int
    var name: String
  }

  static var root: URL {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Sources").path) {
      folder.deleteLastPathComponent()
    }
    return folder
  }

  /// Those of all sources, read once.
  static let imports = Result { try readImports() }

  private static func readImports() throws -> [Import] {
    let sources = root.appendingPathComponent("Sources")
    let names = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
    var result: [Import] = []
    for name in names.sorted() where name.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
      let module = String(name.prefix { $0 != "/" })
      for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
      {
        // The pattern costs a millisecond a line without optimization.
        guard let line = String(line), line.contains("import"), let imported = imported(line) else { continue }
        result.append(Import(module: module, file: "Sources/\(name)", line: index + 1, name: imported))
      }
    }
    return result
  }

  /// The module that a line imports: attributes, an access level, `class` or `func` before it, a submodule after it.
  static func imported(_ line: String) -> String? {
    let pattern =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:typealias|struct|class|enum|protocol|let|var|func)\s+)?([A-Za-z_][A-Za-z0-9_]*)/#
    return line.firstMatch(of: pattern).map { String($0.1) }
  }

  @Test func `every import is in the table`() throws {
    let imports = try Self.imports.get()
    #expect(imports.count > 100)
    for item in imports {
      let allowed = Self.allowed[item.module]
      #expect(allowed != nil, "the module \(item.module) is not in the table")
      #expect(
        allowed?.contains(item.name) == true || Self.system[item.module]?.contains(item.name) == true,
        "\(item.file):\(item.line): \(item.module) may not import \(item.name)")
    }
  }

  @Test func `a module of C is imported by one file`() throws {
    let imports = try Self.imports.get()
    for name in Self.singleFile {
      let files = Set(imports.filter { $0.name == name }.map(\.file))
      #expect(files.count == 1, "\(name) is imported by \(files.sorted())")
    }
  }

  @Test func `every folder under Sources is a module of the table`() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appendingPathComponent("Sources").path)
    #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(Self.allowed.keys))
  }

  @Test(arguments: [
    ("import CEL", "CEL"), ("internal import Glibc", "Glibc"), ("@testable import Governance", "Governance"),
    ("public import struct Foundation.Data", "Foundation"), ("  @_exported public import CEL", "CEL"),
    ("@_spi(Tests) private import CEL", "CEL"),
  ])
  func `an import is found however it is written`(line: String, name: String) {
    #expect(Self.imported(line) == name)
    #expect(Self.imported("// \(line)") == nil)
    #expect(Self.imported("let important = 1") == nil)
  }
}
