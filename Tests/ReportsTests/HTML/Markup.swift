import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// A page of HTML as a test reads it.
enum Markup {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// What stands in it, elements in it left out.
    var text = ""
  }

  /// The elements of the body, which is XML but for its script.
  static func elements(of html: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [Element] {
    let body = try #require(html.range(of: "<body>").map { html[$0.lowerBound...] }, sourceLocation: sourceLocation)
    var text = body.replacing("</html>", with: "").replacing("&nbsp;", with: " ")
    if let start = text.range(of: "<script>"), let end = text.range(of: "</script>", options: .backwards) {
      text.removeSubrange(start.lowerBound..<end.upperBound)
    }
    let reader = Reader()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))", sourceLocation: sourceLocation)
    return reader.elements
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      open.append(elements.count)
      elements.append(Element(name: element, attributes: attributes))
    }

    func parser(
      _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) { open.removeLast() }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if let place = open.last { elements[place].text += text }
    }
  }

  /// Whether text in every colour of every scheme has a contrast of 4.5 to 1 with what it stands on (WCAG 2.2, 1.4.3).
  ///
  /// - Returns: how many schemes there are.
  static func hasContrast(_ html: String, schemes start: String) throws -> Int {
    let schemes = html.components(separatedBy: start).dropFirst().map { $0.prefix { $0 != "}" } }
    for scheme in schemes {
      var colours: [String: Double] = [:]
      for part in scheme.split(separator: ";") {
        let pair = part.split(separator: ":").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        if pair.count == 2, pair[1].hasPrefix("#") { colours[pair[0]] = luminance(pair[1]) }
      }
      for ink in ["--ink", "--quiet", "--good", "--bad", "--doubt", "--waiting"] {
        for ground in ["--paper", "--head"] {
          let (a, b) = try (#require(colours[ink]), #require(colours[ground]))
          #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 4.5, "\(ink) on \(ground)")
        }
      }
      // What bounds a control has to be told from its ground, too (1.4.11).
      let (a, b) = try (#require(colours["--quiet"]), #require(colours["--head"]))
      #expect((max(a, b) + 0.05) / (min(a, b) + 0.05) >= 3)
    }
    return schemes.count
  }

  /// WCAG 2.2, relative luminance.
  private static func luminance(_ colour: String) -> Double {
    let number = Int(colour.dropFirst(), radix: 16) ?? 0
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(number >> shift & 255) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
