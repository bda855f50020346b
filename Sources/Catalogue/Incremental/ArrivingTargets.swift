/// For which targets a rule's expressions may come to one row, on whatever way: what names it is among them.
public struct ArrivingTargets {
  private let row: Int32
  private var walk: BackwardWalk

  /// - Parameter estate: with the derived fields that the rules read.
  public init(at row: Int32, in estate: Estate, _ plan: AffectedTargets.Plan) {
    self.row = row
    walk = BackwardWalk(estate.universe, along: estate.graph, against: estate.graph, plan.incremental.definitions)
  }

  public mutating func answer(_ paths: AffectedTargets.Paths) -> AffectedTargets.Answer {
    switch walk.walk(paths.fields, to: row) {
    case .all: .all
    case .rows(let rows): .rows(rows[0, default: []].sorted())
    }
  }
}
