extension Metamodel {
  /// Keys of a kind's documents in the order in which they are best read: what it is called, fields, the lifecycle,
  /// relations, parts, what is written in a form of its own; each as the metamodel declares them.
  package func writingOrder(of kind: Int) -> [String] {
    let fields = kinds[kind].order.map { self.fields[Int($0)] }.filter { !$0.path.contains(".") }
    func rank(_ field: Field) -> Int {
      switch field.shape {
      case .common(.kind): 0
      case .owner: 1
      case .common(.id): 2
      case .common: 3
      case .lifecycle: 5
      case .relation: 6
      case .parts: 7
      case .structure: 8
      default: 4
      }
    }
    let order = (0...8).flatMap { wanted in fields.filter { rank($0) == wanted }.map(\.path) }
    guard kinds[kind].name == "rule" else { return order }
    // A rule is a sentence: what it is, of what, from when on, and what must hold.
    let sentence = Self.ruleOrder.filter(order.contains)
    return sentence + order.filter { !sentence.contains($0) }
  }

  private static let ruleOrder = [
    "kind", "id", "name", "aliases", "summary", "title", "status", "replacedBy", "clauses", "for", "severity", "stage",
    "allowEmpty", "unwaivable", "params", "when", "let", "each", "require", "measure", "key", "at", "related", "path",
    "message", "rationale", "remedy", "examples", "equivalents",
  ]

  /// The members of a record or a lifecycle, as they are declared.
  package func writingOrder(of kind: Int, record: String) -> [String] {
    kinds[kind].order.map { fields[Int($0)].path }.filter { $0.hasPrefix(record + ".") }
      .map { String($0.dropFirst(record.utf8.count + 1)) }
  }
}
