/// The anchor and the tag before a node, which libyaml counts into the node.
struct NodeProperties {
  /// Where the node's own text begins.
  let contentStart: Int
  let tag: Range<Int>?

  /// The range is the event's, in bytes.
  init(_ event: ParserEvent, _ range: Range<Int>, _ lines: TextLines) {
    var index = range.lowerBound
    var tag: Range<Int>?
    let bytes = lines.bytes
    scan: while event.hasTag || event.anchor != nil, index < range.upperBound {
      let start = index
      switch bytes[index] {
      case UInt8(ascii: "&"):
        index += 1
        while index < range.upperBound, TextLines.isNameByte(bytes[index]) { index += 1 }
      case UInt8(ascii: "!"):
        while index < range.upperBound, !TextLines.isBlank(bytes[index]), lines.breakLength(at: index) == 0 {
          index += 1
        }
        tag = start..<index
      case UInt8(ascii: "#"):
        while index < range.upperBound, lines.breakLength(at: index) == 0 { index += 1 }
      case 0x20, 0x09: index += 1
      default:
        let length = lines.breakLength(at: index)
        if length == 0 { break scan }
        index += length
      }
    }
    contentStart = index
    self.tag = tag
  }
}
