internal import CEL
internal import Diagnostics
internal import YAMLTree

/// Reads a scalar's text by its declared type.
enum ScalarReader {
  /// The value, or nil with a diagnostic. Strings come as text; the loader interns them.
  static func value(
    _ node: YAMLNode, _ scalar: Scalar, _ diagnostics: inout [Diagnostic], what: @autoclosure () -> String
  ) -> Value? {
    func bad(_ wanted: String, notes: [String] = []) -> Value? {
      diagnostics.append(LoadingDiagnostic.badValue(node, wanted, for: what(), notes: notes))
      return nil
    }
    switch scalar {
    case .string, .text: return .string(node.text)
    case .url:
      let text = node.text
      if text.hasPrefix("https://") || text.hasPrefix("http://"), !text.contains(" ") { return .string(text) }
      return bad("a link that begins with http:// or https://")
    case .integer:
      if let number = Int64(node.text) { return .int(number) }
      return bad("a whole number")
    case .number:
      if let number = Double(node.text), number.isFinite { return .double(number) }
      return bad("a number")
    case .boolean:
      switch node.text {
      case "true": return .bool(true)
      case "false": return .bool(false)
      default: return bad("true or false")
      }
    case .date:
      if node.text == "never" { return .date(.never) }
      if let date = CivilDate(node.text) { return .date(date) }
      return bad("a date", notes: ["a date is written YYYY-MM-DD"])
    case .duration:
      if let nanoseconds = duration(node.text) { return .duration(nanoseconds) }
      return bad("a duration", notes: ["a duration is exact: 4h, 90m, 45s, or ISO 8601 PT4H"])
    case .period:
      if let period = Period(node.text) { return .period(period) }
      return bad("a period", notes: ["a period is counted in the calendar: 7y, 6m, 2w, 30d, or ISO 8601 P7Y"])
    case .money:
      var text = node.text
      if text.count > 4, text.prefix(3).allSatisfy({ $0.isASCII && $0.isUppercase }), text.dropFirst(3).first == " " {
        text = String(text.dropFirst(4))
      }
      if let number = Double(text), number.isFinite { return .double(number) }
      return bad("an amount", notes: ["an amount is written 450000 or GBP 450000"])
    case .enumeration(let type):
      if let ordinal = type.ordinal(of: node.text) { return .enumeration(type: type.index, ordinal: ordinal) }
      var notes = [suggestion(for: node.text, among: type.values)].compactMap { $0 }
      if type.values.count <= 12 { notes.append("it has: " + type.values.joined(separator: ", ")) }
      return bad("a value of \(type.name)", notes: notes)
    }
  }

  static func isValid(_ node: YAMLNode, _ scalar: Scalar, _ diagnostics: inout [Diagnostic], what: String) -> Bool {
    value(node, scalar, &diagnostics, what: what) != nil
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
