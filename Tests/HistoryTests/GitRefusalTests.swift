import Foundation
import Testing

@testable import History

/// What cannot be read says why, and nothing that a repository names is run.
@Suite struct GitRefusalTests {
  @Test func `a revision that begins with a dash is refused before git sees it`() async throws {
    let scratch = try await ScratchRepository(["catalogue/a.yaml": "1"])
    try await scratch.commit()
    let repository = try await GitRepository(around: scratch.path)
    for name in ["-x", "--all", "--output=owned", "", "a\nb", "\u{7F}"] {
      await #expect(throws: GitFailure.notARevision(name)) { try await repository.revision(name) }
    }
    #expect(GitFailure.notARevision("-x").sentence == "`-x` is no revision: none begins with `-`")
    #expect(!scratch.exists("owned"))
  }

  @Test func `an unknown revision, and one that is no commit`() async throws {
    let scratch = try await ScratchRepository(["catalogue/a.yaml": "1"])
    try await scratch.commit()
    let repository = try await GitRepository(around: scratch.path)
    for name in ["nope", "HEAD:catalogue/a.yaml", "HEAD~5", "deadbeef", "main..main", "$(touch owned)", "HEAD^{tree}"] {
      await #expect(throws: GitFailure.unknownRevision(name, isShallow: false)) { try await repository.revision(name) }
    }
    #expect(!scratch.exists("owned"))
  }

  @Test func `a shallow clone says that it is one`() async throws {
    let origin = try await ScratchRepository(["catalogue/a.yaml": "1"])
    let first = try await origin.commit()
    try origin.write("2", to: "catalogue/a.yaml")
    try await origin.commit()
    let clone = try await ScratchRepository(isInitialised: false)
    try await clone.git("clone", "--quiet", "--depth=1", "file://\(origin.path)", clone.path)
    let repository = try await GitRepository(around: clone.path)
    #expect(repository.isShallow)
    for name in ["HEAD~1", first] {
      await #expect(throws: GitFailure.unknownRevision(name, isShallow: true)) { try await repository.revision(name) }
    }
    #expect(GitFailure.unknownRevision("main", isShallow: true).sentence.contains("fetch-depth: 0"))
    #expect(try await repository.revision("HEAD").contents().files.count == 1)
  }

  @Test func `no repository, no commit`() async throws {
    let none = try await ScratchRepository(["catalogue/a.yaml": "1"], isInitialised: false)
    await #expect(throws: GitFailure.noRepository(folder: none.path)) { try await GitRepository(around: none.path) }
    let empty = try await ScratchRepository(["catalogue/a.yaml": "1"])
    let repository = try await GitRepository(around: empty.path)
    for name in ["HEAD", "main"] {
      await #expect(throws: GitFailure.noCommit) { try await repository.revision(name) }
    }
    // The folder of git's own files is none of an authority's.
    await #expect(throws: GitFailure.noRepository(folder: "\(empty.path)/.git")) {
      try await GitRepository(around: "\(empty.path)/.git")
    }
  }

  @Test func `an object that a partial clone lacks is not fetched`() async throws {
    let origin = try await ScratchRepository(["catalogue/a.yaml": "1", "catalogue/b.yaml": "2"])
    try await origin.git("config", "uploadpack.allowFilter", "true")
    try await origin.commit()
    let clone = try await ScratchRepository(isInitialised: false)
    try await clone.git(
      "clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://\(origin.path)", clone.path)
    let revision = try await GitRepository(around: clone.path).revision("HEAD")
    await #expect(throws: GitFailure.partialClone(revision: "HEAD")) { try await revision.contents() }
  }

  @Test func `nothing that the configuration names is run`() async throws {
    let scratch = try await ScratchRepository([
      "catalogue/a.yaml": "one\n", ".gitattributes": "*.yaml filter=evil diff=evil merge=evil text eol=crlf\n",
    ])
    try await scratch.commit()
    try scratch.write("two\n", to: "catalogue/a.yaml")
    let mark = "\(scratch.path)/owned"
    try scratch.write("#!/bin/sh\ntouch '\(mark)'\ncat\n", to: "evil.sh")
    let script = "\(scratch.path)/evil.sh"
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let settings = [
      "core.fsmonitor", "core.pager", "pager.ls-tree", "pager.cat-file", "pager.rev-parse", "core.editor",
      "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand", "diff.external",
      "diff.evil.textconv", "diff.evil.command", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
      "merge.evil.driver", "credential.helper", "gpg.program", "uploadpack.packObjectsHook", "remote.origin.uploadpack",
      "interactive.diffFilter", "sequence.editor",
    ]
    for name in settings { try await scratch.git("config", name, script) }
    for name in ["rev-parse", "ls-tree", "cat-file"] { try await scratch.git("config", "alias.\(name)", "!\(script)") }
    for (name, value) in [
      ("core.hooksPath", scratch.path), ("remote.origin.url", "ext::\(script)"), ("protocol.ext.allow", "always"),
      ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"), ("core.untrackedCache", "true"),
    ] { try await scratch.git("config", name, value) }
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"] {
      try FileManager.default.copyItem(atPath: script, toPath: "\(scratch.path)/\(hook)")
    }
    try? FileManager.default.removeItem(atPath: mark)
    let repository = try await GitRepository(around: scratch.path)
    let contents = try await repository.revision("HEAD").contents()
    #expect(contents.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one\n"])
    await #expect(throws: GitFailure.self) { try await repository.revision("nope") }
    // An object that is missing: nobody is asked for it.
    let object = try await scratch.git("rev-parse", "HEAD:catalogue/a.yaml").trimmingCharacters(
      in: .whitespacesAndNewlines)
    try? FileManager.default.removeItem(atPath: mark)
    try scratch.remove(".git/objects/\(object.prefix(2))/\(object.dropFirst(2))")
    await #expect(throws: GitFailure.self) { try await repository.revision("HEAD").contents() }
    #expect(!scratch.exists("owned"), "a program of the repository's was run")
    // The same script does run where git may run it: the test can fail.
    _ = try? await scratch.git("-c", "core.fsmonitor=\(script)", "status", "--short")
    #expect(scratch.exists("owned"))
  }

  @Test func `a repository that git refuses is told in git's words`() async throws {
    let scratch = try await ScratchRepository(["catalogue/a.yaml": "1"])
    try await scratch.commit()
    try scratch.write("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tnobody = knows\n", to: ".git/config")
    do {
      _ = try await GitRepository(around: scratch.path)
      Issue.record("git knows the extension")
    } catch {
      #expect(error.sentence.hasPrefix("git failed: ") && error.sentence.contains("nobody"), "\(error.sentence)")
    }
  }

  @Test func `a bare repository inside a tree is not taken for the repository`() async throws {
    let scratch = try await ScratchRepository(["catalogue/a.yaml": "1"])
    try await scratch.git("init", "--quiet", "--bare", "\(scratch.path)/catalogue")
    await #expect(throws: GitFailure.noRepository(folder: "\(scratch.path)/catalogue")) {
      try await GitRepository(around: "\(scratch.path)/catalogue")
    }
  }
}
