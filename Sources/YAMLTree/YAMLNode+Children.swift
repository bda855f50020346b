extension YAMLNode {
  /// Items of a sequence, entries of a mapping, 0 for a scalar.
  @inlinable public var count: Int {
    let record = record
    switch record.kind {
    case .scalar: return 0
    case .sequence: return Int(record.count)
    case .mapping: return Int(record.count / 2)
    }
  }

  /// An item of a sequence, `index` in `0..<count`.
  @inlinable public subscript(item index: Int) -> YAMLNode {
    precondition(isSequence, "a sequence has items")
    return child(index)
  }

  /// A key of a mapping, `index` in `0..<count`, in the order of the text.
  @inlinable public func key(_ index: Int) -> YAMLNode {
    precondition(isMapping, "a mapping has keys")
    return child(2 * index)
  }

  /// The value beside `key(index)`.
  @inlinable public func value(_ index: Int) -> YAMLNode {
    precondition(isMapping, "a mapping has values")
    return child(2 * index + 1)
  }

  /// The value under a key, compared byte for byte; nil where there is none or this is no mapping. Linear in the
  /// number of entries.
  @inlinable public func first(_ key: String) -> YAMLNode? {
    guard isMapping else { return nil }
    for index in 0..<count where self.key(index).textEquals(key) { return value(index) }
    return nil
  }

  @inlinable func child(_ place: Int) -> YAMLNode {
    let record = record
    precondition(place >= 0 && place < Int(record.count), "the index is within the collection")
    return YAMLNode(table: table, index: table.children[Int(record.first) + place])
  }
}
