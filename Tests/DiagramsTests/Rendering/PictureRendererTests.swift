import CEL
import Catalogue
import Glibc
import Testing

@testable import Diagrams

@Suite struct PictureRendererTests {
  static let date = CivilDate("2026-12-01") ?? CivilDate(days: 0)

  @Test("a landscape becomes a picture of each format", arguments: PictureFormat.allCases)
  func draws(format: PictureFormat) async throws {
    let drawing = try Landscape(await SmallEstate.read()).drawing
    let picture = try await PictureRenderer(path: BuiltRenderer.path()).render(drawing, as: format, date: Self.date)
    let opening: [UInt8] =
      switch format {
      case .svg: Array("<?xml".utf8)
      case .png: [0x89, 0x50, 0x4E, 0x47]
      case .pdf: Array("%PDF".utf8)
      case .dot: Array("digraph".utf8)
      case .mermaid: Array("flowchart LR\n".utf8)
      case .json: Array("{\n  \"format\": 1,".utf8)
      }
    #expect(picture.bytes.starts(with: opening))
    #expect(picture.warnings == [])
  }

  @Test("names of every kind are drawn as they are, and none breaks the picture")
  func hostile() async throws {
    let names = [
      "\\N \\G \\L", "<b>bold</b>", "a \"quote\" & 'one'", "two\nlines", "right\u{202E}left", "👩‍👩‍👧 日本 שלום عربي",
      "]]> --&gt; -->",
      "{a|b}", String(repeating: "long ", count: 2_000), String(repeating: "x", count: 10_000), "end\\", "%&#38;",
    ]
    var documents = ["kind: team\nid: t\nname: \(quoted("</TD> <script>alert(1)</script> \\N"))"]
    for (index, name) in names.enumerated() {
      documents.append(
        "kind: box\nid: b\(index)\nname: \(quoted(name))\nkeeper: t\nlifecycle: running\nwires: [{end: b\((index + 1) % names.count)}]"
      )
    }
    let estate = await SmallEstate.read(documents)
    let renderer = PictureRenderer(path: try BuiltRenderer.path())
    for options in [Landscape.Options(title: "<&\"\\N>"), Landscape.Options(boxLimit: 1, title: "]]>\u{202E}")] {
      let drawing = try Landscape(estate, options).drawing
      let picture = try await renderer.render(drawing, as: .svg, date: Self.date)
      #expect(picture.warnings == [])
      let svg = String(decoding: picture.bytes, as: UTF8.self)
      // As a viewer would read it: entities are named or numbered.
      let text = svg.replacing("&#45;", with: "-").replacing("&#39;", with: "'").replacing("&quot;", with: "\"")
        .replacing("&#160;", with: " ")
      #expect(text.contains(">\\N \\G \\L<"))
      #expect(text.contains(">&lt;b&gt;bold&lt;/b&gt;<"))
      #expect(text.contains(">a \"quote\" &amp; 'one'<") || text.contains(">a \"quote\" &amp;<"))
      #expect(text.contains("two lines"))
      #expect(text.contains("right\u{FFFD}left"))
      #expect(text.contains("👩‍👩‍👧 日本"))
      #expect(text.contains(">{a|b}<"))
      #expect(text.contains(">end\\<"))
      #expect(text.contains(">%&amp;#38;<"))
      #expect(!text.contains("<script>"))
      #expect(!text.contains("\u{202E}"))
    }
  }

  /// A YAML scalar in double quotes.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\u{202E}": result += "\\u202E"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  @Test("SVG has a title and a description")
  func describes() async throws {
    let drawing = try Landscape(await SmallEstate.read(), Landscape.Options(title: "A & B")).drawing
    let picture = try await PictureRenderer(path: BuiltRenderer.path()).render(drawing, as: .svg, date: Self.date)
    let svg = String(decoding: picture.bytes, as: UTF8.self)
    #expect(svg.contains("<title id=\"title\">A &amp; B</title>"))
    #expect(svg.contains("<desc id=\"desc\">2026-12-01 | 5 boxes"))
    #expect(svg.contains("role=\"img\""))
  }

  /// Names that a layout cannot place in no time.
  private static func heavy(_ nodes: Int) -> String {
    var dot = "digraph g {\n"
    for from in 0..<nodes { for step in 1...6 { dot += "n\(from) -> n\((from * 7 + step * 131) % nodes)\n" } }
    return dot + "}\n"
  }

  @Test("a layout that takes too long is replaced by the next simpler one, with a warning")
  func fallsBack() async throws {
    let light = Drawing.Layout(dot: "digraph g { a -> b }\n", engine: .sfdp, name: "springs")
    let slow = Drawing.Layout(dot: Self.heavy(3_000), engine: .dot, name: "layers")
    let drawing = Drawing(title: "t", description: "d", layouts: [slow, light])
    let byClock = PictureRenderer(
      path: try BuiltRenderer.path(), limits: PictureRenderer.Limits(wallClock: .seconds(1), cpuSeconds: 60))
    let byProcessor = PictureRenderer(
      path: try BuiltRenderer.path(), limits: PictureRenderer.Limits(wallClock: .seconds(60), cpuSeconds: 1))
    for renderer in [byClock, byProcessor] {
      let picture = try await renderer.render(drawing, as: .svg, date: Self.date)
      #expect(picture.warnings.count == 1)
      #expect(picture.warnings.first?.contains("layers (dot) takes too long; it is drawn with springs (sfdp)") == true)
    }
  }

  @Test("when every layout takes too long there is no picture, and the error says so")
  func givesUp() async throws {
    let slow = Drawing.Layout(dot: Self.heavy(3_000), engine: .dot, name: "layers")
    let renderer = PictureRenderer(
      path: try BuiltRenderer.path(), limits: PictureRenderer.Limits(wallClock: .seconds(1)))
    let failure = await #expect(throws: PictureFailure.self) {
      try await renderer.render(Drawing(title: "", description: "", layouts: [slow]), as: .svg, date: Self.date)
    }
    #expect(failure == .tooSlow(seconds: 1))
  }

  @Test("without the renderer the error says where it was looked for; DOT needs none")
  func missing() async throws {
    let drawing = try Landscape(await SmallEstate.read()).drawing
    let renderer = PictureRenderer(path: "/nowhere/triglyph-render")
    let failure = await #expect(throws: PictureFailure.self) {
      try await renderer.render(drawing, as: .png, date: Self.date)
    }
    #expect(failure?.sentence.contains("/nowhere/triglyph-render") == true)
    let picture = try await renderer.render(drawing, as: .dot, date: Self.date)
    #expect(picture.bytes == Array(drawing.dot.utf8))
  }

  @Test("what the renderer refuses is an error in its words")
  func refused() async throws {
    let bad = Drawing(title: "", description: "", layouts: [.init(dot: "digraph {", engine: .dot, name: "x")])
    let failure = await #expect(throws: PictureFailure.self) {
      try await PictureRenderer(path: BuiltRenderer.path()).render(bad, as: .svg, date: Self.date)
    }
    guard case .notDrawn(let reason)? = failure else {
      Issue.record("not refused: \(String(describing: failure))")
      return
    }
    #expect(reason.contains("not valid DOT"))
  }

  @Test(
    "a renderer that says nothing sensible is an error",
    arguments: [
      ("/bin/false", PictureFailure.notDrawn("the renderer gave no reason")),
      ("/bin/true", PictureFailure.rendererBroken("it gave no picture")),
    ])
  func nonsense(path: String, expected: PictureFailure) async throws {
    let drawing = try Landscape(await SmallEstate.read()).drawing
    let failure = await #expect(throws: PictureFailure.self) {
      try await PictureRenderer(path: path).render(drawing, as: .svg, date: Self.date)
    }
    #expect(failure == expected)
  }

  @Test("a file is written as a whole; a folder is refused")
  func files() async throws {
    var template = Array("/tmp/triglyph-diagrams.XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let folder = template.withUnsafeBytes { String(decoding: $0.dropLast(), as: UTF8.self) }
    defer {
      unlink("\(folder)/a.dot")
      rmdir(folder)
    }
    let drawing = try Landscape(await SmallEstate.read()).drawing
    let renderer = PictureRenderer(path: "/nowhere")
    for _ in 0..<2 {
      #expect(try await renderer.render(drawing, as: .dot, date: Self.date, to: "\(folder)/a.dot") == [])
    }
    #expect(access("\(folder)/a.dot", R_OK) == 0)
    let failure = await #expect(throws: PictureFailure.self) {
      try await renderer.render(drawing, as: .dot, date: Self.date, to: folder)
    }
    #expect(failure == .notWritten(path: folder, reason: "it is a folder"))
  }
}
