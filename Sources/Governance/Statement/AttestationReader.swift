internal import CEL
public import Catalogue

/// Reads attestations by the roles that the metamodel gives to a kind, its relations and its fields.
struct AttestationReader {
  private let estate: Estate
  /// By the row of the clause, for one initiative.
  private(set) var attestations: [Int32: [Attestation]] = [:]

  /// Whether the vocabulary has a kind for somebody's word.
  static func isPossible(in estate: Estate) -> Bool { !estate.metamodel.kinds(inRole: "attestation").isEmpty }

  /// - Parameter initiative: the row of the one that owns them.
  init(_ estate: Estate, of initiative: Int32) {
    self.estate = estate
    for kind in estate.metamodel.kinds(inRole: "attestation") {
      for row in estate.rows(ofKind: kind.name) where estate.entity(row).owner == initiative {
        let attestation = attestation(row, kind.index, of: initiative)
        for clause in rows(inRole: "vouchedFor", kind.index, row) {
          attestations[clause, default: []].append(attestation)
        }
      }
    }
  }

  private func attestation(_ row: Int32, _ kind: Int, of initiative: Int32) -> Attestation {
    let (given, until) = (date(inRole: "given", kind, row), date(inRole: "lapses", kind, row))
    return Attestation(
      row: row, by: rows(inRole: "voucher", kind, row).map(estate.name), given: given, until: until,
      status: status(row, kind, given, until, of: initiative))
  }

  private func status(
    _ row: Int32, _ kind: Int, _ given: CivilDate?, _ until: CivilDate?, of initiative: Int32
  ) -> Attestation.Status {
    guard let given, let until else { return .undated }
    if estate.asOf >= until { return .lapsed }
    if estate.asOf < given { return .notYet }
    guard let field = estate.metamodel.field(inRole: "seen", of: kind) else { return .holds }
    guard let view = estate.value(field.path, of: row).listView else { return .undated }
    let seen = (0..<view.count).compactMap { index in
      if case .string(let text) = view[index] { text } else { nil as String? }
    }
    let entries = estate.edits(ofInitiative: initiative).filter { $0.owner == nil && $0.isMaterial }
    let unseen = entries.count { entry in !seen.contains { $0.utf8.starts(with: entry.digest.utf8) } }
    return unseen == 0 ? .holds : .outdated(unseen)
  }

  private func date(inRole role: String, _ kind: Int, _ row: Int32) -> CivilDate? {
    guard let field = estate.metamodel.field(inRole: role, of: kind),
      case .date(let date) = estate.value(field.path, of: row)
    else { return nil }
    return date
  }

  private func rows(inRole role: String, _ kind: Int, _ row: Int32) -> [Int32] {
    estate.metamodel.field(inRole: role, of: kind).map { estate.certainRows($0.path, of: row) } ?? []
  }
}

extension Estate {
  /// What persons say of each clause, for whatever initiative, in the order of the initiatives; nil: the vocabulary has no
  /// kind for somebody's word.
  public func attestationsByClause() -> [Int32: [Attestation]]? {
    guard AttestationReader.isPossible(in: self) else { return nil }
    var result: [Int32: [Attestation]] = [:]
    for initiative in rows(ofKind: "initiative") {
      result.merge(AttestationReader(self, of: initiative).attestations) { $0 + $1 }
    }
    return result
  }
}
