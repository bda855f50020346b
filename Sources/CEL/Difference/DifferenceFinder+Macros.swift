extension DifferenceFinder {
  mutating func difference(
    _ id: ExprID, _ macro: SyntaxTree.Macro, _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    if macro.name == "every" {
      guard case .kinds(let kinds) = scope.checked.resolution(of: id) else { return .any }
      return .of(source.moved(kinds))
    }
    if case .function = scope.checked.resolution(of: id) { return .any }
    guard let receiver = macro.receiver else { return .any }
    if macro.name == "of" {
      let list = difference(receiver, scope, locals)
      guard case .kinds(let kinds) = scope.checked.resolution(of: id), let rows = list.elements else { return .any }
      return list.isNone ? .none : .elements(rows.filter { kinds.contains(kind(of: $0)) })
    }
    guard macro.variables.count == 1, macro.arguments.count == 1 else { return .any }
    switch macro.name {
    case "closure": return closure(id, macro, from: receiver, scope, locals)
    case "filter", "exists", "all", "existsOne", "exists_one", "map": break
    default: return .any
    }
    let list = difference(receiver, scope, locals)
    guard let moved = list.elements, let rows = candidates(moved, macro, receiver, scope, locals) else { return .any }
    if rows.isEmpty, list.isNone { return .none }
    return macro.name == "map"
      ? mapped(rows, macro, list, scope, locals) : selected(rows, macro, list, scope, locals)
  }

  private func with(_ locals: [Local], _ name: String, _ row: Int32) -> [Local] {
    locals + [Local(name: name, value: .entity(row))]
  }

  /// The elements of a macro's list that come or go, and with them those for which its argument can have another value;
  /// nil: that is not known.
  private mutating func candidates(
    _ moved: Set<Int32>, _ macro: SyntaxTree.Macro, _ receiver: ExprID, _ scope: Scope, _ locals: [Local]
  ) -> Set<Int32>? {
    guard let changed = changed(macro.variables[0].name, macro.arguments[0], scope, locals) else { return nil }
    let rows = moved.union(members(changed.subtracting(moved), of: receiver, scope, locals))
    return spend(rows.count) ? rows : nil
  }

  /// The entities for which an expression of one local can have another value.
  private mutating func changed(
    _ name: String, _ argument: ExprID, _ scope: Scope, _ locals: [Local]
  ) -> Set<Int32>? {
    let all = locals + [Local(name: name, value: .pending)]
    return rows(slot(after: locals), part(argument, scope, all), locals)
  }

  /// Those of some rows that a list can hold on either graph: told of the fields of an entity alone, which cost nothing.
  private mutating func members(
    _ rows: Set<Int32>, of list: ExprID, _ scope: Scope, _ locals: [Local]
  ) -> Set<Int32> {
    guard !rows.isEmpty, case .select = scope.checked.parsed.tree[list],
      case .field = scope.checked.resolution(of: list)
    else { return rows }
    let part = part(list, scope, locals)
    guard let old = valueBefore(part, locals), let new = valueAfter(part, locals) else { return rows }
    return rows.filter { old.mayHold($0) || new.mayHold($0) }
  }

  private mutating func selected(
    _ rows: Set<Int32>, _ macro: SyntaxTree.Macro, _ list: ValueDifference, _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    let name = macro.variables[0].name
    var kept: Set<Int32> = []
    for row in rows {
      let inner = with(locals, name, row)
      let part = part(macro.arguments[0], scope, inner)
      let holds = hold(row)
      for isAfter in [false, true] where isAfter ? holds.after : holds.before {
        guard let value = isAfter ? valueAfter(part, inner) : valueBefore(part, inner) else { return .any }
        if macro.name == "all" ? !value.isTrue : !value.isFalse { kept.insert(row) }
      }
    }
    if macro.name == "filter" { return kept.isEmpty && list.isNone ? .none : .elements(kept) }
    return kept.isEmpty ? .none : .any
  }

  private mutating func mapped(
    _ rows: Set<Int32>, _ macro: SyntaxTree.Macro, _ list: ValueDifference, _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    var results: Set<Int32> = []
    var isSame = list.isNone
    let moved = list.elements ?? rows
    let isNested: Bool
    switch scope.checked.type(of: macro.arguments[0]) {
    case .entity: isNested = false
    case .list(.entity): isNested = true
    default: return .any
    }
    for row in rows {
      let inner = with(locals, macro.variables[0].name, row)
      let part = part(macro.arguments[0], scope, inner)
      let holds = hold(row)
      // Of what a platform's thousands of flows lead to, little is otherwise: what is told needs no more, or one graph.
      let known = holds.before && holds.after ? difference(macro.arguments[0], scope, inner) : .any
      let isMoved = moved.contains(row)
      if known.isNone, !isMoved { continue }
      isSame = false
      let told = isNested || known.isNone ? known.elements : nil
      if let told {
        results.formUnion(told)
        if !isMoved { continue }
      }
      for isAfter in told != nil ? [true] : [false, true] where isAfter ? holds.after : holds.before {
        guard let value = isAfter ? valueAfter(part, inner) : valueBefore(part, inner) else { return .any }
        if case .entity(let target) = value, !isNested {
          results.insert(target)
          continue
        }
        guard isNested, let targets = value.certainRows, spend(targets.count) else { return .any }
        results.formUnion(targets)
      }
    }
    if isSame { return .none }
    return isNested ? .nested(results) : .elements(results)
  }

  /// What is reached from where a start or a step differs, on either graph; where that is much, what only one of them
  /// reaches. It is the same only where nothing differs: what is reached may be so on another way.
  private mutating func closure(
    _ id: ExprID, _ macro: SyntaxTree.Macro, from receiver: ExprID, _ scope: Scope, _ locals: [Local]
  ) -> ValueDifference {
    let (name, step) = (macro.variables[0].name, macro.arguments[0])
    let starts = difference(receiver, scope, locals)
    guard var seeds = starts.elements, let changed = changed(name, step, scope, locals), spend(changed.count) else {
      return .any
    }
    var isSame = starts.isNone
    for row in changed {
      let inner = with(locals, name, row)
      let holds = hold(row)
      let known = holds.before && holds.after ? difference(step, scope, inner) : .any
      if known.isNone { continue }
      isSame = false
      guard let rows = known.elements ?? steps(row, name, step, scope, locals) else { return .any }
      seeds.formUnion(rows)
    }
    if isSame { return .none }
    var reached = seeds
    var pending = Array(seeds)
    var isCompared = false
    while let row = pending.popLast() {
      // Most of it is reached on both graphs, and then the two wholes are no dearer.
      if !isCompared, reached.count > Self.fewestReached {
        isCompared = true
        if let apart = apart(part(id, scope, locals), locals) { return .elements(apart) }
      }
      guard let rows = steps(row, name, step, scope, locals), spend(1) else { return .any }
      for target in rows where reached.insert(target).inserted { pending.append(target) }
    }
    return .elements(reached)
  }

  private static let fewestReached = 64

  /// What a list of entities holds on one of the graphs only; nil: it is not known for certain what it holds.
  private mutating func apart(_ part: DifferencePart, _ locals: [Local]) -> Set<Int32>? {
    guard let old = valueBefore(part, locals)?.certainRows, let new = valueAfter(part, locals)?.certainRows else {
      return nil
    }
    return Set(old).symmetricDifference(new)
  }

  /// Where a step leads from a row on either graph; nil: that is not known for certain.
  private mutating func steps(
    _ row: Int32, _ name: String, _ step: ExprID, _ scope: Scope, _ locals: [Local]
  ) -> Set<Int32>? {
    let inner = with(locals, name, row)
    let part = part(step, scope, inner)
    let holds = hold(row)
    var result: Set<Int32> = []
    for isAfter in [false, true] where isAfter ? holds.after : holds.before {
      guard let value = isAfter ? valueAfter(part, inner) : valueBefore(part, inner) else { return nil }
      if case .entity(let target) = value {
        result.insert(target)
      } else {
        guard let rows = value.certainRows, spend(rows.count) else { return nil }
        result.formUnion(rows)
      }
    }
    return result
  }
}

extension Value {
  /// The rows of a list of entities of which it is known what is in it.
  fileprivate var certainRows: [Int32]? {
    guard let view = listView, view.isDefinite else { return nil }
    var rows: [Int32] = []
    rows.reserveCapacity(view.count)
    for index in 0..<view.count {
      guard let row = view.row(at: index) else { return nil }
      rows.append(row)
    }
    return rows
  }

  /// Whether a list can hold a row.
  fileprivate func mayHold(_ row: Int32) -> Bool {
    guard case .related(let slice) = self else { return true }
    return slice.targets.holds(row)
  }
}
