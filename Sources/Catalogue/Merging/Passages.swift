internal import CEL

/// On which day an initiative entered each of its stages: its parts of the kind in role `passage`.
struct Passages {
  let kind: Kind
  private let stage: Field
  private let date: Field
  /// Stages that were entered, as positions.
  private var stages: Set<Int32> = []
  /// The ids that are taken, within the initiative.
  private var taken: Set<String> = []

  /// Nil where the vocabulary knows no passages.
  init?(of initiative: Int32, _ estate: Estate) {
    let owner = estate.entity(initiative).kind
    let metamodel = estate.metamodel
    guard let kind = metamodel.kinds(inRole: "passage").first(where: { $0.partOf.contains(owner) }) else { return nil }
    let fields = kind.order.map { metamodel.fields[Int($0)] }
    let stage = fields.first {
      if case .scalar(.enumeration(let type)) = $0.shape { type.name == "stage" } else { false }
    }
    let date = fields.first { if case .scalar(.date) = $0.shape { true } else { false } }
    guard let stage, let date else { return nil }
    (self.kind, self.stage, self.date) = (kind, stage, date)
    for row in estate.rows(ofKind: kind.name) where estate.entity(row).owner == initiative {
      taken.insert(estate.entity(row).id.split(separator: "/").last.map(String.init) ?? "")
      if case .enumeration(_, let ordinal) = estate.value(stage.path, of: row) { stages.insert(ordinal) }
    }
  }

  /// The id within the initiative that a passage would have.
  func id(into stage: String) -> String {
    var id = stage
    var count = 1
    while taken.contains(id) {
      count += 1
      id = "\(stage)-\(count)"
    }
    return id
  }

  /// A passage in braces; nil where the stage was entered.
  func text(into stage: String, on day: CivilDate) -> String? {
    guard case .scalar(.enumeration(let type)) = self.stage.shape, let ordinal = type.ordinal(of: stage),
      !stages.contains(ordinal)
    else { return nil }
    return "{id: \(id(into: stage)), \(self.stage.path): \(stage), \(date.path): \(day.text)}"
  }
}
