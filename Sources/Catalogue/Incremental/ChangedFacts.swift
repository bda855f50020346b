internal import CEL

/// Facts that are otherwise in one graph than in another with the same rows.
struct ChangedFacts {
  /// By field, or by the number of what a function tells.
  private(set) var rows: [Int32: Set<Int32>] = [:]
  /// Kinds of which rows come or go.
  private(set) var listings = KindSet.empty

  var isEmpty: Bool { rows.isEmpty && listings.isEmpty }

  mutating func insert(_ field: Int32, _ row: Int32) { rows[field, default: []].insert(row) }

  mutating func insert(_ field: Int32, _ more: some Sequence<Int32>) { rows[field, default: []].formUnion(more) }

  mutating func insertListing(of kind: Int) { listings = listings.union(KindSet([kind])) }

  mutating func formUnion(_ other: ChangedFacts) {
    for (field, more) in other.rows { rows[field, default: []].formUnion(more) }
    listings = listings.union(other.listings)
  }
}

/// What functions of rules tell of an entity, numbered beside the fields.
enum FunctionFact {
  static let added: Int32 = -2
  static let retired: Int32 = -3
  static let touched: Int32 = -4
}
