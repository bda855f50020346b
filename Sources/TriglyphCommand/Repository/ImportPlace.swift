internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Interchange

/// Where imported documents go: one file, or a folder with a file for each.
struct ImportPlace {
  /// From the repository's root.
  let path: String
  private let isFolder: Bool

  /// Refuses what the repository would not read.
  init(_ path: String, option: String = "--out") throws {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    isFolder = parts.last?.isEmpty == true
    let names = isFolder ? parts.dropLast() : parts[...]
    let shown = escapedForTerminal(path)
    guard let first = names.first, WorkingTree.folders.contains(String(first)), names.count > (isFolder ? 0 : 1) else {
      throw ValidationError(
        "\(option) begins with \(WorkingTree.folders.joined(separator: "/, "))/, which the repository reads, and \(shown) does not"
      )
    }
    if names.contains(where: { $0.isEmpty || $0.hasPrefix(".") || $0.utf8.contains(0) }) {
      throw ValidationError("\(option) leads through names that do not begin with a dot, and \(shown) does not")
    }
    if !isFolder, !path.hasSuffix(".yaml"), !path.hasSuffix(".yml") {
      throw ValidationError("\(option) is a file that ends with .yaml, or a folder with a `/` behind it")
    }
    self.path = path
  }

  /// Where documents of a kind go where nobody says it.
  static func path(for kind: Kind) -> String {
    // A plural is whatever somebody wrote; a kind's name is one word.
    let isWord = kind.plural.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
      default: false
      }
    }
    return "catalogue/\(isWord ? kind.plural : kind.name)-imported.yaml"
  }

  func files(_ documents: [CSVImport.Document]) -> [(path: String, text: String)] {
    if isFolder { return documents.map { ("\(path)\($0.id).yaml", $0.text) } }
    return [(path, documents.map(\.text).joined(separator: "---\n"))]
  }
}
