/// A value, an error or an unknown: what evaluating an expression gives (language definition: Values; Runtime Errors). Errors and unknowns are values, so that `&&`,
/// `||`, `?:` and the macros can absorb them.
public enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes(BytesBox)
  case timestamp(seconds: Int64, nanoseconds: Int32)
  /// Nanoseconds.
  case duration(Int64)
  case date(CivilDate)
  case period(Period)
  case type(TypeBox)
  /// The enumeration's index in the host, and the value's position in it.
  case enumeration(type: Int32, ordinal: Int32)
  /// A row of the graph.
  case entity(Int32)
  /// The entities that one adjacency joins to a row: a list that costs no allocation.
  case related(EdgeSlice)
  case list(ListBox)
  case map(MapBox)
  case optional(OptionalBox)
  case record(RecordBox)
  case path(PathBox)
  /// A value of a library or of the host.
  case opaque(OpaqueBox)
  case error(EvaluationError)
  case unknown(Unknown)
  /// A lazy slot that was not read yet; never the result of an expression.
  case pending

  public static func list(_ values: [Value]) -> Value { .list(ListBox(values)) }
  public static func entities(_ rows: [Int32]) -> Value { .list(ListBox(entities: rows)) }
  public static func optional(_ value: Value?) -> Value { .optional(OptionalBox(value)) }
  public static func error(_ code: EvaluationError.Code, _ message: String) -> Value {
    .error(EvaluationError(code, message))
  }
  public static func unknown(_ fact: Fact) -> Value { .unknown(Unknown(fact)) }

  /// Whether a strict operation passes it on instead of working on it.
  public var isErrorOrUnknown: Bool {
    switch self {
    case .error, .unknown: true
    default: false
    }
  }

  var isTrue: Bool { if case .bool(true) = self { true } else { false } }
  var isFalse: Bool { if case .bool(false) = self { true } else { false } }
}

public final class BytesBox: Sendable {
  public let bytes: [UInt8]
  public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

public final class TypeBox: Sendable {
  public let type: ValueType
  public init(_ type: ValueType) { self.type = type }
}

public final class OptionalBox: Sendable {
  public let value: Value?
  public init(_ value: Value?) { self.value = value }
}

/// A record: the values of its fields in their declared order. A field that is not recorded is an unknown.
public final class RecordBox: Sendable {
  public let type: ValueType
  public let fields: [Value]

  public init(type: ValueType, fields: [Value]) {
    self.type = type
    self.fields = fields
  }
}

/// A way through the graph: `nodes` has one more entry than `hops`.
public final class PathBox: Sendable {
  public struct Hop: Sendable {
    /// The relation that was followed, or nil where the step is not made of relations.
    public var relation: String?
    /// The entity that carries the hop: the flow, the integration.
    public var via: Int32?
  }

  public let nodes: [Int32]
  public let hops: [Hop]
  /// What tells the names of the hops, where they have none yet.
  let unnamed: Reach?

  public init(nodes: [Int32], hops: [Hop]) {
    self.nodes = nodes
    self.hops = hops
    unnamed = nil
  }

  /// A way whose hops are named when somebody asks.
  init(_ nodes: [Int32], unnamed reach: Reach) {
    self.nodes = nodes
    hops = Array(repeating: Hop(relation: nil, via: nil), count: nodes.count - 1)
    unnamed = reach
  }

  /// The same way with names to its hops.
  public func named(_ frame: inout Frame) -> PathBox { unnamed?.named(nodes, &frame) ?? self }
}

/// A mistake that only running can find: an overflow, a missing key, an index out of range.
public final class EvaluationError: Sendable {
  public enum Code: String, Sendable {
    case divisionByZero, overflow, noSuchKey, noSuchField, noSuchOverload, invalidArgument, indexOutOfRange
    case duplicateKey, costLimit, noSuchAttribute, emptyOptional
  }

  public let code: Code
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
