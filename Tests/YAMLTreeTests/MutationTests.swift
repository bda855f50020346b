import Diagnostics
import Testing

@testable import YAMLTree

/// Seeded, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct MutationTests {
  static let seeds: [String] =
    ScalarPlaceTests.texts + [
      "kind: system\nid: x\nlifecycle: {active: 2012-04-01, phaseOut: ~}\nintegrations:\n  - to: y\n    carries: [a, 'b', \"c\\n\"]\n",
      "a: &x [1, {b: c}]\nd: *x\n---\ne: |\n  text\n  more\n...\n---\n? q\n: r\n",
      "é: \"ü\\u00e9\n  x\"\nrequire: !self.mfa\n---\nis: a ? b : c\n# comment\n- x\n",
      "a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c]\ne: [*d,*d,*d,*d]\n",
    ]
  static let splices = [
    "---\n", "\n", "\t", ": ", " #", "'", "\"", "[", "]", "{", "}", "- ", "? ", "&a ", "*a", "!t ", "|\n", ">2\n",
    "%YAML 1.2\n", "\0", "\u{FEFF}",
    "\u{2028}", "\u{85}", "é", "...", "<<: ", "~", "\r", "\r\n", "\\", "\u{202E}", String(repeating: "[", count: 300),
    String(repeating: "- ", count: 300), String(repeating: "{a: ", count: 150),
  ]

  static func mutated(_ random: inout SplitMix) -> [UInt8] {
    var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = Int.random(in: place...bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: end)
      case 4: bytes += Array((seeds.randomElement(using: &random) ?? "").utf8)
      default: bytes.insert(contentsOf: Array((splices.randomElement(using: &random) ?? "").utf8), at: place)
      }
    }
    return bytes
  }

  static func check(_ node: YAMLNode, depth: Int = 0) {
    #expect(depth <= 100)
    let range = node.utf8Range
    #expect(range.lowerBound >= 0 && range.upperBound <= node.source.bytes.count)
    switch node.kind {
    case .scalar:
      let spans = ScalarSpans(of: node)
      if !node.isReported { #expect(spans.value == Array(node.utf8), "\(node.source.bytes) at \(range)") }
      let middle = node.utf8.count / 2
      let offset = node.sourceOffset(ofValueOffset: middle)
      #expect(offset >= range.lowerBound && offset <= node.source.bytes.count)
      _ = node.trailingComment
    case .sequence: for index in 0..<node.count { check(node[item: index], depth: depth + 1) }
    case .mapping:
      for index in 0..<node.count {
        #expect(node.key(index).isScalar && !node.key(index).utf8.isEmpty)
        check(node.key(index), depth: depth + 1)
        check(node.value(index), depth: depth + 1)
      }
    }
  }

  @Test(arguments: 0..<20)
  func `mutated texts neither crash nor hang`(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let clock = ContinuousClock()
    let ids = Set(YAMLDiagnostics.all.map(\.id))
    for _ in 0..<100 {
      let bytes = Self.mutated(&random)
      let time = clock.measure {
        let file = read(bytes: bytes)
        for document in file.documents { Self.check(document.root) }
        let renderer = SnippetRenderer()
        for diagnostic in file.diagnostics {
          #expect(ids.contains(diagnostic.id))
          let range = diagnostic.range?.utf8Range ?? 0..<0
          #expect(range.upperBound <= bytes.count)
          #expect(!renderer.render(diagnostic).isEmpty)
        }
        #expect(file.brokenDocuments.isEmpty || !file.diagnostics.isEmpty)
        let again = read(bytes: bytes)
        #expect(again.documents.count == file.documents.count && again.diagnostics.count == file.diagnostics.count)
      }
      #expect(time < .seconds(30), "\(bytes)")
    }
  }
}
