internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Diagrams
internal import Governance
internal import Reports
internal import YAMLTree

/// A repository that a command works on: read, loaded, its rules compiled.
struct LoadedRepository {
  let tree: WorkingTree
  /// The documents' files, those of packs included, sorted by name.
  let files: [SourceText]
  let estate: Estate
  let book: RuleBook
  let waivers: WaiverBook
  let baseline: Baseline?
  /// The baseline's file as it was read.
  let baselineFile: SourceText?
  /// Mistakes of every stage, sorted for printing.
  let diagnostics: [Diagnostic]
  let settings: RepositorySettings
  /// Files under the three folders that are not read.
  let otherFileCount: Int
  /// False where a hole in the vocabulary may be what other mistakes come of.
  let isVocabularyWhole: Bool
  /// How long each phase of loading took, in their order; the reading of files first, where it was done here.
  private(set) var times: [RunStatistics.Phase] = []

  /// Which derived fields are worked out at once.
  enum Derives { case all, readByRules, none }

  static func load(
    _ folder: String, asOf: CivilDate, tasks: Int, derives: Derives, judges: Bool = true
  ) async throws -> LoadedRepository {
    let clock = ContinuousClock()
    let start = clock.now
    let contents = try await RepositoryContents.ofWorkingTree(WorkingTree.nearest(to: folder), tasks: tasks)
    let reading = clock.now - start
    var repository = await load(contents, asOf: asOf, tasks: tasks, derives: derives, judges: judges)
    repository.times.insert(RunStatistics.Phase("reading files", reading), at: 0)
    return repository
  }

  /// - Parameters:
  ///   - judge: whose documents that judge others, and whose settings, are taken; nil: its own.
  ///   - judges: whether rules and waivers are read; without them the book holds functions alone, and nothing is said of
  ///     their mistakes.
  static func load(
    _ contents: RepositoryContents, judgedBy judge: RepositoryContents? = nil, asOf: CivilDate, tasks: Int,
    derives: Derives, judges: Bool = true
  ) async -> LoadedRepository {
    var diagnostics = contents.unread.map { path, reason in
      Diagnostic("not-read", .error, "\(path) is not read: \(reason)", at: nil)
    }
    diagnostics += contents.doubtful.map { path, reason in
      Diagnostic("passed-over", .warning, "\(path) is passed over: \(reason)", at: nil)
    }
    let settings = RepositorySettings.read((judge ?? contents).settings, &diagnostics)
    let files = contents.files(with: judge == nil ? settings : contents.readSettings())
    let result = await RepositoryReader.read(
      files, judgedBy: judge?.files(with: settings), asOf: asOf, settings: settings.values,
      overrides: settings.overrides, tasks: tasks, derives: false)
    let clock = ContinuousClock()
    let built = clock.now
    var problemsOfChoice: [Diagnostic] = []
    let choice = RuleChoiceReader.read(
      rules: settings.rules, overrides: settings.overrides, result.estate, &problemsOfChoice)
    let book = judges ? RuleBook(result.estate, choice) : RuleBook(functionsOf: result.estate)
    let waivers = WaiverBook(result.estate, book)
    diagnostics += settings.lacksPack ? [PackedDocuments.incomplete(result.diagnostics)] : result.diagnostics
    // With a hole in the vocabulary, rules' mistakes may come of it too.
    let isVocabularyWhole = result.isVocabularyWhole && !settings.lacksPack
    if isVocabularyWhole {
      if judges {
        diagnostics += book.diagnostics + waivers.diagnostics + problemsOfChoice
        diagnostics += RepeatedClauses.diagnostics(result.estate)
        diagnostics += Opportunity.all(result.estate, book).mistakes
      }
      diagnostics += SavedDiagramCheck.diagnostics(result.estate, book)
    }
    let baselineFile = (judge ?? contents).baseline
    let (baseline, problems) = baselineFile.map { BaselineReader.read($0, result.estate) } ?? (nil, [])
    diagnostics += problems
    var repository = LoadedRepository(
      tree: contents.tree, files: files, estate: result.estate, book: book, waivers: waivers,
      baseline: baseline, baselineFile: baselineFile, diagnostics: diagnostics.sortedForPrinting(), settings: settings,
      otherFileCount: contents.otherCount, isVocabularyWhole: isVocabularyWhole)
    repository.times = [
      RunStatistics.Phase("parsing", result.times.parsing),
      RunStatistics.Phase("rows", result.times.building),
      RunStatistics.Phase("reading rules", clock.now - built),
    ]
    switch derives {
    case .all: return repository.deriving(toRead: nil)
    case .readByRules: return repository.deriving(toRead: book.reads.union(waivers.reads))
    case .none: return repository
    }
  }

  private init(
    tree: WorkingTree, files: [SourceText], estate: Estate, book: RuleBook, waivers: WaiverBook, baseline: Baseline?,
    baselineFile: SourceText?, diagnostics: [Diagnostic], settings: RepositorySettings,
    otherFileCount: Int, isVocabularyWhole: Bool
  ) {
    self.tree = tree
    self.files = files
    self.estate = estate
    self.book = book
    self.waivers = waivers
    self.baseline = baseline
    self.baselineFile = baselineFile
    self.diagnostics = diagnostics
    self.settings = settings
    self.otherFileCount = otherFileCount
    self.isVocabularyWhole = isVocabularyWhole
  }

  /// The same repository with the derived fields worked out that are needed to read some; nil: all.
  func deriving(toRead fields: Set<Int32>?) -> LoadedRepository {
    let clock = ContinuousClock()
    let start = clock.now
    let estate = estate.deriving(toRead: fields)
    let errors = isVocabularyWhole ? estate.derivationErrors : []
    var repository = LoadedRepository(
      tree: tree, files: files, estate: estate, book: book, waivers: waivers, baseline: baseline,
      baselineFile: baselineFile, diagnostics: (diagnostics + errors).sortedForPrinting(), settings: settings,
      otherFileCount: otherFileCount, isVocabularyWhole: isVocabularyWhole)
    repository.times = times + [RunStatistics.Phase("derived fields", clock.now - start)]
    return repository
  }

  var errorCount: Int { diagnostics.count { $0.severity == .error } }
}
