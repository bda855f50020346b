import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// Permissions only ever take away: without one there is more that counts, never less.
@Suite struct WaiverRemovalTests {
  private static func documents(_ random: inout SplitMix) -> (estate: String, waivers: [String]) {
    var estate: [String] = []
    for name in ["a", "b", "c", "d"] {
      let mfa = ["mfa: true", "mfa: false", "mfa: unknown"].randomElement(using: &random) ?? ""
      let cost = Int.random(in: 1...20, using: &random)
      estate.append("{kind: system, id: \(name), name: N, classification: official, \(mfa), cost: \(cost)}")
    }
    for name in ["i", "j"] {
      let stage = ["design", "build", "live"].randomElement(using: &random) ?? ""
      let target = ["a", "b", "c"].randomElement(using: &random) ?? ""
      let mfa = Bool.random(using: &random)
      estate.append(
        "{kind: initiative, id: \(name), name: I, stage: \(stage), goLive: 2026-07-01, changes: [{ref: 'system:\(target)', set: {mfa: \(mfa), cost: 30}}]}"
      )
    }
    let targets = "[" + (0..<6).map { "'waiver:w\($0)'" }.joined(separator: ", ") + "]"
    let outcome = ["approved", "approved", "rejected"].randomElement(using: &random) ?? ""
    estate.append("{kind: decision, id: yes, name: Y, date: 2026-01-01, outcome: \(outcome), targets: \(targets)}")
    estate.append("{kind: decision, id: sure, name: Y, date: 2026-01-01, outcome: approved, targets: \(targets)}")
    let waivers = (0..<6).map { number in
      let names = ["a", "b", "c", "d"].filter { _ in Bool.random(using: &random) }.map { "'system:\($0)'" }
      let month = Int.random(in: 3...6, using: &random)
      var text = "{kind: waiver, id: w\(number), name: W, reason: So., targets: [\(names.joined(separator: ", "))]"
      text += ", rule: \(Bool.random(using: &random) ? "mfa" : "cheap")"
      text += ", from: 2026-0\(month)-01, until: 2026-0\(month + Int.random(in: 1...3, using: &random))-01"
      text += ", decision: \(Bool.random(using: &random) ? "yes" : "sure")"
      if Bool.random(using: &random) { text += ", expects: undecided" }
      if Int.random(in: 0...3, using: &random) == 0 {
        text += ", initiative: \(Bool.random(using: &random) ? "i" : "j")"
      }
      if Int.random(in: 0...3, using: &random) == 0 {
        text += ", conditions: ['self.targets.of(system).all(s, s.cost < 15)']"
      }
      return text + "}"
    }
    return (estate.joined(separator: "\n---\n"), waivers)
  }

  /// A decision about a waiver that is gone refers to nothing; that is no finding that a waiver hid.
  private static func standings(_ result: Resolving) -> [String] {
    result.standings.filter { !$0.contains(" dangling-reference|decision:") }
  }

  /// What counts and is not about waivers themselves.
  private static func open(_ result: Resolving) -> Set<String> {
    Set(standings(result).filter { $0.hasPrefix("open ") })
  }

  @Test func `Without a waiver no finding is gone, and what it covered is back`() async {
    var (hidden, back) = (0, 0)
    for seed in 0..<UInt64(60) {
      var random = SplitMix(state: seed)
      let (estate, waivers) = Self.documents(&random)
      let all = await Resolving([([estate] + waivers).joined(separator: "\n---\n")])
      hidden += Self.standings(all).count { $0.hasPrefix("waived") }
      for place in waivers.indices {
        var others = waivers
        others.remove(at: place)
        let fewer = await Resolving([([estate] + others).joined(separator: "\n---\n")])
        // Two of one thing are a mistake; without the first of them the second one holds.
        if all.diagnostics.contains(where: { $0.id == "waived-twice" }) { continue }
        #expect(Self.open(fewer).isSuperset(of: Self.open(all)), "seed \(seed), without w\(place)")
        back += Self.open(fewer).subtracting(Self.open(all)).count
      }
      let none = await Resolving([estate])
      #expect(Self.standings(none).allSatisfy { $0.hasPrefix("open") })
      #expect(Self.open(none).isSuperset(of: Self.open(all)))
      #expect(
        Set(Self.standings(none).map { $0.drop { $0 != " " } })
          == Set(Self.standings(all).map { $0.drop { $0 != " " } }))
    }
    #expect(hidden > 20 && back > 10, "\(hidden) hidden, \(back) back: the documents are too tame")
  }
}
