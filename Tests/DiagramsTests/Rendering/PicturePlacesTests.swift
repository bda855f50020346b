import CEL
import Catalogue
import Foundation
import Testing

@testable import Diagrams

@Suite struct PicturePlacesTests {
  private static let date = CivilDate("2026-12-01") ?? CivilDate(days: 0)

  @Test("lines of words and numbers are read; a line drawn from head to tail can be turned")
  func reads() throws {
    let text = """
      picture 20000 10000
      frame cluster_a 100 200 300 400
      box n1 1800 1800 5400 3600
      line n1 n2 curve 1 2 3 4 5 6 7 8 head 9 -10
      line n2 n1 tail 1 1 curve 1 2 3 4

      """
    let places = try #require(PicturePlaces(Array(text.utf8)))
    #expect(places.width == 20_000 && places.boxes["n1"] == .init(x: 1_800, y: 1_800, width: 5_400, height: 3_600))
    #expect(places.frames["cluster_a"]?.height == 400 && places.lines[0].headTip == .init(x: 9, y: -10))
    #expect(
      places.lines[0].reversed.curves == [[.init(x: 7, y: 8), .init(x: 5, y: 6), .init(x: 3, y: 4), .init(x: 1, y: 2)]])
    #expect(places.lines[0].reversed.tailTip == .init(x: 9, y: -10) && places.lines[1].tailTip == .init(x: 1, y: 1))
  }

  @Test(
    "what no renderer writes is refused",
    arguments: [
      "", "picture 0 0\n", "picture 1\n", "box n 1 2 3\npicture 1 1\n", "picture 1 1\nbox n 1 2 3 x\n",
      "picture 1 1\nline a b curve 1\n", "picture 1 1\nline a b curve\n", "picture 1 1\nline a b bend 1 2\n", "<svg/>",
    ])
  func refuses(text: String) { #expect(PicturePlaces(Array(text.utf8)) == nil) }

  private static func object(_ drawing: Drawing) async throws -> [String: Any] {
    let picture = try await PictureRenderer(path: BuiltRenderer.path()).render(drawing, as: .json, date: date)
    #expect(picture.warnings == [])
    return try #require(try JSONSerialization.jsonObject(with: Data(picture.bytes)) as? [String: Any])
  }

  @Test("JSON says where boxes, frames and lines stand, as the SVG draws them")
  func json() async throws {
    let estate = await ShopEstate.read()
    guard case .found(let bill) = estate.find("fact:bill") else { return }
    let drawing = try DataflowDiagram(of: bill, in: estate).drawing
    let object = try await Self.object(drawing)
    #expect(object["format"] as? Int == 1)
    let (width, height) = (try #require(object["width"] as? Double), try #require(object["height"] as? Double))
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    let clusters = try #require(object["clusters"] as? [[String: Any]])
    let edges = try #require(object["edges"] as? [[String: Any]])
    func box(_ item: [String: Any]) throws -> CGRect {
      CGRect(
        x: try #require(item["x"] as? Double), y: try #require(item["y"] as? Double),
        width: try #require(item["width"] as? Double), height: try #require(item["height"] as? Double))
    }
    let picture = CGRect(x: 0, y: 0, width: width, height: height)
    for node in nodes {
      #expect(picture.contains(try box(node)))
      let cluster = try #require(clusters.first { $0["key"] as? String == node["cluster"] as? String })
      #expect(try box(cluster).contains(try box(node)))
    }
    for edge in edges {
      let curves = try #require(edge["curves"] as? [[[Double]]])
      #expect(!curves.isEmpty && curves.allSatisfy { $0.count % 3 == 1 && $0.allSatisfy { $0.count == 2 } })
      let to = try #require(nodes.first { $0["key"] as? String == edge["to"] as? String })
      let tip = try #require(edge["headTip"] as? [Double])
      // The arrow's tip touches the box that it leads to.
      #expect(try box(to).insetBy(dx: -3, dy: -3).contains(CGPoint(x: tip[0], y: tip[1])))
    }
    // The same corner in the SVG, whose drawing is moved by the pad and counts upwards from the bottom.
    let svg = try await PictureRenderer(path: BuiltRenderer.path()).render(drawing, as: .svg, date: Self.date)
    let text = String(decoding: svg.bytes, as: UTF8.self)
    let view = try #require(text.firstMatch(of: /viewBox="0.00 0.00 ([0-9.]+) ([0-9.]+)"/))
    #expect(abs((Double(view.1) ?? 0) - width) < 0.02 && abs((Double(view.2) ?? 0) - height) < 0.02)
    let move = try #require(text.firstMatch(of: /translate\(([0-9.]+) ([0-9.]+)\)/))
    let (dx, dy) = (Double(move.1) ?? 0, Double(move.2) ?? 0)
    let name = try #require(drawing.names?.nodes[0])
    let after = try #require(text.range(of: "<title>\(name)</title>")?.upperBound)
    let polygon = try #require(text[after...].firstMatch(of: /points="([0-9.,\- ]+)"/))
    let corners = polygon.1.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
    let left = (corners.map { $0[0] }.min() ?? 0) + dx
    let top = (corners.map { $0[1] }.min() ?? 0) + dy
    let first = try box(nodes[0])
    #expect(abs(left - first.minX) < 1 && abs(top - first.minY) < 1)
  }

  @Test("of a landscape systems and groups have places, and of a folded one groups alone", arguments: [false, true])
  func landscape(isFolded: Bool) async throws {
    let estate = await ShopEstate.read()
    let object = try await Self.object(Landscape(estate, Landscape.Options(boxLimit: isFolded ? 1 : 150)).drawing)
    let nodes = try #require(object["nodes"] as? [[String: Any]])
    #expect(nodes.allSatisfy { ($0["x"] == nil) == isFolded })
    let clusters = try #require(object["clusters"] as? [[String: Any]])
    #expect(clusters.allSatisfy { $0["x"] is Double && $0["height"] is Double })
    let edges = try #require(object["edges"] as? [[String: Any]])
    #expect(edges.contains { $0["curves"] != nil } == !isFolded)
  }

  @Test("without a renderer JSON has no places and says why")
  func missing() async throws {
    let estate = await ShopEstate.read()
    let drawing = try Landscape(estate).drawing
    let picture = try await PictureRenderer(path: "/nowhere/triglyph-render").render(
      drawing, as: .json, date: Self.date)
    #expect(picture.warnings.count == 1 && picture.warnings[0].hasPrefix("the JSON has no places: cannot draw: "))
    #expect(try JSONSerialization.jsonObject(with: Data(picture.bytes)) is [String: Any])
  }
}
