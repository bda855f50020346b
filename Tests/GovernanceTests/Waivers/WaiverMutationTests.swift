import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Waivers and baselines with bytes flipped, cut and doubled are read without a crash, and no finding is lost by them.
@Suite struct WaiverMutationTests {
  private static let baseline = """
    format: 1
    taken: 2026-01-01
    revision: abc
    findings:
      - {finding: 'mfa|system:a', severity: blocker}
      - {finding: 'cheap|system:old', outcome: undecided, severity: major, measure: 12.5, decision: yes, added: 2026-02-01}

    """

  private static func mutated(_ text: String, _ random: inout SplitMix) -> SourceText {
    var bytes = Array(text.utf8)
    let pieces = [
      "unknown", "~", "2026-13-01", "9999-12-31", "[]", "{}", "'", "|", "\\", "waiver:", "\n---\n", "é", "\u{0}",
    ]
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where start < bytes.count: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: bytes.removeSubrange(start..<end)
      case 2: bytes.insert(contentsOf: bytes[start..<end], at: end)
      default: bytes.replaceSubrange(start..<end, with: Array((pieces.randomElement(using: &random) ?? "").utf8))
      }
    }
    return SourceText(name: "mutated.yaml", bytes: bytes)
  }

  private static let estate =
    failing + "---\n{kind: system, id: b, name: B, aliases: [old], classification: official, mfa: true, cost: 20}\n"

  @Test(.timeLimit(.minutes(5)), arguments: 0..<2)
  func `Mutated waivers and baselines are read, and hide nothing that nobody names`(seed: UInt64) async {
    var random = SplitMix(state: seed)
    let text =
      waiver("conditions: ['self.targets.of(system).all(s, s.cost < 15)']\nrenews: v\nremedy: i\nvalues: [x]")
      + waiver("from: 2026-01-01\nuntil: 2026-05-01", id: "v") + waiver("rule: cheap\ntargets: ['system:b']", id: "x")
      + decision(targets: "['waiver:w', 'waiver:v', 'waiver:x']")
    let renderer = SnippetRenderer()
    var waived = 0
    for _ in 0..<150 {
      let files = [
        SourceText(name: "0.yaml", text: vocabulary), SourceText(name: "1.yaml", text: Resolving.rules),
        SourceText(name: "2.yaml", text: Self.estate), Self.mutated(text, &random),
      ]
      let checked = await Checked(files, asOf: "2026-06-01", tasks: 1)
      let waivers = WaiverBook(checked.estate, checked.book)
      let (baseline, mistakes) = BaselineReader.read(Self.mutated(Self.baseline, &random), checked.estate)
      for diagnostic in waivers.diagnostics + mistakes {
        #expect((diagnostic.range?.utf8Range.upperBound ?? 0) <= (diagnostic.range?.source.bytes.count ?? 0))
        #expect(!renderer.render(diagnostic).isEmpty)
      }
      var standings = Standings(waivers, baseline, checked.estate)
      let result = standings.resolve(checked.findings, nil, judgesPaper: true, isComplete: true)
      #expect(Set(checked.findings.map(\.identity)).isSubset(of: result.findings.map(\.identity)))
      waived += result.findings.count { $0.standing != .open }
      #expect(result.findings.allSatisfy { PaperRule(rawValue: $0.rule) == nil || $0.standing == .open })
    }
    #expect(waived > 20, "some mutations leave what covers something")
  }
}
