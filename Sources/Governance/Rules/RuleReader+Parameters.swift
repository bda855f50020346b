internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// What a rule declares that another repository may set otherwise.
extension RuleReader {
  mutating func declareParameters(_ reader: MappingReader) {
    var namespace: [String: Environment.Variable] = [:]
    let pairs = reader.pairs("params", &diagnostics)
    refuseUnknownParameters(pairs.map(\.key.text))
    for (key, value) in pairs {
      guard let entry = MappingReader(value, "a parameter", keys: ["type", "default", "title", "why"], &diagnostics)
      else { continue }
      guard let typeNode = entry.scalar("type", &diagnostics), let defaultNode = entry.scalar("default", &diagnostics)
      else {
        report("missing-key", "the parameter \(key.text) needs `type` and `default`", at: key)
        continue
      }
      // What follows from a mistake in a parameter is not reported again where it is used.
      let gap = Value.unknown(Fact(row: row, field: -1))
      namespace[key.text] = .constant(gap, .error)
      guard let type = TypeNames.type(typeNode.text, estate.metamodel) else {
        diagnostics.append(TypeNames.unknown(typeNode, estate.metamodel))
        continue
      }
      // Where another value is set, a pack's own may name what this authority does not have.
      let set = overridden(key.text, type, typeNode.text)
      if let set, node.source.pack != nil {
        namespace[key.text] = .constant(set, type)
      } else {
        let value = parameter(defaultNode, type, typeNode.text) ?? gap
        namespace[key.text] = .constant(set ?? value, type)
      }
    }
    environment.namespaces["params"] = namespace
  }

  private mutating func refuseUnknownParameters(_ known: [String]) {
    for (key, _) in override?.parameters ?? [] where !known.contains(key.text) {
      let near = suggestion(for: key.text, among: known)
      mistakesOfOverride.append(
        Diagnostic(
          "override-mistake", .error, "\(id) has no parameter `\(key.text)`", at: key.range,
          notes: [near ?? (known.isEmpty ? "it has none" : "it has: \(known.joined(separator: ", "))")]))
    }
  }

  /// What an override sets a parameter to; nil: nothing, or nothing that it can be.
  private mutating func overridden(_ name: String, _ type: ValueType, _ typeName: String) -> Value? {
    guard let node = override?.parameters.first(where: { $0.key.textEquals(name) })?.value else { return nil }
    let own = diagnostics
    diagnostics = []
    let value = parameter(node, type, typeName)
    mistakesOfOverride += diagnostics
    diagnostics = own
    return value
  }

  private mutating func parameter(_ node: YAMLNode, _ type: ValueType, _ typeName: String) -> Value? {
    if case .entity(let kinds) = type {
      if case .found(let row) = estate.row(named: node.text, kinds: kinds) { return .entity(row) }
      if isExample { return .unknown(Fact(row: row, field: -1)) }
      let near = suggestion(for: node.text, among: estate.ids(ofKinds: kinds))
      var notes = [near].compactMap { $0 }
      if let pack = node.source.pack {
        notes.append(
          "\(pack) asks for it by name: give it a document, let `overrides` of triglyph.yaml set another one for \(id), or replace the rule"
        )
      }
      report("unknown-entity", "there is no \(typeName) `\(node.text)`", at: node, notes: notes)
      return nil
    }
    guard let scalar = Scalar(typeName, estate.metamodel) else {
      report("unknown-type", "a parameter is a scalar or an entity", at: node)
      return nil
    }
    return scalar.read(node, &diagnostics)
  }

  /// Notes which parameters an expression reads, sound or not.
  mutating func noteParameters(_ tree: SyntaxTree) {
    for node in tree.nodes {
      guard case .select(let operand, let field, _, _) = node, case .identifier("params", _) = tree[operand] else {
        continue
      }
      readParameters.insert(field)
    }
  }

  /// A parameter that nothing reads looks as if it could be set. Its name in an expression would be the only one to read
  /// it: one that is mistyped there is an error of its own.
  mutating func noteUnreadParameters(_ reader: MappingReader) {
    guard !isExample, substitute == nil else { return }
    for (key, _) in reader.pairs("params", &diagnostics) where !readParameters.contains(key.text) {
      unused.append(
        Diagnostic(
          "unused-parameter", .warning, "\(id) never reads its parameter `\(key.text)`", at: key.range,
          notes: ["whatever it is set to, the rule finds the same"]))
    }
  }
}
