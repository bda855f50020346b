public import CEL
public import Diagnostics

/// One member of a kind: a field, a relation, a part, an inverse, a derived field, or one that the engine gives to every
/// kind. All of a kind's members share one namespace.
public struct Field: Sendable {
  public enum Shape: Sendable {
    case scalar(Scalar)
    /// A list of scalars.
    case scalars(Scalar)
    /// A record, whose fields are members of the kind too, under dotted paths.
    case record([RecordField])
    case records([RecordField])
    case relation(to: KindSet, many: Bool)
    case parts(kind: Int, key: String?)
    /// The to-one relation of a part to what owns it.
    case owner(KindSet)
    /// The relation seen from its target; the numbers of the relations' fields.
    case inverse([Int32])
    case derived(Derivation)
    /// A first day of a phase, by the phase's position.
    case phaseDate(Int)
    case lifecycle
    case phase
    case live
    case common(Common)
    /// An expression, checked by whoever knows its names.
    case expression
    /// Anything; read by whoever knows its form, invisible to rules.
    case structure
  }

  public enum Common: Sendable { case id, kind, name, summary, aliases, notes, labels }

  public struct RecordField: Sendable {
    public var name: String
    public var scalar: Scalar
    public var isRequired: Bool
    public var title: String?
    public var why: String?
  }

  public struct Derivation: Sendable {
    public var expression: ParsedExpression
    /// Where the expression stands.
    public var node: ExpressionText
    public var isRecursive: Bool
    /// The type of `self` in it: the kind, or the union that declares it.
    public var selfKinds: KindSet
  }

  public enum Absence: Sendable { case unknown, empty }

  /// The number by which columns, facts and footprints name it.
  public let id: Int32
  public let kind: Int
  /// Dotted for the fields of a record: `lifecycle.active`.
  public let path: String
  public internal(set) var shape: Shape
  public internal(set) var type: ValueType
  public var isRequired = false
  public var defaultText: String?
  public var absence: Absence = .unknown
  public var role: String?
  public var inverseName: String?
  /// The inverse's member by the kind of the target.
  public internal(set) var inverses: [Int: Int] = [:]
  public var title: String?
  public var why: String?
  public var isMaterial = true
  /// Of a relation that is a list: it may name what an open initiative adds, and waits for that.
  public internal(set) var awaits = false
  /// Whether a document may write it.
  public var isWritten = true
  /// Nil for the engine's own.
  public var range: SourceRange?

  init(id: Int32, kind: Int, path: String, shape: Shape, type: ValueType) {
    self.id = id
    self.kind = kind
    self.path = path
    self.shape = shape
    self.type = type
  }

  public var isRelation: Bool {
    switch shape {
    case .relation, .parts, .owner, .inverse: true
    default: false
    }
  }
}

/// How a scalar's text is read.
public enum Scalar: Sendable, Hashable {
  case string, text, integer, number, boolean, date, duration, period, money, url
  case enumeration(EnumType)

  static let names: [(String, Scalar)] = [
    ("string", .string), ("text", .text), ("integer", .integer), ("number", .number), ("boolean", .boolean),
    ("date", .date), ("duration", .duration), ("period", .period), ("money", .money), ("url", .url),
  ]

  public var type: ValueType {
    switch self {
    case .string, .text, .url: .string
    case .integer: .int
    case .number, .money: .double
    case .boolean: .bool
    case .date: .date
    case .duration: .duration
    case .period: .period
    case .enumeration(let type): .enumeration(type)
    }
  }
}
