internal import Diagnostics

/// Gives every node a type and a meaning, or says what is wrong with it. Errors are collected; what has one gets the
/// error type, so that one mistake is reported once.
///
/// Follows the language definition's "Gradual Type Checking"; differs from it on purpose where a host has declared
/// its types: a string literal next to an enumeration or an entity must name one of its values, entity types are sets
/// of kinds and lists of them are covariant.
public struct Checker {
  let environment: Environment
  var parsed: ParsedExpression
  var types: [ValueType]
  var resolutions: [Resolution]
  var problems: [ExpressionProblem]
  var substitution = Substitution()
  var scopes: [(name: String, type: ValueType)] = []
  /// Shared functions being checked, to find recursion.
  var functionStack: [String] = []
  /// Those of them that something they call calls again.
  var reentered: Set<String> = []
  var checkedFunctions: [String: CheckedExpression] = [:]
  /// A closure's step is checked until its type is settled, so closures in closures multiply.
  private var steps = 0
  private static let stepLimit = 1_000_000
  /// A group's type names what is grouped twice, so groups of groups double.
  private static let typeSizeLimit = 1_000
  var tree: SyntaxTree { parsed.tree }

  private init(_ parsed: ParsedExpression, _ environment: Environment) {
    self.parsed = parsed
    self.environment = environment
    types = Array(repeating: .error, count: parsed.tree.nodes.count)
    resolutions = Array(repeating: .none, count: parsed.tree.nodes.count)
    problems = parsed.problems
  }

  init(empty environment: Environment) {
    self.init(ParsedExpression(text: [], tree: SyntaxTree(), problems: []), environment)
  }

  /// Checks an expression. With `expecting`, the result must be assignable to that type.
  public static func check(
    _ parsed: ParsedExpression, in environment: Environment, expecting: ValueType? = nil
  ) -> CheckedExpression {
    var checker = Checker(parsed, environment)
    guard parsed.problems.isEmpty, !parsed.tree.nodes.isEmpty else { return checker.finished(.error) }
    let root = parsed.tree.root
    let type = checker.check(root, expecting: expecting)
    if let expecting, !checker.substitution.assign(type, to: expecting) {
      checker.report(
        "wrong-type", "this is \(checker.described(type)), but \(checker.described(expecting)) is wanted here", at: root
      )
    }
    return checker.finished(type)
  }

  private func finished(_ type: ValueType) -> CheckedExpression {
    CheckedExpression(
      parsed: parsed, types: types.map { substitution.resolved($0, closing: true) }, resolutions: resolutions,
      type: substitution.resolved(type, closing: true),
      problems: problems.sorted(by: ExpressionProblem.precedes))
  }

  // MARK: Reporting

  mutating func report(_ id: String, _ message: String, at node: ExprID, notes: [String] = []) {
    report(id, message, range: tree.range(of: node), notes: notes)
  }

  mutating func report(_ id: String, _ message: String, range: Range<Int>, notes: [String] = []) {
    if environment.isUnchecked { return }
    problems.append(ExpressionProblem(id, message, at: range, notes: notes))
  }

  func described(_ type: ValueType) -> String { environment.description(of: substitution.resolved(type)) }

  // MARK: Nodes

  mutating func check(_ id: ExprID, expecting: ValueType? = nil) -> ValueType {
    steps += 1
    if steps > Self.stepLimit {
      if steps == Self.stepLimit + 1 { report("too-complex", "the expression is too complex to be checked", at: id) }
      return .error
    }
    // In two steps: what the node binds must be known when its type is resolved.
    let found = checkNode(id, expecting: expecting.map { substitution.resolved($0) })
    let type = substitution.resolved(found)
    if type.size(upTo: Self.typeSizeLimit) > Self.typeSizeLimit {
      report("too-complex", "the type of this has more than \(Self.typeSizeLimit) parts", at: id)
      return .error
    }
    types[Int(id.index)] = type
    return type
  }

  mutating func resolve(_ id: ExprID, _ resolution: Resolution) { resolutions[Int(id.index)] = resolution }

  private mutating func checkNode(_ id: ExprID, expecting: ValueType?) -> ValueType {
    switch tree[id] {
    case .literal(let literal): return checkLiteral(id, literal, expecting: expecting)
    case .identifier(let name, let isAbsolute): return checkName(id, [name], isAbsolute: isAbsolute)
    case .select(let operand, let field, let range, let isOptional):
      return checkSelect(id, operand, field, range, isOptional: isOptional)
    case .call(let function, let receiver, let arguments, let range):
      return checkCall(id, function, receiver, arguments, range, expecting: expecting)
    case .list(let items): return checkList(items, expecting: expecting)
    case .map(let entries): return checkMap(entries, expecting: expecting)
    case .message(let typeName, let fields):
      for field in fields { _ = check(field.value) }
      report("unknown-type", "there is no message type `\(typeName)`", at: id)
      return .error
    case .macro(let macro): return checkMacro(id, macro, expecting: expecting)
    case .missing: return .error
    }
  }

  private mutating func checkLiteral(
    _ id: ExprID, _ literal: SyntaxTree.Literal, expecting: ValueType?
  ) -> ValueType {
    switch literal {
    case .null: return .null
    case .bool: return .bool
    case .int: return .int
    case .uint: return .uint
    case .double: return .double
    case .bytes: return .bytes
    case .string(let text):
      switch expecting {
      case .enumeration(let type):
        if let ordinal = type.ordinal(of: text) {
          resolve(id, .constant(.enumeration(type: type.index, ordinal: ordinal)))
          return expecting ?? .error
        }
        var notes = [suggestion(for: text, among: type.values)].compactMap { $0 }
        if type.values.count <= 12 { notes.append("it has: " + type.values.joined(separator: ", ")) }
        report("unknown-enum-value", "`\(text)` is no value of \(type.name)", at: id, notes: notes)
        return .error
      case .entity(let kinds):
        guard let host = environment.host else { return .string }
        switch host.row(named: text, kinds: kinds) {
        case .found(let row):
          resolve(id, .constant(.entity(row)))
          return .entity(kinds)
        case .ambiguous(let candidates):
          report(
            "ambiguous-entity", "`\(text)` may be \(candidates.joined(separator: " or ")); write the kind before it",
            at: id)
        case .unknown:
          let near = suggestion(for: text, among: host.ids(ofKinds: kinds))
          report(
            "unknown-entity", "there is no \(described(.entity(kinds))) `\(text)`", at: id,
            notes: [near].compactMap { $0 })
        }
        return .error
      default: return .string
      }
    }
  }

  /// A name, or a dotted name: the longest declared prefix wins.
  mutating func checkName(_ id: ExprID, _ parts: [String], isAbsolute: Bool) -> ValueType {
    let name = parts[0]
    if !isAbsolute, let local = scopes.last(where: { $0.name == name }) {
      resolve(id, .local)
      return local.type
    }
    if let (variable, type) = lookUp(name, isAbsolute: isAbsolute) {
      resolve(id, .variable(variable))
      return type
    }
    if let type = Self.typeNames[name] {
      resolve(id, .constant(.type(TypeBox(type))))
      return .type(type)
    }
    var known = Array(environment.variables.keys) + scopes.map(\.name) + Array(environment.namespaces.keys)
    known += ["true", "false"]
    var notes = [suggestion(for: name, among: known.sorted())].compactMap { $0 }
    if environment.host?.kinds(named: name) != nil {
      notes.append("`\(name)` is a kind; all of a kind are `every(\(name))`")
    } else if case .slot(_, .entity(let kinds))? = environment.variables["self"], hasField(name, kinds) {
      notes = ["did you mean `self.\(name)`?"]
    } else if environment.functions[name] != nil || Function.library[name] != nil {
      notes.append("`\(name)` is a function; call it with parentheses")
    }
    report("unknown-name", "there is no `\(name)` here", at: id, notes: notes)
    return .error
  }

  private func lookUp(_ name: String, isAbsolute: Bool) -> (Environment.Variable, ValueType)? {
    var container = isAbsolute ? "" : environment.container
    while !container.isEmpty {
      if let found = environment.variables["\(container).\(name)"] { return (found, found.type) }
      container = container.split(separator: ".").dropLast().joined(separator: ".")
    }
    return environment.variables[name].map { ($0, $0.type) }
  }

  static let typeNames: [String: ValueType] = [
    "bool": .bool, "bytes": .bytes, "double": .double, "int": .int, "list": .list(.dyn),
    "map": .map(key: .dyn, value: .dyn), "null_type": .null, "string": .string, "type": .type(.dyn), "uint": .uint,
    "optional_type": .optional(.dyn), "google.protobuf.Timestamp": .timestamp,
    "google.protobuf.Duration": .duration, IPAddress.typeName: IPAddress.type, IPNetwork.typeName: IPNetwork.type,
  ]

  private func hasField(_ name: String, _ kinds: KindSet) -> Bool {
    guard let host = environment.host else { return false }
    return kinds.kinds.contains { host.field(name, ofKind: $0) != nil }
  }

  private mutating func checkList(_ items: [SyntaxTree.ListItem], expecting: ValueType?) -> ValueType {
    var wanted = expecting?.elementType
    var element: ValueType?
    // A literal without a type of its own takes that of its neighbours.
    let ordered = items.filter { !takesContext($0.value) } + items.filter { takesContext($0.value) }
    for item in ordered {
      var type = check(item.value, expecting: wanted)
      if item.isOptional {
        type = optionalElement(type, at: item.value)
      }
      guard let known = element else {
        element = type
        if wanted == nil, namesValues(type) { wanted = type }
        continue
      }
      if let joined = substitution.joined(known, type) {
        element = joined
      } else if environment.allowsDyn {
        element = .dyn
      } else {
        report(
          "mixed-list", "this is \(described(type)), but the list's other elements are \(described(known))",
          at: item.value)
      }
    }
    return .list(element ?? substitution.fresh())
  }

  /// What an optional element or entry adds to its literal. Null may stand for an optional elsewhere, but not here.
  private mutating func optionalElement(_ type: ValueType, at id: ExprID) -> ValueType {
    let inner = substitution.fresh()
    if type != .null, substitution.assign(type, to: .optional(inner)) { return substitution.resolved(inner) }
    report("wrong-type", "`?` needs an optional, and this is \(described(type))", at: id)
    return .error
  }

  private mutating func checkMap(_ entries: [SyntaxTree.MapEntry], expecting: ValueType?) -> ValueType {
    var key: ValueType?
    var value: ValueType?
    func merge(_ known: ValueType?, _ type: ValueType, _ checker: inout Checker, at id: ExprID) -> ValueType {
      guard let known else { return type }
      if let joined = checker.substitution.joined(known, type) { return joined }
      if checker.environment.allowsDyn { return .dyn }
      checker.report(
        "mixed-map", "this is \(checker.described(type)), but the map's others are \(checker.described(known))", at: id)
      return known
    }
    var wantedKey: ValueType?
    var wantedValue: ValueType?
    if case .map(let k, let v)? = expecting { (wantedKey, wantedValue) = (k, v) }
    // As in lists: a literal without a type of its own takes that of the other keys or values.
    for entry in entries.filter({ !takesContext($0.key) }) + entries.filter({ takesContext($0.key) }) {
      let type = check(entry.key, expecting: wantedKey)
      if !environment.allowsDyn, !Self.isKey(type) {
        report(
          "wrong-key", "a map's key is a bool, an int, a uint or a string, and this is \(described(type))",
          at: entry.key)
      }
      key = merge(key, type, &self, at: entry.key)
      if wantedKey == nil, let key, namesValues(key) { wantedKey = key }
    }
    for entry in entries.filter({ !takesContext($0.value) }) + entries.filter({ takesContext($0.value) }) {
      var type = check(entry.value, expecting: wantedValue)
      if entry.isOptional {
        type = optionalElement(type, at: entry.value)
      }
      value = merge(value, type, &self, at: entry.value)
      if wantedValue == nil, let value, namesValues(value) { wantedValue = value }
    }
    return .map(key: key ?? substitution.fresh(), value: value ?? substitution.fresh())
  }

  /// Whether values of a type can be a map's keys, which the definition leaves to the evaluation: those of the definition, and the host's that are told apart as easily.
  static func isKey(_ type: ValueType) -> Bool {
    switch type {
    case .bool, .int, .uint, .string, .enumeration, .entity, .date, .dyn, .variable, .error: true
    default: false
    }
  }

  /// Whether a node is a literal whose meaning depends on what stands beside it: a string, a list of such, a choice
  /// between such.
  func takesContext(_ id: ExprID) -> Bool {
    switch tree[id] {
    case .literal(.string): true
    case .list(let items): items.allSatisfy { takesContext($0.value) }
    case .call("_?_:_", _, let arguments, _): takesContext(arguments[1]) && takesContext(arguments[2])
    case .macro(let macro) where isOptionalOf(macro): takesContext(macro.arguments[0])
    default: false
    }
  }
}

extension Environment.Variable {
  var type: ValueType {
    switch self {
    case .slot(_, let type), .constant(_, let type), .global(_, let type): type
    case .lazy(_, let expression): expression.type
    case .viewDate: .date
    }
  }
}
