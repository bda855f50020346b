import CEL
import Catalogue
import Diagnostics
import Glibc
import Testing
import YAMLTree

@testable import Governance

/// Rule files with bytes flipped, cut and doubled neither crash nor hang the loader and the rule reader, and what is
/// left of them runs.
@Suite struct MutationTests {
  private static let pieces = [
    "${", "}", "self.", "closure(", "every(", "filter(x, ", "let:", "each:", "\n", " #", "'", "\"", "- ", ": ", "!",
    "|\n",
    "? ", "path", "params", "severity: [", "((((((((", "[[[[", "\u{0}", "é", "\u{202E}", "9999999999999999999", "1 / 0",
    String(repeating: "!", count: 400), String(repeating: "(", count: 400), String(repeating: "a.", count: 400),
  ]

  private static func mutated(_ text: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = text
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...40, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0 where start < bytes.count: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: end)
      case 3:
        let place = Int.random(in: 0...bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[start..<end], at: place)
      default: bytes.insert(contentsOf: Array((pieces.randomElement(using: &random) ?? "").utf8), at: start)
      }
    }
    return bytes
  }

  /// What this thread has used: other tests run beside this one.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test(.timeLimit(.minutes(5)), arguments: 0..<4)
  func `mutated rules neither crash nor hang`(seed: UInt64) async {
    let shipped = await ShippedRepository.shared.value
    let rules = shipped.files.filter { $0.name.hasPrefix("rules/") }
    var random = SplitMix(state: seed)
    let renderer = SnippetRenderer()
    var survivors = 0
    // A small estate of the shipped vocabulary: what is read of the rule is what is tested.
    let vocabulary = shipped.parsed.flatMap(\.documents).map(\.root).filter {
      let kind = $0.first("kind")?.text
      return kind == "functions" || kind == "capability"
    }
    // Five files an estate, of different rules: 2,000 files in all.
    for _ in 0..<100 {
      let sources = rules.shuffled(using: &random).prefix(5)
      let files = sources.map { SourceText(name: $0.name, bytes: Self.mutated($0.bytes, &random)) }
      let start = Self.processorSeconds
      let parsed = files.map { YAMLFile.parse($0) }
      let estate = EstateLoader.load(
        vocabulary + parsed.flatMap(\.documents).map(\.root), shipped.estate.metamodel,
        EstateLoader.Options(asOf: ShippedRepository.asOf))
      let book = RuleBook(estate)
      let took = Self.processorSeconds - start
      #expect(took < 5, "\(took) s: \(files.map { String(decoding: $0.bytes, as: UTF8.self) })")
      survivors += book.rules.count
      for diagnostic in parsed.flatMap(\.diagnostics) + estate.diagnostics + book.diagnostics {
        #expect((diagnostic.range?.utf8Range.upperBound ?? 0) <= (diagnostic.range?.source.bytes.count ?? 0))
        #expect(!renderer.render(diagnostic).isEmpty)
      }
      let assessment = await Assessment.run(book.rules, on: estate, tasks: 1, costLimit: 100_000)
      for finding in assessment.findings { #expect(!finding.message.isEmpty || finding.outcome == .failed) }
      var mistakes: [Diagnostic] = []
      for rule in book.rules { _ = Example.read(rule.node, &mistakes) }
    }
    #expect(survivors > 20, "some mutations leave a rule that runs")
  }
}
