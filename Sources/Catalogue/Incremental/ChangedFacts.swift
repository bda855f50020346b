internal import CEL

/// Facts that are otherwise in one graph than in another with the same rows.
struct ChangedFacts {
  /// By field, or by the number of what a function tells.
  private(set) var rows: [Int32: Set<Int32>] = [:]
  /// Of lists of which no more is otherwise than some elements, these: by field, then by row.
  private var elements: [Int32: [Int32: Set<Int32>]] = [:]
  /// Kinds of which rows come or go.
  private(set) var listings = KindSet.empty

  var isEmpty: Bool { rows.isEmpty && listings.isEmpty }

  /// The elements of a list that come, go, or are there for another reason; nil: more is otherwise than these.
  func elements(_ field: Int32, _ row: Int32) -> Set<Int32>? { elements[field]?[row] }

  mutating func insert(_ field: Int32, _ row: Int32) {
    rows[field, default: []].insert(row)
    elements[field]?[row] = nil
  }

  mutating func insert(_ field: Int32, _ more: some Sequence<Int32>) {
    for row in more { insert(field, row) }
  }

  /// A list of which some elements are otherwise.
  mutating func insert(_ field: Int32, _ row: Int32, elements more: some Sequence<Int32>) {
    if rows[field, default: []].insert(row).inserted {
      elements[field, default: [:]][row] = Set(more)
    } else {
      elements[field]?[row]?.formUnion(more)
    }
  }

  mutating func insertListing(of kind: Int) { listings = listings.union(KindSet([kind])) }

  mutating func formUnion(_ other: ChangedFacts) {
    for (field, more) in other.rows {
      for row in more {
        if let some = other.elements(field, row) { insert(field, row, elements: some) } else { insert(field, row) }
      }
    }
    listings = listings.union(other.listings)
  }
}

/// What functions of rules tell of an entity, numbered beside the fields.
enum FunctionFact {
  static let added: Int32 = -2
  static let retired: Int32 = -3
  static let touched: Int32 = -4
}
