import CEL
import Catalogue
import Foundation
import Testing

@testable import Diagrams

/// Mermaid, JSON and the child's pictures of a diagram whose names would break what does not escape them.
@Suite struct DiagramFormatTests {
  static let names = [
    "\\N \\G", "<b>bold</b>", "a \"quote\" & 'one'", "two\nlines", "right\u{202E}left", "👩‍👩‍👧 日本 שלום عربي", "]]> -->",
    "{a|b}", String(repeating: "x", count: 10_000), "end\\", "%%{init: {}}%%",
    "n1:::x; click n1 \"javascript:alert(1)\"",
    "#quot; &quot;",
  ]

  private static func diagram() -> Diagram {
    let plain = PhaseStyle(.none, names: [], live: [])
    var diagram = Diagram(view: "context", title: names[2], date: "2026-12-01", scope: names[4], notes: [names[6]])
    diagram.clusters = [Diagram.Cluster(key: names[1], name: names[1])]
    for (index, name) in names.enumerated() {
      var node = Diagram.Node(key: "box:\(index)", name: name, kind: name, phase: plain)
      node.facts = [name]
      node.sections = [Diagram.Section(title: name, lines: [name])]
      node.marks = index == 0 ? [.subject] : index == 1 ? [.single, .slow] : []
      node.emphasised = index == 1 ? [(.single, name)] : []
      node.shape = Diagram.Shape.allCases[index % 3]
      node.cluster = index == 3 ? 0 : nil
      node.change = Diagram.Change(kind: .allCases[index % 3], title: name, details: [name])
      node.isAbsent = index == 4
      node.link = LinkTemplate("https://example.org/{kind}?q={id}&x=1")?.link(kind: "box", id: name)
      diagram.nodes.append(node)
      diagram.edges.append(
        Diagram.Edge(
          from: index, to: (index + 1) % names.count, style: Diagram.Edge.Style.allCases[index % 4],
          labels: [[name, name], [name]], change: node.change, emphasised: [(.introduced, name)]))
      diagram.lists.append(Diagram.List(title: name, items: [(name, name)]))
    }
    diagram.signs = [(names[3], names[5])]
    return diagram
  }

  @Test("the child draws it without a word, and names come out as they are")
  func drawn() async throws {
    let renderer = PictureRenderer(path: try BuiltRenderer.path())
    let date = CivilDate("2026-12-01") ?? CivilDate(days: 0)
    let picture = try await renderer.render(Drawing(Self.diagram()), as: .svg, date: date)
    #expect(picture.warnings == [])
    let svg = String(decoding: picture.bytes, as: UTF8.self).replacing("&#45;", with: "-")
      .replacing("&#160;", with: " ").replacing("&quot;", with: "\"").replacing("&#39;", with: "'")
    #expect(svg.contains(">\\N \\G<") && svg.contains(">&lt;b&gt;bold&lt;/b&gt;<") && svg.contains("👩‍👩‍👧 日本"))
    #expect(svg.contains(">right\u{FFFD}left<") && !svg.contains("\u{202E}") && !svg.contains("<b>"))
    #expect(!svg.contains("href=\"javascript"))
    #expect(svg.contains("https://example.org/box?q=%3Cb%3Ebold%3C%2Fb%3E&amp;x=1"))
  }

  @Test("JSON is read back as what was written")
  func json() throws {
    let text = DiagramJSON(Self.diagram()).text
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["format"] as? Int == 1 && object["view"] as? String == "context")
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    for (node, name) in zip(nodes, Self.names) {
      #expect((node["name"] as? String)?.utf8.elementsEqual(name.utf8) == true)
    }
    #expect(nodes[3]["cluster"] as? String == Self.names[1] && nodes[1]["marks"] as? [String] == ["single", "slow"])
    let edges = try #require(object["edges"] as? [[String: Any]])
    #expect(edges[0]["from"] as? String == "box:0" && edges[0]["to"] as? String == "box:1")
    #expect(!text.contains("\u{202E}") && text.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  }

  @Test("Mermaid has one statement a line, and names stay within their quotes")
  func mermaid() throws {
    let text = DiagramMermaid(Self.diagram()).text
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines[0] == "flowchart LR")
    for line in lines.dropFirst() {
      let begins = ["n", "subgraph c0[\"", "end", "about[\"", "list", "classDef "].contains { line.hasPrefix($0) }
      #expect(begins, "\(line)")
      #expect(line.count { $0 == "\"" } % 2 == 0)
      let outside = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map(\.element)
      #expect(!outside.contains { $0.contains(";") || $0.contains("click") || $0.contains("%%") })
    }
    #expect(text.contains("#60;b#62;bold#60;/b#62;") && text.contains("U+202E") && text.contains("日本"))
    #expect(!text.contains("<b>") && text.utf8.count < 30_000)
  }

  @Test("of more boxes than a comment can show, Mermaid says how many it leaves out")
  func limits() {
    var diagram = Self.diagram()
    for index in 0..<100 {
      diagram.nodes.append(
        Diagram.Node(key: "more:\(index)", name: "More", kind: "box", phase: PhaseStyle(.none, names: [], live: [])))
      diagram.edges.append(Diagram.Edge(from: diagram.nodes.count - 1, to: 0))
    }
    #expect(DiagramMermaid(diagram).text.contains("not drawn here: 33 boxes, 33 lines"))
  }
}
