internal import Catalogue
internal import Diagnostics
internal import YAMLTree

extension Estate {
  /// Whether loading reported an error inside a document: it is not reported twice.
  func hasError(in node: YAMLNode) -> Bool {
    let range = node.utf8Range
    if diagnostics.contains(where: { isInside($0, node, range) }) { return true }
    return integrity.contains { isInside($0.diagnostic, node, range) }
  }

  private func isInside(_ diagnostic: Diagnostic, _ node: YAMLNode, _ range: Range<Int>) -> Bool {
    guard let place = diagnostic.range else { return false }
    return place.source === node.source && range.contains(place.utf8Range.lowerBound)
  }
}
