import Diagnostics
import Foundation
import Testing

@testable import History

@Suite struct GitRevisionTests {
  private func texts(_ contents: GitRevision.Contents) -> [String: String] {
    Dictionary(uniqueKeysWithValues: contents.files.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  @Test func `the last commit of a day or earlier`() async throws {
    let scratch = try await ScratchRepository(["catalogue/a.yaml": "a\n"])
    // Every commit here is of the first of January, at noon.
    try await scratch.commit()
    let last = try await scratch.commit()
    let repository = try await GitRepository(around: scratch.path)
    #expect(try await repository.lastCommit(until: "2026-01-01")?.commit == last)
    #expect(try await repository.lastCommit(until: "2030-12-31")?.shortCommit == String(last.prefix(10)))
    #expect(try await repository.lastCommit(until: "2025-12-31") == nil)
    let empty = try await ScratchRepository()
    let none = try await GitRepository(around: empty.path)
    await #expect(throws: GitFailure.noCommit) { try await none.lastCommit(until: "2026-01-01") }
  }

  @Test func `a revision's documents are read, whatever the working tree holds`() async throws {
    let scratch = try await ScratchRepository([
      "triglyph.yaml": "format: 1\n", "catalogue/a.yaml": "a\n", "catalogue/deep/er/b.yml": "", "standards/s.yaml": "s",
      "rules/r.yaml": "r\n\n", "baseline.yaml": "b", "rules/readme.md": "no", "other/x.yaml": "no",
      "catalogue/.hidden/c.yaml": "no",
    ])
    let first = try await scratch.commit()
    try scratch.write("changed", to: "catalogue/a.yaml")
    try scratch.remove("rules/r.yaml")
    try scratch.write("new", to: "catalogue/new.yaml")
    let revision = try await GitRepository(around: scratch.path).revision("main")
    #expect(revision.commit == first)
    #expect(revision.shortCommit == String(first.prefix(10)))
    let contents = try await revision.contents()
    #expect(
      texts(contents) == [
        "main:catalogue/a.yaml": "a\n", "main:catalogue/deep/er/b.yml": "", "main:standards/s.yaml": "s",
        "main:rules/r.yaml": "r\n\n",
      ])
    #expect(contents.files.map(\.name) == contents.files.map(\.name).sorted())
    #expect(contents.files.allSatisfy { $0.isAtRevision && $0.name == "main:\($0.path)" })
    #expect(contents.settings.map { String(decoding: $0.bytes, as: UTF8.self) } == "format: 1\n")
    #expect(contents.baseline.map { String(decoding: $0.bytes, as: UTF8.self) } == "b")
    #expect(contents.otherCount == 1)
    #expect(contents.unread.isEmpty && contents.submodules.isEmpty)
    // Neither was the working tree changed.
    #expect(!scratch.exists("rules/r.yaml") && scratch.exists("catalogue/new.yaml"))
  }

  @Test func `the repository may be a folder inside the Git root`() async throws {
    let scratch = try await ScratchRepository([
      "catalogue/no.yaml": "no", "services/an archive/catalogue/a.yaml": "yes", "services/an archive/rules/r.yaml": "r",
    ])
    try await scratch.commit()
    let inside = try await GitRepository(around: "\(scratch.path)/services/an archive")
    #expect(inside.prefix == "services/an archive/")
    let contents = try await inside.revision("HEAD").contents()
    #expect(texts(contents) == ["HEAD:catalogue/a.yaml": "yes", "HEAD:rules/r.yaml": "r"])
    // Before the folder was there.
    try scratch.write("x", to: "new/catalogue/x.yaml")
    let new = try await GitRepository(around: "\(scratch.path)/new")
    await #expect(throws: GitFailure.noCatalogue(revision: "HEAD", folder: "new")) {
      try await new.revision("HEAD").contents()
    }
    try scratch.write("x", to: "services/x.txt")
    let without = try await GitRepository(around: "\(scratch.path)/services")
    await #expect(throws: GitFailure.noCatalogue(revision: "HEAD", folder: "services")) {
      try await without.revision("HEAD").contents()
    }
  }

  @Test func `names with unusual characters are read, links and submodules are not`() async throws {
    let scratch = try await ScratchRepository([
      "catalogue/a b\"c\\d\té.yaml": "odd", "catalogue/line\nbreak.yaml": "two lines", "catalogue/B.YAML": "no",
      "triglyph.yml": "no", "outside.yaml": "secret",
    ])
    try FileManager.default.createSymbolicLink(
      atPath: "\(scratch.path)/catalogue/link.yaml", withDestinationPath: "../outside.yaml")
    try FileManager.default.createSymbolicLink(atPath: "\(scratch.path)/rules", withDestinationPath: "/etc")
    let other = try await ScratchRepository(["catalogue/s.yaml": "no"])
    try await other.commit()
    try await scratch.git("submodule", "--quiet", "add", other.path, "catalogue/other")
    try await scratch.commit()
    let contents = try await GitRepository(around: scratch.path).revision("HEAD").contents()
    #expect(
      texts(contents) == [
        "HEAD:catalogue/a b\"c\\d\té.yaml": "odd", "HEAD:catalogue/line\nbreak.yaml": "two lines",
      ])
    #expect(contents.unread.map(\.path) == ["catalogue/B.YAML", "catalogue/link.yaml", "rules", "triglyph.yml"])
    #expect(contents.unread[1].reason == "it is a link, and links are not followed")
    #expect(contents.submodules == ["catalogue/other"])
  }

  @Test func `a file that is too large is not brought into memory`() {
    let listing = "100644 blob abc 99999999999\tcatalogue/huge.yaml\u{0}100644 blob def 3\tcatalogue/a.yaml\u{0}"
    let tree = GitTree(Array(listing.utf8))
    #expect(tree.documents.map(\.path) == ["catalogue/a.yaml"])
    #expect(tree.unread.map(\.path) == ["catalogue/huge.yaml"])
  }

  @Test(arguments: [
    "", "abc", "abc blob\n", "abc missing\n", "abc tree 3\nxyz\n", "abc blob 5\nxyz\n", "abc blob -1\n\n",
    "abc blob 99999999999999999999\n\n",
  ])
  func `what is no object is none`(answer: String) {
    var reader = BatchReader(Array(answer.utf8))
    #expect(reader.next() == nil)
  }

  @Test func `objects follow one another, empty ones too`() {
    var reader = BatchReader(Array("a blob 3\nx\ny\nb blob 0\n\nc blob 1\nz\n".utf8))
    #expect(reader.next() == Array("x\ny".utf8))
    #expect(reader.next() == [])
    #expect(reader.next() == Array("z".utf8))
    #expect(reader.next() == nil)
  }

  @Test func `a revision is named in any of git's ways`() async throws {
    let scratch = try await ScratchRepository(["catalogue/a.yaml": "1"])
    let first = try await scratch.commit("The first one")
    try await scratch.git("tag", "-a", "v1", "-m", "a tag")
    try scratch.write("2", to: "catalogue/a.yaml")
    try await scratch.commit("The second one")
    let repository = try await GitRepository(around: scratch.path)
    for name in ["HEAD~1", "v1", "main^", first, String(first.prefix(7)), ":/The first one"] {
      #expect(try await repository.revision(name).commit == first, "\(name)")
    }
    #expect(try await repository.revision(first).name == String(first.prefix(10)))
  }

  @Test func `2,700 files take two children and a fraction of a second`() async throws {
    var files: [String: String] = [:]
    for number in 0..<2_700 {
      files["catalogue/folder\(number % 50)/s\(number).yaml"] = "kind: system\nid: s\(number)\n"
    }
    let scratch = try await ScratchRepository()
    try await scratch.importing(files)
    let revision = try await GitRepository(around: scratch.path).revision("HEAD")
    let clock = ContinuousClock()
    let start = clock.now
    let contents = try await revision.contents()
    #expect(contents.files.count == 2_700)
    #expect(clock.now - start < .seconds(2), "\(clock.now - start)")
  }
}
