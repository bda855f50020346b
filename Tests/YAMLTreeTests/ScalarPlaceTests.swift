import Diagnostics
import Testing

@testable import YAMLTree

@Suite struct ScalarPlaceTests {
  static let texts = [
    "k: plain text",
    "k: one\n  two\n\n  three",
    "k: one\r\n  two\r\n\r\n  three",
    "k: 'it''s one'",
    "k: 'one\n  two  \n\n   three '",
    "k: \"tab\\there \\x41\\u00e9\\U0001F600 \\_\\N\\L\\P\\\"\\\\\\/\"",
    "k: \"one\\\n   two\\\n\n  three \\\n  \\ four\"",
    "k: \"a\n\n\n  b\tc \n d\"",
    "k: |\n  one\n   two\n\n  three\n\n",
    "k: |-\n  one\n  two",
    "k: |+\n  one\n\n\nl: x",
    "k: |2\n    one\n  two\n",
    "o:\n  k: |1-\n     one\n   two\n",
    "k: |  # comment\n\n\n  one\n",
    "k: >\n  one\n  two\n\n  three\n    code\n\n    more\n  end\n",
    "k: >-\r\n  one\r\n  two\r\n\r\n  three\r\n",
    "k: >+\n\n  one\n\n",
    "k: >1\n  one\n two\n",
    "k: |\n  é ü 漢字\n  x\u{2028}  y\n",
    "k: a\u{85}  b",
    "k: a\u{2028}  b\u{2029}\n  c",
    "k: \"a\u{2028} b\u{85} c\"",
    "- - |\n   x\n   y\n",
    "k: |\n  one\n  \n     \n  two\n",
    "k: ''",
    "k: |\n\nl: x",
    "&a \u{85}  b",
    "&ck:b\n",
    "o:\n  k: |+\n\n\n  l: x",
  ]

  static func scalars(_ node: YAMLNode) -> [YAMLNode] {
    switch node.kind {
    case .scalar: [node]
    case .sequence: (0..<node.count).flatMap { scalars(node[item: $0]) }
    case .mapping: (0..<node.count).flatMap { [node.key($0)] + scalars(node.value($0)) }
    }
  }

  @Test(arguments: texts)
  func `reading a scalar again gives its value and ordered places`(text: String) throws {
    let file = read(text)
    let document = try #require(file.documents.first)
    for node in Self.scalars(document.root) {
      let spans = ScalarSpans(of: node)
      #expect(String(decoding: spans.value, as: UTF8.self).debugDescription == node.text.debugDescription)
      #expect(spans.value.count == spans.spans.count)
      var last = node.utf8Range.lowerBound
      for offset in 0...node.utf8.count {
        let place = node.sourceOffset(ofValueOffset: offset)
        #expect(place >= last && place <= file.source.bytes.count)
        last = place
      }
    }
  }

  @Test(arguments: [
    ("k: abc def", "def", "def"),
    ("k: 'it''s x'", "x", "x"),
    ("k: 'it''s x'", "'", "''"),
    ("k: \"a\\tb\"", "b", "b"),
    ("k: \"a\\tb\"", "\t", "\\t"),
    ("k: \"\\u00e9x\"", "x", "x"),
    ("k: \"\\u00e9x\"", "é", "\\u00e9"),
    ("k: |\n  one\n  two\n", "two", "two"),
    ("k: |\n  one\n  two\n", "ne\ntw", "ne\n  tw"),
    ("k: >\n  one\n  two\n", "two", "two"),
    ("k: >\n  one\n  two\n", " ", "\n"),
    ("k: >\r\n  one\r\n  two\r\n", " ", "\r\n"),
    ("k: one\n    two", "two", "two"),
    ("k: |4\n      one\n    two\n", "one", "one"),
    ("k: |4\n      one\n    two\n", "two", "two"),
    ("k: |-\r\n  é\r\n  self.x\r\n", "self.x", "self.x"),
    ("k: \"a\\\n   b\"", "b", "b"),
  ])
  func `a part of a value is found in the file`(text: String, part: String, expected: String) throws {
    let value = try #require(root(text).first("k"))
    let bytes = Array(value.utf8)
    let wanted = Array(part.utf8)
    let start = try #require((0..<bytes.count).first { bytes[$0...].starts(with: wanted) })
    #expect(value.sourceRange(ofValueRange: start..<start + wanted.count).text == expected)
    #expect(
      value.sourceOffset(ofValueOffset: start)
        == value.sourceRange(ofValueRange: start..<start + wanted.count).utf8Range.lowerBound)
  }

  @Test func `offsets outside a value are clamped`() throws {
    for text in ["k: abc", "k: 'a''c'", "k: |\n  a\n", "k: ''", "k: [a]"] {
      let value = try #require(root(text).first("k"))
      for offset in [-5, 0, 1, 100, Int.max, Int.min] {
        let place = value.sourceOffset(ofValueOffset: offset)
        #expect(value.utf8Range.lowerBound <= place && place <= value.source.bytes.count)
      }
      _ = value.sourceRange(ofValueRange: 0..<1_000)
      _ = value.sourceRange(ofValueRange: -5 ..< -2)
    }
  }
}
