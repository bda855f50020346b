public import Catalogue
public import Diagnostics
internal import YAMLTree

/// A new id of an entity that was tried out: the repository was loaded again with it, has no mistake that it had not
/// before, and the same findings under the new name, in the estate and in every initiative's view.
public struct CheckedRename: Sendable {
  /// Empty where the rename is refused.
  public let changes: [InitiativeMerge.Change]
  /// Why it is refused. Sorted for printing.
  public let problems: [Diagnostic]
  public let referenceCount: Int
  /// Entries that were approved as they are, and name the old id still.
  public let kept: [SourceRange]
  /// Where the old id goes on standing in texts, comments and expressions.
  public let mentions: [SourceRange]

  /// - Precondition: the row is that of a document of its own, no part's.
  public static func run(_ row: Int32, to id: String, _ repository: CheckedMerge.Repository, tasks: Int) async
    -> CheckedRename
  {
    let estate = repository.estate
    let name = estate.identity(row)
    let errors = repository.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty { return CheckedRename(refused: errors) }
    let rename = EntityRename.prepare(row, to: id, estate, repository.files)
    if !rename.problems.isEmpty { return CheckedRename(refused: rename.problems) }
    let changed = Set(rename.changes.map(\.name))
    let files =
      repository.files.filter { !changed.contains($0.name) }
      + rename.changes.map { SourceText(name: $0.name, bytes: $0.after) }
    let after = await RepositoryReader.read(files, asOf: estate.asOf, settings: repository.settings, tasks: tasks)
    let book = RuleBook(after.estate)
    let mistakes = (after.diagnostics + book.diagnostics).filter { $0.severity == .error }
    if !mistakes.isEmpty { return CheckedRename(refused: mistakes) }
    let names = RenamedNames(estate, row, to: id)
    let before = await outcomes(estate, RuleBook(estate), tasks: tasks).map { names.renamed($0) }
    let now = await outcomes(after.estate, book, tasks: tasks).map { RenamedNames.none.renamed($0) }
    let differences = differences(Set(before), Set(now), name, kept: !rename.kept.isEmpty)
    if !differences.isEmpty { return CheckedRename(refused: differences) }
    return CheckedRename(
      changes: rename.changes, problems: [], referenceCount: rename.referenceCount, kept: rename.kept,
      mentions: rename.mentions)
  }

  private init(
    changes: [InitiativeMerge.Change], problems: [Diagnostic], referenceCount: Int, kept: [SourceRange],
    mentions: [SourceRange]
  ) {
    self.changes = changes
    self.problems = problems
    self.referenceCount = referenceCount
    self.kept = kept
    self.mentions = mentions
  }

  private init(refused problems: [Diagnostic]) {
    self.init(
      changes: [], problems: problems.sortedForPrinting(), referenceCount: 0, kept: [], mentions: [])
  }

  // MARK: Findings

  /// One outcome of the estate or of a view, as far as a rename must not change it.
  struct Outcome: Hashable {
    /// Empty for the estate.
    var initiative: String
    /// The rule and the key.
    var identity: String
    var what: String
  }

  private static func outcomes(_ estate: Estate, _ book: RuleBook, tasks: Int) async -> [Outcome] {
    let estate = estate.deriving()
    let assessment = await Assessment.run(book.rules, on: estate, tasks: tasks)
    let portfolio = await Portfolio.run(book.rules, on: estate, tasks: tasks)
    let own = assessment.findings.map { Outcome(initiative: "", identity: $0.identity, what: words($0)) }
    // What a reference to nowhere says may be written anew; that it leads nowhere stays.
    var integrity = estate.integrity.filter { $0.rule != .aliasUsed }.map {
      Outcome(
        initiative: "", identity: "\($0.rule.rawValue)|\($0.entity)|\($0.field)",
        what: $0.initiative >= 0 ? "proposed" : "")
    }
    integrity += IntegrityRules.differences(estate).map {
      Outcome(initiative: "", identity: "\($0.rule)|\($0.target ?? "")|\($0.field ?? "")", what: "")
    }
    let proposed = portfolio.checks.flatMap(\.findings).filter {
      $0.rule != IntegrityFinding.Rule.danglingReference.rawValue
    }
    return own + integrity
      + proposed.map { finding in
        // Which of two that collide is told of it follows from their ids.
        let isCollision = finding.rule == IntegrityFinding.Rule.initiativesCollide.rawValue
        return Outcome(
          initiative: isCollision ? "" : finding.inView?.initiative ?? "", identity: finding.identity,
          what: words(finding))
      }
  }

  private static func words(_ finding: Finding) -> String {
    let measure = finding.measure.map { " \($0)" } ?? ""
    let comparison = finding.inView.map { " \($0.comparison.rawValue)" } ?? ""
    return "\(finding.outcome) \(finding.severity.name)\(measure)\(comparison)"
  }

  private static func differences(
    _ before: Set<Outcome>, _ now: Set<Outcome>, _ name: String, kept: Bool
  ) -> [Diagnostic] {
    // A note that a reference uses an alias goes with the reference; one comes with what is kept.
    func counts(_ outcome: Outcome) -> Bool { !outcome.identity.hasPrefix("alias-used|") }
    let gone = before.subtracting(now).filter(counts).map { "\($0.identity) would be gone or another" }
    let come = now.subtracting(before).filter(counts).map { "\($0.identity) would be new or another" }
    let all = (gone + come).sorted()
    guard !all.isEmpty else { return [] }
    let shown = all.prefix(10) + (all.count > 10 ? ["and \(all.count - 10) more"] : [])
    return [
      Diagnostic(
        "not-renamed", .error, "with \(name) renamed, other things would be found: a rule compares its id as a text",
        at: nil, notes: Array(shown))
    ]
  }
}
