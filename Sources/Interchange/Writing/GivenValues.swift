internal import CEL
package import Catalogue
internal import Diagnostics

/// What somebody says of a document that is to be written: fields and values, each checked as the loader would.
package struct GivenValues {
  package let kind: Kind
  package let estate: Estate
  /// By path, in the order in which they were first given.
  package private(set) var values: [(field: Field, texts: [String])] = []

  package struct Refusal: Error {
    package let sentence: String
  }

  package init(_ kind: Kind, _ estate: Estate) {
    self.kind = kind
    self.estate = estate
  }

  private var metamodel: Metamodel { estate.metamodel }

  package func texts(_ path: String) -> [String]? { values.first { $0.field.path == path }?.texts }

  /// Takes `field=value`; of a list each further value is one more.
  package mutating func take(_ assignment: String) throws(Refusal) {
    guard let sign = assignment.firstIndex(of: "="), sign > assignment.startIndex else {
      throw Refusal(sentence: "--set is field=value, and \(escapedForTerminal(assignment)) is not")
    }
    let path = String(assignment[..<sign])
    try give(try field(path), String(assignment[assignment.index(after: sign)...]))
  }

  package mutating func give(_ field: Field, _ text: String) throws(Refusal) {
    if let problem = problem(text, field) {
      throw Refusal(sentence: "\(field.path) of \(kind.name): \(problem)")
    }
    let top = field.path.split(separator: ".").first.map(String.init) ?? field.path
    if let place = values.firstIndex(where: { $0.field.path == field.path }) {
      guard isList(field) else { throw Refusal(sentence: "\(field.path) is given twice") }
      values[place].texts.append(text)
    } else if let other = values.first(where: { clash($0.field.path, field.path, top) }) {
      throw Refusal(sentence: "\(other.field.path) and \(field.path) cannot both be given")
    } else {
      values.append((field, [text]))
    }
  }

  private func clash(_ a: String, _ b: String, _ top: String) -> Bool {
    a == top && b.contains(".") || b == top && a.hasPrefix("\(top).")
  }

  private func field(_ path: String) throws(Refusal) -> Field {
    guard let field = metamodel.field(path, of: kind.index) else {
      let known = kind.order.map { metamodel.fields[Int($0)] }.filter(\.isWritten).map(\.path)
      let near = suggestion(for: path, among: known).map { "; \($0)" } ?? "; `triglyph schema \(kind.name)` has all"
      throw Refusal(sentence: "\(kind.name) has no `\(escapedForTerminal(path))`\(near)")
    }
    return field
  }

  private func isList(_ field: Field) -> Bool {
    switch field.shape {
    case .scalars, .relation(_, true), .common(.aliases), .common(.labels): true
    case .structure: ["clauses", "for", "each", "key", "related"].contains(field.path)
    default: false
    }
  }

  // MARK: One value

  /// Why a value cannot stand there; nil: it can.
  package func problem(_ text: String, _ field: Field) -> String? {
    let shown = escapedForTerminal(text)
    if !field.isWritten { return "it is derived; nobody writes it" }
    if text.allSatisfy(\.isWhitespace) { return "it is empty" }
    switch field.shape {
    case .common(.id), .common(.kind): return "it is the command's own argument"
    case .inverse, .derived, .phase, .live: return "it is derived; nobody writes it"
    case _ where text == "unknown" && kind.name == "waiver" && SchemaSet.certainOfWaivers.contains(field.path):
      return "it cannot be unknown: nobody could say what the waiver covers"
    case .parts, .records, .record:
      return text == "unknown" ? nil : "it holds mappings; write them into the file"
    case .structure where !Self.isScalar(field, of: kind):
      return "it is not a single value; write it into the file"
    default: break
    }
    switch field.shape {
    case .structure, .expression, .common: return nil
    default: break
    }
    if text == "unknown" { return nil }
    switch field.shape {
    case .scalar(let scalar), .scalars(let scalar): return Self.problem(text, scalar)
    case .phaseDate: return Self.problem(text, .date)
    case .lifecycle:
      if metamodel.phases.contains(text) { return nil }
      let near = suggestion(for: text, among: metamodel.phases)
      return "`\(shown)` is no phase; \(near ?? "there are: \(metamodel.phases.joined(separator: ", "))")"
    case .relation(let kinds, _), .owner(let kinds): return problem(reference: text, kinds)
    default: return nil
    }
  }

  private static func isScalar(_ field: Field, of kind: Kind) -> Bool {
    kind.name == "rule" && ["for", "severity", "message", "key", "related"].contains(field.path)
  }

  private static func problem(_ text: String, _ scalar: Scalar) -> String? {
    guard let refusal = scalar.refusal(of: text) else { return nil }
    let notes = refusal.notes.joined(separator: "; ")
    return "`\(escapedForTerminal(text))` is not \(refusal.wanted)\(notes.isEmpty ? "" : "; \(notes)")"
  }

  private func problem(reference: String, _ kinds: KindSet) -> String? {
    let names = kinds.kinds.filter { metamodel.kinds[$0].isWritten }.map { metamodel.kinds[$0].name }
    let shown = escapedForTerminal(reference)
    var wanted = kinds
    var id = reference
    if let colon = reference.firstIndex(of: ":") {
      let name = String(reference[..<colon])
      guard let kind = metamodel.kind(named: name), kinds.contains(kind.index) else {
        return "it does not lead to a \(escapedForTerminal(name)), but to: \(names.joined(separator: ", "))"
      }
      wanted = KindSet([kind.index])
      id = String(reference[reference.index(after: colon)...])
    }
    switch estate.row(named: reference, kinds: kinds) {
    case .found: return nil
    case .ambiguous(let all): return "`\(shown)` is \(all.joined(separator: " and ")); write the kind before it"
    case .unknown:
      let kinds = wanted.kinds.map { metamodel.kinds[$0].name }
      let what = kinds.count > 4 ? "entity" : kinds.joined(separator: " or ")
      let near = suggestion(forID: id, among: estate.ids(ofKinds: wanted)).map { "; \($0)" } ?? ""
      return "there is no \(what) `\(escapedForTerminal(id))`\(near)"
    }
  }
}
