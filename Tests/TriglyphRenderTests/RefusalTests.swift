import Testing

@Suite struct RefusalTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var input: [UInt8]
    var message: String

    init(_ description: String, _ input: String, _ message: String) {
      (testDescription, self.input, self.message) = (description, Array(input.utf8), message)
    }

    init(_ description: String, bytes: [UInt8], _ message: String) {
      (testDescription, input, self.message) = (description, bytes, message)
    }
  }

  static let cases = [
    Case("empty", "", "the input is empty; DOT is expected on standard input"),
    Case("only a comment", "// nothing\n", "the input holds no graph"),
    Case("broken off", "digraph { a -> ", "the input is not valid DOT"),
    Case("something after the graph", "digraph { a } }", "the input is not valid DOT"),
    Case("two graphs", "digraph { a } digraph { b }", "the input holds more than one graph; one is drawn at a time"),
    Case(
      "nested too deeply, where Graphviz draws the half that it read",
      "digraph {" + String(repeating: "{", count: 20_000) + "a" + String(repeating: "}", count: 20_001),
      "the input is not valid DOT"),
    Case(
      "a zero byte", bytes: [0x64, 0x00, 0x7B], "the input is not text in UTF-8; DOT is expected on standard input"),
    Case("not UTF-8", bytes: [0x64, 0xFF, 0xFE], "the input is not text in UTF-8; DOT is expected on standard input"),
    Case(
      "too large", bytes: [UInt8](repeating: UInt8(ascii: " "), count: 80 << 20),
      "the input is larger than 64 MiB"),
  ]

  @Test("input that is no graph is told in a sentence, with status 1", arguments: cases)
  func refuses(example: Case) async throws {
    let run = try await BuiltRenderer.draw(example.input, [])
    #expect(run.status == 1)
    #expect(run.output == [])
    #expect(run.messages.last == "render: error: \(example.message)")
  }

  @Test(
    "an argument that is not understood is told in a sentence, with status 1",
    arguments: [
      (["--format", "gif"], "unknown format 'gif'; known are svg, png, pdf, dot, places"),
      (["--engine=best"], "unknown engine 'best'; known are dot, neato, fdp, sfdp, twopi, circo, osage"),
      (["--formt", "svg"], "unknown argument '--formt'; `triglyph-render --help` lists the known ones"),
      (["--output"], "--output needs a value"),
      (["--output="], "--output needs a path"),
      (["--date", "2026-02-30"], "--date '2026-02-30' is no day from 1970-01-01 on, written YYYY-MM-DD"),
      (["--cpu-seconds", "0"], "--cpu-seconds '0' is no whole number from 1 to 86400"),
    ])
  func refusesArguments(arguments: [String], message: String) async throws {
    let run = try await BuiltRenderer.draw([], arguments)
    #expect(run.status == 1)
    #expect(run.output == [])
    #expect(run.messages == ["render: error: \(message)"])
  }
}
