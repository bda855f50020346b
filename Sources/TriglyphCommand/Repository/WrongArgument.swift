internal import Diagnostics
internal import Glibc

/// What to say of a path that `check` is given.
enum WrongArgument {
  static func sentence(_ path: String) -> String {
    let shown = escapedForTerminal(path)
    var status = stat()
    guard stat(path, &status) == 0 else {
      return "check looks at a whole repository and takes no \(shown); --initiative checks one proposal"
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      return "check looks at a whole repository: triglyph check --repository \(ShellWord.quoted(shown))"
    }
    return
      "\(shown) is one file, and check looks at a whole repository: triglyph check, in its folder or with --repository"
  }
}
