internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Functions that rules share, from documents of `kind: functions`.
enum SharedFunctions {
  /// What a function is for beside the rules that call it, as documents name it.
  static let roles: [String] = ["lane"]
  private static let keyOfRole: String = "role"

  /// - Returns: the functions by name, and for each role the name of the function that has it.
  static func read(
    _ estate: Estate, _ diagnostics: inout [Diagnostic]
  ) -> (functions: [String: SharedFunction], roles: [String: YAMLNode]) {
    var roles: [String: YAMLNode] = [:]
    var functions: [String: SharedFunction] = [:]
    var texts: [String: ExpressionText] = [:]
    var places: [String: YAMLNode] = [:]
    for row in estate.rows(ofKind: "functions") {
      guard let node = estate.entity(row).node, let list = node.first("functions"), list.isMapping else { continue }
      for index in 0..<list.count {
        let name = list.key(index)
        guard
          let reader = MappingReader(
            list.value(index), "a function", keys: ["params", "is", "why", "equivalents", Self.keyOfRole], &diagnostics)
        else { continue }
        if let first = places[name.text] {
          diagnostics.append(
            Diagnostic(
              "duplicate", .error, "the function \(name.text) is there already", at: name.range,
              related: [Diagnostic.Related("first here", at: first.range)]))
          continue
        }
        places[name.text] = name
        if Function.isOfLanguage(name.text) {
          diagnostics.append(
            Diagnostic(
              "duplicate", .error, "\(name.text) is a function of the language", at: name.range,
              notes: ["under its name every rule that calls it would mean something else; give this one another"]))
          continue
        }
        guard let body = reader.scalar("is", &diagnostics) else {
          diagnostics.append(LoadingDiagnostic.missingKey("is", in: "the function \(name.text)", at: name))
          continue
        }
        var parameters: [(name: String, type: ValueType)] = []
        for (parameter, type) in reader.pairs("params", &diagnostics) {
          guard let found = TypeNames.type(type.text, estate.metamodel) else {
            diagnostics.append(TypeNames.unknown(type, estate.metamodel))
            continue
          }
          parameters.append((parameter.text, found))
        }
        if let role = reader.scalar(Self.keyOfRole, &diagnostics) {
          if !Self.roles.contains(role.text) {
            diagnostics.append(
              Diagnostic(
                "unknown-type", .error, "there is no role `\(role.text)` of functions", at: role.range,
                notes: ["roles here: " + Self.roles.joined(separator: ", ")]))
          } else if let first = roles[role.text] {
            diagnostics.append(
              Diagnostic(
                "duplicate", .error, "the role \(role.text) is another function's already", at: role.range,
                related: [Diagnostic.Related("first here", at: first.range)]))
          } else {
            roles[role.text] = name
          }
        }
        functions[name.text] = SharedFunction(
          name: name.text, parameters: parameters, body: Parser.parse(Array(body.utf8), macros: MacroSignature.all))
        texts[name.text] = ExpressionText(body)
      }
    }
    var environment = ExpressionEnvironment.of(estate)
    environment.functions = functions
    for name in functions.keys.sorted() {
      guard let function = functions[name], let text = texts[name] else { continue }
      let checked = Checker.check(function, in: environment)
      diagnostics += checked.problems.map(text.diagnostic)
    }
    return (functions, roles)
  }
}

/// Types as documents write them.
enum TypeNames {
  private static let scalars: [String: ValueType] = [
    "string": .string, "text": .string, "url": .string, "integer": .int, "number": .double, "money": .double,
    "boolean": .bool, "date": .date, "duration": .duration, "period": .period,
  ]

  static func unknown(_ node: YAMLNode, _ metamodel: Metamodel) -> Diagnostic {
    let names = scalars.keys.sorted() + metamodel.enums.map(\.name) + metamodel.kindNames
    let near = suggestion(for: node.text, among: names)
    return Diagnostic(
      "unknown-type", .error, "there is no type `\(node.text)`", at: node.range, notes: [near].compactMap { $0 })
  }

  /// `integer`, an enumeration, a kind or union, `list(…)`.
  static func type(_ text: String, _ metamodel: Metamodel) -> ValueType? {
    let trimmed = text.filter { $0 != " " }
    if trimmed.hasPrefix("list("), trimmed.hasSuffix(")") {
      return type(String(trimmed.dropFirst(5).dropLast()), metamodel).map { .list($0) }
    }
    if let scalar = scalars[trimmed] { return scalar }
    if let enumeration = metamodel.enums.first(where: { $0.name == trimmed }) { return .enumeration(enumeration) }
    return metamodel.kinds(named: trimmed).map { .entity($0) }
  }
}
