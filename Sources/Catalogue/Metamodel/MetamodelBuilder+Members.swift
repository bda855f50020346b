internal import CEL
internal import Diagnostics
internal import YAMLTree

extension MetamodelBuilder {
  static let kindKeys = [
    "title", "plural", "role", "why", "lifecycle", "fields", "relations", "parts", "derived",
  ]

  static let kindRoles = [
    "attestation", "capability", "component", "dataset", "demand", "gate", "integration", "organisation",
    "opportunity", "passage", "thesaurus",
  ]

  mutating func readKind(_ kind: Int, _ node: YAMLNode, isBuiltIn: Bool) {
    guard let reader = MappingReader(node, "a kind", keys: Self.kindKeys, &diagnostics) else { return }
    if let plural = reader.text("plural", &diagnostics) { kinds[kind].plural = plural }
    if let title = reader.text("title", &diagnostics) { kinds[kind].title = title }
    if let why = reader.text("why", &diagnostics) { kinds[kind].why = why }
    if let role = reader.scalar("role", &diagnostics) {
      kinds[kind].role = role.text
      checkRole(role, among: Self.kindRoles)
    }
    readLifecycle(kind, reader)
    for (name, value) in reader.pairs("fields", &diagnostics) { readField(kind, name, value) }
    for (name, value) in reader.pairs("relations", &diagnostics) { readRelation(kind, name, value) }
    for (name, value) in reader.pairs("parts", &diagnostics) { readPart(kind, name, value) }
    for (name, value) in reader.pairs("derived", &diagnostics) { readDerived(kind, name, value) }
  }

  mutating func checkRole(_ node: YAMLNode, among known: [String]) {
    guard !known.contains(node.text) else { return }
    diagnostics.append(
      Diagnostic(
        "unknown-type", .error, "there is no role `\(node.text)`", at: node.range,
        notes: ["roles here: " + known.joined(separator: ", ")]))
  }

  private mutating func readLifecycle(_ kind: Int, _ reader: MappingReader) {
    guard let node = reader["lifecycle"] else { return }
    if node.isScalar {
      switch node.text {
      case "true": setLifecycle(kind, .own, at: node)
      case "false": break
      default: diagnostics.append(LoadingDiagnostic.badValue(node, "true, false or {follows: […]}", for: "`lifecycle`"))
      }
    } else if let inner = MappingReader(node, "a lifecycle", keys: ["follows"], &diagnostics) {
      setLifecycle(kind, .follows(inner.items("follows").map(\.text)), at: node)
    }
  }

  mutating func setLifecycle(_ kind: Int, _ lifecycle: Kind.Lifecycle, at node: YAMLNode? = nil) {
    if let known = ["lifecycle", "phase", "live"].first(where: { kinds[kind].members[$0] != nil }) {
      if let node {
        diagnostics.append(LoadingDiagnostic.duplicate("`\(known)` on \(kinds[kind].name)", node, first: nil))
      }
      return
    }
    kinds[kind].lifecycle = lifecycle
    // One type for all kinds, so that what may be of several kinds has a lifecycle too.
    let record = lifecycleRecord ?? RecordType(name: "lifecycle", fields: phases.map { ($0, .date) })
    lifecycleRecord = record
    add(newField(kind, "lifecycle", .lifecycle, .record(record)), at: nil)
    for (index, phase) in phases.enumerated() {
      add(newField(kind, "lifecycle.\(phase)", .phaseDate(index), .date), at: nil)
    }
    var phase = newField(kind, "phase", .phase, .enumeration(phaseEnum))
    phase.isWritten = false
    add(phase, at: nil)
    var live = newField(kind, "live", .live, .bool)
    live.isWritten = false
    add(live, at: nil)
  }

  // MARK: Fields

  private static let fieldKeys = [
    "type", "record", "many", "required", "default", "absent", "role", "why", "title", "material",
  ]

  mutating func readField(_ kind: Int, _ name: YAMLNode, _ value: YAMLNode) {
    guard checkName(name),
      let reader = MappingReader(value, "the field `\(name.text)`", keys: Self.fieldKeys, &diagnostics)
    else { return }
    let many = reader.flag("many", default: false, &diagnostics)
    var field: Field
    if let record = reader["record"] {
      let members = readRecord(record)
      let type = RecordType(name: name.text, fields: members.map { ($0.name, $0.scalar.type) })
      if many {
        field = newField(kind, name.text, .records(members), .list(.record(type)))
      } else {
        field = newField(kind, name.text, .record(members), .record(type))
      }
      describe(&field, reader)
      refuse(["type", "default", "role"], in: reader, "a record")
      if many { field.absence = .empty }
      readAbsence(&field, reader, allowed: many ? ["unknown"] : [])
      guard add(field, at: name) != nil, !many else { return }
      for member in members {
        var part = newField(kind, "\(name.text).\(member.name)", .scalar(member.scalar), member.scalar.type)
        part.isMaterial = field.isMaterial
        add(part, at: name)
      }
      return
    }
    guard let type = reader.scalar("type", &diagnostics) else {
      diagnostics.append(LoadingDiagnostic.missingKey("type", in: "the field `\(name.text)`", at: name))
      return
    }
    switch type.text {
    case "expression" where kinds[kind].isBuiltIn:
      field = newField(kind, name.text, .expression, .string)
    case "structure" where kinds[kind].isBuiltIn:
      field = newField(kind, name.text, .structure, .string)
    default:
      // The engine's evidence takes its types from the authority's enumeration, where there is one.
      let isOpen = kinds[kind].name == "evidence" && name.text == "type" && type.text == "string"
      let open = isOpen ? enumsByName["evidenceType"].map { Scalar.enumeration($0) } : nil
      guard let scalar = open ?? scalar(type) else { return }
      field =
        many
        ? newField(kind, name.text, .scalars(scalar), .list(scalar.type))
        : newField(kind, name.text, .scalar(scalar), scalar.type)
      if let text = reader.scalar("default", &diagnostics) {
        if many {
          diagnostics.append(LoadingDiagnostic.badValue(text, "allowed for a list", for: "`default`"))
        } else if ScalarReader.value(text, scalar, &diagnostics, what: "the default") != nil {
          field.defaultText = text.text
        }
      }
    }
    describe(&field, reader)
    if many { field.absence = .empty }
    readAbsence(&field, reader, allowed: many ? ["unknown"] : [])
    if let role = reader.scalar("role", &diagnostics) {
      checkRole(role, among: Self.fieldRoles)
      if let shape = Self.shapeWithoutRole(role.text, field.shape) {
        diagnostics.append(LoadingDiagnostic.badValue(role, "possible for what is no \(shape)", for: "`role`"))
      } else {
        field.role = role.text
      }
    }
    add(field, at: name)
  }

  static let fieldRoles = [
    "classification", "common", "criticality", "ends", "exposure", "given", "keywords", "lapses", "maturity",
    "recovery", "saves", "seeks", "seen", "shows", "style", "synonyms", "unit", "zone",
  ]

  /// What a field would have to be to have a role; nil: it is.
  private static func shapeWithoutRole(_ role: String, _ shape: Field.Shape) -> String? {
    switch (role, shape) {
    case ("given", .scalar(.date)), ("lapses", .scalar(.date)), ("ends", .scalar(.date)): nil
    case ("seen", .scalars(.string)), ("keywords", .scalars(.string)), ("synonyms", .scalars(.string)): nil
    case ("shows", .scalars(.string)): nil
    case ("seeks", .scalar(.text)), ("saves", .scalar(.text)), ("unit", .scalar(.string)): nil
    case ("common", .scalar(.boolean)): nil
    case ("recovery", .scalar(.duration)), ("style", .scalar(.enumeration)), ("zone", .scalar(.enumeration)): nil
    case ("given", _), ("lapses", _), ("ends", _): "date"
    case ("common", _): "boolean"
    case ("seeks", _), ("saves", _): "text"
    case ("unit", _): "string"
    case ("recovery", _): "duration"
    case ("style", _), ("zone", _): "enumeration"
    case ("seen", _), ("keywords", _), ("synonyms", _), ("shows", _): "list of strings"
    case (_, .scalar(.enumeration(let type))) where type.isOrdered: nil
    default: "ordered enumeration"
    }
  }

  /// Keys that are known but mean nothing here.
  private mutating func refuse(_ keys: [String], in reader: MappingReader, _ what: String) {
    for index in 0..<reader.node.count where keys.contains(reader.node.key(index).text) {
      let key = reader.node.key(index)
      diagnostics.append(LoadingDiagnostic.badValue(key, "allowed for \(what)", for: "here"))
    }
  }

  private mutating func describe(_ field: inout Field, _ reader: MappingReader) {
    field.isRequired = reader.flag("required", default: false, &diagnostics)
    field.why = reader.text("why", &diagnostics)
    field.title = reader.text("title", &diagnostics)
    field.isMaterial = reader.flag("material", default: true, &diagnostics)
  }

  private mutating func readAbsence(_ field: inout Field, _ reader: MappingReader, allowed: [String]) {
    guard let node = reader.scalar("absent", &diagnostics) else { return }
    guard allowed.contains(node.text) else {
      let wanted = allowed.isEmpty ? "allowed here" : allowed.joined(separator: " or ")
      diagnostics.append(LoadingDiagnostic.badValue(node, wanted, for: "`absent`"))
      return
    }
    field.absence = node.text == "none" ? .empty : .unknown
  }

  private mutating func readRecord(_ node: YAMLNode) -> [Field.RecordField] {
    guard node.isMapping else {
      diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a mapping of fields", for: "`record`"))
      return []
    }
    var members: [Field.RecordField] = []
    for index in 0..<node.count {
      guard checkName(node.key(index)),
        let reader = MappingReader(
          node.value(index), "a record's field", keys: ["type", "required", "why", "title"], &diagnostics)
      else { continue }
      guard let type = reader.scalar("type", &diagnostics) else {
        diagnostics.append(LoadingDiagnostic.missingKey("type", in: "a record's field", at: node.key(index)))
        continue
      }
      guard let scalar = scalar(type) else { continue }
      members.append(
        Field.RecordField(
          name: node.key(index).text, scalar: scalar,
          isRequired: reader.flag("required", default: false, &diagnostics),
          title: reader.text("title", &diagnostics), why: reader.text("why", &diagnostics)))
    }
    return members
  }

  private mutating func checkName(_ node: YAMLNode) -> Bool {
    if Self.isName(node.text) { return true }
    diagnostics.append(
      Diagnostic(
        "wrong-value", .error, "`\(node.text)` cannot be a name here", at: node.range,
        notes: ["a name begins with a lower-case letter and is no word that YAML reads as a boolean"]))
    return false
  }

  // MARK: Relations and parts

  private static let relationKeys = [
    "to", "many", "required", "absent", "awaits", "inverse", "role", "why", "title", "material",
  ]

  mutating func readRelation(_ kind: Int, _ name: YAMLNode, _ value: YAMLNode) {
    guard checkName(name),
      let reader = MappingReader(value, "the relation `\(name.text)`", keys: Self.relationKeys, &diagnostics)
    else { return }
    guard let targets = readTargets(reader, "the relation `\(name.text)`", at: name) else { return }
    let many = reader.flag("many", default: false, &diagnostics)
    var field = newField(kind, name.text, .relation(to: targets, many: many), .entity(targets))
    describe(&field, reader)
    if many { field.absence = .empty }
    readAbsence(&field, reader, allowed: many ? ["unknown"] : ["none"])
    if many || field.absence == .empty { field.type = .list(.entity(targets)) }
    field.awaits = reader.flag("awaits", default: false, &diagnostics)
    if field.awaits, case .entity = field.type, let node = reader["awaits"] {
      // A list can be without something for certain; one target that is not there yet is a missing fact.
      diagnostics.append(LoadingDiagnostic.badValue(node, "possible for what is no list", for: "`awaits`"))
      field.awaits = false
    }
    field.inverseName = inverseName(reader)
    if let role = reader.scalar("role", &diagnostics) {
      checkRole(role, among: Self.relationRoles)
      field.role = role.text
    }
    add(field, at: name)
  }

  static let relationRoles = [
    "approver", "carries", "covers", "dependsOn", "designated", "fetches", "interface", "needs", "offeredBy", "owner",
    "partOf", "provides", "target", "through", "vouchedFor", "voucher",
  ]

  private mutating func inverseName(_ reader: MappingReader) -> String? {
    guard let node = reader.scalar("inverse", &diagnostics), checkName(node) else { return nil }
    return node.text
  }

  /// The kinds that a relation leads to, a derived one too.
  func targets(of field: Field) -> KindSet {
    switch (field.shape, field.type) {
    case (.relation(let kinds, _), _), (.derived, .entity(let kinds)), (.derived, .list(.entity(let kinds))): kinds
    default: .empty
    }
  }

  private mutating func readTargets(_ reader: MappingReader, _ what: String, at name: YAMLNode) -> KindSet? {
    let items = reader.items("to")
    if items.isEmpty {
      diagnostics.append(LoadingDiagnostic.missingKey("to", in: what, at: name))
      return nil
    }
    var result = KindSet.empty
    for item in items {
      if let kinds = kindSet(named: item.text) { result = result.union(kinds) } else { reportUnknownKind(item) }
    }
    return result.isEmpty ? nil : result
  }

  private mutating func readPart(_ kind: Int, _ name: YAMLNode, _ value: YAMLNode) {
    guard checkName(name),
      let reader = MappingReader(
        value, "the part `\(name.text)`", keys: ["kind", "key", "inverse", "why", "title"], &diagnostics)
    else { return }
    guard let partKind = reader.scalar("kind", &diagnostics), let part = kindsByName[partKind.text] else {
      if let node = reader["kind"] {
        reportUnknownKind(node)
      } else {
        diagnostics.append(LoadingDiagnostic.missingKey("kind", in: "the part `\(name.text)`", at: name))
      }
      return
    }
    let key = reader.text("key", &diagnostics)
    add(
      newField(kind, name.text, .parts(kind: part, key: key), .list(.entity(KindSet([part])))), at: name)
    guard let owner = reader.scalar("inverse", &diagnostics), checkName(owner) else {
      if reader["inverse"] != nil { return }
      diagnostics.append(LoadingDiagnostic.missingKey("inverse", in: "the part `\(name.text)`", at: name))
      return
    }
    kinds[part].partOf.append(kind)
    kinds[part].partKey = key
    if let known = kinds[part].members[owner.text], case .owner(let owners) = fields[Int(known)].shape {
      // Parts of several kinds: one relation to all of them.
      let all = owners.union(KindSet([kind]))
      fields[Int(known)].shape = .owner(all)
      fields[Int(known)].type = .entity(all)
      return
    }
    kinds[part].ownerRelation = owner.text
    add(newField(part, owner.text, .owner(KindSet([kind])), .entity(KindSet([kind]))), at: owner)
  }

  // MARK: Derived

  static let derivedRoles = ["dependsOn", "failsWith"]

  mutating func readDerived(_ kind: Int, of kinds: KindSet? = nil, _ name: YAMLNode, _ value: YAMLNode) {
    let keys = ["to", "type", "is", "inverse", "recursive", "role", "why", "title", "one"]
    guard checkName(name),
      let reader = MappingReader(value, "the derived field `\(name.text)`", keys: keys, &diagnostics)
    else { return }
    guard let expression = reader.scalar("is", &diagnostics) else {
      diagnostics.append(LoadingDiagnostic.missingKey("is", in: "the derived field `\(name.text)`", at: name))
      return
    }
    let type: ValueType
    if reader.has("to") {
      guard let targets = readTargets(reader, "the derived field `\(name.text)`", at: name) else { return }
      type = reader.flag("one", default: false, &diagnostics) ? .entity(targets) : .list(.entity(targets))
    } else if let node = reader.scalar("type", &diagnostics) {
      guard let found = valueType(node.text) else {
        diagnostics.append(Diagnostic("unknown-type", .error, "there is no type `\(node.text)`", at: node.range))
        return
      }
      type = found
    } else {
      diagnostics.append(LoadingDiagnostic.missingKey("type", in: "the derived field `\(name.text)`", at: name))
      return
    }
    let text = ExpressionText(expression)
    let parsed = Parser.parse(Array(expression.utf8), macros: MacroSignature.all)
    let isRecursive = reader.flag("recursive", default: false, &diagnostics)
    let derivation = Field.Derivation(
      expression: parsed, node: text, isRecursive: isRecursive, selfKinds: kinds ?? KindSet([kind]))
    var field = newField(kind, name.text, .derived(derivation), type)
    field.isWritten = false
    field.title = reader.text("title", &diagnostics)
    field.why = reader.text("why", &diagnostics)
    field.inverseName = inverseName(reader)
    if field.inverseName != nil, targets(of: field).isEmpty, let node = reader["inverse"] {
      diagnostics.append(LoadingDiagnostic.badValue(node, "possible for what is no relation", for: "`inverse`"))
    }
    if let role = reader.scalar("role", &diagnostics) {
      checkRole(role, among: Self.derivedRoles)
      if targets(of: field).isEmpty {
        diagnostics.append(LoadingDiagnostic.badValue(role, "possible for what is no relation", for: "`role`"))
      } else {
        field.role = role.text
      }
    }
    add(field, at: name)
  }

  /// `boolean`, `list(component)`, an enumeration, a kind.
  func valueType(_ text: String) -> ValueType? {
    let trimmed = text.filter { $0 != " " }
    if trimmed.hasPrefix("list("), trimmed.hasSuffix(")") {
      return valueType(String(trimmed.dropFirst(5).dropLast())).map { .list($0) }
    }
    if let scalar = Scalar.names.first(where: { $0.0 == trimmed }) { return scalar.1.type }
    if let type = enumsByName[trimmed] { return .enumeration(type) }
    return kindSet(named: trimmed).map { .entity($0) }
  }
}
