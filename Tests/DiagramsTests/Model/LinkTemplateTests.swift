import Testing

@testable import Diagrams

@Suite struct LinkTemplateTests {
  @Test(
    "an address leads to the web or to a place beside the picture",
    arguments: [
      ("https://x.example/{kind}/{id}", "https://x.example/box/a%20b%2F%22"),
      ("../{id}.html#{kind}", "../a%20b%2F%22.html#box"),
      ("{kind}/{id}/{other}", "box/a%20b%2F%22/{other}"), ("?q={id}", "?q=a%20b%2F%22"),
    ])
  func links(template: String, expected: String) {
    #expect(LinkTemplate(template)?.link(kind: "box", id: "a b/\"").text == expected)
  }

  @Test(
    "any other scheme, another host without one, and what would end a quote are refused",
    arguments: [
      "javascript:alert(1)", "JavaScript:x/{id}", "data:text/html,x", "//evil.example/{id}", "a b", "x\"y", "x\\y",
      "x<y", "",
      "file:///etc/{id}", "é", String(repeating: "x", count: 2_001),
    ])
  func refused(template: String) { #expect(LinkTemplate(template) == nil) }
}
