package import CEL
package import Diagnostics
package import YAMLTree

/// Reads a scalar's text by its declared type.
enum ScalarReader {
  /// The value, or nil with a diagnostic.
  static func value(
    _ node: YAMLNode, _ scalar: Scalar, _ diagnostics: inout [Diagnostic], what: @autoclosure () -> String
  ) -> Value? {
    guard node.isScalar else {
      if !node.isReported {
        diagnostics.append(LoadingDiagnostic.wrongShape(node, wanted: "a single value", for: "`\(what())`"))
      }
      return nil
    }
    if let value = value(of: node.text, scalar) { return value }
    let (wanted, notes) = wanted(node.text, scalar)
    diagnostics.append(LoadingDiagnostic.badValue(node, wanted, for: what(), notes: notes))
    return nil
  }

  /// The value that a text stands for, or nil.
  static func value(of text: String, _ scalar: Scalar) -> Value? {
    switch scalar {
    case .string, .text: return .string(text)
    case .url:
      let isLink = text.hasPrefix("https://") || text.hasPrefix("http://")
      return isLink && !text.utf8.contains { $0 <= 0x20 } ? .string(text) : nil
    case .integer: return Int64(text).map { .int($0) }
    case .number: return number(text).map { .double($0) }
    case .boolean: return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case .date: return text == "never" ? .date(.never) : CivilDate(text).map { .date($0) }
    case .duration: return duration(text).map { .duration($0) }
    case .period: return Period(text).map { .period($0) }
    case .money:
      let bytes = Array(text.utf8.prefix(4))
      let hasCurrency = bytes.count == 4 && bytes[3] == 0x20 && bytes[..<3].allSatisfy { (0x41...0x5A).contains($0) }
      return number(hasCurrency ? String(text.dropFirst(4)) : text).map { .double($0) }
    case .enumeration(let type): return type.ordinal(of: text).map { .enumeration(type: type.index, ordinal: $0) }
    }
  }

  /// What would have been allowed.
  fileprivate static func wanted(_ text: String, _ scalar: Scalar) -> (String, notes: [String]) {
    switch scalar {
    case .string, .text: ("a text", [])
    case .url: ("a link that begins with http:// or https://", [])
    case .integer: ("a whole number", [])
    case .number: ("a number", [])
    case .boolean: ("true or false", [])
    case .date: ("a date", ["a date is written YYYY-MM-DD"])
    case .duration: ("a duration", ["a duration is exact: 4h, 90m, 45s, or ISO 8601 PT4H"])
    case .period: ("a period", ["a period is counted in the calendar: 7y, 6m, 2w, 30d, or ISO 8601 P7Y"])
    case .money: ("an amount", ["an amount is written 450000 or GBP 450000"])
    case .enumeration(let type): ("a value of \(type.name)", nearValues(text, type))
    }
  }

  private static func nearValues(_ text: String, _ type: EnumType) -> [String] {
    var notes = [suggestion(for: text, among: type.values)].compactMap { $0 }
    if type.values.count <= 12 { notes.append("it has: " + type.values.joined(separator: ", ")) }
    return notes
  }

  /// A finite number in decimal notation; neither hexadecimal nor `nan`.
  private static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  /// The date that a scalar's bytes are, where they are one.
  static func date(_ node: YAMLNode) -> CivilDate? {
    node.withUTF8 { bytes in
      guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
      var numbers = (year: 0, month: 0, day: 0)
      for index in 0..<10 where index != 4 && index != 7 {
        let digit = Int(bytes[index]) - 0x30
        guard (0...9).contains(digit) else { return nil }
        if index < 4 {
          numbers.year = numbers.year * 10 + digit
        } else if index < 7 {
          numbers.month = numbers.month * 10 + digit
        } else {
          numbers.day = numbers.day * 10 + digit
        }
      }
      return CivilDate(year: numbers.year, month: numbers.month, day: numbers.day)
    }
  }

  /// `4h`, `1h30m`, `45s`, `0h`, `30d` as so many times 24 hours, or ISO 8601 `PT4H30M`. Nanoseconds.
  static func duration(_ text: String) -> Int64? {
    var bytes = Array(text.utf8)[...]
    if bytes.starts(with: Array("PT".utf8)) { bytes = bytes.dropFirst(2) }
    guard !bytes.isEmpty else { return nil }
    var total: Int64 = 0
    var lastSize = Int64.max
    while !bytes.isEmpty {
      let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }
      bytes = bytes.dropFirst(digits.count)
      guard !digits.isEmpty, let number = Int64(String(decoding: digits, as: UTF8.self)), let unit = bytes.popFirst()
      else { return nil }
      let size: Int64
      switch unit | 0x20 {
      case UInt8(ascii: "d"): size = 86_400_000_000_000
      case UInt8(ascii: "h"): size = 3_600_000_000_000
      case UInt8(ascii: "m"): size = 60_000_000_000
      case UInt8(ascii: "s"): size = 1_000_000_000
      default: return nil
      }
      let product = number.multipliedReportingOverflow(by: size)
      let sum = total.addingReportingOverflow(product.partialValue)
      guard size < lastSize, !product.overflow, !sum.overflow else { return nil }
      lastSize = size
      total = sum.partialValue
    }
    return total
  }
}

extension Scalar {
  /// The scalar type of a name, enumerations included.
  package init?(_ name: String, _ metamodel: Metamodel) {
    if let known = Self.names.first(where: { $0.0 == name }) {
      self = known.1
    } else if let type = metamodel.enums.first(where: { $0.name == name }) {
      self = .enumeration(type)
    } else {
      return nil
    }
  }

  /// Reads a scalar's text; nil with a diagnostic.
  package func read(_ node: YAMLNode, _ diagnostics: inout [Diagnostic]) -> Value? {
    ScalarReader.value(node, self, &diagnostics, what: node.text)
  }

  /// What would have been allowed, with notes, where a text is no value of this; nil where it is one.
  package func refusal(of text: String) -> (wanted: String, notes: [String])? {
    guard ScalarReader.value(of: text, self) == nil else { return nil }
    let (wanted, notes) = ScalarReader.wanted(text, self)
    return (wanted, notes)
  }
}
