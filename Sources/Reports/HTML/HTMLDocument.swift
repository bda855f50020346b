internal import Catalogue
internal import Diagnostics

/// One file of HTML that needs nothing beside itself and asks nothing of a network.
struct HTMLDocument {
  var title: String
  /// What it speaks of: the state of the catalogue.
  var declared: String
  /// Rules behind those that every page has.
  var style: String?
  /// The one script that may run; nil: none. It stands in the page as it is and is no place for anybody's text.
  var script: String?

  /// - Parameters:
  ///   - lead: HTML under the title.
  ///   - main: HTML.
  func text(lead: String = "", main: String) -> String {
    let scripts = script.map { "; script-src '\(Self.source(of: $0))'" } ?? ""
    let more = script == nil ? "" : "; base-uri 'none'; form-action 'none'"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'\(scripts)\(more)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
      <title>\(htmlText(title))</title>
      <style>
      \(HTMLStyle.page)\(style.map { "\n" + $0 } ?? "")
      </style>
      </head>
      <body>
      <header>
      <h1>\(htmlText(title))</h1>
      <p class="declared">\(htmlText(declared))</p>
      \(lead)</header>
      <main>
      \(main)</main>
      <footer><p>\(htmlText(Page.reservation))</p><p>\(htmlText(title)), \(htmlText(declared))</p></footer>
      \(script.map { "<script>\($0)</script>\n" } ?? "")</body>
      </html>

      """
  }

  /// The script's own digest: with it in the policy no other script runs (Content Security Policy Level 3, 2.3.1).
  private static func source(of script: String) -> String {
    let digits = Array(SHA256.hex(script).utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map { place in
      UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16) ?? 0
    }
    return "sha256-" + base64(bytes)
  }

  /// RFC 4648, section 4.
  private static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = 0
      for place in 0..<3 { bits = bits << 8 | (place < group.count ? Int(group[start + place]) : 0) }
      for place in 0..<4 { result.append(place <= group.count ? letters[bits >> (18 - 6 * place) & 63] : "=") }
    }
    return result
  }
}

/// Text between tags or in an attribute, on one line.
func htmlText(_ text: some StringProtocol) -> String {
  if text.utf8.allSatisfy(isPlainInHTML) { return String(text) }
  return escapedForXML(text.split(whereSeparator: \.isNewline).joined(separator: " "))
}

private func isPlainInHTML(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x22, 0x26, 0x27, 0x3C, 0x3E: false
  case 0x20...0x7E: true
  default: false
  }
}
