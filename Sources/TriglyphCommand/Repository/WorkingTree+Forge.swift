internal import Glibc

extension WorkingTree {
  /// The way from the Git root to the repository, with a slash at its end; empty where they are one, or where there is no
  /// Git root. It is found by looking for `.git`, a folder or, in a worktree, a file.
  var wayFromGitRoot: String {
    var folder = root[...]
    while true {
      if access("\(folder)/.git", F_OK) == 0 {
        let way = root.dropFirst(folder.count).drop { $0 == "/" }
        return way.isEmpty ? "" : "\(way)/"
      }
      guard let slash = folder.lastIndex(of: "/"), !folder.isEmpty else { return "" }
      folder = folder[..<slash]
    }
  }
}
