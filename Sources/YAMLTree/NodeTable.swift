import Diagnostics

/// The nodes of all documents of one file, in the order in which they begin; immutable once built.
final class NodeTable: Sendable {
  let source: SourceText
  let nodes: [NodeRecord]
  /// Items of a sequence, or keys and values by turns, contiguous for each collection.
  let children: [Int32]
  /// Values of scalars that differ from their bytes in the source.
  let arena: [UInt8]

  init(source: SourceText, nodes: [NodeRecord], children: [Int32], arena: [UInt8]) {
    self.source = source
    self.nodes = nodes
    self.children = children
    self.arena = arena
  }
}

/// 20 bytes. Offsets are 32 bits wide because a file has a size limit.
struct NodeRecord {
  /// Byte offsets in the source.
  var start: UInt32
  var end: UInt32
  /// A scalar: where its value begins, in the source or the arena. A collection: its first place in `children`.
  var first: UInt32
  /// A scalar: bytes of its value. A collection: its places in `children`.
  var count: UInt32
  var kind: YAMLNode.Kind
  var style: YAMLNode.ScalarStyle
  var flags: Flags

  struct Flags: OptionSet {
    let rawValue: UInt8
    static let inArena = Flags(rawValue: 1)
    static let null = Flags(rawValue: 2)
    static let reported = Flags(rawValue: 4)
    static let flow = Flags(rawValue: 8)
  }
}
