internal import CEL
internal import Dispatch
internal import YAMLTree

/// What two tasks do where there is much to do: each works on half of the documents, or of their rows, and what they
/// found is put together in the order in which one task would have found it.
extension EstateLoader {
  /// Runs something on two copies of the loader, on the places before and from `middle` on; nil: they are too few to be worth it.
  private func halves(
    _ count: Int, middle: Int, _ body: (inout EstateLoader, Range<Int>) -> Void
  ) -> [EstateLoader]? {
    guard count >= options.fewestForTwo else { return nil }
    let ranges = [0..<middle, middle..<count]
    var parts = [self, self]
    parts.withUnsafeMutableBufferPointer { buffer in
      // Each task has a loader of its own; what they share is not written.
      nonisolated(unsafe) let (buffer, body) = (buffer, body)
      DispatchQueue.concurrentPerform(iterations: ranges.count) { body(&buffer[$0], ranges[$0]) }
    }
    return parts
  }

  /// The first place before which half of the work stands.
  private static func middle(_ work: [Int]) -> Int {
    let half = work.reduce(0, +) / 2
    var done = 0
    return work.firstIndex { one in
      defer { done += one }
      return done >= half
    } ?? work.count
  }

  // MARK: Documents

  mutating func readDocuments(_ documents: [YAMLNode]) {
    let isFirst = drafts.isEmpty && keyFields.isEmpty && diagnostics.isEmpty
    let parts =
      !isFirst
      ? nil
      : halves(documents.count, middle: Self.middle(documents.map(\.utf8Range.count))) { loader, places in
        for place in places { loader.readDocument(documents[place]) }
      }
    guard let parts, let first = parts.first else {
      for node in documents { readDocument(node) }
      return
    }
    self = first
    for part in parts.dropFirst() {
      let (draftCount, keyCount) = (drafts.count, keyFields.count)
      keyFields += part.keyFields
      drafts += part.drafts
      for place in draftCount..<drafts.count {
        if let owner = drafts[place].owner { drafts[place].owner = owner + draftCount }
        let keys = drafts[place].keys
        drafts[place].keys = keys.lowerBound + keyCount..<keys.upperBound + keyCount
      }
      diagnostics += part.diagnostics
    }
  }

  // MARK: Rows

  mutating func decodeDrafts() {
    let isFirst = columns.allSatisfy { $0 == nil } && danglingCount == 0
    let middle = Self.middle(drafts.map(\.keys.count))
    let parts = isFirst ? halves(drafts.count, middle: middle) { $0.decodeDrafts($1) } : nil
    // Only in the order of rows it is known for which dangling references something near is looked for.
    guard let parts, let first = parts.first, parts.reduce(0, { $0 + $1.danglingCount }) <= Self.suggestionLimit else {
      return decodeDrafts(drafts.indices)
    }
    let before = self
    self = first
    for part in parts.dropFirst() { absorb(part, from: Int32(middle), since: before) }
  }

  /// Takes what another loader found in the rows from one on, since it began.
  private mutating func absorb(_ other: EstateLoader, from firstRow: Int32, since before: EstateLoader) {
    diagnostics += other.diagnostics[before.diagnostics.count...]
    integrity += other.integrity[before.integrity.count...]
    conditional += other.conditional[before.conditional.count...]
    dangling.formUnion(other.dangling)
    danglingCount += other.danglingCount
    summary.referencesToBroken += other.summary.referencesToBroken - before.summary.referencesToBroken
    for row in firstRow..<Int32(drafts.count) { lifecycles.set(row, other.lifecycles.record(row)) }
    let places = other.symbols.all.map { symbols.intern($0) }
    for (place, column) in other.columns.enumerated() {
      guard let column else { continue }
      if case .string = metamodel.fields[place].type { column.renumber(places) }
      guard let known = columns[place] else {
        columns[place] = column
        continue
      }
      known.absorb(column, from: firstRow)
    }
    for (place, more) in other.pairs.enumerated() { pairs[place] += more }
    for (place, more) in other.open.enumerated() { open[place].merge(more) { known, _ in known } }
  }
}
