extension Function {
  /// The type conversions, with the specification's ranges and ways of writing. `timestamp` and `duration` stand with
  /// the functions of time, `dyn` in the checker.
  static let conversions: [Function] = [
    Function(
      "bool", [.bool, .string].map { Overload([$0], .bool) },
      .unary { value in
        switch value {
        case .bool: return value
        case .string("1"), .string("t"), .string("T"), .string("true"), .string("TRUE"), .string("True"):
          return .bool(true)
        case .string("0"), .string("f"), .string("F"), .string("false"), .string("FALSE"), .string("False"):
          return .bool(false)
        case .string(let text): return cannotConvert(text, "bool")
        default: return noOverload("bool")
        }
      }),
    Function(
      "bytes", [.bytes, .string].map { Overload([$0], .bytes) },
      .unary { value in
        switch value {
        case .bytes: return value
        case .string(let text): return .bytes(BytesBox(Array(text.utf8)))
        default: return noOverload("bytes")
        }
      }),
    Function(
      "double", [.double, .int, .uint, .string].map { Overload([$0], .double) },
      .unary { value in
        switch value {
        case .double: return value
        case .int(let number): return .double(Double(number))
        case .uint(let number): return .double(Double(number))
        case .string(let text): return double(written: text).map { .double($0) } ?? cannotConvert(text, "double")
        default: return noOverload("double")
        }
      }),
    Function(
      "int", [.int, .uint, .double, .string, .timestamp].map { Overload([$0], .int) },
      .unary { value in
        switch value {
        case .int: return value
        case .uint(let number): return Int64(exactly: number).map { .int($0) } ?? overflow
        // Both ends are excluded, as the specification says.
        case .double(let number):
          return number > -0x1p63 && number < 0x1p63 ? .int(Int64(number)) : overflow
        case .string(let text): return Int64(text).map { .int($0) } ?? cannotConvert(text, "int")
        case .timestamp(let seconds, _): return .int(seconds)
        default: return noOverload("int")
        }
      }),
    Function(
      "string",
      [
        .string, .int, .uint, .double, .bool, .bytes, .timestamp, .duration, .date, .period, IPAddress.type,
        IPNetwork.type,
      ].map { Overload([$0], .string) },
      .unary { value in
        if case .bytes(let box) = value, UTF8Check.firstFault(in: box.bytes) != nil {
          return .error(.invalidArgument, "the bytes are not valid UTF-8")
        }
        return value.text.map { .string($0) } ?? noOverload("string")
      }),
    Function(
      "type", [Overload([.variable(1)], .type(.variable(1)))], takesPartialLists: true,
      .unary { value in
        value.runtimeType.map { .type(TypeBox($0)) } ?? noOverload("type")
      }),
    Function(
      "uint", [.uint, .int, .double, .string].map { Overload([$0], .uint) },
      .unary { value in
        switch value {
        case .uint: return value
        case .int(let number): return UInt64(exactly: number).map { .uint($0) } ?? overflow
        case .double(let number): return number >= 0 && number < 0x1p64 ? .uint(UInt64(number)) : overflow
        case .string(let text):
          guard let first = text.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-"),
            let number = UInt64(text)
          else { return cannotConvert(text, "uint") }
          return .uint(number)
        default: return noOverload("uint")
        }
      }),
  ]

  private static func cannotConvert(_ text: String, _ type: String) -> Value {
    .error(.invalidArgument, "\(Function.shown(text)) is no \(type)")
  }

  /// Nil for what is no number, and for what is too large for a double.
  private static func double(written text: String) -> Double? {
    guard !text.utf8.contains(UInt8(ascii: "(")), let number = Double(text) else { return nil }
    let hasDigit = text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 }
    return number.isInfinite && hasDigit ? nil : number
  }
}

extension Value {
  /// The type that `type()` tells; nil for what is no value.
  var runtimeType: ValueType? {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .timestamp: .timestamp
    case .duration: .duration
    case .date: .date
    case .period: .period
    case .type: .type(.dyn)
    case .list, .related: .list(.dyn)
    case .map: .map(key: .dyn, value: .dyn)
    case .optional: .optional(.dyn)
    case .opaque(let box): box.type
    case .path: .path
    case .record(let box): box.type
    // Which kind or enumeration it is of, the value does not tell.
    case .entity: .abstract("entity", [])
    case .enumeration: .abstract("enumeration", [])
    case .error, .unknown, .pending: nil
    }
  }

  /// What `string()` makes of a scalar; nil for everything else, and for bytes that are not UTF-8.
  public var text: String? {
    switch self {
    case .string(let text): text
    case .int(let number): String(number)
    case .uint(let number): String(number)
    case .double(let number): Self.text(of: number)
    case .bool(let flag): flag ? "true" : "false"
    case .bytes(let box): String(validating: box.bytes, as: UTF8.self)
    case .timestamp(let seconds, let nanoseconds): Self.text(ofTimestamp: seconds, nanoseconds)
    case .duration(let nanoseconds): Self.text(ofDuration: nanoseconds)
    case .date(let date): date.text
    case .period(let period): period.text
    case .opaque(let box): box.value.text
    default: nil
    }
  }

  /// The shortest digits that read back as the same number; an exponent from 1e6 upwards and below 1e-4, with a sign
  /// and at least two digits: `123456.5`, `1e+06`, `1.5e-05`. The specification leaves the form open; this is that of
  /// Go's `%g`, in which cel-go writes them.
  private static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
    let decimal = DecimalDigits(shortest: number)
    let scale = decimal.exponent - 1
    if number != 0, scale < -4 || scale >= 6 { return decimal.scientific(precision: decimal.digits.count - 1) }
    return decimal.fixed
  }
}

extension ValueType {
  /// The name of a type that `type()` can tell, without parameters.
  var runtimeName: String? {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .date: "date"
    case .period: "period"
    case .type: "type"
    case .list, .reach: "list"
    case .map: "map"
    case .optional: "optional_type"
    case .abstract(let name, _): name
    case .dyn, .error, .enumeration, .entity, .record, .path, .variable: nil
    }
  }
}
