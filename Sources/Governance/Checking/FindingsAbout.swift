internal import CEL
public import Catalogue

extension Assessment {
  /// What the rules about some entities find of them in an estate, by their rows: failures that nothing stands before.
  /// Nothing else is looked at.
  public static func openFindings(
    about rows: some Sequence<Int32>, _ book: RuleBook, _ waivers: WaiverBook, _ baseline: Baseline?, on estate: Estate
  ) -> [Int32: [Finding]] {
    let wanted = Dictionary(grouping: Set(rows).sorted()) { estate.entity($0).kind }
    let stages = StageTable(estate)
    var standings = Standings(waivers, baseline, estate)
    var frame = Frame(graph: estate.graph, slotCount: 0)
    var found: [Int32: [Finding]] = [:]
    for rule in rules(of: book, about: Set(wanted.keys)) {
      guard case .entities(let kinds) = rule.scope else { continue }
      frame.forget()
      frame.reset(slotCount: rule.slotCount)
      for (kind, rows) in wanted.sorted(by: { $0.key < $1.key }) where kinds.contains(kind) {
        for row in rows {
          var run = RuleRun(rule, estate, stages)
          run.run(row, &frame)
          found[row, default: []] += run.findings.filter { $0.outcome == .failed }.map {
            standings.resolve($0, on: estate.asOf)
          }.filter { $0.standing == .open }
        }
      }
    }
    return found.mapValues { findings in
      var known: Set<String> = []
      return Finding.inOrder(findings).filter { known.insert($0.identity).inserted }
    }
  }

  /// What is read for that, of entities of some kinds.
  public static func reads(of book: RuleBook, _ waivers: WaiverBook, about kinds: Set<Int>) -> Set<Int32> {
    rules(of: book, about: kinds).reduce(into: waivers.reads) { $0.formUnion($1.reads) }
  }

  private static func rules(of book: RuleBook, about kinds: Set<Int>) -> [Rule] {
    book.rules.filter { rule in
      guard rule.status == .active, !rule.mentionsInitiative, case .entities(let scope) = rule.scope else {
        return false
      }
      return kinds.contains { scope.contains($0) }
    }
  }
}
