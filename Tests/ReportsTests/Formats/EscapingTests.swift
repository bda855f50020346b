import Diagnostics
import Foundation
import Testing

@testable import Reports

@Suite struct EscapingTests {
  @Test(arguments: HostileText.names)
  func `XML text holds no markup and nothing that XML cannot hold`(name: HostileName) {
    let text = name.text
    let escaped = escapedForXML(text)
    #expect(!escaped.contains("<") && !escaped.contains(">") && !escaped.contains("\"") && !escaped.contains("'"))
    #expect(HostileText.unseen(in: escaped) == [] && !escaped.contains("\n"))
    let bare = escaped.replacing("&amp;", with: "").replacing("&lt;", with: "").replacing("&gt;", with: "")
      .replacing("&quot;", with: "").replacing("&apos;", with: "")
    #expect(!bare.contains("&"))
  }

  @Test(arguments: HostileText.names)
  func `a workflow command stays one command on one line`(name: HostileName) {
    let text = name.text
    for escaped in [escapedForWorkflowMessage(text), escapedForWorkflowProperty(text)] {
      #expect(!escaped.contains("\n") && !escaped.contains("\r") && HostileText.unseen(in: escaped) == [])
    }
    let property = escapedForWorkflowProperty(text)
    #expect(!property.contains(":") && !property.contains(","))
    // What the runner makes of it.
    let read = escapedForWorkflowMessage(text).replacing("%0D", with: "\r").replacing("%0A", with: "\n")
      .replacing("%25", with: "%")
    #expect(Array(read.utf8) == Array(escapedForTerminal(text, keepingLineBreaks: true).utf8))
  }

  @Test(arguments: [
    ("a b", "a%20b"), ("é", "%C3%A9"), ("a:b", "a%3Ab"), ("x/y.yaml", "x/y.yaml"), ("a%20b", "a%2520b"),
    ("\u{202E}x", "%E2%80%AEx"), ("a#b?c", "a%23b%3Fc"), ("~_-.", "~_-."), ("\n", "%0A"), ("\\", "%5C"),
  ])
  func `a path is percent-encoded byte by byte`(path: String, expected: String) {
    #expect(percentEncoded(path: path) == expected)
  }

  @Test(arguments: HostileText.names)
  func `a percent-encoded path reads as the same path`(name: HostileName) {
    let path = name.text
    let encoded = percentEncoded(path: path)
    #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    #expect(encoded.removingPercentEncoding.map { Array($0.utf8) } == Array(path.utf8))
  }

  @Test(arguments: [
    ("[x](http://e)", "\\[x\\](http://e)"), ("{0}", "{{0}}"), ("\\[", "\\\\\\["),
    ("plain, text: here", "plain, text: here"),
  ])
  func `a SARIF message has no link and no placeholder of a name's`(text: String, expected: String) {
    #expect(escapedForSARIF(text) == expected)
  }

  @Test(arguments: [
    ("a-b is 3.5: x", "a-b is 3.5: x"), ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"), ("a|b", "a\\|b"),
    ("<b>", "&lt;b&gt;"),
    ("@all", "\\@&#8203;all"), ("#1", "\\#&#8203;1"), ("https://x", "https\\://x"), ("WWW.x", "WWW\\.x"),
    ("- x", "\\- x"), ("1. x", "1\\. x"), ("12) x", "12\\) x"), ("[a](b)", "\\[a\\](b)"), ("a\nb", "a\\\\nb"),
    ("$1$", "\\$1\\$"), ("mailto:x", "mailto\\:x"),
  ])
  func `Markdown is escaped where it would mean something`(text: String, expected: String) {
    #expect(escapedForMarkdown(text) == expected)
  }

  @Test func `a code span holds plain names only`() {
    #expect(codeForMarkdown("catalogue/a-b_c.yaml:12") == "`catalogue/a-b_c.yaml:12`")
    #expect(codeForMarkdown("a`b") == "a\\`b" && codeForMarkdown("a|b") == "a\\|b" && codeForMarkdown("") == "")
    #expect(codeForMarkdown("a b") == "a b")
  }
}
