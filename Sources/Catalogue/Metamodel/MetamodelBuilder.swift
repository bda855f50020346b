internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Reads documents of `kind: metamodel`: names first, then members, then what follows from both (inverses, unions'
/// derived fields, flows). Order and division into documents do not matter.
struct MetamodelBuilder {
  var kinds: [Kind] = []
  var fields: [Field] = []
  var enums: [EnumType] = []
  var unions: [String: KindSet] = [:]
  var lifecycleRecord: RecordType?
  var phases = ["planned", "active", "phaseOut", "retired"]
  var livePhases: Set<Int> = [1, 2]
  var phaseEnum = EnumType(index: 0, name: "phase", values: [], isOrdered: true)
  var settings: [String: Metamodel.Setting] = [:]
  var diagnostics: [Diagnostic] = []

  var kindsByName: [String: Int] = [:]
  var enumsByName: [String: EnumType] = [:]
  var declared: [String: SourceRange] = [:]
  private var documents: [Document] = []

  struct Document {
    let reader: MappingReader
    let isBuiltIn: Bool
  }

  static let documentKeys = [
    "kind", "id", "name", "summary", "notes", "labels", "aliases", "settings", "lifecycle", "enums", "entity", "unions",
    "kinds", "overrides",
  ]

  /// Reads the engine's kinds and an authority's documents, given in an order that does not depend on files.
  static func build(_ authority: [YAMLNode]) -> (Metamodel, [Diagnostic]) {
    var builder = MetamodelBuilder()
    let builtIn = YAMLFile.parse(SourceText(name: BuiltInKinds.name, text: BuiltInKinds.text))
    for document in builtIn.documents { builder.add(document.root, isBuiltIn: true) }
    for node in authority { builder.add(node, isBuiltIn: false) }
    builder.readNames()
    builder.readMembers()
    builder.finish()
    return (Metamodel(builder), builder.diagnostics)
  }

  private mutating func add(_ node: YAMLNode, isBuiltIn: Bool) {
    guard let reader = MappingReader(node, "a metamodel", keys: Self.documentKeys, &diagnostics) else { return }
    documents.append(Document(reader: reader, isBuiltIn: isBuiltIn))
  }

  // MARK: Names

  private mutating func readNames() {
    for document in documents { readEnums(document) }
    for document in documents { extendEnums(document) }
    readPhases()
    var names: [String: (node: YAMLNode?, value: YAMLNode, isBuiltIn: Bool)] = [:]
    for document in documents {
      for (key, value) in document.reader.pairs("kinds", &diagnostics) {
        let name = key.text
        if let known = names[name] {
          // An authority may add to what the engine knows, and to what a pack has; anything else is declared once.
          if let pack = known.node?.source.pack {
            checkAddition(key, value, to: pack, at: known.node)
          } else if !known.isBuiltIn, !document.isBuiltIn, Self.isAddition(known.value) || Self.isAddition(value) {
            // One of them says what the kind is, wherever it stands.
            if !Self.isAddition(value) { names[name] = (key, value, false) }
          } else if !known.isBuiltIn || document.isBuiltIn || value.first("plural") != nil {
            diagnostics.append(LoadingDiagnostic.duplicate("the kind \(name)", key, first: known.node?.range))
          }
          continue
        }
        if !Self.isName(name) || name == "flow" || name == "entity" || enumsByName[name] != nil {
          diagnostics.append(LoadingDiagnostic.badValue(key, "a name for a kind", for: "a kind's name"))
          continue
        }
        names[name] = (key, value, document.isBuiltIn)
      }
    }
    // What the engine derives comes last, behind all that is written.
    for name in names.keys.sorted() where name != "edit" {
      addKind(name, isBuiltIn: names[name]?.isBuiltIn ?? false, at: names[name]?.node)
    }
    addKind("edit", isBuiltIn: true, at: nil)
    addKind("flow", isBuiltIn: true, at: nil)
    for document in documents {
      for (key, value) in document.reader.pairs("unions", &diagnostics) { readUnion(key, value) }
    }
  }

  private mutating func addKind(_ name: String, isBuiltIn: Bool, at node: YAMLNode?) {
    guard kinds.count < KindSet.capacity else {
      if let node {
        diagnostics.append(
          Diagnostic("wrong-value", .error, "there are more than \(KindSet.capacity) kinds", at: node.range))
      }
      return
    }
    kindsByName[name] = kinds.count
    kinds.append(Kind(index: kinds.count, name: name, isBuiltIn: isBuiltIn))
    kinds[kinds.count - 1].range = node?.range
  }

  /// A name that YAML 1.1 does not read as a boolean: lower camel case or kebab case.
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first >= 0x61, first <= 0x7A, name.utf8.count <= 80 else { return false }
    if ["on", "off", "yes", "no", "y", "n", "true", "false", "null", "in"].contains(name) { return false }
    return name.utf8.allSatisfy {
      ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D
    }
  }

  private mutating func readEnums(_ document: Document) {
    for (key, value) in document.reader.pairs("enums", &diagnostics) {
      let name = key.text
      guard
        let reader = MappingReader(value, "an enumeration", keys: Self.enumKeys, &diagnostics)
      else { continue }
      if reader.has("adds") { continue }
      if let known = declared["enum \(name)"] {
        diagnostics.append(
          inPacks(LoadingDiagnostic.duplicate("the enumeration \(name)", key, first: known), "`adds: […]`"))
        continue
      }
      declared["enum \(name)"] = key.range
      if Scalar.names.contains(where: { $0.0 == name }) || !Self.isName(name) || name == "phase" {
        diagnostics.append(LoadingDiagnostic.badValue(key, "a name for an enumeration", for: "an enumeration's name"))
        continue
      }
      let (values, titles) = readValues(reader.items("values"), behind: [])
      if values.isEmpty {
        diagnostics.append(LoadingDiagnostic.missingKey("values", in: "the enumeration \(name)", at: key))
      }
      addEnum(name, values, titles, isOrdered: reader.flag("ordered", default: false, &diagnostics))
    }
  }

  /// The values of an enumeration and their titles, each once, and none of those that it has already.
  mutating func readValues(_ items: [YAMLNode], behind known: [String]) -> (values: [String], titles: [String]) {
    var values: [String] = []
    var titles: [String] = []
    var seen = Set(known)
    for item in items {
      var value: (id: String, title: String)?
      if item.isScalar {
        value = (item.text, item.text)
      } else if let entry = MappingReader(item, "a value", keys: ["id", "title", "why"], &diagnostics) {
        guard let id = entry.text("id", &diagnostics) else {
          diagnostics.append(LoadingDiagnostic.missingKey("id", in: "a value", at: item))
          continue
        }
        value = (id, entry.text("title", &diagnostics) ?? id)
      }
      guard let value else { continue }
      if !seen.insert(value.id).inserted {
        diagnostics.append(LoadingDiagnostic.duplicate("the value \(value.id)", item, first: nil))
        continue
      }
      values.append(value.id)
      titles.append(value.title)
    }
    return (values, titles)
  }

  @discardableResult
  private mutating func addEnum(_ name: String, _ values: [String], _ titles: [String], isOrdered: Bool) -> EnumType {
    let type = EnumType(index: Int32(enums.count), name: name, values: values, titles: titles, isOrdered: isOrdered)
    enums.append(type)
    enumsByName[name] = type
    return type
  }

  private mutating func readPhases() {
    var first: SourceRange?
    for document in documents {
      guard let node = document.reader["lifecycle"] else { continue }
      guard let reader = MappingReader(node, "the lifecycle", keys: ["phases", "live"], &diagnostics) else { continue }
      if let first {
        diagnostics.append(LoadingDiagnostic.duplicate("a lifecycle", node, first: first))
        continue
      }
      first = node.range
      let items = reader.items("phases").filter(\.isScalar)
      let names = items.map(\.text)
      if let index = names.indices.first(where: { !Self.isName(names[$0]) || names[..<$0].contains(names[$0]) }) {
        diagnostics.append(LoadingDiagnostic.badValue(items[index], "a name for a phase of its own", for: "a phase"))
        continue
      }
      if names.count < 2 {
        diagnostics.append(LoadingDiagnostic.missingKey("phases", in: "the lifecycle (two or more)", at: node))
        continue
      }
      phases = names
      livePhases = []
      for item in reader.items("live") {
        if let index = names.firstIndex(of: item.text) {
          livePhases.insert(index)
        } else {
          diagnostics.append(LoadingDiagnostic.badValue(item, "one of the phases", for: "a live phase"))
        }
      }
    }
    phaseEnum = addEnum("phase", phases, phases, isOrdered: true)
  }

  private mutating func readUnion(_ key: YAMLNode, _ value: YAMLNode) {
    guard let reader = MappingReader(value, "a union", keys: ["of", "derived", "why"], &diagnostics) else { return }
    if !Self.isName(key.text) || key.text == "flow" || key.text == "entity" {
      diagnostics.append(LoadingDiagnostic.badValue(key, "a name for a union", for: "a union's name"))
      return
    }
    if kindsByName[key.text] != nil || unions[key.text] != nil || enumsByName[key.text] != nil {
      diagnostics.append(LoadingDiagnostic.duplicate("the name \(key.text)", key, first: nil))
      return
    }
    if reader["of"] == nil { diagnostics.append(LoadingDiagnostic.missingKey("of", in: "a union", at: key)) }
    var members = KindSet.empty
    for item in reader.items("of") {
      if let kind = kindsByName[item.text] {
        members.insert(kind)
      } else {
        reportUnknownKind(item)
      }
    }
    unions[key.text] = members
  }

  func kindSet(named name: String) -> KindSet? {
    if let kind = kindsByName[name] { return KindSet([kind]) }
    if name == "entity" { return KindSet(kinds.indices) }
    return unions[name]
  }

  mutating func reportUnknownKind(_ node: YAMLNode) {
    let near = suggestion(for: node.text, among: kindsByName.keys.sorted() + unions.keys.sorted())
    diagnostics.append(
      Diagnostic(
        "unknown-type", .error, "there is no kind `\(node.text)`", at: node.range, notes: [near].compactMap { $0 }))
  }

  // MARK: Members

  private mutating func readMembers() {
    for index in kinds.indices { addCommonMembers(index) }
    for document in documents {
      for (key, value) in document.reader.pairs("kinds", &diagnostics) {
        guard let kind = kindsByName[key.text] else { continue }
        readKind(kind, value, isBuiltIn: document.isBuiltIn)
      }
      for (key, value) in document.reader.pairs("settings", &diagnostics) { readSetting(key, value) }
    }
    for document in documents {
      if let node = document.reader["entity"],
        let reader = MappingReader(node, "what every kind has", keys: ["fields", "relations"], &diagnostics)
      {
        for kind in kinds where !kind.isBuiltIn {
          for (name, value) in reader.pairs("fields", &diagnostics) { readField(kind.index, name, value) }
          for (name, value) in reader.pairs("relations", &diagnostics) { readRelation(kind.index, name, value) }
        }
      }
      for (key, value) in document.reader.pairs("unions", &diagnostics) {
        guard let members = unions[key.text], let derived = value.first("derived"), !derived.isReported else {
          continue
        }
        guard derived.isMapping else {
          diagnostics.append(LoadingDiagnostic.wrongShape(derived, wanted: "a mapping", for: "`derived`"))
          continue
        }
        for index in 0..<derived.count {
          for kind in members.kinds { readDerived(kind, of: members, derived.key(index), derived.value(index)) }
        }
      }
    }
  }

  private mutating func readSetting(_ key: YAMLNode, _ value: YAMLNode) {
    guard let reader = MappingReader(value, "a setting", keys: ["type", "default", "why", "title"], &diagnostics)
    else { return }
    if let known = settings[key.text] {
      diagnostics.append(LoadingDiagnostic.duplicate("the setting \(key.text)", key, first: known.range))
      return
    }
    guard let type = reader.scalar("type", &diagnostics) else {
      diagnostics.append(LoadingDiagnostic.missingKey("type", in: "a setting", at: key))
      return
    }
    guard let scalar = scalar(type) else { return }
    var setting = Metamodel.Setting(name: key.text, scalar: scalar, range: key.range)
    if let text = reader.scalar("default", &diagnostics) {
      if ScalarReader.value(text, scalar, &diagnostics, what: "the setting \(key.text)") != nil {
        setting.defaultText = text.text
      }
    }
    setting.why = reader.text("why", &diagnostics)
    settings[key.text] = setting
  }

  /// The scalar type that a name stands for.
  mutating func scalar(_ node: YAMLNode) -> Scalar? {
    let name = node.text
    if let known = Scalar.names.first(where: { $0.0 == name }) { return known.1 }
    if let type = enumsByName[name] { return .enumeration(type) }
    let near = suggestion(for: name, among: Scalar.names.map(\.0) + enumsByName.keys.sorted())
    diagnostics.append(
      Diagnostic("unknown-type", .error, "there is no type `\(name)`", at: node.range, notes: [near].compactMap { $0 }))
    return nil
  }

  /// Adds a member; a second one of the same name on the kind is reported and left out.
  @discardableResult
  mutating func add(_ field: Field, at node: YAMLNode?) -> Int32? {
    if let known = kinds[field.kind].members[field.path] {
      let first = fields[Int(known)].range
      if let node {
        diagnostics.append(
          LoadingDiagnostic.duplicate("`\(field.path)` on \(kinds[field.kind].name)", node, first: first))
      }
      return nil
    }
    var field = field
    field.range = node?.range
    fields.append(field)
    kinds[field.kind].members[field.path] = field.id
    kinds[field.kind].order.append(field.id)
    return field.id
  }

  func newField(_ kind: Int, _ path: String, _ shape: Field.Shape, _ type: ValueType) -> Field {
    Field(id: Int32(fields.count), kind: kind, path: path, shape: shape, type: type)
  }

  private mutating func addCommonMembers(_ kind: Int) {
    let members: [(String, Field.Common, ValueType)] = [
      ("id", .id, .string), ("kind", .kind, .string), ("name", .name, .string), ("summary", .summary, .string),
      ("aliases", .aliases, .list(.string)), ("notes", .notes, .string), ("labels", .labels, .list(.string)),
    ]
    for (name, common, type) in members {
      var field = newField(kind, name, .common(common), type)
      field.isMaterial = false
      add(field, at: nil)
    }
  }
}
