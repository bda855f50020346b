public import Diagnostics

extension Finding {
  /// The same with its places in other texts: those that a supposed one was made from.
  func relocated(_ origin: (SourceRange) -> SourceRange) -> Finding {
    var result = self
    if let place { result.place?.range = origin(place.range) }
    result.related = related.map { Diagnostic.Related($0.label, at: origin($0.range)) }
    result.paths = paths.map { path in
      path.map { hop in
        var hop = hop
        hop.range = hop.range.map(origin)
        return hop
      }
    }
    result.missing = missing.map {
      MissingFact(name: $0.name, range: $0.range.map(origin), flaw: $0.flaw, none: $0.none)
    }
    return result
  }
}

extension Diagnostic {
  /// The same with its places in other texts.
  public func relocated(_ origin: (SourceRange) -> SourceRange) -> Diagnostic {
    var result = self
    result.range = range.map(origin)
    result.related = related.map { Related($0.label, at: origin($0.range)) }
    result.fixes = fixes.map { fix in
      Fix(
        fix.summary,
        replacement: fix.replacement.map { Fix.Replacement(range: origin($0.range), text: $0.text) })
    }
    return result
  }
}
