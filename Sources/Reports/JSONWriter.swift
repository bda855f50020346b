internal import Diagnostics

/// Writes JSON into one buffer: two-space indentation, keys in the order in which they are given.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var isFirst = true

  mutating func object(_ body: (inout JSONWriter) -> Void) { nested("{", "}", body) }
  mutating func array(_ body: (inout JSONWriter) -> Void) { nested("[", "]", body) }

  private mutating func nested(_ open: Character, _ close: Character, _ body: (inout JSONWriter) -> Void) {
    raw(String(open))
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { newLine() }
    raw(String(close))
    isFirst = false
  }

  mutating func key(_ name: String) {
    separate()
    quoted(name)
    raw(": ")
  }

  /// Before an element of an array.
  mutating func separate() {
    if !isFirst { raw(",") }
    isFirst = false
    newLine()
  }

  mutating func field(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    quoted(value)
  }

  mutating func field(_ name: String, _ value: Int) {
    key(name)
    self.value(value)
  }

  mutating func field(_ name: String, _ value: Bool) {
    key(name)
    self.value(value)
  }

  mutating func field(_ name: String, _ value: Double?) {
    guard let value, value.isFinite else { return }
    key(name)
    self.value(value)
  }

  mutating func null() { raw("null") }
  mutating func value(_ value: Bool) { raw(value ? "true" : "false") }
  mutating func value(_ value: some FixedWidthInteger) { raw(String(value)) }

  /// - Precondition: the number is finite.
  mutating func value(_ value: Double) {
    raw(value == value.rounded() && value.magnitude < 1e15 ? String(Int64(value)) : String(value))
  }

  mutating func field(_ name: String, _ values: [String]) {
    array(name, of: values) { $1.quoted($0) }
  }

  /// A list, whose elements the body writes.
  mutating func array<Items: Sequence>(
    _ name: String, of items: Items, _ body: (Items.Element, inout JSONWriter) -> Void
  ) {
    key(name)
    array(of: items, body)
  }

  /// The same without a name.
  mutating func array<Items: Sequence>(of items: Items, _ body: (Items.Element, inout JSONWriter) -> Void) {
    array { writer in
      for item in items {
        writer.separate()
        body(item, &writer)
      }
    }
  }

  /// A list of objects, whose fields the body writes.
  mutating func objects<Items: Sequence>(
    _ name: String, of items: Items, _ body: (Items.Element, inout JSONWriter) -> Void
  ) {
    array(name, of: items) { item, writer in writer.object { body(item, &$0) } }
  }

  mutating func quoted(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    // Most texts need nothing: their bytes are taken as they are.
    if text.utf8.allSatisfy(Self.isPlain) {
      bytes.append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { escaped(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func escaped(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": raw("\\\"")
    case "\\": raw("\\\\")
    case "\n": raw("\\n")
    case "\r": raw("\\r")
    case "\t": raw("\\t")
    case "\u{20}"..."\u{7E}": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
    default:
      // Control characters, bidirectional ones and those without a picture: what would change how a text reads.
      let text = String(scalar)
      if escapedForTerminal(text) != text {
        for unit in text.utf16 { escape(unit) }
      } else {
        raw(text)
      }
    }
  }

  private mutating func escape(_ unit: UInt16) {
    let digits = String(unit, radix: 16)
    raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
  }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
  }

  /// The text, with a line break at its end.
  var text: String { String(decoding: bytes, as: UTF8.self) + "\n" }
}
