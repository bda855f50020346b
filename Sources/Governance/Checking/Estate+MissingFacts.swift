public import CEL
public import Catalogue

extension Estate {
  /// Facts by name, each once, with the place where to record it; those of no field are left out.
  public func missingFacts(_ facts: some Sequence<Fact>) -> [Finding.MissingFact] {
    var known: Set<Finding.MissingFact> = []
    for fact in facts {
      guard let (row, path) = origin(of: fact) else { continue }
      let place = place(of: path, in: row)
      var missing = Finding.MissingFact(name: "\(identity(row)).\(path)", range: place?.range)
      if let field = metamodel.field(path, of: entity(row).kind) {
        if place?.isAbsent == false { missing.flaw = flaw(field, row) }
        if place?.isAbsent == true, isList(field) { missing.none = "\(path): []" }
      }
      known.insert(missing)
    }
    return known.sorted { $0.name < $1.name }
  }

  /// What is the matter with a value that is written and is no fact; nil: it admits that nobody knows.
  private func flaw(_ field: Field, _ row: Int32) -> String? {
    if writtenValue(field.path, row)?.isUnknown == true { return nil }
    switch field.shape {
    case .owner, .relation(_, many: false): return "\(field.path) does not lead anywhere"
    case .relation: return "not all of \(field.path) leads anywhere"
    default: return "\(field.path) is not readable"
    }
  }

  private func isList(_ field: Field) -> Bool {
    switch field.shape {
    case .relation(_, many: true), .scalars: field.isWritten && field.absence == .unknown
    default: false
    }
  }
}
