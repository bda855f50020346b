import Testing

/// A text that a test is given, called by its place: a test's name goes to a log, which must neither be commanded by it nor
/// look otherwise than it is.
struct HostileName: Sendable, CustomTestStringConvertible {
  var place: Int
  var text: String

  var testDescription: String { "hostile name \(place)" }

  /// In the order in which they stand, from 1.
  static func all(_ texts: [String]) -> [HostileName] {
    texts.enumerated().map { HostileName(place: $0 + 1, text: $1) }
  }
}

/// Names that each output has to escape at its edge, and what no output may hold after them.
enum HostileText {
  static let all = [
    "\u{1B}[31mred\u{7}", "a\u{0}b", "\u{202E}gnp.exe", "\u{2066}iso\u{2069}", "zero\u{200B}width\u{FEFF}",
    "line\nbreak\r\nand return\r", "para\u{2028}graph\u{2029}", "\u{85}next",
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", " =1", "＝1", "\"=1\",\"2",
    "@everyone", "#1 and @team/all", "user@example.com", "https://evil.example/", "www.evil.example", "mailto:a@b.c",
    "::error file=x::broken", "x\n::error::broken", "##[error]broken", "%0A::warning::x", "a:b,c=d",
    "]]>", "</script><script>alert(1)</script>", "<!-- -->", "<img src=x onerror=y>", "&amp;&#x3c;", "\"' onload='x",
    "a|b", "`code` ``two``", "**bold** _em_ ~~gone~~", "[x](javascript:alert(1))", "![x](http://evil/)", "# heading",
    "- item", "1. item", "> quote", "---", "$x$", "\\", "\\|", "\\[x](1)", "{0} {{1}}", "[0](1)", "[text](1)",
    "\u{FFFE}\u{FFFF}", "e\u{301}👩‍👩‍👧", "", " ",
  ]

  static let names = HostileName.all(all)

  /// What changes how everything behind it reads: never in an output, whatever its form. Line breaks are of the form.
  static func unseen(in text: String) -> [String] {
    text.unicodeScalars.filter { scalar in
      switch scalar.value {
      case 0x0A, 0x0D: false
      case 0...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFFE,
        0xFFFF:
        true
      default: false
      }
    }.map { String($0.value, radix: 16) }
  }
}
