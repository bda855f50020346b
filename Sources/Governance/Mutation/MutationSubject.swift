internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// What is changed: a rule, or a function that rules share.
struct MutationSubject: Sendable {
  /// The rule's id, or the function's name with brackets.
  let name: String
  let expressions: [DecidingExpression]
  let equivalents: [Equivalent]
  /// The examples that are asked: the rule's own, or those of all rules that call the function.
  let scenes: [ExampleScene]
  private let functions: [String: SharedFunction]
  /// Nil: a rule is changed.
  private let function: SharedFunction?
  /// The list of kinds that the rule looks at.
  private let kinds: YAMLNode?

  /// A rule.
  init(_ rule: Rule, _ scenes: [ExampleScene], _ equivalents: [Equivalent], _ book: RuleBook) {
    name = rule.id
    self.scenes = scenes
    self.equivalents = equivalents
    functions = book.functions
    function = nil
    kinds = rule.node.first("for")
    expressions =
      scenes.first.map { DecidingExpression.all(of: rule, functions: book.functions, for: $0.small) } ?? []
  }

  /// A shared function; nil where it has a mistake.
  private init?(_ name: String, _ node: YAMLNode, _ scenes: [ExampleScene], _ estate: Estate, _ book: RuleBook) {
    var mistakes: [Diagnostic] = []
    guard let body = node.first("is"), body.isScalar, let function = book.functions[name] else { return nil }
    var environment = ExpressionEnvironment.of(estate)
    environment.functions = book.functions
    let checked = Checker.check(function, in: environment)
    guard checked.problems.isEmpty else { return nil }
    self.name = "\(name)()"
    self.scenes = scenes
    self.function = function
    functions = book.functions
    kinds = nil
    equivalents = Equivalent.read(node, &mistakes)
    expressions = [DecidingExpression(text: ExpressionText(body), checked: checked, key: "is")]
  }

  // MARK: Functions

  /// The functions that rules with examples call, directly or through others, sorted by name.
  static func functions(of rules: [MutationSubject], _ estate: Estate, _ book: RuleBook) -> [MutationSubject] {
    let nodes = nodes(estate)
    let callees = book.functions.mapValues { calls($0.body.tree) }
    var callers: [String: [Int]] = [:]
    for (index, rule) in rules.enumerated() {
      var known: Set<String> = []
      var waiting = rule.expressions.map { calls($0.checked.parsed.tree) }.reduce(into: Set()) { $0.formUnion($1) }
      while let name = waiting.popFirst() {
        guard let more = callees[name], known.insert(name).inserted else { continue }
        waiting.formUnion(more)
      }
      for name in known { callers[name, default: []].append(index) }
    }
    return callers.keys.sorted().compactMap { name in
      nodes[name].flatMap { node in
        MutationSubject(name, node, (callers[name] ?? []).flatMap { rules[$0].scenes }, estate, book)
      }
    }
  }

  private static func calls(_ tree: SyntaxTree) -> Set<String> {
    var result: Set<String> = []
    for case .call(let name, _, _, _) in tree.nodes { result.insert(name) }
    return result
  }

  /// Where each function is written; of two of one name the first, as rules call that.
  private static func nodes(_ estate: Estate) -> [String: YAMLNode] {
    var result: [String: YAMLNode] = [:]
    for row in estate.rows(ofKind: "functions") {
      guard let list = estate.entity(row).node?.first("functions"), list.isMapping else { continue }
      for index in 0..<list.count where result[list.key(index).text] == nil {
        result[list.key(index).text] = list.value(index)
      }
    }
    return result
  }

  // MARK: Candidates

  private static let conditions: Set<String> = ["when", "require", "severity", "is"]

  /// The changes that say something else than what is written, each once, in the order of the file.
  func candidates() -> [Candidate] {
    var result: [Candidate] = scopes()
    for (index, expression) in expressions.enumerated() {
      var known: Set<String> = [expression.checked.parsed.tree.outline]
      for mutant in Mutator(expression.checked, isCondition: Self.conditions.contains(expression.key)).mutants {
        // Of a key that fails a finding has another, so that nothing tells whether it was evaluated.
        if mutant.kind == .reach, expression.key == "key", mutant.range.count == expression.bytes.count { continue }
        var text = expression.bytes
        text.replaceSubrange(mutant.range, with: mutant.replacement)
        guard known.insert(Parser.parse(text, macros: MacroSignature.all).tree.outline).inserted else { continue }
        var candidate = Candidate(mutant, index, expression)
        candidate.entry = equivalents.firstIndex {
          $0.isOf(mutant, expression.bytes) || $0.isOfPart(mutant, expression.bytes, exactly: true)
        }
        candidate.ending = equivalents.firstIndex { $0.isOfPart(mutant, expression.bytes, exactly: false) }
        result.append(candidate)
      }
    }
    // A text that is a part as it stands means that one, not a smaller one at its end.
    let exact = Set(result.filter { $0.kind == .reach }.compactMap(\.entry))
    for index in result.indices where result[index].entry == nil {
      if let entry = result[index].ending, !exact.contains(entry) { result[index].entry = entry }
    }
    return result
  }

  /// Without one of the kinds that the rule looks at.
  private func scopes() -> [Candidate] {
    guard let kinds, kinds.isSequence, kinds.count > 1 else { return [] }
    return (0..<kinds.count).map { index in
      var candidate = Candidate(kinds[item: index].range, RuleSubstitute(node: kinds[item: index], text: nil))
      candidate.entry = equivalents.firstIndex {
        $0.put?.isEmpty == true && $0.text == Array(kinds[item: index].utf8)
      }
      return candidate
    }
  }

  /// The rule of an example with a change in it; nil where that does not type-check.
  func compile(_ candidate: Candidate, in scene: ExampleScene) -> Rule? {
    guard var function, let text = candidate.substitute.text else {
      return RuleBook.compile(scene.rule, with: candidate.substitute, functions: functions, for: scene.small)
    }
    function.body = Parser.parse(text, macros: MacroSignature.all)
    var changed = functions
    changed[function.name] = function
    return RuleBook.compile(scene.rule, functions: changed, for: scene.small).0
  }
}
