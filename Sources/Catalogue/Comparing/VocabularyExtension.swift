internal import YAMLTree

/// Whether a vocabulary holds another as it is and only adds to it: kinds, members of kinds, unions, settings, and values of
/// enumerations, anything that the other's documents and rules could not name.
public enum VocabularyExtension {
  /// Whether the vocabulary of a catalogue only adds to another's.
  public static func holds(of old: Estate, in new: Estate) -> Bool {
    func documents(_ estate: Estate) -> [YAMLNode] {
      estate.rows(ofKind: "metamodel").compactMap { estate.entity($0).node }
    }
    return holds(of: documents(old), in: documents(new))
  }

  /// - Parameters: documents of `kind: metamodel` of each side.
  static func holds(of old: [YAMLNode], in new: [YAMLNode]) -> Bool {
    old.allSatisfy { document in
      guard let id = document.first("id")?.text else { return false }
      return new.contains { $0.first("id")?.textEquals(id) == true && contains($0, document, at: []) }
    }
  }

  /// Mappings that hold names of the authority's own, by the way to them; `*` is any key.
  private static let openMappings = [
    ["enums"], ["unions"], ["kinds"], ["settings"], ["unions", "*", "derived"], ["kinds", "*", "fields"],
    ["kinds", "*", "relations"], ["kinds", "*", "parts"], ["kinds", "*", "derived"], ["entity", "fields"],
    ["entity", "relations"],
  ]
  /// Keys that no rule reads.
  private static let words = ["title", "why", "notes", "summary", "name", "labels", "plural"]

  private static func contains(_ new: YAMLNode, _ old: YAMLNode, at path: [String]) -> Bool {
    guard new.kind == old.kind else { return false }
    switch old.kind {
    case .scalar: return new.utf8.elementsEqual(old.utf8) && new.isPlain == old.isPlain
    case .sequence: return containsItems(new, old, at: path)
    case .mapping:
      let keys = Set((0..<old.count).map { old.key($0).text })
      let isOpen = path.isEmpty || openMappings.contains { matches(path, $0) }
      let added = (0..<new.count).map { new.key($0).text }.filter { !keys.contains($0) }
      guard isOpen || added.allSatisfy({ words.contains($0) || isOpenKey($0, path) }) else { return false }
      return (0..<old.count).allSatisfy { index in
        let name = old.key(index).text
        guard let value = new.first(name) else { return false }
        return words.contains(name) && old.value(index).isScalar || contains(value, old.value(index), at: path + [name])
      }
    }
  }

  /// A kind that had no relations may get some.
  private static func isOpenKey(_ key: String, _ path: [String]) -> Bool {
    openMappings.contains { matches(path + [key], $0) }
  }

  private static func matches(_ path: [String], _ pattern: [String]) -> Bool {
    path.count == pattern.count && zip(path, pattern).allSatisfy { $1 == "*" || $0 == $1 }
  }

  /// Values of an enumeration may come between others: their order stays.
  private static func containsItems(_ new: YAMLNode, _ old: YAMLNode, at path: [String]) -> Bool {
    let isOpen = matches(path, ["enums", "*", "values"]) || matches(path, ["enums", "*"])
    guard isOpen || new.count == old.count else { return false }
    var position = 0
    for index in 0..<old.count {
      while position < new.count, !contains(new[item: position], old[item: index], at: path + ["*"]) {
        if !isOpen { return false }
        position += 1
      }
      if position == new.count { return false }
      position += 1
    }
    return true
  }
}
