public import CEL
public import Catalogue
public import Diagnostics

/// A condition of a decision about an initiative that nobody said is met.
public struct OpenCondition: Sendable {
  /// `condition:id`.
  public let identity: String
  public let name: String
  /// `kind:id` of who has to meet it.
  public let owners: [String]
  /// By when; nil: nobody recorded it.
  public let due: CivilDate?
  /// The stage before which it has to be met; nil: none is recorded.
  public let gate: String?
  public let place: SourceRange?

  /// Of an initiative, by the day on which they are due, then by id.
  public static func all(of initiative: Int32, _ estate: Estate) -> [OpenCondition] {
    estate.certainRows("decisions", of: initiative).flatMap { estate.certainRows("conditions", of: $0) }.compactMap {
      row in
      if case .bool(true) = estate.value("met", of: row) { return nil }
      var due: CivilDate?
      if case .date(let date) = estate.value("due", of: row) { due = date }
      var gate: String?
      if case .enumeration = estate.value("gate", of: row) {
        gate = ValueText.exact(estate.value("gate", of: row), estate)
      }
      let owner = estate.metamodel.field(inRole: "owner", of: estate.entity(row).kind)
      return OpenCondition(
        identity: estate.identity(row), name: estate.name(row),
        owners: owner.map { estate.certainRows($0.path, of: row).map(estate.identity) } ?? [], due: due, gate: gate,
        place: estate.place(of: row)?.range)
    }.sorted { ($0.due ?? .never, $0.identity) < ($1.due ?? .never, $1.identity) }
  }
}
