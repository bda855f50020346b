/// Writes values as the clauses of a format say, up to the limit of a result.
struct FormatWriter {
  struct TooLong: Error {}

  private(set) var bytes: [UInt8] = []

  mutating func append(_ more: some Collection<UInt8>) throws {
    guard more.count <= Function.textLimit - bytes.count else { throw TooLong() }
    bytes += more
  }

  mutating func append(_ value: Value, as clause: TextFormat.Clause) throws {
    switch (clause, value) {
    case (.string, _): try append(value)
    case (.decimal, .int), (.decimal, .uint), (.decimal, .double): try append(value)
    case (.fixed(let precision), _):
      guard let number = Self.number(value) else { throw Self.mistake(clause, value) }
      try append((Self.name(number) ?? DecimalDigits(exact: number).fixed(precision: precision)).utf8)
    case (.scientific(let precision), _):
      guard let number = Self.number(value) else { throw Self.mistake(clause, value) }
      try append((Self.name(number) ?? DecimalDigits(exact: number).scientific(precision: precision)).utf8)
    case (.binary, .bool(let flag)): try append((flag ? "1" : "0").utf8)
    case (.binary, .int(let number)): try append(String(number, radix: 2).utf8)
    case (.binary, .uint(let number)): try append(String(number, radix: 2).utf8)
    case (.octal, .int(let number)): try append(String(number, radix: 8).utf8)
    case (.octal, .uint(let number)): try append(String(number, radix: 8).utf8)
    case (.hexadecimal(let isUpper), .int(let number)):
      try append(String(number, radix: 16, uppercase: isUpper).utf8)
    case (.hexadecimal(let isUpper), .uint(let number)):
      try append(String(number, radix: 16, uppercase: isUpper).utf8)
    case (.hexadecimal(let isUpper), .string(let text)): try append(octets: Array(text.utf8), isUpper: isUpper)
    case (.hexadecimal(let isUpper), .bytes(let box)): try append(octets: box.bytes, isUpper: isUpper)
    default: throw Self.mistake(clause, value)
    }
  }

  /// As `%s` writes it: scalars as `string()` does but for doubles, which have no exponent; lists and maps with
  /// everything in them, a map's entries in the order of their written keys.
  private mutating func append(_ value: Value) throws {
    switch value {
    case .null: try append("null".utf8)
    case .double(let number): try append((Self.name(number) ?? DecimalDigits(shortest: number).fixed).utf8)
    case .type(let box):
      guard let name = box.type.runtimeName else { throw Self.mistake(.string, value) }
      try append(name.utf8)
    case .map(let map):
      let entries = try map.entries.map { entry in
        var key = FormatWriter()
        try key.append(entry.key)
        return (key: key.bytes, value: entry.value)
      }
      // Two keys may be written alike: `1` and `'1'`. They keep their order.
      let order = entries.indices.sorted { x, y in
        if entries[x].key == entries[y].key { return x < y }
        return entries[x].key.lexicographicallyPrecedes(entries[y].key)
      }
      try append("{".utf8)
      for (place, index) in order.enumerated() {
        if place > 0 { try append(", ".utf8) }
        try append(entries[index].key)
        try append(": ".utf8)
        try append(entries[index].value)
      }
      try append("}".utf8)
    default:
      guard let view = value.listView else {
        // What is not UTF-8 becomes U+FFFD, each longest part that could have begun a character.
        if case .bytes(let box) = value { return try append(String(decoding: box.bytes, as: UTF8.self).utf8) }
        guard let text = value.text else { throw Self.mistake(.string, value) }
        return try append(text.utf8)
      }
      try append("[".utf8)
      for index in 0..<view.count {
        if index > 0 { try append(", ".utf8) }
        try append(view[index])
      }
      try append("]".utf8)
    }
  }

  private mutating func append(octets: [UInt8], isUpper: Bool) throws {
    guard octets.count <= (Function.textLimit - bytes.count) / 2 else { throw TooLong() }
    let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    for octet in octets {
      bytes.append(digits[Int(octet >> 4)])
      bytes.append(digits[Int(octet & 15)])
    }
  }

  private static func number(_ value: Value) -> Double? {
    switch value {
    case .double(let number): number
    case .int(let number): Double(number)
    case .uint(let number): Double(number)
    default: nil
    }
  }

  /// Of what has no digits.
  private static func name(_ number: Double) -> String? {
    if number.isNaN { return "NaN" }
    return number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : nil
  }

  private static func mistake(_ clause: TextFormat.Clause, _ value: Value) -> TextFormat.Mistake {
    let type = value.runtimeType.flatMap(\.runtimeName).map { ", and this is \($0)" } ?? ""
    return TextFormat.Mistake(message: "`\(clause.text)` writes \(clause.kinds)\(type)")
  }
}
