internal import CEL
internal import Catalogue
internal import YAMLTree

/// A field as it is listed: what it is, where it comes from, what reads where nobody wrote it.
struct FieldListing {
  var name: String
  /// In the language's words.
  var type: String
  /// `recorded`, `required`, `derived`, `inverse of …`, `computed`.
  var origin: String
  /// What an expression reads where nobody wrote it.
  var absence: String
  /// The values of an enumeration.
  var values: [String] = []
  var isOrdered = false
  /// The expression of a derived field, in one line.
  var formula: String?
  var title: String?
  var why: String?

  /// Of a kind, in the order of declaration, or of a union what all its kinds have; nil where there is no such kind.
  static func all(of name: String, _ metamodel: Metamodel) -> [FieldListing]? {
    guard let kinds = metamodel.kinds(named: name)?.kinds, let first = kinds.first else { return nil }
    let environment = Environment(host: metamodel)
    var result = metamodel.kinds[first].order.compactMap { id -> FieldListing? in
      let field = metamodel.fields[Int(id)]
      guard metamodel.field(field.path, ofKind: first) != nil else { return nil }
      let shares = kinds.dropFirst().allSatisfy { metamodel.field(field.path, ofKind: $0)?.type == field.type }
      return shares ? FieldListing(field, environment, metamodel) : nil
    }
    if let role = metamodel.field(inRole: "owner", of: first), role.path != "owner", kinds.count == 1 {
      result.append(
        FieldListing(
          name: "owner", type: environment.description(of: role.type), origin: "the same as `\(role.path)`",
          absence: "as there"))
    }
    return result
  }

  private init(name: String, type: String, origin: String, absence: String) {
    self.name = name
    self.type = type
    self.origin = origin
    self.absence = absence
  }

  private init(_ field: Field, _ environment: Environment, _ metamodel: Metamodel) {
    self.init(
      name: field.path, type: environment.description(of: field.type), origin: Self.origin(field, metamodel),
      absence: Self.absence(field))
    title = field.title
    why = field.why
    if case .derived(let derivation) = field.shape {
      formula = String(decoding: derivation.node.node.utf8, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    var type = field.type
    if let element = type.elementType { type = element }
    if case .enumeration(let enumeration) = type {
      values = enumeration.values
      isOrdered = enumeration.isOrdered
    }
  }

  private static func origin(_ field: Field, _ metamodel: Metamodel) -> String {
    switch field.shape {
    case .derived(let derivation): return derivation.isRecursive ? "derived, recursive" : "derived"
    case .inverse(let sources):
      let names = sources.map { id -> String in
        let source = metamodel.fields[Int(id)]
        return "\(metamodel.kinds[source.kind].name).\(source.path)"
      }
      return "inverse of " + names.sorted().joined(separator: ", ")
    case .owner: return "the part's owner"
    case .phase, .live, .common(.kind): return "computed"
    default:
      if !field.isWritten || !metamodel.kinds[field.kind].isWritten { return "computed" }
      return field.isRequired ? "recorded, required" : "recorded"
    }
  }

  private static func absence(_ field: Field) -> String {
    switch field.shape {
    case .derived, .inverse, .owner, .phase, .live, .common(.kind), .common(.id): return ""
    case .common(.name): return "the id"
    case .phaseDate: return "by the days around it"
    case .parts, .common(.aliases), .common(.labels): return "none"
    default: break
    }
    if let text = field.defaultText { return "default \(text)" }
    return field.absence == .empty ? "none" : "unknown"
  }
}
