internal import CEL
internal import Catalogue

/// Days of lives, as pictures tell them: those that somebody recorded or that follow from what is.
extension Estate {
  /// The first day of a phase; nil where there is none.
  func day(_ phase: Int, of row: Int32) -> CivilDate? {
    guard metamodel.phases.indices.contains(phase), kind(of: row).lifecycle != .none,
      case .date(let date) = value("lifecycle.\(metamodel.phases[phase])", of: row), date != .never,
      date != .distantPast
    else { return nil }
    return date
  }

  /// The first day on which something lives.
  func start(of row: Int32) -> CivilDate? { metamodel.livePhases.min().flatMap { day($0, of: row) } }

  /// The first day on which something lives no longer.
  func end(of row: Int32) -> CivilDate? { metamodel.finalPhase.flatMap { day($0, of: row) } }

  /// The same of what an initiative adds: what only follows others cannot have been there before the initiative.
  func start(ofAdded row: Int32, goLive: CivilDate?) -> CivilDate? {
    guard let start = start(of: row) else { return goLive }
    if case .follows = kind(of: row).lifecycle { return max(start, goLive ?? start) }
    return start
  }
}
