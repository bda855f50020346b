public import Diagnostics

extension YAMLNode {
  /// A scalar's value; empty for a collection.
  public var text: String { withUTF8 { String(decoding: $0, as: UTF8.self) } }

  /// The bytes of a scalar's value, not copied.
  public var utf8: ArraySlice<UInt8> {
    let record = record
    guard record.kind == .scalar else { return [] }
    let range = Int(record.first)..<Int(record.first + record.count)
    return record.flags.contains(.inArena) ? table.arena[range] : table.source.bytes[range]
  }

  @inlinable public func withUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
    let record = record
    guard record.kind == .scalar else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
    let range = Int(record.first)..<Int(record.first + record.count)
    return if record.flags.contains(.inArena) {
      try table.arena.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    } else {
      try table.source.bytes.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }
  }

  /// Whether a scalar's value is this, byte for byte.
  @inlinable public func textEquals(_ other: String) -> Bool {
    let record = record
    guard record.kind == .scalar, Int(record.count) == other.utf8.count else { return false }
    return withUTF8 { $0.elementsEqual(other.utf8) }
  }
}
