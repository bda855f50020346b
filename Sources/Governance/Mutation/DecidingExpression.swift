internal import CEL
internal import Catalogue
internal import YAMLTree

/// An expression of a rule by which it is decided what is found; those of its words are none.
struct DecidingExpression: Sendable {
  let text: ExpressionText
  let checked: CheckedExpression
  /// `when`, `let`, `each`, `require`, `measure`, `key` or `severity`.
  let key: String

  var bytes: [UInt8] { checked.parsed.text }

  /// What is read in place of the whole scalar when a range of the expression reads otherwise.
  func substitute(_ range: Range<Int>, _ replacement: [UInt8]) -> RuleSubstitute {
    var whole = Array(text.node.utf8)
    let place = range.lowerBound + text.valueOffset..<range.upperBound + text.valueOffset
    whole.replaceSubrange(place.clamped(to: 0..<whole.count), with: replacement)
    return RuleSubstitute(node: text.node, text: whole)
  }

  /// Those of a rule, in the order of writing.
  static func all(of rule: Rule, functions: [String: SharedFunction], for estate: Estate) -> [DecidingExpression] {
    var reader = RuleReader(estate, functions, id: rule.id, row: rule.row, rule.node)
    reader.isExample = true
    reader.noted = []
    _ = reader.read()
    let all = (reader.noted ?? []).compactMap { item in
      self.key(of: item.text.node, in: rule.node).map {
        DecidingExpression(text: item.text, checked: item.checked, key: $0)
      }
    }
    let names = namesThatDecide(all, rule.node)
    let deciding = all.filter { $0.key != "let" || names.contains(name(of: $0, rule.node)) }
    return deciding.sorted { $0.text.node.utf8Range.lowerBound < $1.text.node.utf8Range.lowerBound }
  }

  private static let words: Set<String> = ["at", "related", "path", "message"]

  /// The rule's key under which an expression stands; nil for one of its words.
  private static func key(of node: YAMLNode, in rule: YAMLNode) -> String? {
    let place = node.utf8Range.lowerBound
    for index in 0..<rule.count where rule.value(index).utf8Range.contains(place) {
      let key = rule.key(index).text
      return words.contains(key) ? nil : key
    }
    return nil
  }

  private static func name(of item: DecidingExpression, _ rule: YAMLNode) -> String {
    guard let names = rule.first("let"), names.isMapping else { return "" }
    return (0..<names.count).first { names.value($0) == item.text.node }.map { names.key($0).text } ?? ""
  }

  /// The names of `let` that something reads which is not for the words alone.
  private static func namesThatDecide(_ all: [DecidingExpression], _ rule: YAMLNode) -> Set<String> {
    var result: Set<String> = []
    var waiting = all.filter { $0.key != "let" }
    while let next = waiting.popLast() {
      var read: Set<String> = []
      for case .identifier(let name, _) in next.checked.parsed.tree.nodes { read.insert(name) }
      for item in all where item.key == "let" {
        let name = name(of: item, rule)
        if read.contains(name), result.insert(name).inserted { waiting.append(item) }
      }
    }
    return result
  }
}
