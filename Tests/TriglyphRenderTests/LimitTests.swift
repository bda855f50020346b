import Testing

@Suite struct LimitTests {
  /// A graph that `dot` works on for longer than anybody waits: 3,000 nodes, each with edges to two far-away ones.
  static let heavy: String = {
    var dot = "digraph {\n"
    for index in 0..<6_000 {
      dot += "n\(index % 3_000) -> n\((index &* 7_919 &+ index / 3_000 &* 31) % 3_000)\n"
    }
    return dot + "}\n"
  }()

  @Test("a drawing that takes too long is ended by the limit on processor time", .timeLimit(.minutes(1)))
  func processorTime() async throws {
    let run = try await BuiltRenderer.draw(Self.heavy, "--cpu-seconds", "1")
    #expect(run.status == 1)
    #expect(run.output == [])
    #expect(
      run.messages.last
        == "render: error: the drawing takes more than 1 s of processor time (--cpu-seconds)")
  }

  @Test("a drawing that needs too much memory is ended by the limit on memory", .timeLimit(.minutes(1)))
  func memory() async throws {
    let run = try await BuiltRenderer.draw(Self.heavy, "--memory-mib", "300")
    #expect(run.status == 1)
    #expect(run.output == [])
    #expect(
      run.messages.last == "render: error: the drawing needs more than 300 MiB of memory (--memory-mib)")
  }
}
