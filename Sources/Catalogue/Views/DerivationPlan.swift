internal import CEL
internal import Diagnostics

/// The derived fields of a metamodel, compiled, in an order in which each comes after those that it uses.
struct DerivationPlan {
  private(set) var compiled: [Int32: CompiledExpression] = [:]
  /// Fields that use one another stand together.
  private(set) var groups: [[Field]] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Fields that are there only when derived ones are worked out: these and their inverses.
  private(set) var stored: Set<Int32> = []
  /// Those of them whose values can differ from day to day, through whatever they read.
  private(set) var dated: Set<Int32> = []
  private let metamodel: Metamodel
  private var checked: [Int32: CheckedExpression] = [:]
  /// The derived fields that produce an inverse, and all that each derived field uses, directly or not.
  private var producers: [Int32: [Int32]] = [:]
  private var reach: [Int32: Set<Int32>] = [:]

  init(_ metamodel: Metamodel) {
    self.metamodel = metamodel
    compile()
    order()
    stored = Set(compiled.keys).union(producers.filter { !$0.value.isEmpty }.keys)
    let own = Set(compiled.keys.filter { dependsOnDate([$0], metamodel) })
    dated = stored.filter { !needed(toRead: [$0]).isDisjoint(with: own) }
  }

  /// Which graph an expression needs at another date.
  enum Need {
    /// One with nothing worked out.
    case raw
    /// One with fields that do not change from day to day.
    case undated
    case dated
  }

  func need(of footprint: Footprint) -> Need {
    if footprint.fields.isDisjoint(with: stored) { return .raw }
    return footprint.fields.isDisjoint(with: dated) ? .undated : .dated
  }

  /// Derived fields that another derived field reads.
  var readByOthers: Set<Int32> {
    var result: Set<Int32> = []
    for expression in compiled.values { result.formUnion(expression.footprint.fields) }
    return result
  }

  /// The derived fields that must be there for some fields to be read.
  func needed(toRead fields: Set<Int32>) -> Set<Int32> {
    var result: Set<Int32> = []
    for field in fields {
      for id in [field] + (producers[field] ?? []) where compiled[id] != nil {
        result.insert(id)
        result.formUnion(reach[id] ?? [])
      }
    }
    return result
  }

  /// Some of the groups, those together that read none of one another, behind all that they read.
  func waves(_ groups: [[Field]]) -> [[[Field]]] {
    var depths: [Int32: Int] = [:]
    var result: [[[Field]]] = []
    for group in groups {
      let own = Set(group.map(\.id))
      let read = group.reduce(into: Set<Int32>()) { $0.formUnion(reach[$1.id] ?? []) }
      let depth = read.subtracting(own).map { depths[$0, default: -1] + 1 }.max() ?? 0
      for field in own { depths[field] = depth }
      if depth == result.count { result.append([]) }
      result[depth].append(group)
    }
    return result
  }

  /// All fields that are read when some are: those themselves, and through derived ones whatever these read.
  func reads(of fields: Set<Int32>) -> Set<Int32> {
    var result = fields
    for id in needed(toRead: fields) { result.formUnion(compiled[id]?.footprint.fields ?? []) }
    return result
  }

  /// Whether some derived fields, or all, can have other values at another date.
  func dependsOnDate(_ fields: Set<Int32>?, _ metamodel: Metamodel) -> Bool {
    compiled.contains { id, expression in
      guard fields?.contains(id) ?? true else { return false }
      return expression.footprint.readsDate
        || expression.footprint.fields.contains {
          switch metamodel.fields[Int($0)].shape {
          case .phase, .live: true
          default: false
          }
        }
    }
  }

  /// Numbers and durations come from what is below them; relations and booleans are least fixpoints.
  static func isWellFounded(_ type: ValueType) -> Bool {
    switch type {
    case .int, .double, .duration: true
    default: false
    }
  }

  private static func isFixpoint(_ type: ValueType) -> Bool {
    switch type {
    case .bool, .list(.entity): true
    default: false
    }
  }

  private func derivation(_ field: Field) -> Field.Derivation? {
    if case .derived(let derivation) = field.shape { derivation } else { nil }
  }

  /// A union's derived field is checked for each of its kinds, and reported once.
  private mutating func report(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  private mutating func compile() {
    for field in metamodel.fields {
      guard let derivation = derivation(field) else { continue }
      var environment = ExpressionEnvironment.ofEntity(derivation.selfKinds, metamodel)
      // What a recursive field reads changes from round to round: nothing of it may be kept.
      environment.isPlain = derivation.isRecursive
      let result = Checker.check(derivation.expression, in: environment, expecting: field.type)
      for problem in result.problems { report(derivation.node.diagnostic(problem)) }
      guard result.problems.isEmpty else { continue }
      checked[field.id] = result
      compiled[field.id] = CompiledExpression(result, in: environment)
    }
  }

  private mutating func order() {
    let derived = metamodel.fields.filter { compiled[$0.id] != nil }
    // The inverse of a derived relation is there when the relation is.
    for field in metamodel.fields {
      if case .inverse(let sources) = field.shape { producers[field.id] = sources.filter { compiled[$0] != nil } }
    }
    var uses: [Int32: Set<Int32>] = [:]
    for field in derived {
      var result: Set<Int32> = []
      for read in compiled[field.id]?.footprint.fields ?? [] {
        if compiled[read] != nil { result.insert(read) }
        result.formUnion(producers[read] ?? [])
      }
      uses[field.id] = result
    }
    for field in derived {
      var seen: Set<Int32> = []
      var stack = Array(uses[field.id] ?? [])
      while let next = stack.popLast() { if seen.insert(next).inserted { stack += uses[next] ?? [] } }
      reach[field.id] = seen
    }
    var placed: Set<Int32> = []
    for field in derived.sorted(by: { (reach[$0.id]?.count ?? 0, $0.id) < (reach[$1.id]?.count ?? 0, $1.id) }) {
      if placed.contains(field.id) { continue }
      let group = derived.filter {
        $0.id == field.id || (reach[field.id]?.contains($0.id) == true && reach[$0.id]?.contains(field.id) == true)
      }
      placed.formUnion(group.map(\.id))
      let isCircle = group.count > 1 || reach[field.id]?.contains(field.id) == true
      if isCircle || field.isRecursive { check(group, isCircle: isCircle, producers) }
      groups.append(group.filter { compiled[$0.id] != nil })
    }
  }

  // MARK: Circles

  /// Leaves a circle out, with a diagnostic, where it has no meaning.
  private mutating func check(_ group: [Field], isCircle: Bool, _ producers: [Int32: [Int32]]) {
    let ids = Set(group.map(\.id))
    let names = Set(group.map(\.path))
    var isSound = true
    func offend(_ id: String, _ summary: String, _ range: SourceRange, _ fixes: [Diagnostic.Fix] = []) {
      report(Diagnostic(id, .error, summary, at: range, fixes: fixes))
      isSound = false
    }
    let isWellFounded = group.allSatisfy { Self.isWellFounded($0.type) }
    let isFixpoint = group.allSatisfy { Self.isFixpoint($0.type) }
    for field in group {
      guard let derivation = derivation(field), let checked = checked[field.id] else { continue }
      let place = derivation.node.node.range
      if isCircle, !derivation.isRecursive {
        offend(
          "cyclic-derivation", "\(names.sorted().joined(separator: ", ")) use one another in a circle", place,
          [Diagnostic.Fix("say `recursive: true`, where a least fixpoint is meant")])
      } else if !isWellFounded, !isFixpoint {
        offend(
          "cyclic-derivation",
          "what is recursive is a relation to several or a boolean, or else a number or a duration; "
            + "the two do not mix, and `\(field.path)` is none of them or meets another", place)
      } else if let inverse = compiled[field.id]?.footprint.fields.sorted().first(where: {
        producers[$0]?.contains { ids.contains($0) } == true
      }) {
        let name = metamodel.fields[Int(inverse)].path
        offend(
          "cyclic-derivation", "`\(field.path)` uses `\(name)`, which is its own inverse or another's in its circle",
          place)
      } else if isFixpoint, let range = Monotonicity.offence(in: checked, names: names) {
        offend(
          "not-monotone",
          "\(names.sorted().map { "`\($0)`" }.joined(separator: ", ")) may be used only where more of it never means less of the result",
          derivation.node.range(of: range))
      }
    }
    if !isSound { for field in group { compiled[field.id] = nil } }
  }
}
