public import Diagnostics
internal import YAMLTree

/// What a document says in a field, in the one text that all ways of writing it share.
public struct WrittenValue: Sendable {
  /// One text for a single value; one for each item of a list.
  public var texts: [String]
  public var isList: Bool
  /// Whether `unknown` is what is written: an admitted gap.
  public var isUnknown: Bool
  public var range: SourceRange

  /// On one line: `none` for an empty list.
  public var words: String {
    if isUnknown { return "unknown" }
    return texts.isEmpty ? "[]" : texts.joined(separator: ", ")
  }

  /// - Parameter field: nil where the metamodel has none: the text is taken as it is.
  init(_ node: YAMLNode, _ field: Field?, _ metamodel: Metamodel) {
    range = node.range
    isList = node.isSequence
    if let canonical = field.flatMap({ Self.canonical(node, $0, metamodel) }) {
      texts = canonical.texts
      isUnknown = canonical.isUnknown
      isList = isList || (field.map(Self.isList) ?? false)
    } else {
      texts = [node.isScalar ? node.text : CanonicalValue.tree(node)]
      isList = false
      isUnknown = false
    }
  }

  /// Nil where a scalar stands for a structure: its text needs no quotes.
  private static func canonical(_ node: YAMLNode, _ field: Field, _ metamodel: Metamodel) -> CanonicalValue? {
    if case .structure = field.shape, node.isScalar, !CanonicalValue.isGap(node) { return nil }
    return CanonicalValue(node, field, metamodel)
  }

  private static func isList(_ field: Field) -> Bool {
    switch field.shape {
    case .scalars, .records, .relation(_, true): true
    default: false
    }
  }

  func says(_ other: WrittenValue) -> Bool {
    isUnknown == other.isUnknown && texts.count == other.texts.count
      && zip(texts, other.texts).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}

extension Estate {
  /// What the document of an entity says in a field; nil where it says nothing.
  public func writtenValue(_ path: String, _ row: Int32) -> WrittenValue? {
    guard let node = entity(row).node?.first(path), !node.isReported else { return nil }
    return WrittenValue(node, metamodel.field(path, of: entity(row).kind), metamodel)
  }
}
