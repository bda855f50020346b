internal import CEL
internal import Catalogue
internal import Diagnostics
internal import YAMLTree

extension Opportunity {
  /// Where the parts of a question stand in a document: its mistakes are told there, not in the text that was made of it.
  struct Places {
    /// A text that a question's reader was given, the scalar that it came from, and how far into the text that begins.
    private var parts: [(text: [UInt8], node: YAMLNode, offset: Int)] = []

    mutating func add(_ text: String, at node: YAMLNode?, offset: Int = 0) {
      if let node, node.isScalar { parts.append((Array(text.utf8), node, offset)) }
    }

    /// The same mistakes at their places, each once: one expression can be a column and a key to sort by.
    func placed(_ mistakes: [Diagnostic], entity: String) -> [Diagnostic] {
      var result: [Diagnostic] = []
      for var mistake in mistakes {
        let place = mistake.range.map(placed)
        if place == mistake.range { mistake.notes.append("in \(entity)") }
        mistake.range = place
        mistake.related = mistake.related.map { Diagnostic.Related($0.label, at: placed($0.range)) }
        mistake.fixes = mistake.fixes.map { fix in
          Diagnostic.Fix(
            fix.summary,
            replacement: fix.replacement.map {
              Diagnostic.Fix.Replacement(range: placed($0.range), text: $0.text)
            })
        }
        if !result.contains(where: { $0.id == mistake.id && $0.range == mistake.range }) { result.append(mistake) }
      }
      return result
    }

    private func placed(_ range: SourceRange) -> SourceRange {
      guard let part = parts.first(where: { $0.text == range.source.bytes }) else { return range }
      let bytes = range.utf8Range
      return part.node.sourceRange(
        ofValueRange: max(0, bytes.lowerBound - part.offset)..<max(0, bytes.upperBound - part.offset))
    }
  }
}
