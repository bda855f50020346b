internal import CEL
internal import Catalogue

/// How the value of a type falls into rows, and what is asked of each of them.
struct ElementForm {
  /// The type of `self`; nil where the value is one value and has no rows.
  var element: ValueType?
  /// Heading and expression of the columns that are shown where nobody names any.
  var columns: [String] = []
  /// Names that stand for fields of `self` when they stand alone.
  var fields: Set<String> = []

  /// A step of a path.
  static func hop(_ metamodel: Metamodel) -> RecordType {
    let entity = ValueType.entity(KindSet(metamodel.kinds.indices))
    return RecordType(
      name: "hop", fields: [("from", entity), ("relation", .string), ("carrier", .list(entity)), ("to", entity)])
  }

  init(of type: ValueType, _ metamodel: Metamodel, _ environment: Environment) {
    switch type {
    case .list(let element): self.init(element: element, metamodel, environment)
    case .reach(let kinds): self.init(element: .entity(kinds), metamodel, environment)
    case .optional(let inner): self.init(of: inner, metamodel, environment)
    case .entity, .record: self.init(element: type, metamodel, environment)
    case .abstract(let name, _) where environment.fieldNames(ofRecord: name) != nil:
      self.init(element: type, metamodel, environment)
    case .map(let key, let value):
      self.init(
        element: .record(RecordType(name: "entry", fields: [("key", key), ("value", value)])), metamodel,
        environment)
    case .path: self.init(element: .record(Self.hop(metamodel)), metamodel, environment)
    default: self.init()
    }
  }

  private init() {}

  private init(element: ValueType, _ metamodel: Metamodel, _ environment: Environment) {
    self.element = element
    switch element {
    case .entity(let kinds):
      let kinds = kinds.intersection(KindSet(metamodel.kinds.indices))
      self.element = .entity(kinds)
      columns = TellingFields.of(kinds, metamodel)
      for kind in kinds.kinds {
        for path in metamodel.fieldNames(ofKind: kind) + ["owner"] {
          let name = String(path.prefix { $0 != "." })
          if metamodel.field(name, ofKind: kind) != nil { fields.insert(name) }
        }
      }
    case .record(let record):
      columns = record.fields.map(\.name)
      fields = Set(columns)
    case .abstract(let name, _):
      columns = environment.fieldNames(ofRecord: name) ?? []
      fields = Set(columns)
      // How many there are tells more than which.
      if name == "group", let place = columns.firstIndex(of: "items") { columns.insert("items.size()", at: place) }
    default: break
    }
  }
}
