/// Gives an SVG the title and the description that a screen reader speaks, and fonts that take as much room for those
/// who have not the one that it was laid out with.
enum SVGDescription {
  /// No text from outside holds a quote that is not escaped, so none is taken for the attribute.
  private static let font = Array("font-family=\"DejaVu Sans\"".utf8)
  /// DejaVu has the widths of Verdana.
  private static let fonts = Array("font-family=\"DejaVu Sans,Verdana,sans-serif\"".utf8)

  static func addingFonts(to svg: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(svg.count + svg.count / 10)
    var index = 0
    while index < svg.count {
      if svg[index] == font[0], svg[index...].starts(with: font) {
        result += fonts
        index += font.count
      } else {
        result.append(svg[index])
        index += 1
      }
    }
    return result
  }

  static func adding(title: String, _ description: String, to svg: [UInt8]) -> [UInt8] {
    guard let start = svg.firstRange(of: Array("<svg".utf8)),
      let end = svg[start.upperBound...].firstIndex(of: UInt8(ascii: ">"))
    else { return svg }
    let attributes = " role=\"img\" aria-labelledby=\"title desc\""
    let elements =
      "\n<title id=\"title\">\(DOTText.xml(title))</title>\n<desc id=\"desc\">\(DOTText.xml(description))</desc>"
    var result = Array(svg[..<start.upperBound])
    result += attributes.utf8
    result += svg[start.upperBound...end]
    result += elements.utf8
    result += svg[(end + 1)...]
    return result
  }
}
