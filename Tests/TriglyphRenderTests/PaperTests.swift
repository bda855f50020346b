import Testing

@Suite struct PaperTests {
  private static func chain(_ count: Int, _ direction: String = "TB") -> String {
    "digraph { rankdir=\(direction); bgcolor=\"#ffffff\"; node [shape=box fontname=\"DejaVu Sans\"]; "
      + (0..<count).map { "n\($0)" }.joined(separator: "->") + " }"
  }

  @Test(
    "a PDF's page is the sheet, upright or across by what shows the drawing larger",
    arguments: [
      ("a3", "TB", "842 1191"), ("a3", "LR", "1191 842"), ("a4", "TB", "595 842"), ("a4", "LR", "842 595"),
    ])
  func pages(paper: String, direction: String, size: String) async throws {
    let run = try await BuiltRenderer.draw(
      Self.chain(12, direction), "--format", "pdf", "--date", "2026-01-02", "--paper", paper)
    #expect(run.status == 0 && run.messages == [])
    let pdf = String(decoding: run.output, as: UTF8.self)
    #expect(pdf.contains("/MediaBox [ 0 0 \(size) ]"))
  }

  @Test("an SVG is as large as the sheet, with the whole drawing on it; a small drawing grows by half at most")
  func svg() async throws {
    let small = try await BuiltRenderer.draw("digraph { a [shape=box] }", "--paper", "a3")
    let text = String(decoding: small.output, as: UTF8.self)
    #expect(text.contains("width=\"1191pt\" height=\"842pt\"") && text.contains("scale(1.5 1.5)"))
    let large = try await BuiltRenderer.draw(Self.chain(60, "LR"), "--paper", "a4")
    let view = String(decoding: large.output, as: UTF8.self)
    #expect(view.contains("width=\"842pt\" height=\"595pt\"") && view.contains("<title>n0</title>"))
    #expect(view.contains("<title>n59</title>"))
  }

  @Test("text that is too small to read on the sheet is told, and what is not is not")
  func leastText() async throws {
    let run = try await BuiltRenderer.draw(Self.chain(60, "LR"), "--paper", "a4", "--least-text", "10")
    #expect(run.messages.count == 1)
    #expect(run.messages.first?.hasPrefix("render: warning: on A4 the drawing is ") == true)
    #expect(run.messages.first?.hasSuffix("too small to read: draw less of it, or on A3") == true)
    let fine = try await BuiltRenderer.draw(Self.chain(5, "LR"), "--paper", "a4", "--least-text", "10")
    #expect(fine.messages == [])
  }

  @Test("places are lines of words and numbers, and no name can pretend to be one")
  func places() async throws {
    let run = try await BuiltRenderer.draw(
      "digraph { pad=0.25; subgraph cluster_x { \"a b\\n%\" } \"a b\\n%\" -> c }", "--format", "places")
    let lines = String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(run.status == 0 && lines.count == 5)
    #expect(lines[0].hasPrefix("picture ") && lines[1].hasPrefix("frame cluster_x "))
    #expect(lines[2].hasPrefix("box a%20b%5Cn%25 ") && lines[3].hasPrefix("box c "))
    #expect(lines[4].hasPrefix("line a%20b%5Cn%25 c curve ") && lines[4].contains(" head "))
  }
}
