/// The static type of an expression (language definition: Values and Types; Gradual Type Checking).
public indirect enum ValueType: Hashable, Sendable {
  case dyn
  /// The type of what has a mistake in it; assignable both ways so that one mistake is reported once.
  case error
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  /// CEL's instant with nanoseconds.
  case timestamp
  /// An exact span of time.
  case duration
  /// A civil date.
  case date
  /// A calendar span: months and days.
  case period
  case list(ValueType)
  case map(key: ValueType, value: ValueType)
  case optional(ValueType)
  case type(ValueType)
  case enumeration(EnumType)
  case entity(KindSet)
  case record(RecordType)
  /// What a closure reaches: a list of entities that can tell the way to each.
  case reach(KindSet)
  case path
  /// A parametric record or opaque type of the library or the host: `group(K, T)`.
  case abstract(String, [ValueType])
  /// A variable of an overload or of the checker.
  case variable(Int)

  /// The element type of what can be iterated as a list.
  public var elementType: ValueType? {
    switch self {
    case .list(let element): element
    case .reach(let kinds): .entity(kinds)
    default: nil
    }
  }

  /// How many types it is made of, itself included; what is beyond a limit may not be counted.
  func size(upTo limit: Int) -> Int {
    var count = 0
    func add(_ type: ValueType) {
      count += 1
      guard count <= limit else { return }
      switch type {
      case .list(let inner), .optional(let inner), .type(let inner): add(inner)
      case .map(let key, let value):
        add(key)
        add(value)
      case .abstract(_, let arguments): for argument in arguments { add(argument) }
      default: break
      }
    }
    add(self)
    return count
  }
}

/// A declared enumeration of the host: named values, perhaps in an order.
public final class EnumType: Hashable, Sendable {
  /// The index that values of this type carry; given by the host, unique in it.
  public let index: Int32
  public let name: String
  public let values: [String]
  /// What people read; as many as `values`.
  public let titles: [String]
  public let isOrdered: Bool

  public init(index: Int32, name: String, values: [String], titles: [String]? = nil, isOrdered: Bool) {
    self.index = index
    self.name = name
    self.values = values
    self.titles = titles ?? values
    self.isOrdered = isOrdered
  }

  public func ordinal(of value: String) -> Int32? {
    values.firstIndex { $0.hasSameBytes(as: value) }.map { Int32($0) }
  }

  public static func == (a: EnumType, b: EnumType) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// A declared record of the host: named, typed fields.
public final class RecordType: Hashable, Sendable {
  public let name: String
  public let fields: [(name: String, type: ValueType)]

  public init(name: String, fields: [(name: String, type: ValueType)]) {
    self.name = name
    self.fields = fields
  }

  public func index(of field: String) -> Int? { fields.firstIndex { $0.name == field } }
  public static func == (a: RecordType, b: RecordType) -> Bool { a === b }
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
