/// Gives an SVG the title and the description that a screen reader speaks.
enum SVGDescription {
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
