internal import CEL
public import Catalogue

/// Whether a decision approves a waiver.
public enum Approval {
  /// Why a waiver is not approved on the day of the run; nil: it is. An approval of something else approves no waiver.
  static func objection(to waiver: Int32, _ estate: Estate) -> String? {
    guard let decision = estate.certainRows("decision", of: waiver).first else {
      guard let unnamed = estate.certainRows("decisions", of: waiver).first(where: { approves($0, estate) }) else {
        return "no decision approves it"
      }
      return "\(estate.identity(unnamed)) approves it, but it does not name that under `decision`"
    }
    let name = estate.identity(decision)
    guard let ruling = ruling(decision, estate) else {
      return "\(name), on which it rests, has no outcome or no day yet"
    }
    guard ruling.approves else { return "\(name), on which it rests, does not approve" }
    guard estate.certainRows("targets", of: decision).contains(waiver) else {
      return "\(name), on which it rests, does not name it"
    }
    // A later word on the waiver itself takes the earlier one back.
    for other in estate.certainRows("decisions", of: waiver) where other != decision {
      guard let later = self.ruling(other, estate), !later.approves,
        (later.date, estate.identity(other)) > (ruling.date, name)
      else { continue }
      return "\(estate.identity(other)) takes it back"
    }
    return nil
  }

  /// Whether a decision approves something, on the day of the run.
  public static func approves(_ decision: Int32, _ estate: Estate) -> Bool {
    ruling(decision, estate)?.approves == true
  }

  /// Those who decided and who also answer for what a waiver spares; by the relations in role `approver` and `owner`.
  static func beneficiaries(of waiver: Waiver, _ estate: Estate) -> [Int32] {
    guard let decision = estate.certainRows("decision", of: waiver.row).first,
      let approver = estate.metamodel.field(inRole: "approver", of: estate.entity(decision).kind)
    else { return [] }
    let by = Set(estate.certainRows(approver.path, of: decision))
    let spared = (waiver.parts.sorted() + [waiver.initiative].compactMap { $0 }).compactMap { name -> Int32? in
      if case .found(let row) = estate.find(name) { row } else { nil }
    }
    var owners: Set<Int32> = []
    for row in spared {
      var current = row
      while current >= 0 {
        if let owner = estate.metamodel.field(inRole: "owner", of: estate.entity(current).kind) {
          owners.formUnion(estate.certainRows(owner.path, of: current))
        }
        current = estate.entity(current).owner
      }
    }
    return by.intersection(owners).sorted()
  }

  private static func ruling(_ decision: Int32, _ estate: Estate) -> (date: CivilDate, approves: Bool)? {
    guard case .date(let date) = estate.value("date", of: decision), date <= estate.asOf,
      case .enumeration = estate.value("outcome", of: decision)
    else { return nil }
    let outcome = ValueText.exact(estate.value("outcome", of: decision), estate)
    return (date, outcome == "approved" || outcome == "approved-with-conditions")
  }
}
