internal import CEL
public import Catalogue
public import Diagnostics
internal import Dispatch
internal import Synchronization
internal import YAMLTree

/// The rules of a repository, compiled for its estate, with what was wrong with them.
public struct RuleBook: Sendable {
  /// The rules that are adopted, sorted by id: those that judge. A rule with a mistake is absent.
  public let rules: [Rule]
  /// Those that are not adopted, too: their examples run, and they can be explained.
  public let allRules: [Rule]
  public let choice: RuleChoice
  /// Sorted for printing.
  public let diagnostics: [Diagnostic]
  let functions: [String: SharedFunction]
  /// Tells what of an initiative asks for which lane; nil where no function does.
  let triage: Triage.Question?
  /// The documents that stand in place of a pack's, sorted.
  let replacements: [Adoption.Replacement]
  /// How many rule documents there are, those with mistakes included.
  public let documentCount: Int

  /// Compiles every rule that an estate holds.
  public init(_ estate: Estate, _ choice: RuleChoice = .all) {
    var diagnostics: [Diagnostic] = []
    let (functions, roles) = SharedFunctions.read(estate, &diagnostics)
    triage = Triage.Question(functions, roles, estate, &diagnostics)
    let rows = estate.rows(ofKind: "rule")
    let read = Self.read(rows, estate, functions, choice)
    diagnostics += read.flatMap(\.diagnostics)
    allRules = read.compactMap(\.rule).sorted { $0.id < $1.id }
    self.rules = allRules.filter { choice.exclusion(of: $0.id) == nil }
    self.choice = choice
    self.diagnostics = diagnostics.sortedForPrinting()
    documentCount = rows.count
    replacements = Adoption.Replacement.all(estate)
    self.functions = functions
    tellScopes(estate)
  }

  private typealias Reading = (rule: Rule?, diagnostics: [Diagnostic])

  /// Reads and compiles rules, by several tasks; in the order of their rows.
  private static func read(
    _ rows: [Int32], _ estate: Estate, _ functions: [String: SharedFunction], _ choice: RuleChoice
  ) -> [Reading] {
    let environment = RuleReader.environment(estate, functions)
    let results = Mutex<[Reading]>(rows.map { _ in (nil, []) })
    DispatchQueue.concurrentPerform(iterations: rows.count) { place in
      let reading = read(rows[place], estate, environment, choice)
      results.withLock { $0[place] = reading }
    }
    return results.withLock { $0 }
  }

  private static func read(
    _ row: Int32, _ estate: Estate, _ environment: Environment, _ choice: RuleChoice
  ) -> Reading {
    guard let node = estate.entity(row).node else { return (nil, []) }
    var reader = RuleReader(estate, environment, id: estate.entity(row).id, row: row, node)
    reader.override = choice.override(of: reader.id)
    let rule = reader.read()
    if rule == nil, reader.diagnostics.isEmpty, !reader.isReportedElsewhere, !estate.hasError(in: node) {
      // A rule is never left out without a word.
      reader.report(
        "rule-mistake", "this rule is not complete, so it checks nothing", at: node.first("id") ?? node,
        notes: ["a rule says `for`, `severity`, `stage` and what it requires, and none of them is `unknown`"])
    }
    // What a pack's rule asks for by name is asked of those who adopted it.
    let isAsked = node.source.pack == nil || choice.exclusion(of: reader.id) == nil
    let own = isAsked ? reader.diagnostics : reader.diagnostics.filter { $0.id != "unknown-entity" }
    return (rule, own + reader.mistakesOfOverride + reader.unused)
  }

  /// The functions that rules share, and none of the rules: for what asks questions and judges nothing.
  public init(functionsOf estate: Estate) {
    var diagnostics: [Diagnostic] = []
    functions = SharedFunctions.read(estate, &diagnostics).0
    (rules, allRules, choice, triage, replacements) = ([], [], .all, nil, [])
    self.diagnostics = diagnostics.sortedForPrinting()
    documentCount = 0
  }

  /// How many of the rules judge, and what settings changed in them.
  public var adoption: Adoption { Adoption(self) }

  /// Every field that a rule reads, for `Estate.deriving`. One rule can ask what another looks at, whether that is adopted
  /// or not.
  public var reads: Set<Int32> { allRules.reduce(into: triage?.reads ?? []) { $0.formUnion($1.reads) } }

  /// Compiles one rule of another estate for an estate of its own: an example's.
  static func compile(_ rule: Rule, functions: [String: SharedFunction], for estate: Estate) -> (Rule?, [Diagnostic]) {
    var reader = RuleReader(estate, functions, id: rule.id, row: rule.row, rule.node)
    reader.isExample = true
    reader.environment.knowsEveryID = false
    return (reader.read(), reader.diagnostics)
  }

  /// What reading rules can report, with a sentence for each id.
  public static let registry: [(id: String, explanation: String)] = [
    ("default-in-blocker", "A rule of severity blocker reads a field that has a default: a default would hide a gap."),
    ("circular-name", "Names of `let` and `each` use one another in a circle."),
    ("rule-mistake", "A part of a rule that means nothing."),
    (
      "unused-parameter",
      "A rule declares a parameter that none of its expressions reads, so setting it changes nothing."
    ),
  ]
}

extension Rule {
  /// The same rule with closures of its own, for another thread.
  func recompiled(for estate: Estate) -> Rule {
    var reader = RuleReader(estate, functions, id: id, row: row, node)
    reader.override = override
    return reader.read() ?? self
  }
}
