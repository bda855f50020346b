internal import CEL

/// Days that one card of a roadmap stands for.
struct RoadmapSpan: Hashable, Sendable {
  enum Unit: String, Sendable { case day, quarter, year }

  /// More cards cannot be taken in.
  static let limit = 28

  var name: String
  /// The first day.
  var start: CivilDate

  /// What some days are drawn by, so that there are not too many cards: themselves, else quarters, else years.
  static func unit(for days: Set<CivilDate>) -> Unit {
    for unit in [Unit.day, .quarter] where Set(days.map { span(of: $0, unit) }).count <= limit { return unit }
    return .year
  }

  static func span(of day: CivilDate, _ unit: Unit) -> RoadmapSpan {
    let (year, month, _) = day.components
    switch unit {
    case .day: return RoadmapSpan(name: day.text, start: day)
    case .quarter:
      let quarter = (month - 1) / 3
      let names = ["January to March", "April to June", "July to September", "October to December"]
      let start = CivilDate(year: year, month: quarter * 3 + 1, day: 1) ?? day
      return RoadmapSpan(name: "\(names[quarter]) \(year)", start: start)
    case .year: return RoadmapSpan(name: "\(year)", start: CivilDate(year: year, month: 1, day: 1) ?? day)
    }
  }
}
