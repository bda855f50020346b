internal import Diagnostics
internal import Glibc
internal import Reports

/// A folder that the pages of a rulebook are written into: each page takes the place of its former self, and pages of what
/// is there no more go. What people wrote is left alone.
struct PagesFolder {
  let path: String

  /// How many pages there are, and how many of them were written or removed.
  struct Outcome {
    var pages = 0
    var written = 0
    var removed = 0
  }

  func write(_ pages: [RulebookPages.Page]) throws(WorkingTree.Failure) -> Outcome {
    try make(path)
    let folders = Set(pages.map(folder)).sorted()
    for folder in folders {
      var made = path
      for name in folder.split(separator: "/").dropLast() {
        made += "/\(name)"
        try make(made)
      }
    }
    var files: [FileReplacement.File] = []
    for page in pages {
      let place = "\(path)/\(page.path)"
      let before = try former(place)
      let after = Array(page.text.utf8)
      if before != after { files.append(FileReplacement.File(path: place, before: before, after: after)) }
    }
    var stale: [String] = []
    for folder in folders {
      stale += try former(in: folder, without: Set(pages.map(\.path)))
    }
    try FileReplacement.replace(files)
    for place in stale { unlink(place) }
    return Outcome(pages: pages.count, written: files.count, removed: stale.count)
  }

  private func make(_ folder: String) throws(WorkingTree.Failure) {
    if mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw WorkingTree.Failure(
        description: "cannot make the folder \(escapedForTerminal(folder)): \(String(cString: strerror(errno)))")
    }
  }

  /// The way to a page, without its name.
  private func folder(_ page: RulebookPages.Page) -> String {
    page.path.lastIndex(of: "/").map { String(page.path[..<$0]) } ?? ""
  }

  /// The page that stands at a place; nil: nothing does. What bears no mark is somebody's own.
  private func former(_ place: String) throws(WorkingTree.Failure) -> [UInt8]? {
    var status = stat()
    guard lstat(place, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw WorkingTree.Failure(description: "\(escapedForTerminal(place)) is no file; nothing is written")
    }
    let bytes = try FileBytes.read(place)
    guard bytes.starts(with: RulebookPages.mark.utf8) else {
      throw WorkingTree.Failure(
        description: "\(escapedForTerminal(place)) was written by somebody else; nothing is written")
    }
    return bytes
  }

  /// Pages of a folder that none of the new ones takes the place of.
  private func former(in folder: String, without pages: Set<String>) throws(WorkingTree.Failure) -> [String] {
    guard let handle = opendir("\(path)/\(folder)") else { return [] }
    defer { closedir(handle) }
    var found: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let place = "\(path)/\(folder)/\(name)"
      var status = stat()
      guard name.hasSuffix(".md"), !pages.contains("\(folder)/\(name)"), lstat(place, &status) == 0,
        status.st_mode & S_IFMT == S_IFREG, try FileBytes.read(place).starts(with: RulebookPages.mark.utf8)
      else { continue }
      found.append(place)
    }
    return found.sorted()
  }
}
