/// A map (language definition: Aggregate Values): entries in the order of insertion, found by key. Keys are equal across the kinds of numbers.
public final class MapBox: Sendable {
  public let entries: [(key: Value, value: Value)]
  private let places: [ValueKey: Int]
  /// One more than its keys and values weigh.
  let weight: Int

  init(entries: [(key: Value, value: Value)], places: [ValueKey: Int], weight: Int) {
    self.entries = entries
    self.weight = weight
    self.places = places
  }

  public var keys: [Value] { entries.map(\.key) }
  public subscript(key: Value) -> Value? { places[ValueKey(key)].map { entries[$0].value } }
}

public struct MapBuilder {
  private var entries: [(key: Value, value: Value)] = []
  private var places: [ValueKey: Int] = [:]
  private var weight = 1

  public init() {}

  /// The error when the key cannot be one or is there already, or the map weighs too much; else nil.
  public mutating func insert(_ key: Value, _ value: Value) -> Value? {
    guard key.isMapKey else { return .error(.noSuchOverload, "a map's key is a bool, an int, a uint or a string") }
    if places[ValueKey(key)] != nil { return .error(.duplicateKey, "a key is there twice") }
    weight = Value.sum(weight, Value.sum(key.weight, value.weight))
    if weight > Value.weightLimit { return Value.tooHeavy }
    places[ValueKey(key)] = entries.count
    entries.append((key, value))
    return nil
  }

  public func finished() -> MapBox { MapBox(entries: entries, places: places, weight: weight) }
}

extension Value {
  /// Whether a map may have it as a key: the specification's types ("Aggregate Values"), and the host's.
  fileprivate var isMapKey: Bool {
    switch self {
    case .bool, .int, .uint, .string, .enumeration, .entity, .date: true
    default: false
    }
  }

  /// Whether it may be equal to a key: a double is none, but may be equal to one that is a whole number.
  var isComparableToMapKey: Bool { if case .double = self { true } else { isMapKey } }

  /// Whether `ValueKey` hashes it like everything that it is equal to: scalars, but for doubles that are no number or
  /// so great that they stand for several whole ones.
  var isFoundByHash: Bool {
    switch self {
    case .bool, .int, .uint, .string, .bytes, .timestamp, .duration, .date, .period, .enumeration, .entity: true
    case .double(let number): number.magnitude < 0x1p53
    default: false
    }
  }
}

/// A value as a key of a dictionary: hashed and compared by content, numbers on one number line.
struct ValueKey: Hashable {
  let value: Value

  init(_ value: Value) { self.value = value }

  static func == (a: ValueKey, b: ValueKey) -> Bool { Value.equal(a.value, b.value).isTrue }

  func hash(into hasher: inout Hasher) { Self.hash(value, into: &hasher) }

  private static func hash(_ value: Value, into hasher: inout Hasher) {
    switch value {
    case .bool(let flag): hasher.combine(flag)
    case .int(let number): hasher.combine(number)
    case .uint(let number):
      if let signed = Int64(exactly: number) { hasher.combine(signed) } else { hasher.combine(number) }
    case .double(let number):
      if let whole = Value.whole(number) {
        hasher.combine(whole)
      } else if number >= 0x1p63, number < 0x1p64 {
        hasher.combine(UInt64(number))
      } else {
        hasher.combine(number)
      }
    case .string(var text):
      hasher.combine(text.utf8.count)
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    case .bytes(let box): hasher.combine(box.bytes)
    case .timestamp(let seconds, let nanoseconds):
      hasher.combine(seconds)
      hasher.combine(nanoseconds)
    case .duration(let nanoseconds): hasher.combine(nanoseconds)
    case .date(let date): hasher.combine(date)
    case .period(let period): hasher.combine(period)
    case .enumeration(let type, let ordinal):
      hasher.combine(type)
      hasher.combine(ordinal)
    case .entity(let row): hasher.combine(row)
    case .record(let box): for field in box.fields { hash(field, into: &hasher) }
    case .optional(let box): if let inner = box.value { hash(inner, into: &hasher) }
    case .map(let map):
      // Equal maps may have their entries in another order.
      var sum = 0
      for entry in map.entries {
        var inner = Hasher()
        hash(entry.key, into: &inner)
        hash(entry.value, into: &inner)
        sum ^= inner.finalize()
      }
      hasher.combine(sum)
    case .path(let path): hasher.combine(path.nodes)
    case .opaque(let box): hasher.combine(box)
    case .related, .list:
      if let view = value.listView {
        hasher.combine(view.count)
        for index in 0..<view.count { hash(view[index], into: &hasher) }
      }
    case .null, .type, .error, .unknown, .pending: break
    }
  }
}

extension Value {
  /// Whether it is equal to itself: no NaN is, nor what holds one. What is not, a dictionary must not keep: all NaNs have
  /// one hash, and none is ever found.
  var isEqualToItself: Bool {
    switch self {
    case .double(let number): !number.isNaN
    case .list(let box):
      if case .values(let values) = box.elements { values.allSatisfy(\.isEqualToItself) } else { true }
    case .map(let box): box.entries.allSatisfy { $0.value.isEqualToItself }
    case .optional(let box): box.value?.isEqualToItself ?? true
    case .record(let box): box.fields.allSatisfy(\.isEqualToItself)
    default: true
    }
  }
}
