internal import YAMLTree

/// The documents by which others are judged: a change that brings its own judge is judged by that of a revision before it.
public enum Judge {
  /// Sorted.
  public static let kinds = [
    "clause", "condition", "decision", "functions", "metamodel", "rule", "settings", "standard", "waiver",
  ]

  static func isJudge(_ document: YAMLNode) -> Bool {
    guard document.isMapping, let kind = document.first("kind") else { return false }
    return kinds.contains(where: kind.textEquals)
  }

  static func isJudge(_ document: BrokenDocument) -> Bool { document.kind.map(kinds.contains) ?? false }

  /// The documents of one side that judge nothing, and those of another that judge; the vocabulary of the first where it
  /// only adds to the other's.
  static func documents(_ own: [YAMLNode], judgedBy others: [YAMLNode]) -> [YAMLNode] {
    func isVocabulary(_ document: YAMLNode) -> Bool { document.first("kind")?.textEquals("metamodel") == true }
    var judges = others.filter(isJudge)
    let vocabulary = own.filter { isJudge($0) && isVocabulary($0) }
    if VocabularyExtension.holds(of: judges.filter(isVocabulary), in: vocabulary) {
      judges = judges.filter { !isVocabulary($0) } + vocabulary
    }
    return own.filter { !isJudge($0) } + judges
  }
}
