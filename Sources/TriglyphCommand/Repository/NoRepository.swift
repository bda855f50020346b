internal import Diagnostics
internal import Glibc

/// What to say where a repository is wanted and there is none: one sentence, and what to do.
enum NoRepository {
  /// - Parameter given: the path as somebody wrote it.
  static func sentence(at given: String) -> String {
    let shown = escapedForTerminal(given)
    var status = stat()
    guard stat(given, &status) == 0 else {
      return
        "there is no folder \(shown); `triglyph init \(ShellWord.quoted(shown))` makes one with a small repository in it"
    }
    if status.st_mode & S_IFMT != S_IFDIR {
      return "\(shown) is a file, and --repository takes the folder of a repository: the one that holds catalogue/"
    }
    let place = absolute(given).map { escapedForTerminal($0) } ?? shown
    return "there is no repository here: neither triglyph.yaml nor catalogue/ in \(place) or above it; \(advice(given))"
  }

  private static func advice(_ given: String) -> String {
    let names = folders(in: given)
    if let name = names.first(where: { isAlike($0) }) {
      return "there is a folder \(escapedForTerminal(name))/, and it has to be called catalogue/"
    }
    for name in names {
      let below = given == "." ? name : "\(given)/\(name)"
      if isRepository(below) {
        return "there is one below: --repository \(ShellWord.quoted(escapedForTerminal(below)))"
      }
    }
    return "`triglyph init` writes a small one to begin with"
  }

  private static func isRepository(_ folder: String) -> Bool {
    access("\(folder)/\(WorkingTree.settingsFile)", F_OK) == 0 || isFolder("\(folder)/catalogue")
  }

  /// Other spellings of the folder's name.
  private static func isAlike(_ name: String) -> Bool {
    ["catalog", "catalogs", "catalogue", "catalogues"].contains { word in
      name.utf8.count == word.utf8.count && zip(name.utf8, word.utf8).allSatisfy { $0 | 0x20 == $1 }
    }
  }

  /// The names of folders in a folder, sorted; of a large one some.
  private static func folders(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    var count = 0
    while let entry = readdir(handle), count < 10_000 {
      count += 1
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), isFolder("\(folder)/\(name)") { names.append(name) }
    }
    return names.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
