internal import CEL
internal import Catalogue

extension Roadmap {
  /// The same with what stands before each finding on each of its days: where a waiver begins or ends, a span is two.
  public func standing(_ waivers: WaiverBook, _ baseline: Baseline?) -> Roadmap {
    var standings = Standings(waivers, baseline, estate, applied: initiatives)
    var result = self
    result.spans = spans.flatMap { span -> [Span] in
      var days: Set<CivilDate> = []
      for waiver in waivers.waivers(naming: span.finding) {
        days.formUnion([waiver.from, waiver.until].filter { span.from < $0 && $0 < span.until ?? end })
      }
      var pieces: [Span] = []
      var from = span.from
      for until in days.sorted().map({ Optional($0) }) + [span.until] {
        let piece = Span(from: from, until: until, finding: standings.resolve(span.finding, on: from))
        if let last = pieces.last, last.finding.standing == piece.finding.standing {
          pieces[pieces.count - 1].until = until
        } else {
          pieces.append(piece)
        }
        if let until { from = until }
      }
      return pieces
    }.sorted(by: Self.precedes)
    return result
  }
}
