/// Equality and order of values (language definition: Equality, Ordering): across the kinds of numbers on one number line,
/// in lists, maps and records by content.
extension Value {
  /// CEL's `==`: a boolean, or unknown where a fact that is missing decides.
  public func equals(_ other: Value) -> Value { Self.equal(self, other) }

  /// Whether two values say the same, gaps included: what is missing in one is missing in the other.
  public func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.unknown(let a), .unknown(let b)): return a.facts == b.facts && a.lower == b.lower && a.upper == b.upper
    case (.optional(let a), .optional(let b)):
      guard let x = a.value, let y = b.value else { return a.value == nil && b.value == nil }
      return x.isSame(as: y)
    case (.record(let a), .record(let b)):
      return a.fields.count == b.fields.count && zip(a.fields, b.fields).allSatisfy { $0.isSame(as: $1) }
    default: break
    }
    if let a = listView, let b = other.listView {
      guard a.count == b.count, a.open?.facts == b.open?.facts, a.order?.facts == b.order?.facts else { return false }
      return (0..<a.count).allSatisfy {
        a[$0].isSame(as: b[$0]) && a.reason(at: $0)?.facts == b.reason(at: $0)?.facts
      }
    }
    if case .bool(true) = Self.equal(self, other) { return true }
    return false
  }

  /// CEL's `==` at run time: numbers on one number line, other different types unequal, lists and maps by content.
  /// A boolean; or unknown where a possible element or an unknown field decides.
  static func equal(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.null, .null): return .bool(true)
    case (.bool(let x), .bool(let y)): return .bool(x == y)
    case (.string(let x), .string(let y)): return .bool(x.hasSameBytes(as: y))
    case (.bytes(let x), .bytes(let y)): return .bool(x.bytes == y.bytes)
    case (.timestamp(let s, let n), .timestamp(let t, let m)): return .bool(s == t && n == m)
    case (.duration(let x), .duration(let y)): return .bool(x == y)
    case (.date(let x), .date(let y)): return .bool(x == y)
    case (.period(let x), .period(let y)): return .bool(x == y)
    case (.enumeration(let t, let x), .enumeration(let u, let y)): return .bool(t == u && x == y)
    case (.entity(let x), .entity(let y)): return .bool(x == y)
    case (.type(let x), .type(let y)): return .bool(x.type.erased == y.type.erased)
    case (.optional(let x), .optional(let y)):
      guard let inner = x.value, let other = y.value else { return .bool(x.value == nil && y.value == nil) }
      return equal(inner, other)
    case (.map(let x), .map(let y)):
      guard x.entries.count == y.entries.count else { return .bool(false) }
      var unknown: Unknown?
      for (key, value) in x.entries {
        guard let other = y[key] else { return .bool(false) }
        switch equal(value, other) {
        case .bool(true): continue
        case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
        default: return .bool(false)
        }
      }
      return unknown.map { .unknown($0) } ?? .bool(true)
    case (.record(let x), .record(let y)):
      guard x.fields.count == y.fields.count, x.type == y.type else { return .bool(false) }
      var unknown: Unknown?
      for (field, other) in zip(x.fields, y.fields) {
        switch equal(field, other) {
        case .bool(true): continue
        case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
        default: return .bool(false)
        }
      }
      return unknown.map { .unknown($0) } ?? .bool(true)
    case (.path(let x), .path(let y)): return .bool(x.nodes == y.nodes)
    case (.opaque(let x), .opaque(let y)): return .bool(x == y)
    case (.unknown(let x), .unknown(let y)): return .unknown(x.merged(with: y))
    case (.unknown(let x), .int(let y)), (.int(let y), .unknown(let x)):
      return x.lower <= y && y <= x.upper ? .unknown(x.unbounded) : .bool(false)
    case (.unknown(let x), _), (_, .unknown(let x)): return .unknown(x.unbounded)
    case (.error, _): return a
    case (_, .error): return b
    default: break
    }
    if let order = numericOrder(a, b) { return .bool(order == 0) }
    guard let x = a.listView, let y = b.listView else { return .bool(false) }
    return equalLists(x, y)
  }

  private static func equalLists(_ x: ListView, _ y: ListView) -> Value {
    if let reasons = Unknown.merge(x.reasons, y.reasons) {
      // Different for certain when one must be longer than the other can be.
      let (a, b) = (x.sizeBounds, y.sizeBounds)
      if a.lower > b.upper || b.lower > a.upper { return .bool(false) }
      return .unknown(reasons)
    }
    guard x.count == y.count else { return .bool(false) }
    if x.count > 1, let order = Unknown.merge(x.order, y.order) { return .unknown(order) }
    var unknown: Unknown?
    for index in 0..<x.count {
      switch equal(x[index], y[index]) {
      case .bool(true): continue
      case .unknown(let reason): unknown = Unknown.merge(unknown, reason)
      default: return .bool(false)
      }
    }
    return unknown.map { .unknown($0) } ?? .bool(true)
  }

  /// -1, 0 or 1 for two values of one ordered type, or two numbers; nil where there is no order (a NaN included).
  static func order(_ a: Value, _ b: Value) -> Int? {
    func compared<T: Comparable>(_ x: T, _ y: T) -> Int { x < y ? -1 : x == y ? 0 : 1 }
    switch (a, b) {
    case (.bool(let x), .bool(let y)): return compared(x ? 1 : 0, y ? 1 : 0)
    case (.string(let x), .string(let y)):
      if x.hasSameBytes(as: y) { return 0 }
      return x.utf8.lexicographicallyPrecedes(y.utf8) ? -1 : 1
    case (.bytes(let x), .bytes(let y)):
      if x.bytes == y.bytes { return 0 }
      return x.bytes.lexicographicallyPrecedes(y.bytes) ? -1 : 1
    case (.timestamp(let s, let n), .timestamp(let t, let m)): return s == t ? compared(n, m) : compared(s, t)
    case (.duration(let x), .duration(let y)): return compared(x, y)
    case (.date(let x), .date(let y)): return compared(x, y)
    case (.enumeration(let t, let x), .enumeration(let u, let y)): return t == u ? compared(x, y) : nil
    case (.entity(let x), .entity(let y)): return compared(x, y)
    default: return numericOrder(a, b)
    }
  }

  /// Exact across the kinds of numbers.
  private static func numericOrder(_ a: Value, _ b: Value) -> Int? {
    func compared<T: Comparable>(_ x: T, _ y: T) -> Int { x < y ? -1 : x == y ? 0 : 1 }
    switch (a, b) {
    case (.int(let x), .int(let y)): return compared(x, y)
    case (.uint(let x), .uint(let y)): return compared(x, y)
    case (.double(let x), .double(let y)): return x.isNaN || y.isNaN ? nil : compared(x, y)
    case (.int(let x), .uint(let y)): return x < 0 ? -1 : compared(UInt64(x), y)
    case (.uint(let x), .int(let y)): return y < 0 ? 1 : compared(x, UInt64(y))
    case (.double(let x), .int(let y)): return order(x, y)
    case (.int(let x), .double(let y)): return order(y, x).map { -$0 }
    case (.double(let x), .uint(let y)): return order(x, y)
    case (.uint(let x), .double(let y)): return order(y, x).map { -$0 }
    default: return nil
    }
  }

  private static func order<T: FixedWidthInteger>(_ x: Double, _ y: T) -> Int? {
    if x.isNaN { return nil }
    // The suite takes 2^63 for the greatest int, which as a double it is.
    if T.isSigned, x == 0x1p63 { return y == T.max ? 0 : 1 }
    if x >= Double(T.max) { return 1 }
    if x < Double(T.min) { return -1 }
    // Truncated; what is cut off is exact, because a double that has a fraction is small.
    let integer = T(x)
    if integer != y { return integer < y ? -1 : 1 }
    let rest = x - Double(integer)
    return rest < 0 ? -1 : rest > 0 ? 1 : 0
  }
}

extension ListView {
  /// How many elements there are at least and at most.
  var sizeBounds: (lower: Int64, upper: Int64) {
    (Int64(count - possible.count), open == nil ? Int64(count) : .max)
  }
}

extension ValueType {
  /// Without parameters, as `type()` sees it at run time.
  var erased: ValueType {
    switch self {
    case .list, .reach: .list(.dyn)
    case .map: .map(key: .dyn, value: .dyn)
    case .optional: .optional(.dyn)
    case .type: .type(.dyn)
    default: self
    }
  }
}

extension Value {
  /// The whole number that a double is exactly. Written so that no function of the mathematical library is needed,
  /// which a program without Foundation does not link.
  static func whole(_ number: Double) -> Int64? {
    guard number >= -0x1p63, number < 0x1p63 else { return nil }
    let integer = Int64(number)
    return Double(integer) == number ? integer : nil
  }
}

extension String {
  /// Equality of code points, as CEL has it; Swift's own holds canonical equivalents for equal.
  func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    var (a, b) = (self, other)
    return a.withUTF8 { a in b.withUTF8 { b in a.elementsEqual(b) } }
  }
}
