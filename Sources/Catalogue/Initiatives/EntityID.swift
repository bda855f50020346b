internal import CEL
internal import YAMLTree

/// The id that a mapping declares, without a word where it declares none.
package enum EntityID {
  /// Whether a text can be an own id.
  package static func isID(_ text: String) -> Bool { EstateLoader.isID(text) }

  /// The own id: `id`, or what stands for it in a part. Nil where neither is an id.
  static func own(_ node: YAMLNode, _ kind: Kind) -> String? {
    if let id = node.first("id") {
      return id.isScalar && !id.isReported && EstateLoader.isID(id.text) ? id.text : nil
    }
    guard let key = kind.partKey, let target = node.first(key), target.isScalar, !target.isReported else { return nil }
    if EstateLoader.isID(target.text) { return target.text }
    guard let last = target.text.split(separator: ":", omittingEmptySubsequences: false).last else { return nil }
    let id = String(last.map { $0 == "/" ? "-" : $0 })
    return EstateLoader.isID(id) ? id : nil
  }

  /// The id of a document or of an entry of `adds`: for a part with its owner's before it.
  static func whole(_ node: YAMLNode, _ kind: Kind) -> String? {
    guard let own = own(node, kind) else { return nil }
    guard kind.ownerRelation != nil else { return own }
    return owner(node, kind).map { "\($0)/\(own)" }
  }

  /// The id of the owner that a part's own document names.
  static func owner(_ node: YAMLNode, _ kind: Kind) -> String? {
    guard let relation = kind.ownerRelation, let reference = node.first(relation), reference.isScalar,
      !reference.isReported
    else { return nil }
    let text = reference.text
    let id = text.firstIndex(of: ":").map { String(text[text.index(after: $0)...]) } ?? text
    return id.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { EstateLoader.isID(String($0)) }
      ? id : nil
  }
}
