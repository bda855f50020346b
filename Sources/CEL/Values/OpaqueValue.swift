/// A value of a library or of the host that CEL compares, passes on and names the type of, and does not look into.
/// Functions that know its Swift type work on it.
public protocol OpaqueValue: Hashable, Sendable {
  /// The type's name in expressions: `net.IP`. Two Swift types must not share one.
  static var typeName: String { get }
  /// What `string()` makes of it; nil where it has no text.
  var text: String? { get }
}

extension OpaqueValue {
  public var text: String? { nil }
  /// The static type of its values.
  public static var type: ValueType { .abstract(typeName, []) }
}

/// Carries an opaque value in a `Value`; equal and hashed by what it carries.
public final class OpaqueBox: Hashable, Sendable {
  public let value: any OpaqueValue

  public init(_ value: any OpaqueValue) { self.value = value }

  public var type: ValueType { Swift.type(of: value).type }

  public static func == (a: OpaqueBox, b: OpaqueBox) -> Bool { a === b || equal(a.value, b.value) }

  public func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }

  private static func equal<T: OpaqueValue>(_ a: T, _ b: any OpaqueValue) -> Bool { (b as? T) == a }
}

extension Value {
  public static func opaque(_ value: some OpaqueValue) -> Value { .opaque(OpaqueBox(value)) }

  /// The opaque value of a Swift type that it is, or nil.
  public func opaque<T: OpaqueValue>(as type: T.Type) -> T? {
    if case .opaque(let box) = self { return box.value as? T }
    return nil
  }
}
