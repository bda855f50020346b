import Testing

@Suite struct WarningTests {
  /// The head of a picture of 9 by 9 points in a format that is plain text here, which is all that Graphviz looks at.
  static let image = "GIF87a\t\u{0}\t\u{0}" + String(repeating: " ", count: 30)

  @Test("a bad HTML label, which Graphviz replaces by the node's name, is a warning")
  func badLabel() async throws {
    let run = try await BuiltRenderer.draw("digraph { a [label=<<b>x</i>>] }")
    #expect(run.status == 0)
    #expect(
      run.messages == [
        "render: warning: mismatched tag in line 1 ... x</i> ... in label of node a: its name is drawn instead"
      ])
  }

  @Test("each of two bad labels is one warning, though Graphviz says some of it twice")
  func twoBadLabels() async throws {
    let run = try await BuiltRenderer.draw("digraph { a [label=<<foo/>>]; b [label=<<foo/>>] }")
    #expect(run.messages.count == 2)
    #expect(run.messages.first?.contains("node a") == true)
    #expect(run.messages.last?.contains("node b") == true)
  }

  @Test("a PNG that cairo scales down is a warning")
  func scaled() async throws {
    let chain = (0..<600).map { "n\($0)" }.joined(separator: "->")
    let run = try await BuiltRenderer.draw("digraph { rankdir=LR; \(chain) }", "--format", "png")
    #expect(run.status == 0)
    #expect(run.messages.count == 1)
    #expect(run.messages.first?.hasPrefix("render: warning: graph is too large for cairo-renderer bitmaps.") == true)
  }

  @Test("a file that the DOT names is not opened, and that is a warning")
  func opensNothing() async throws {
    let folder = try TemporaryFolder()
    folder.write(Self.image, to: "a.gif")
    let run = try await BuiltRenderer.draw("digraph { a [image=\"\(folder.path)/a.gif\"] }")
    #expect(run.status == 0)
    #expect(run.messages.contains { $0.hasPrefix("render: warning: ") && $0.contains("\(folder.path)/a.gif") })
    let svg = String(decoding: run.output, as: UTF8.self)
    #expect(svg.contains("<svg "))
    #expect(!svg.contains("<image "))
  }

  @Test("control and direction characters of a label do not reach the terminal")
  func escapes() async throws {
    let run = try await BuiltRenderer.draw("digraph { a [shape=\"s\u{1B}[31m\u{202E}\"] }")
    #expect(run.status == 0)
    #expect(run.messages == [#"render: warning: using box for unknown shape s\u{1b}[31m\u{202e}"#])
  }
}
