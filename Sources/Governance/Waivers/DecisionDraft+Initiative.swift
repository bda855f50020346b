public import CEL
public import Catalogue

extension DecisionDraft {
  /// What is recorded of a decision on an initiative.
  public struct Request: Sendable {
    /// Nil: of the initiative and the gate.
    public var id: String?
    /// Nil: the initiative's.
    public var name: String?
    public var date: CivilDate
    public var outcome: String
    /// The stage that it lets the initiative enter; nil: it says none.
    public var gate: String?
    /// Nil: the one that the initiative claims, where it claims one.
    public var lane: String?
    /// The ids of those who decided.
    public var by: [String]

    public init(
      id: String?, name: String?, date: CivilDate, outcome: String, gate: String?, lane: String?, by: [String]
    ) {
      self.id = id
      self.name = name
      self.date = date
      self.outcome = outcome
      self.gate = gate
      self.lane = lane
      self.by = by
    }
  }

  /// Of a decision those fields for which the vocabulary has a place: who decides, the gate and the lane.
  public struct Fields: Sendable {
    public let by: Field?
    public let gate: Field?
    public let lane: Field?
    /// The member of initiatives that claims a lane.
    public let claim: Field?
    public let stages: [String]
    public let lanes: [String]

    public init(_ estate: Estate, _ book: RuleBook) {
      let metamodel = estate.metamodel
      let kind = metamodel.kind(named: "decision")
      func field(of type: EnumType?) -> Field? {
        guard let type, let kind else { return nil }
        return kind.order.map { metamodel.fields[Int($0)] }.first {
          if case .scalar(.enumeration(let own)) = $0.shape { own.index == type.index } else { false }
        }
      }
      let stage = metamodel.enums.first { $0.name == "stage" }
      by = kind.flatMap { metamodel.field(inRole: "approver", of: $0.index) }
      gate = field(of: stage)
      lane = field(of: book.triage?.lanes)
      claim = book.triage?.field
      stages = stage?.values ?? []
      lanes = book.triage?.lanes.values ?? []
    }
  }

  /// A decision on an initiative, with the digests of what it approves as it is now.
  public init(_ request: Request, on initiative: Int32, _ fields: Fields, _ estate: Estate) {
    let own = estate.entity(initiative).id
    let lane = request.lane ?? fields.claim.flatMap { Self.claimedLane(initiative, $0, estate) }
    let gate = fields.gate == nil ? nil : request.gate
    let id = request.id ?? Self.freeID((["on", own] + [gate].compactMap { $0 }).joined(separator: "-"), estate)
    var lines = [
      "kind: decision", "id: \(id)",
      "name: \(YAMLWriter.scalar(request.name ?? estate.name(initiative), isInFlow: false))",
    ]
    if let field = fields.by, !request.by.isEmpty {
      let names = request.by.map { YAMLWriter.scalar($0, isInFlow: true) }
      lines.append("\(field.path): " + (names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"))
    }
    lines += ["date: \(request.date.text)", "outcome: \(request.outcome)"]
    if let field = fields.gate, let gate { lines.append("\(field.path): \(gate)") }
    if let field = fields.lane, let lane { lines.append("\(field.path): \(lane)") }
    if Self.approves(request.outcome) {
      lines.append("digests:")
      for edit in Self.entries(of: initiative, estate) {
        lines.append("  - " + YAMLWriter.scalar("\(edit.digest)  \(edit.words)", isInFlow: true))
      }
    }
    lines.append("targets: [\(YAMLWriter.scalar(estate.identity(initiative), isInFlow: true))]")
    if request.outcome == "approved-with-conditions" {
      lines += [
        "# What the approval depends on: take the mark away, and say what, by when and who.",
        "# conditions:", "#   - id: …", "#     name: …", "#     due: \(request.date.text)", "#     met: false",
      ]
    }
    self.init(id: id, text: lines.map { "\($0)\n" }.joined())
  }

  /// Entries that a decision approves: each document that is added, each operation on one field, each retirement.
  public static func entries(of initiative: Int32, _ estate: Estate) -> [InitiativeEdit] {
    estate.edits(ofInitiative: initiative).filter { $0.owner == nil && $0.isMaterial }
  }

  public static func approves(_ outcome: String) -> Bool {
    outcome == "approved" || outcome == "approved-with-conditions"
  }

  /// The decisions on an initiative that count on a day or later, the latest first, with their days.
  public static func decisions(
    on initiative: Int32, since date: CivilDate, _ estate: Estate
  ) -> [(name: String, date: CivilDate)] {
    estate.certainRows("decisions", of: initiative).compactMap { row -> (name: String, date: CivilDate)? in
      guard case .date(let day) = estate.value("date", of: row), day >= date else { return nil }
      return (estate.identity(row), day)
    }.sorted { ($0.date, $0.name) > ($1.date, $1.name) }
  }

  /// The decision that approved the initiative as it is now for a gate already; nil: none did.
  public static func sameApproval(
    of initiative: Int32, for gate: String?, _ fields: Fields, _ estate: Estate
  ) -> String? {
    let wanted = Set(entries(of: initiative, estate).map(\.digest))
    return estate.certainRows("decisions", of: initiative).first { row in
      guard Approval.approves(row, estate), let list = estate.value("digests", of: row).listView else { return false }
      let digests = (0..<list.count).map { String(ValueText.exact(list[$0], estate).prefix(32)) }
      let own = fields.gate.map { ValueText.exact(estate.value($0.path, of: row), estate) }
      return Set(digests) == wanted && (fields.gate == nil || own == gate)
    }.map(estate.identity)
  }

  private static func claimedLane(_ initiative: Int32, _ field: Field, _ estate: Estate) -> String? {
    guard case .enumeration = estate.value(field.path, of: initiative) else { return nil }
    return ValueText.exact(estate.value(field.path, of: initiative), estate)
  }
}
