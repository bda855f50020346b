internal import Diagnostics

/// Changes one subject, one place at a time, and asks its examples of each change.
struct RuleMutation {
  private let subject: MutationSubject
  private var result: MutationReport.RuleResult
  /// Scenes by how lately one of them killed a mutant: the next one dies there, too, more often than not.
  private var order: [Int]
  /// What no example evaluates: an expression's number, and a range in it.
  private var unreached: [(expression: Int, range: Range<Int>, entry: Int?, count: Int)] = []
  /// What became of the mutants that each entry of `equivalents` speaks of.
  private var fates: [[Fate]]

  private enum Fate {
    /// By the example of this title.
    case killed(String)
    case survived
    /// The change is no expression.
    case unchecked
  }

  static func run(_ subject: MutationSubject, _ depth: MutationReport.Depth) async -> MutationReport.RuleResult {
    var mutation = RuleMutation(subject)
    return await mutation.run(depth)
  }

  private init(_ subject: MutationSubject) {
    self.subject = subject
    result = MutationReport.RuleResult(rule: subject.name)
    order = Array(subject.scenes.indices)
    fates = Array(repeating: [], count: subject.equivalents.count)
  }

  // MARK: Judging

  private mutating func run(_ depth: MutationReport.Depth) async -> MutationReport.RuleResult {
    let all = subject.candidates()
    // What stands in a part that nothing evaluates is not evaluated either.
    let probes = all.filter { $0.kind == .reach }.enumerated().sorted {
      ($1.element.range.count, $0.offset) < ($0.element.range.count, $1.offset)
    }.map(\.element)
    var found: [(candidate: Candidate, note: Int?)] = []
    for probe in probes {
      if let part = part(around: probe) {
        result.counts.parts += 1
        if unreached[part].entry == nil { result.counts.unreached += 1 }
        continue
      }
      let fate = await fate(of: probe)
      if case .unchecked = fate { continue }
      result.counts.parts += 1
      if let entry = probe.entry { fates[entry].append(fate) }
      guard case .survived = fate else { continue }
      if probe.entry == nil {
        result.counts.unreached += 1
        found.append((probe, unreached.count))
      }
      unreached.append((probe.expression, probe.range, probe.entry, 0))
    }
    if depth == .mutants {
      for candidate in all where candidate.kind != .reach {
        if await survives(candidate) { found.append((candidate, nil)) }
      }
    }
    report(found, depth)
    return result
  }

  /// Whether it is to be told.
  private mutating func survives(_ candidate: Candidate) async -> Bool {
    if let part = part(around: candidate) {
      unreached[part].count += 1
      if unreached[part].entry == nil { result.counts.survived += 1 } else { result.counts.equivalent += 1 }
      if let entry = candidate.entry { fates[entry].append(.survived) }
      return false
    }
    let fate = await fate(of: candidate)
    if let entry = candidate.entry { fates[entry].append(fate) }
    switch fate {
    case .unchecked: result.counts.unchecked += 1
    case .killed: result.counts.killed += 1
    case .survived where candidate.entry != nil: result.counts.equivalent += 1
    case .survived:
      result.counts.survived += 1
      return true
    }
    return false
  }

  private func part(around candidate: Candidate) -> Int? {
    unreached.firstIndex {
      $0.expression == candidate.expression && $0.range.lowerBound <= candidate.range.lowerBound
        && candidate.range.upperBound <= $0.range.upperBound
    }
  }

  private mutating func fate(of candidate: Candidate) async -> Fate {
    for place in order.indices {
      let scene = subject.scenes[order[place]]
      guard let mutant = subject.compile(candidate, in: scene) else { return .unchecked }
      if await !scene.judge(mutant).problems.isEmpty {
        order.insert(order.remove(at: place), at: 0)
        return .killed(scene.example.title)
      }
    }
    return .survived
  }

  // MARK: Reporting

  private mutating func report(_ found: [(candidate: Candidate, note: Int?)], _ depth: MutationReport.Depth) {
    for (candidate, part) in found {
      let isReach = candidate.kind == .reach
      var notes: [String] = []
      if let part, unreached[part].count > 0 {
        let count = unreached[part].count
        notes.append(count == 1 ? "one change in it survives" : "\(count) changes in it survive")
      }
      result.diagnostics.append(
        Diagnostic(
          isReach ? "unreached" : "mutant-survived", .error, "\(subject.name): \(candidate.sentence)",
          at: candidate.place, notes: notes))
    }
    for (entry, fates) in zip(subject.equivalents, fates) {
      if let mistake = mistake(entry, fates, depth) {
        result.diagnostics.append(
          Diagnostic(
            "stale-equivalent", .error, "\(subject.name): \(mistake)",
            at: (entry.node.first("text") ?? entry.node).range))
      }
    }
    result.diagnostics = result.diagnostics.sortedForPrinting()
  }

  /// What is wrong with what an entry says.
  private func mistake(_ entry: Equivalent, _ fates: [Fate], _ depth: MutationReport.Depth) -> String? {
    if depth == .coverage, entry.put != nil { return nil }
    if fates.isEmpty { return entry.put == nil ? "no part reads so" : "there is no such mutant" }
    if fates.count > 1 {
      return "\(fates.count) places read so: write more of the text, so that it is one of them"
    }
    switch fates[0] {
    case .survived: return nil
    case .unchecked: return "this mutant is no expression, so nothing needs to tell it from the rule"
    case .killed(let title):
      return entry.put == nil
        ? "the example “\(title)” evaluates this" : "the example “\(title)” tells this mutant from the rule"
    }
  }
}
