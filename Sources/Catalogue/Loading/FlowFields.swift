/// The relations of an integration that its flows follow from.
struct FlowFields {
  let target: Field
  let through: Field?
  let carries: Field?
  let fetches: Field?

  /// Nil where the kind has no relation to what it calls.
  init?(_ kind: Kind, _ metamodel: Metamodel) {
    let fields = kind.order.map { metamodel.fields[Int($0)] }
    func relation(_ role: String) -> Field? {
      fields.first { field in
        if case .relation = field.shape { field.role == role } else { false }
      }
    }
    guard let target = relation("target") else { return nil }
    self.target = target
    through = relation("through")
    carries = relation("carries")
    fetches = relation("fetches")
  }

  var all: [Field] { [target, through, carries, fetches].compactMap { $0 } }

  /// What moves data, and whether it moves back to the caller.
  var moved: [(field: Field, isBack: Bool)] {
    [carries.map { ($0, false) }, fetches.map { ($0, true) }].compactMap { $0 }
  }

  /// The id of the flow of a dataset over one hop, counted from 0; without a dataset of what is not recorded.
  static func id(_ integration: String, _ dataset: String?, isBack: Bool, hop: Int) -> String {
    "\(integration)/\(dataset ?? "unrecorded")\(isBack ? "/back-" : "/out-")\(hop + 1)"
  }
}
