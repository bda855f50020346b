package import CEL
package import Catalogue

/// Reads in which phase of its life something is, at the date of an estate.
package struct PhaseReader {
  private let estate: Estate
  private var frame: Frame
  private let lastLive: Int

  package init(_ estate: Estate) {
    self.estate = estate
    frame = Frame(graph: estate.graph, slotCount: 1)
    lastLive = estate.metamodel.livePhases.max() ?? .max
  }

  /// Nil where it has no lifecycle.
  package mutating func phase(of row: Int32) -> Value? {
    estate.kind(of: row).lifecycle == .none ? nil : estate.value("phase", of: row, &frame)
  }

  /// Whether it is known to be past its last live phase.
  package mutating func hasEnded(_ row: Int32) -> Bool {
    if case .enumeration(_, let ordinal)? = phase(of: row) { Int(ordinal) > lastLive } else { false }
  }

  /// The first day on which it lives no longer; nil where nobody says one.
  package mutating func end(of row: Int32) -> CivilDate? {
    guard let final = estate.metamodel.finalPhase, estate.kind(of: row).lifecycle != .none,
      case .date(let date) = estate.value("lifecycle.\(estate.metamodel.phases[final])", of: row, &frame),
      date != .never
    else { return nil }
    return date
  }
}
