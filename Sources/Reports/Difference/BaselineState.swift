/// What became of a finding between two revisions, in SARIF's words (2.1.0, section 3.27.24), in the order of telling.
enum BaselineState: String, CaseIterable {
  /// Its identity was not there.
  case new
  /// It was there, and weighs or measures more now, or was undecided and fails now.
  case updated
  case unchanged
  /// It is there no more.
  case absent

  /// `1 new, 2 unchanged`.
  static func tally(_ states: some Sequence<BaselineState?>) -> String {
    var counts: [BaselineState: Int] = [:]
    for state in states { if let state { counts[state, default: 0] += 1 } }
    return allCases.compactMap { state in counts[state].map { "\($0) \(state.rawValue)" } }.joined(separator: ", ")
  }
}
