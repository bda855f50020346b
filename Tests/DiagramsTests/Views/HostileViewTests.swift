import CEL
import Catalogue
import Foundation
import Governance
import Testing

@testable import Diagrams

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Every view in every format, of an estate in which everything has a name that breaks what does not escape it.
@Suite struct HostileViewTests {
  private static let names = [
    "</TD></TABLE> <script>alert(1)</script> \\N", "a \"quote\" & 'one' `tick`", "two\nlines\tand\r\na tab",
    "]]> --> <!-- --",
    "right\u{202E}left \u{2066}x", "👩‍👩‍👧 日本 שלום عربي", String(repeating: "x", count: 10_000),
    String(repeating: "long ", count: 2_000), "end\\", "{a|b} %%{init: {}}%% #quot; &quot; &#38;",
    "\u{7}bell\u{1B}[31m \u{0}", "\\G \\l \\E \\H", "\"];n1->n2[label=\"", "\u{FEFF}\u{200B}\u{E000}\u{FFFE}",
  ]

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x20...0x7E: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\U" + String(repeating: "0", count: 8 - digits.utf8.count) + digits
      }
    }
    return result + "\""
  }

  private static func read() async -> Estate {
    var documents: [String] = []
    for (index, name) in names.enumerated() {
      let name = quoted(name)
      let next = (index + 1) % names.count
      documents += [
        "kind: crew\nid: c\(index)\nname: \(name)", "kind: skill\nid: s\(index)\nname: \(name)",
        "kind: fact\nid: f\(index)\nname: \(name)\ngrade: closed",
        "kind: place\nid: p\(index)\nname: \(name)\nband: street",
        "kind: door\nid: d\(index)\nname: \(name)\nhouse: b\(index)\nlifecycle: running",
        """
        kind: box
        id: b\(index)
        name: \(name)
        keeper: c\(index)
        can: [s\(index)]
        grade: open
        stands: [p\(index)]
        keeps: [f0]
        back: 4h
        base: [b\(next)]
        lifecycle: running
        wires: [{end: b\(next), way: call, takes: [f0, f\(index)], door: d\(next)}]
        """,
      ]
    }
    // What breaks text breaks what an initiative says and what is found, too.
    documents.append(
      """
      kind: initiative
      id: move
      name: \(quoted(names[0]))
      stage: design
      goLive: 2027-03-01
      adds:
        - {kind: box, id: new, name: \(quoted(names[2])), weight: heavy, back: 1h, base: [b1], lifecycle: running}
      changes: [{ref: "box:b2", set: {name: \(quoted(names[3])), grade: closed}}]
      retires: [{ref: "box:b3", date: 2027-06-30}]
      """)
    return await ShopEstate.read(documents + [MovedShop.rule])
  }

  private static func drawings() async throws -> [(String, Drawing)] {
    let estate = await read()
    func row(_ identity: String) -> Int32 { if case .found(let row) = estate.find(identity) { row } else { -1 } }
    let options = DiagramOptions(
      title: names[0], links: LinkTemplate("https://x.example/{kind}?{id}&x=1"), sight: names[3])
    let (seen, findings) = try await MovedShop.check(estate)
    let finding = try #require(findings.first { $0.inView?.comparison == .introduced })
    let roadmap = await Roadmap.run(RuleBook(estate).rules, on: estate)
    var landscape = Landscape.Options(title: names[0])
    landscape.links = options.links
    var folded = Landscape.Options(boxLimit: 1, title: names[3])
    folded.links = options.links
    return [
      ("finding", try FindingDiagram(finding, in: seen, options).drawing),
      ("initiative", try InitiativeDiagram(of: seen, findings: findings, options).drawing),
      ("frames", try InitiativeDiagram(of: seen, findings: findings, isSideBySide: true, options).drawing),
      ("roadmap", try RoadmapDiagram(of: estate, findings: roadmap, options).drawing),
      ("capabilities", try CapabilityMap(estate, options).drawing),
      ("changes", try Landscape(seen, landscape).drawing),
      ("folded changes", try Landscape(seen, folded).drawing),
      ("context", try ContextDiagram(of: row("box:b0"), in: estate, hops: 4, options).drawing),
      ("dependencies", try DependenciesDiagram(of: row("box:b0"), in: estate, options).drawing),
      ("integration", try IntegrationDiagram(of: names.indices.map { row("box:b\($0)") }, in: estate, options).drawing),
      ("dataflow", try DataflowDiagram(of: row("fact:f0"), in: estate, options).drawing),
      ("landscape", try Landscape(estate, landscape).drawing),
      ("folded", try Landscape(estate, folded).drawing),
    ]
  }

  @Test("every view is drawn in every format without a word")
  func drawn() async throws {
    let renderer = PictureRenderer(path: try BuiltRenderer.path())
    for (view, drawing) in try await Self.drawings() {
      for format in PictureFormat.allCases {
        let picture = try await renderer.render(
          drawing, as: format, date: CivilDate("2026-12-01") ?? CivilDate(days: 0))
        #expect(picture.warnings == [], "\(view) as \(format)")
        #expect(picture.bytes.count > 100)
        switch format {
        case .svg:
          #expect(XMLParser(data: Data(picture.bytes)).parse(), "\(view) is no XML")
          let text = String(decoding: picture.bytes, as: UTF8.self)
          #expect(!text.contains("<script") && !text.contains("\u{202E}") && !text.contains("\u{1B}"))
        case .json:
          let object = try JSONSerialization.jsonObject(with: Data(picture.bytes)) as? [String: Any]
          #expect(object?["width"] is Double, "\(view)")
          #expect(picture.bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        case .mermaid:
          for line in String(decoding: picture.bytes, as: UTF8.self).split(separator: "\n") {
            #expect(line.count { $0 == "\"" } % 2 == 0 && !line.contains("<script") && !line.contains("%%"), "\(view)")
          }
        case .dot:
          #expect(picture.bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
        case .png, .pdf: break
        }
      }
    }
  }
}
