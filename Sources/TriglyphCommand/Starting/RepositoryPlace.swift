internal import Diagnostics
internal import Glibc

/// Whether a new repository can be in a folder.
enum RepositoryPlace {
  /// Refuses a folder that is a repository already or belongs to what another one reads.
  static func check(_ folder: String) throws(WorkingTree.Failure) {
    let shown = escapedForTerminal(folder)
    if access("\(folder)/\(WorkingTree.settingsFile)", F_OK) == 0 {
      throw WorkingTree.Failure(
        description: "\(shown) is a repository already; `triglyph check` checks it, and nothing is written")
    }
    for name in WorkingTree.folders where holdsSomething("\(folder)/\(name)") {
      throw WorkingTree.Failure(
        description: "\(shown) has a folder \(name)/ already, and what is in it would be read too; nothing is written")
    }
    guard let place = existing(folder), let outer = try? WorkingTree.nearest(to: place.existing) else { return }
    if place.rest.isEmpty, outer.root == place.existing { return }
    let inside = (place.existing + place.rest).dropFirst(outer.root.utf8.count + (outer.root == "/" ? 0 : 1))
    guard let first = inside.split(separator: "/").first, WorkingTree.folders.contains(String(first)) else { return }
    throw WorkingTree.Failure(
      description:
        "\(shown) is inside \(escapedForTerminal(outer.root)), a repository, which would read it as its own; nothing is written"
    )
  }

  /// Refuses a folder in which a forge would read another file of owners before the one in the root.
  static func checkOwners(_ folder: String) throws(WorkingTree.Failure) {
    for name in [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS"]
    where access("\(folder)/\(name)", F_OK) == 0 {
      throw WorkingTree.Failure(
        description:
          "\(name) is there already, beside which CODEOWNERS may not be read: leave it out (--without CODEOWNERS) and say there who owns rules/, standards/, catalogue/metamodel/ and triglyph.yaml; nothing is written"
      )
    }
  }

  private static func holdsSomething(_ path: String) -> Bool {
    guard let handle = opendir(path) else { return false }
    defer { closedir(handle) }
    var count = 0
    while readdir(handle) != nil {
      count += 1
      // `.` and `..` are always there.
      if count > 2 { return true }
    }
    return false
  }

  /// The nearest folder upwards that is there, as an absolute path, and the rest of the way, `/a/b` or nothing.
  private static func existing(_ folder: String) -> (existing: String, rest: String)? {
    var path = folder[...]
    var rest = ""
    while true {
      if let resolved = realpath(path.isEmpty ? "." : String(path), nil) {
        defer { free(resolved) }
        return (String(cString: resolved), rest)
      }
      while path.hasSuffix("/") { path.removeLast() }
      guard let slash = path.lastIndex(of: "/") else {
        if path.isEmpty { return nil }
        (rest, path) = ("/\(path)\(rest)", "")
        continue
      }
      rest = "/\(path[path.index(after: slash)...])\(rest)"
      path = slash == path.startIndex ? "/" : path[..<slash]
    }
  }
}
