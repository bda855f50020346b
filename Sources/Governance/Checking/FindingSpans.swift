internal import CEL
internal import Catalogue

/// From when to when one rule's findings hold, told day by day of those targets that were looked at.
struct FindingSpans {
  /// What was found at a target when it was last looked at; -1 stands for the view.
  private var found: [Int32: [Finding]] = [:]
  /// The targets at which there is a finding of an identity.
  private var holders: [String: Set<Int32>] = [:]
  private var open: [String: (from: CivilDate, finding: Finding)] = [:]
  private var touched: Set<String> = []
  /// The targets looked at on this day.
  private var looked: Set<Int32> = []
  private(set) var closed: [Roadmap.Span] = []

  /// Says what there is at a target now; nothing, where it is not there any more.
  mutating func take(_ row: Int32, _ findings: [Finding]) {
    looked.insert(row)
    for finding in found[row] ?? [] {
      touched.insert(finding.identity)
      holders[finding.identity]?.remove(row)
    }
    found[row] = findings.isEmpty ? nil : findings
    for finding in findings {
      touched.insert(finding.identity)
      holders[finding.identity, default: []].insert(row)
    }
  }

  /// The targets that have a part in what begins today and were not looked at, ascending: their words may be others now.
  var unlooked: [Int32] {
    var result: Set<Int32> = []
    for identity in touched {
      guard let now = state(identity), !Self.isSame(now, open[identity]?.finding) else { continue }
      result.formUnion(holders[identity] ?? [])
    }
    return result.subtracting(looked).sorted()
  }

  /// Ends a day.
  mutating func settle(on day: CivilDate) {
    for identity in touched {
      let (was, now) = (open[identity], state(identity))
      if let now, Self.isSame(now, was?.finding) { continue }
      if let was { closed.append(Roadmap.Span(from: was.from, until: day, finding: was.finding)) }
      open[identity] = now.map { (day, $0) }
      if now == nil { holders[identity] = nil }
    }
    touched = []
    looked = []
  }

  /// Of all days that were settled, in no order.
  var spans: [Roadmap.Span] {
    closed + open.values.map { Roadmap.Span(from: $0.from, until: nil, finding: $0.finding) }
  }

  private static func isSame(_ now: Finding, _ was: Finding?) -> Bool {
    was.map { $0.outcome == now.outcome && $0.severity == now.severity } ?? false
  }

  /// The finding of an identity, of all targets that have it.
  private func state(_ identity: String) -> Finding? {
    var result: Finding?
    for row in (holders[identity] ?? []).sorted() {
      for finding in found[row] ?? [] where finding.identity == identity {
        result = result.map { $0.merged(with: finding) } ?? finding
      }
    }
    return result
  }
}
