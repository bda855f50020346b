package import Diagnostics
package import YAMLTree

/// Reads a mapping whose keys are known in advance: what is not asked for is reported with its near matches.
package struct MappingReader {
  package let node: YAMLNode
  /// What the mapping is, for messages: "a rule".
  package let what: String
  private let known: [String]
  /// By the place of the key among the known ones.
  private var values: [YAMLNode?]

  /// Nil, with a diagnostic, where the node is no mapping.
  package init?(_ node: YAMLNode, _ what: String, keys: [String], _ diagnostics: inout [Diagnostic]) {
    guard node.isMapping else {
      if !node.isReported { diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a mapping", for: what)) }
      return nil
    }
    self.node = node
    self.what = what
    known = keys
    values = Array(repeating: nil, count: keys.count)
    for index in 0..<node.count {
      let key = node.key(index)
      if let place = keys.firstIndex(where: key.textEquals) {
        values[place] = node.value(index)
      } else {
        diagnostics.append(LoadingDiagnostic.unknownKey(key, in: what, known: keys))
      }
    }
  }

  /// A value that can be used: one that was reported as broken counts as absent.
  package subscript(key: String) -> YAMLNode? {
    value(key).flatMap { $0.isReported ? nil : $0 }
  }

  package func has(_ key: String) -> Bool { value(key) != nil }

  private func value(_ key: String) -> YAMLNode? { known.firstIndex(of: key).flatMap { values[$0] } }

  package func scalar(_ key: String, _ diagnostics: inout [Diagnostic]) -> YAMLNode? {
    guard let value = self[key] else { return nil }
    if value.isScalar { return value }
    diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a single value", for: "`\(key)`"))
    return nil
  }

  package func text(_ key: String, _ diagnostics: inout [Diagnostic]) -> String? {
    scalar(key, &diagnostics)?.text
  }

  package func flag(_ key: String, default value: Bool, _ diagnostics: inout [Diagnostic]) -> Bool {
    guard let node = scalar(key, &diagnostics) else { return value }
    switch node.text {
    case "true": return true
    case "false": return false
    default:
      diagnostics.append(LoadingDiagnostic.badValue(node, "true or false", for: "`\(key)`"))
      return value
    }
  }

  /// The items of a list; a single value counts as a list of one.
  package func items(_ key: String) -> [YAMLNode] {
    guard let value = self[key] else { return [] }
    guard value.isSequence else { return [value] }
    return (0..<value.count).map { value[item: $0] }.filter { !$0.isReported }
  }

  /// The entries of a mapping under a key, in the order of the text.
  package func pairs(_ key: String, _ diagnostics: inout [Diagnostic]) -> [(key: YAMLNode, value: YAMLNode)] {
    guard let value = self[key] else { return [] }
    guard value.isMapping else {
      diagnostics.append(LoadingDiagnostic.wrongShape(value, wanted: "a mapping", for: "`\(key)`"))
      return []
    }
    return (0..<value.count).map { (value.key($0), value.value($0)) }.filter { !$0.value.isReported }
  }
}
