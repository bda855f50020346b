public import Catalogue
public import Diagnostics
public import YAMLTree

/// A merge of an initiative that was tried out: the whole repository was loaded again with the changed files, and says
/// what the entries say and nothing wrong that it did not say before.
public struct CheckedMerge: Sendable {
  /// Empty where the merge is refused.
  public let changes: [InitiativeMerge.Change]
  /// Why it is refused. Sorted for printing.
  public let problems: [Diagnostic]
  /// What the catalogue lacks with the entries in it, and lacked not without; no reason to refuse. Sorted for printing.
  public let remarks: [Diagnostic]
  /// How many entries the initiative has.
  public let entryCount: Int
  /// Entries that come into effect after the estate's date; the catalogue's documents say them from now on.
  public let earlyCount: Int

  /// A repository as it is before.
  public struct Repository: Sendable {
    public var files: [SourceText]
    public var estate: Estate
    /// Mistakes of every stage.
    public var diagnostics: [Diagnostic]
    public var isVocabularyWhole: Bool
    /// Settings that are given outside the documents.
    public var settings: [(key: YAMLNode, value: YAMLNode)]

    public init(
      files: [SourceText], estate: Estate, diagnostics: [Diagnostic], isVocabularyWhole: Bool,
      settings: [(key: YAMLNode, value: YAMLNode)] = []
    ) {
      self.files = files
      self.estate = estate
      self.diagnostics = diagnostics
      self.isVocabularyWhole = isVocabularyWhole
      self.settings = settings
    }
  }

  /// - Precondition: the row is an initiative's.
  public static func run(_ initiative: Int32, _ repository: Repository, tasks: Int) async -> CheckedMerge {
    let estate = repository.estate
    var broken = mistakes(of: initiative, estate, repository.diagnostics)
    if !repository.isVocabularyWhole { broken += repository.diagnostics.filter { $0.severity == .error } }
    if !broken.isEmpty { return CheckedMerge(refused: broken) }
    let merge = InitiativeMerge.prepare(initiative, estate, repository.files)
    if !merge.problems.isEmpty { return CheckedMerge(refused: merge.problems) }

    let changed = Set(merge.changes.map(\.name))
    let files =
      repository.files.filter { !changed.contains($0.name) }
      + merge.changes.map { SourceText(name: $0.name, bytes: $0.after) }
    let after = await RepositoryReader.read(files, asOf: estate.asOf, settings: repository.settings, tasks: tasks)
    let problems = problems(before: repository.diagnostics, after, initiative: estate.identity(initiative))
    let (dangling, remarks) = findings(before: estate, after.estate)
    if !problems.isEmpty || !dangling.isEmpty { return CheckedMerge(refused: problems + dangling) }
    let edits = estate.edits(ofInitiative: initiative).filter { $0.owner == nil }
    let goLive = estate.goLive(ofInitiative: initiative)
    return CheckedMerge(
      changes: merge.changes, problems: [], remarks: remarks.sortedForPrinting(), entryCount: edits.count,
      earlyCount: edits.count { edit in
        edit.operation != .retire && edit.effectiveDate(goLive: goLive).map { $0 > estate.asOf } == true
      })
  }

  /// All files of the repository as they are afterwards, sorted by name.
  public func files(_ before: [SourceText]) -> [SourceText] {
    let changed = Set(changes.map(\.name))
    return
      (before.filter { !changed.contains($0.name) }
      + changes.map { SourceText(name: $0.name, bytes: $0.after) })
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  private init(
    changes: [InitiativeMerge.Change], problems: [Diagnostic], remarks: [Diagnostic], entryCount: Int, earlyCount: Int
  ) {
    self.changes = changes
    self.problems = problems
    self.remarks = remarks
    self.entryCount = entryCount
    self.earlyCount = earlyCount
  }

  private init(refused problems: [Diagnostic]) {
    self.init(changes: [], problems: problems.sortedForPrinting(), remarks: [], entryCount: 0, earlyCount: 0)
  }

  // MARK: Before

  /// What is wrong in an initiative's document: mistakes, and references of its entries that lead nowhere.
  ///
  /// - Parameter view: the initiative's own; what others add that are in it is there. Nil: only the catalogue is.
  public static func mistakes(
    of initiative: Int32, _ estate: Estate, _ diagnostics: [Diagnostic], in view: InitiativeView? = nil
  ) -> [Diagnostic] {
    guard let node = estate.entity(initiative).node else { return [] }
    let seen = view.map { estate.seen(in: $0.view, at: $0.date) }
    let wrong = diagnostics.filter { $0.severity == .error && isInside($0, node) }
    let entries = ["adds", "changes", "retires"].compactMap { node.first($0) }
    let dangling = (seen?.integrityInView ?? estate.integrity).filter { finding in
      finding.rule == .danglingReference && entries.contains { isInside(finding.diagnostic, $0) }
    }
    return (wrong + dangling.map(\.diagnostic)).sortedForPrinting()
  }

  private static func isInside(_ diagnostic: Diagnostic, _ node: YAMLNode) -> Bool {
    guard let range = diagnostic.range, range.source.name == node.source.name else { return false }
    return node.utf8Range.contains(range.utf8Range.lowerBound)
  }

  // MARK: After

  /// Errors that were not there before, wherever they stand now, and entries that the catalogue does not show.
  private static func problems(
    before: [Diagnostic], _ after: RepositoryReader.Result, initiative: String
  ) -> [Diagnostic] {
    var known: [String: Int] = [:]
    for diagnostic in before { known["\(diagnostic.id) \(diagnostic.summary)", default: 0] += 1 }
    var problems: [Diagnostic] = []
    for diagnostic in after.diagnostics + RuleBook(after.estate).diagnostics where diagnostic.severity == .error {
      let key = "\(diagnostic.id) \(diagnostic.summary)"
      if let count = known[key], count > 0 { known[key] = count - 1 } else { problems.append(diagnostic) }
    }
    guard case .found(let row) = after.estate.find(initiative) else { return problems }
    for comparison in after.estate.comparisons(ofInitiative: row) {
      guard let difference = comparison.difference else { continue }
      problems.append(
        Diagnostic(
          "entry-not-shown", .error, "the catalogue would not say what this entry says: \(difference)",
          at: comparison.edit.node.range))
    }
    return problems
  }

  /// Findings of integrity that were not there before: references that lead nowhere, and others.
  private static func findings(before: Estate, _ after: Estate) -> (dangling: [Diagnostic], others: [Diagnostic]) {
    func key(_ finding: IntegrityFinding) -> String {
      let entity = finding.rule == .danglingReference ? "" : finding.entity
      return "\(finding.rule.rawValue) \(entity) \(finding.field) \(finding.reference ?? "")"
    }
    let known = Set(before.integrity.map(key))
    let new = after.integrity.filter { !known.contains(key($0)) }
    return (
      new.filter { $0.rule == .danglingReference }.map(\.diagnostic),
      new.filter { $0.rule != .danglingReference }.map(\.diagnostic)
    )
  }
}
