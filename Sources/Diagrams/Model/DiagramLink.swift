/// What a box leads to when somebody clicks on it.
public struct DiagramLink: Equatable, Sendable {
  let text: String
}

/// Makes a link for each entity from one pattern, `https://pages.example/{kind}/{id}`.
public struct LinkTemplate: Equatable, Sendable {
  private let text: String

  /// Nil for what is neither http, https nor relative, and for what a link cannot hold.
  public init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= 2_000,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !Self.refused.contains($0) })
    else { return nil }
    let lower = text.lowercased()
    if !lower.hasPrefix("https://"), !lower.hasPrefix("http://") {
      // Relative: no scheme before the first slash, no other host.
      let first = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      guard !first.contains(":"), !text.hasPrefix("//") else { return nil }
    }
    self.text = text
  }

  private static let refused = Array("\"<>\\^`|".utf8)

  func link(kind: String, id: String) -> DiagramLink {
    var result = ""
    var rest = text[...]
    while let brace = rest.firstIndex(of: "{") {
      result += rest[..<brace]
      rest = rest[brace...]
      if rest.hasPrefix("{kind}") {
        result += Self.encoded(kind)
        rest = rest.dropFirst("{kind}".count)
      } else if rest.hasPrefix("{id}") {
        result += Self.encoded(id)
        rest = rest.dropFirst("{id}".count)
      } else {
        result += "{"
        rest = rest.dropFirst()
      }
    }
    return DiagramLink(text: result + rest)
  }

  /// All but RFC 3986's unreserved characters as their bytes.
  private static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}
