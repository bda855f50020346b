internal import CEL
internal import Dispatch
internal import YAMLTree

/// What several tasks do where there is much to do: each works on some of the documents, or of their rows, and what they
/// found is put together in the order in which one task would have found it.
extension EstateLoader {
  /// Runs something on copies of the loader, each for one of the ranges.
  private func copies(
    for ranges: [Range<Int>], _ body: (inout EstateLoader, Range<Int>) -> Void
  ) -> [EstateLoader] {
    var parts = ranges.map { _ in self }
    parts.withUnsafeMutableBufferPointer { buffer in
      // Each task has a loader of its own; what they share is not written.
      nonisolated(unsafe) let (buffer, body) = (buffer, body)
      DispatchQueue.concurrentPerform(iterations: ranges.count) { body(&buffer[$0], ranges[$0]) }
    }
    return parts
  }

  /// Divides places into so many ranges of about the same work; nil: they are too few to be worth it.
  private func ranges(_ count: Int, of places: Int, _ work: (Int) -> Int) -> [Range<Int>]? {
    guard places >= options.fewestForTwo else { return nil }
    let all = (0..<places).reduce(0) { $0 + work($1) }
    var bounds = [0]
    var done = 0
    for place in 0..<places {
      if done * count >= all * bounds.count, bounds.count < count { bounds.append(place) }
      done += work(place)
    }
    bounds.append(places)
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  // MARK: Documents

  mutating func readDocuments(_ documents: [YAMLNode]) {
    let isFirst = drafts.isEmpty && keyFields.isEmpty && diagnostics.isEmpty
    // More ranges than tasks: how much there is to do with a document its length tells only about.
    let ranges = isFirst ? ranges(8, of: documents.count) { documents[$0].utf8Range.count } : nil
    let parts = ranges.map { ranges in
      copies(for: ranges) { loader, places in for place in places { loader.readDocument(documents[place]) } }
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
      unnamed += part.unnamed
    }
  }

  // MARK: Rows

  mutating func decodeDrafts() {
    let isFirst = columns.allSatisfy { $0 == nil } && danglingCount == 0
    let ranges = isFirst ? ranges(2, of: drafts.count) { drafts[$0].keys.count } : nil
    let parts = ranges.map { copies(for: $0) { $0.decodeDrafts($1) } }
    // Only in the order of rows it is known for which dangling references something near is looked for.
    guard let parts, let first = parts.first, parts.reduce(0, { $0 + $1.danglingCount }) <= Self.suggestionLimit else {
      return decodeDrafts(drafts.indices)
    }
    let before = self
    self = first
    for (part, range) in zip(parts, ranges ?? []).dropFirst() {
      absorb(part, from: Int32(range.lowerBound), since: before)
    }
  }

  /// Takes what another loader found in the rows from one on, since it began.
  private mutating func absorb(_ other: EstateLoader, from firstRow: Int32, since before: EstateLoader) {
    diagnostics += other.diagnostics[before.diagnostics.count...]
    integrity += other.integrity[before.integrity.count...]
    conditional += other.conditional[before.conditional.count...]
    dangling.formUnion(other.dangling)
    danglingCount += other.danglingCount
    summary.referencesToBroken += other.summary.referencesToBroken - before.summary.referencesToBroken
    lifecycles.take(from: firstRow, of: other.lifecycles)
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
