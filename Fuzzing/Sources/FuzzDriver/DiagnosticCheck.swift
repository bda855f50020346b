public import Diagnostics

extension FuzzDriver {
  /// Diagnostics are sorted, lie in their texts and can be printed.
  public static func check(_ diagnostics: [Diagnostic]) {
    let renderer = SnippetRenderer()
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 {
        require(
          !Diagnostic.precedes(diagnostic, diagnostics[index - 1]), "\(diagnostic.id) stands behind what follows it")
      }
      let ranges =
        [diagnostic.range].compactMap { $0 } + diagnostic.related.map(\.range)
        + diagnostic.fixes.compactMap { $0.replacement?.range }
      for range in ranges {
        require(isInside(range.utf8Range, range.source.bytes.count), "\(diagnostic.id) is at \(range.utf8Range)")
      }
      require(!diagnostic.summary.isEmpty, "\(diagnostic.id) says nothing")
      if index < 20 { require(!renderer.render(diagnostic).isEmpty, "\(diagnostic.id) prints nothing") }
    }
  }

  public static func isInside(_ range: Range<Int>, _ count: Int) -> Bool {
    range.lowerBound >= 0 && range.upperBound <= count
  }
}
