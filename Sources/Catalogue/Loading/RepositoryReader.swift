public import CEL
public import Diagnostics
internal import Synchronization
public import YAMLTree

/// Reads an authority's repository from a document source: files, metamodel, estate.
public struct RepositoryReader {
  /// A loaded repository.
  public struct Result: Sendable {
    public let estate: Estate
    public let metamodel: Metamodel
    /// What was wrong with the input, from every stage but rules. Sorted for printing.
    public let diagnostics: [Diagnostic]
    /// Whether the metamodel could be read without a mistake; otherwise mistakes elsewhere may come of its own.
    public let isVocabularyWhole: Bool
    /// How long parsing took, and all that came after it.
    public internal(set) var times: (parsing: Duration, building: Duration) = (.zero, .zero)
  }

  /// Loads files given in any order; the result does not depend on it, nor on how documents are divided among files,
  /// nor on the number of tasks. Without `derives`, derived fields are left to `Estate.deriving`.
  ///
  /// - Parameter overrides: what the repository's own file sets in rules, for rules that read those.
  /// - Parameter judges: where given, the documents that judge others (`Judge.kinds`) are taken from these files and none
  ///   of those in `files`. A vocabulary that only adds to theirs stays: their rules cannot see what is added.
  public static func read(
    _ files: [SourceText], judgedBy judges: [SourceText]? = nil, asOf: CivilDate,
    settings: [(key: YAMLNode, value: YAMLNode)] = [], overrides: YAMLNode? = nil, tasks: Int = 2, derives: Bool = true
  ) async -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    let parsed = await parse(files.sorted { $0.name < $1.name }, tasks: max(1, tasks))
    let parsing = clock.now - start
    var diagnostics = parsed.flatMap(\.diagnostics)
    diagnostics += parsed.filter(\.isEmpty).map(LoadingDiagnostic.emptyFile)
    var documents = PackedDocuments.standing(parsed.flatMap { $0.documents.map(\.root) }, &diagnostics)
    var broken = parsed.flatMap(\.brokenDocuments)
    if let judges {
      let others = await parse(judges.sorted { $0.name < $1.name }, tasks: max(1, tasks))
      // Their own mistakes are told where they are read by themselves.
      var told: [Diagnostic] = []
      documents = Judge.documents(
        documents, judgedBy: PackedDocuments.standing(others.flatMap { $0.documents.map(\.root) }, &told))
      broken = broken.filter { !Judge.isJudge($0) } + others.flatMap(\.brokenDocuments).filter(Judge.isJudge)
    }
    // The vocabulary's own order is by id, so that moving a document changes nothing; packs come first, because what the
    // authority says adds to them.
    let vocabulary = documents.filter { $0.isMapping && $0.first("kind")?.textEquals("metamodel") == true }
      .sorted {
        ($0.source.pack == nil ? 1 : 0, $0.first("id")?.text ?? "", $0.source.name)
          < ($1.source.pack == nil ? 1 : 0, $1.first("id")?.text ?? "", $1.source.name)
      }
    let (metamodel, problems) = MetamodelBuilder.build(vocabulary)
    diagnostics += problems
    var options = EstateLoader.Options(asOf: asOf, settings: settings)
    options.fileCount = files.count { $0.pack == nil }
    options.derives = derives
    if tasks == 1 { options.fewestForTwo = .max }
    options.overrides = overrides
    let estate = EstateLoader.load(documents, metamodel, options, broken: broken)
    let told = Set(diagnostics)
    let later = (estate.diagnostics + estate.derivationErrors).filter { !told.contains($0) }
    let isWhole = problems.allSatisfy { $0.severity != .error } && !broken.contains { $0.kind == "metamodel" }
    if isWhole || later.isEmpty {
      diagnostics += later
    } else {
      // A vocabulary with a hole makes mistakes of what is right: they are counted, not told.
      diagnostics.append(
        Diagnostic(
          "incomplete-vocabulary", .error,
          "the metamodel has mistakes; "
            + (later.count == 1
              ? "one further error may come of them and is not shown"
              : "\(later.count) further errors may come of them and are not shown"),
          at: nil, notes: ["put the metamodel right first, then check again"]))
    }
    return Result(
      estate: estate, metamodel: metamodel, diagnostics: diagnostics.sortedForPrinting(),
      isVocabularyWhole: isWhole, times: (parsing, clock.now - start - parsing))
  }

  private static func parse(_ files: [SourceText], tasks: Int) async -> [YAMLFile] {
    if tasks == 1 || files.count < 2 { return files.map { YAMLFile.parse($0) } }
    // Each takes the next file when it is done with one.
    let next = FileCounter()
    return await withTaskGroup(of: [(Int, YAMLFile)].self) { group in
      for _ in 0..<tasks {
        group.addTask {
          var parsed: [(Int, YAMLFile)] = []
          while let place = next.take(below: files.count) { parsed.append((place, YAMLFile.parse(files[place]))) }
          return parsed
        }
      }
      var results: [YAMLFile?] = Array(repeating: nil, count: files.count)
      for await part in group { for (index, file) in part { results[index] = file } }
      return results.compactMap { $0 }
    }
  }
}

/// Hands out the places of files, each once.
private final class FileCounter: Sendable {
  private let count = Atomic(0)

  func take(below limit: Int) -> Int? {
    let place = count.add(1, ordering: .relaxed).oldValue
    return place < limit ? place : nil
  }
}
