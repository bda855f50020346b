public import Catalogue
internal import Diagnostics
internal import Synchronization

/// Asks of rules, and of the functions that they share, whether examples would notice a slip in them.
public struct MutationRunner: Sendable {
  private let estate: Estate
  private let book: RuleBook

  public init(_ estate: Estate, _ book: RuleBook) {
    self.estate = estate
    self.book = book
  }

  /// Changes all rules, adopted or not, and the functions that they share, or the rules that are named and no function;
  /// the result does not depend on the number of tasks.
  public func run(
    only names: Set<String> = [], _ depth: MutationReport.Depth = .mutants, tasks: Int = 2
  ) async -> MutationReport {
    let rules = book.allRules.filter { names.isEmpty || names.contains($0.id) }
    let made = await Self.each(of: rules, tasks: tasks) { await subject($0) }
    let whole = made.compactMap(\.self)
    let functions = names.isEmpty ? MutationSubject.functions(of: whole, estate, book) : []
    let tried = await Self.each(of: whole + functions, tasks: tasks) { await RuleMutation.run($0, depth) }
    let untried = zip(rules, made).filter { $0.1 == nil }.map { rule, _ in
      var result = MutationReport.RuleResult(rule: rule.id)
      result.isTried = false
      return result
    }
    return MutationReport(
      depth: depth, rules: (tried.prefix(whole.count) + untried).sorted { $0.rule < $1.rule },
      functions: Array(tried.dropFirst(whole.count)))
  }

  /// A rule with its examples made ready; nil where one of them does not hold.
  private func subject(_ rule: Rule) async -> MutationSubject? {
    var mistakes: [Diagnostic] = []
    var scenes: [ExampleScene] = []
    for example in Example.read(rule.node, &mistakes) {
      guard case .scene(let scene) = ExampleScene.make(example, rule, estate, book) else { return nil }
      // What a mutant is compared with is judged in the mutant's own way.
      guard await scene.judge(scene.rule).problems.isEmpty else { return nil }
      scenes.append(scene)
    }
    let equivalents = Equivalent.read(rule.node, &mistakes)
    return scenes.isEmpty || !mistakes.isEmpty ? nil : MutationSubject(rule, scenes, equivalents, book)
  }

  /// Several at once; the results in the order of the items.
  private static func each<Item: Sendable, Result: Sendable>(
    of items: [Item], tasks: Int, _ body: @escaping @Sendable (Item) async -> Result
  ) async -> [Result] {
    let position = Position()
    let done = await withTaskGroup(of: [(Int, Result)].self) { group in
      for _ in 0..<max(1, min(tasks, items.count)) {
        group.addTask {
          var results: [(Int, Result)] = []
          while true {
            let index = position.next()
            guard index < items.count else { return results }
            results.append((index, await body(items[index])))
          }
        }
      }
      var all: [(Int, Result)] = []
      for await part in group { all += part }
      return all
    }
    return done.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Hands out positions, each once.
  private final class Position: Sendable {
    private let position = Atomic(0)
    func next() -> Int { position.add(1, ordering: .relaxed).oldValue }
  }
}
