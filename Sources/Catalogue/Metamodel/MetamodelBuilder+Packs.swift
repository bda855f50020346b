internal import CEL
internal import Diagnostics
internal import YAMLTree

/// What an authority adds to the vocabulary of a pack: members to its kinds, values to its enumerations.
extension MetamodelBuilder {
  static let enumKeys = ["ordered", "values", "adds", "title", "why"]
  private static let additionKeys = ["fields", "relations", "parts", "derived"]

  /// Whether what a document says of a kind only adds members to one that another document declares.
  static func isAddition(_ value: YAMLNode) -> Bool {
    value.isMapping && value.count > 0 && (0..<value.count).allSatisfy { additionKeys.contains(value.key($0).text) }
  }

  /// Refuses what is no addition to a kind of a pack.
  mutating func checkAddition(_ key: YAMLNode, _ value: YAMLNode, to pack: String, at first: YAMLNode?) {
    if let other = key.source.pack {
      var diagnostic = LoadingDiagnostic.duplicate("the kind \(key.text)", key, first: first?.range)
      diagnostic.notes.append(
        other == pack ? "\(pack) defines it twice" : "\(pack) and \(other) both define it: they cannot be used together"
      )
      diagnostics.append(diagnostic)
      return
    }
    guard value.isMapping else { return }
    for index in 0..<value.count where !Self.additionKeys.contains(value.key(index).text) {
      let name = value.key(index)
      // What a kind never says is the reader's to report.
      guard Self.kindKeys.contains(name.text) else { continue }
      diagnostics.append(
        Diagnostic(
          "pack-mistake", .error, "\(key.text) is a kind of \(pack), and what is added to it has no `\(name.text)`",
          at: name.range, related: first.map { [Diagnostic.Related("the pack's", at: $0.range)] } ?? [],
          notes: ["fields, relations, parts and derived fields are added; what the pack says of a kind stays"]))
    }
  }

  /// Reads `adds`: values behind those of an enumeration of a pack.
  mutating func extendEnums(_ document: Document) {
    for (key, value) in document.reader.pairs("enums", &diagnostics) {
      guard value.isMapping, let adds = value.first("adds") else { continue }
      func report(_ summary: String, _ notes: [String] = []) {
        diagnostics.append(Diagnostic("pack-mistake", .error, summary, at: key.range, notes: notes))
      }
      guard let type = enumsByName[key.text], let pack = declared["enum \(key.text)"]?.source.pack else {
        let known = enumsByName.keys.filter { declared["enum \($0)"]?.source.pack != nil }.sorted()
        report(
          "`adds` adds to an enumeration of a pack, and `\(key.text)` is none",
          [suggestion(for: key.text, among: known)].compactMap { $0 })
        continue
      }
      for index in 0..<value.count where !["adds", "why"].contains(value.key(index).text) {
        report("`\(value.key(index).text)` beside `adds` would change what \(pack) says of \(key.text)")
      }
      if type.isOrdered {
        report(
          "the values of \(key.text) are in an order, and rules of \(pack) compare them: none can be added",
          ["what stands between two of them only the pack, or a document that overrides its metamodel, can say"])
        continue
      }
      guard adds.isSequence else {
        if !adds.isReported {
          diagnostics.append(LoadingDiagnostic.wrongShape(adds, wanted: "a list", for: "`adds`"))
        }
        continue
      }
      let added = readValues((0..<adds.count).map { adds[item: $0] }.filter { !$0.isReported }, behind: type.values)
      let extended = EnumType(
        index: type.index, name: type.name, values: type.values + added.values, titles: type.titles + added.titles,
        isOrdered: false)
      enums[Int(type.index)] = extended
      enumsByName[key.text] = extended
    }
  }

  /// A name that a pack has already: how to add to it, or that two packs meet.
  func inPacks(_ diagnostic: Diagnostic, _ way: String) -> Diagnostic {
    guard let pack = diagnostic.related.first?.range.source.pack else { return diagnostic }
    var result = diagnostic
    if let other = diagnostic.range?.source.pack {
      result.notes.append("\(pack) and \(other) both define it: they cannot be used together")
    } else {
      result.notes.append("\(pack) has it; \(way) adds to it")
    }
    return result
  }
}
