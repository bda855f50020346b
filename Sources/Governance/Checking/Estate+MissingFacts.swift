public import CEL
public import Catalogue

extension Estate {
  /// Facts by name, each once, with the place where to record it; those of no field are left out.
  public func missingFacts(_ facts: some Sequence<Fact>) -> [Finding.MissingFact] {
    var known: Set<Finding.MissingFact> = []
    for fact in facts {
      guard let (row, path) = origin(of: fact) else { continue }
      known.insert(Finding.MissingFact(name: "\(identity(row)).\(path)", range: place(of: path, in: row)?.range))
    }
    return known.sorted { $0.name < $1.name }
  }
}
