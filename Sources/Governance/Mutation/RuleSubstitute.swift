internal import CEL
internal import Catalogue
internal import YAMLTree

/// What is read of a rule in place of one of its texts.
struct RuleSubstitute: Sendable {
  let node: YAMLNode
  /// Nil: the item is left out of its list.
  let text: [UInt8]?

  func bytes(of value: YAMLNode) -> [UInt8]? { value == node ? text : nil }
  func drops(_ item: YAMLNode) -> Bool { text == nil && item == node }
}

extension RuleBook {
  /// Compiles a mutant of a rule for an example's estate; nil where it does not type-check.
  static func compile(
    _ rule: Rule, with substitute: RuleSubstitute, functions: [String: SharedFunction], for estate: Estate
  ) -> Rule? {
    var reader = RuleReader(estate, functions, id: rule.id, row: rule.row, rule.node)
    reader.isExample = true
    reader.substitute = substitute
    return reader.read()
  }
}
