import CEL
import Glibc
import Testing

@testable import Diagrams

/// What goes wrong in the renderer is told, and costs no more than it must.
@Suite struct FailingRendererTests {
  private static let date = CivilDate("2026-12-01") ?? CivilDate(days: 0)

  /// A renderer that does what a shell script says before it hands over to the built one.
  private final class Script {
    let path: String

    init(_ text: String) throws {
      var template = Array("/tmp/triglyph-renderer.XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      try #require(descriptor >= 0)
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let script = Array("#!/bin/sh\n\(text)\nexec \(try BuiltRenderer.path()) \"$@\"\n".utf8)
      _ = script.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      fchmod(descriptor, 0o755)
      close(descriptor)
    }

    deinit { unlink(path) }
  }

  private static func drawing(_ dots: [(dot: String, engine: LayoutEngine)]) -> Drawing {
    Drawing(
      title: "t", description: "d",
      layouts: dots.map { Drawing.Layout(dot: $0.dot, engine: $0.engine, name: "\($0.engine) lines") })
  }

  @Test(
    "a renderer that crashes, or ends with a status of its own, is tried again with the next layout",
    arguments: ["kill -SEGV $$", "exit 9"])
  func crashes(how: String) async throws {
    let script = try Script("case \"$*\" in *'--engine dot'*) \(how) ;; esac")
    let renderer = PictureRenderer(path: script.path)
    let two = Self.drawing([("digraph { a -> b }", .dot), ("digraph { a -> b }", .osage)])
    let picture = try await renderer.render(two, as: .svg, date: Self.date)
    #expect(picture.warnings == ["the layout with dot lines (dot) fails; it is drawn with osage lines (osage) instead"])
    #expect(String(decoding: picture.bytes, as: UTF8.self).contains("<svg"))
    let failure = await #expect(throws: PictureFailure.self) {
      try await renderer.render(Self.drawing([("digraph { a }", .dot)]), as: .pdf, date: Self.date)
    }
    let reason = how == "exit 9" ? "it ended with status 9" : "a signal ended it"
    #expect(failure == .rendererBroken(reason))
  }

  @Test("a renderer that hangs is ended with all that it started", .timeLimit(.minutes(1)))
  func hangs() async throws {
    let script = try Script("exec sleep 600")
    let renderer = PictureRenderer(path: script.path, limits: PictureRenderer.Limits(wallClock: .seconds(1)))
    let failure = await #expect(throws: PictureFailure.self) {
      try await renderer.render(Self.drawing([("digraph { a }", .dot)]), as: .svg, date: Self.date)
    }
    #expect(failure == .tooSlow(seconds: 1))
  }

  @Test("a label that Graphviz replaces and a picture that it shrinks are warnings of the picture")
  func warns() async throws {
    let renderer = PictureRenderer(path: try BuiltRenderer.path())
    let replaced = try await renderer.render(
      Self.drawing([("digraph { a [label=<<b>x</i>>] }", .dot)]), as: .svg, date: Self.date)
    #expect(
      replaced.warnings.count == 1 && replaced.warnings[0].hasSuffix("in label of node a: its name is drawn instead"))
    let chain = (0..<600).map { "n\($0)" }.joined(separator: "->")
    let shrunk = try await renderer.render(
      Self.drawing([("digraph { rankdir=LR; \(chain) }", .dot)]), as: .png, date: Self.date)
    #expect(
      shrunk.warnings.count == 1 && shrunk.warnings[0].hasPrefix("graph is too large for cairo-renderer bitmaps."))
  }

  @Test("text that paper makes too small is a warning of the picture, by its smallest size")
  func paper() async throws {
    let renderer = PictureRenderer(path: try BuiltRenderer.path())
    let label = "label=<<FONT POINT-SIZE=\"12\">x</FONT><FONT POINT-SIZE=\"9\">y</FONT>>"
    let chain = (0..<40).map { "n\($0)" }.joined(separator: "->")
    let drawing = Self.drawing([("digraph { rankdir=LR; node [\(label)]; \(chain) }", .dot)])
    let picture = try await renderer.render(drawing, as: .pdf, date: Self.date, paper: .a4)
    #expect(
      picture.warnings.count == 1 && picture.warnings[0].contains("smallest text")
        && picture.warnings[0].contains("on A4"))
    #expect(try await renderer.render(drawing, as: .pdf, date: Self.date).warnings == [])
    #expect(DOTText.leastPoints(in: drawing.dot) == 9 && DOTText.leastPoints(in: "digraph { a }") == nil)
    #expect(DOTText.leastPoints(in: "a [label=<\(DOTText.markup("POINT-SIZE=\"1\""))>]") == nil)
    #expect(DOTText.leastPoints(in: "a [tooltip=\(DOTText.quoted(["POINT-SIZE=\"1\""]))]") == nil)
  }
}
