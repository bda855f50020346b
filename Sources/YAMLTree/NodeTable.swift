public import Diagnostics

/// The nodes of all documents of one file, in the order in which they begin; immutable once built.
@usableFromInline final class NodeTable: Sendable {
  @usableFromInline let source: SourceText
  @usableFromInline let nodes: [NodeRecord]
  /// Items of a sequence, or keys and values by turns, contiguous for each collection.
  @usableFromInline let children: [Int32]
  /// Values of scalars that differ from their bytes in the source.
  @usableFromInline let arena: [UInt8]

  init(source: SourceText, nodes: [NodeRecord], children: [Int32], arena: [UInt8]) {
    self.source = source
    self.nodes = nodes
    self.children = children
    self.arena = arena
  }
}

/// 20 bytes. Offsets are 32 bits wide because a file has a size limit.
@usableFromInline @frozen struct NodeRecord {
  /// Byte offsets in the source.
  @usableFromInline var start: UInt32
  @usableFromInline var end: UInt32
  /// A scalar: where its value begins, in the source or the arena. A collection: its first place in `children`.
  @usableFromInline var first: UInt32
  /// A scalar: bytes of its value. A collection: its places in `children`.
  @usableFromInline var count: UInt32
  @usableFromInline var kind: YAMLNode.Kind
  @usableFromInline var style: YAMLNode.ScalarStyle
  @usableFromInline var flags: Flags

  @usableFromInline @frozen struct Flags: OptionSet {
    @usableFromInline let rawValue: UInt8

    @inlinable init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable static var inArena: Flags { Flags(rawValue: 1) }
    @inlinable static var null: Flags { Flags(rawValue: 2) }
    @inlinable static var reported: Flags { Flags(rawValue: 4) }
    @inlinable static var flow: Flags { Flags(rawValue: 8) }
  }
}
