public import Diagnostics

/// A place in a document's tree: a reference to the tree and an index, cheap to copy.
///
/// Two nodes are equal when they are the same place of the same reading of a file; an alias yields the very node that its
/// anchor marks. Every key of a mapping is a scalar of at least one byte, and no two keys of a mapping are equal: what
/// would break that is reported and left out.
public struct YAMLNode: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    case scalar, sequence, mapping
  }

  public enum ScalarStyle: UInt8, Sendable, CaseIterable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  @usableFromInline let table: NodeTable
  @usableFromInline let index: Int32

  // What loading asks of every node is inlined into it.
  @inlinable init(table: NodeTable, index: Int32) {
    self.table = table
    self.index = index
  }

  @inlinable var record: NodeRecord { table.nodes[Int(index)] }

  @inlinable public var source: SourceText { table.source }
  @inlinable public var kind: Kind { record.kind }
  @inlinable public var isScalar: Bool { record.kind == .scalar }
  @inlinable public var isSequence: Bool { record.kind == .sequence }
  @inlinable public var isMapping: Bool { record.kind == .mapping }

  /// A scalar's token with its quotes, a block scalar from its indicator to the end of its last line, a collection from
  /// its first to its last byte. Anchors and tags stand before the range.
  public var utf8Range: Range<Int> {
    let record = record
    return Int(record.start)..<Int(record.end)
  }

  public var range: SourceRange { SourceRange(table.source, utf8Range) }

  /// Plain for collections.
  @inlinable public var style: ScalarStyle { record.style }
  /// A scalar without quotes or a block indicator.
  @inlinable public var isPlain: Bool { record.kind == .scalar && record.style == .plain }
  /// A collection in brackets or braces.
  @inlinable public var isFlow: Bool { record.flags.contains(.flow) }
  /// An empty plain scalar, `~` or `null`; reported where it stands as a value.
  @inlinable public var isNull: Bool { record.flags.contains(.null) }
  /// A diagnostic of this file says already that this node is not usable (null, tagged, unknown alias).
  @inlinable public var isReported: Bool { record.flags.contains(.reported) }

  public static func == (a: YAMLNode, b: YAMLNode) -> Bool {
    a.index == b.index && a.table === b.table
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(table))
    hasher.combine(index)
  }
}
