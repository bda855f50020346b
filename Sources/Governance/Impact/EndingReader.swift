internal import CEL
internal import Catalogue

/// Reads who still depends on something on the first day without it.
///
/// An integration lives no longer than what it leads to, so on the day itself nobody seems to call what has ended. Those
/// are counted that depended on it on the day before and are still joined to it by what somebody wrote.
struct EndingReader {
  private let estate: Estate
  private let roles: ImpactRoles

  init(_ estate: Estate, _ roles: ImpactRoles) {
    self.estate = estate
    self.roles = roles
  }

  func ending(of row: Int32, way: [Impact.Hop], on day: CivilDate, by initiative: Initiative?) -> Impact.Ending {
    let dependence = Dependence(estate.seen(in: estate.view, at: CivilDate(days: max(day.days, .min + 1) - 1)), roles)
    let after = estate.seen(in: estate.view, at: day)
    var namer = HopNamer(after, roles)
    var phases = PhaseReader(after)
    let before = dependence.dependents(of: [row]).filter { $0.doubt == nil }
    let remaining = before.filter {
      $0.distance == 1 && !phases.hasEnded($0.row) && namer.isJoined($0.row, row, on: day)
    }.map(\.row)
    let direct = Set(remaining).union([row])
    // Whoever needs one of these, not by way of one that needs it no longer.
    let behind = dependence.dependents(of: remaining).filter {
      $0.doubt == nil && !direct.contains($0.row) && !phases.hasEnded($0.row)
    }
    return Impact.Ending(
      row: row, way: way, date: day, initiative: initiative, remaining: sorted(remaining), behind: behind.count)
  }

  private func sorted(_ rows: [Int32]) -> [Int32] {
    rows.sorted { estate.identity($0).utf8.lexicographicallyPrecedes(estate.identity($1).utf8) }
  }
}
