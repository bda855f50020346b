public import CEL
public import Governance

/// Something that provides a capability, and what speaks for and against taking it.
public struct Offer: Sendable {
  /// How what is offered meets what is needed.
  public enum Fit: Int, Sendable, Comparable {
    case yes, perhaps, no
    public static func < (a: Fit, b: Fit) -> Bool { a.rawValue < b.rawValue }
  }

  /// Why it does not fit, or why that is not certain.
  public enum Objection: Sendable, Equatable {
    /// It is not in the first of its live phases on the day; the phase, and its own first or last day where that is known.
    case phase(String, since: CivilDate?, until: CivilDate?)
    /// The capability is provided once for everybody, by something else.
    case notDesignated(designated: [Int32])
    /// It comes with an initiative that is approved and not live.
    case planned(initiative: String)
    /// Its value of a field is below what is needed.
    case below(field: String, has: String, needs: String)
    /// The contract on which it rests ends before the day.
    case contract(ends: CivilDate)
    /// What would tell is not recorded.
    case unrecorded(field: String)

    var fit: Fit {
      switch self {
      case .phase, .below, .notDesignated: .no
      case .planned, .contract, .unrecorded: .perhaps
      }
    }
  }

  /// A way in, with what is written about it.
  public struct Interface: Sendable {
    public let row: Int32
    public let phase: String?
    /// Values of its enumerations, by field.
    public let values: [(field: String, value: Value)]
    public let addresses: [String]
  }

  public struct Contract: Sendable {
    public let row: Int32
    public let ends: CivilDate?
  }

  public let row: Int32
  /// The capability that it provides: what was asked, or a narrower one.
  public let capability: Int32
  public let isDesignated: Bool
  /// What calls it or cannot do without it, ascending; what has ended is not among it.
  public let users: [Int32]
  /// Nil: not recorded.
  public let owners: [Int32]?
  /// Nil where it has no lifecycle, or it is not recorded.
  public let phase: String?
  public let ends: CivilDate?
  public let classification: Value?
  public let exposure: Value?
  public let interfaces: [Interface]
  /// How it was joined so far: values of the integrations that lead to it, the most frequent first.
  public let styles: [(style: String, count: Int)]
  public let contracts: [Contract]
  public internal(set) var objections: [Objection]
  public internal(set) var findings: [Finding] = []

  public var fit: Fit { objections.map(\.fit).max() ?? .yes }

  /// Whether it is there on the day, and not leaving, as far as anybody recorded.
  public var isSettled: Bool {
    !objections.contains { objection in
      switch objection {
      case .phase, .unrecorded(field: OfferReader.phaseName): true
      default: false
      }
    }
  }
}

extension Offer {
  /// The same with no more than so many findings.
  public func showing(_ limit: Int) -> Offer {
    var result = self
    result.findings = Array(findings.prefix(limit))
    return result
  }
}
