import Testing

@Suite struct OutputTests {
  @Test("--output writes the file, replaces an older one, and leaves nothing beside it")
  func replaces() async throws {
    let folder = try TemporaryFolder()
    folder.write("older", to: "a.svg")
    let path = "\(folder.path)/a.svg"
    let run = try await BuiltRenderer.draw("digraph { a }", "--output", path)
    #expect(run.status == 0)
    #expect(run.output == [])
    #expect(folder.contents(of: "a.svg").starts(with: Array("<?xml".utf8)))
    #expect(folder.names == ["a.svg"])
  }

  @Test("a failure leaves the older file as it was")
  func keeps() async throws {
    let folder = try TemporaryFolder()
    folder.write("older", to: "a.svg")
    let path = "\(folder.path)/a.svg"
    let run = try await BuiltRenderer.draw("digraph { a -> ", "--output", path)
    #expect(run.status == 1)
    #expect(folder.contents(of: "a.svg") == Array("older".utf8))
    #expect(folder.names == ["a.svg"])
  }

  @Test("a folder that is not there is something broken, not a bad graph")
  func missingFolder() async throws {
    let run = try await BuiltRenderer.draw("digraph { a }", "--output", "/nonexistent/a.svg")
    #expect(run.status == 3)
    #expect(run.messages == ["render: error: cannot write /nonexistent/a.svg: No such file or directory"])
  }

  @Test("what is no regular file is written to and stays what it was")
  func keepsDevice() async throws {
    let run = try await BuiltRenderer.draw("digraph { a }", "--output", "/dev/stdout")
    #expect(run.status == 0)
    #expect(run.output.starts(with: Array("<?xml".utf8)))
  }
}
