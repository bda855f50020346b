/// Names that a reader may have meant, nearest first, at most three.
///
/// A name is near when its Damerau-Levenshtein distance (adjacent swaps count one) is at most a third of the longer
/// name, rounded up, and at most 3; letter case and the difference between `-`, `_` and a space cost nothing.
public func nearMatches(to name: String, among candidates: some Sequence<String>) -> [String] {
  let wanted = folded(name)
  var found: [(distance: Int, name: String)] = []
  for candidate in candidates where candidate != name {
    let other = folded(candidate)
    let limit = min(3, (max(wanted.count, other.count) + 2) / 3)
    if abs(wanted.count - other.count) > limit { continue }
    let distance = editDistance(wanted, other)
    if distance <= limit { found.append((distance, candidate)) }
  }
  found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
  var result: [String] = []
  for match in found where !result.contains(match.name) {
    result.append(match.name)
    if result.count == 3 { break }
  }
  return result
}

/// Ids in which somebody who remembers a part of one finds it: whole words of theirs begin with it. At most three, first
/// what begins with it, then the shortest.
public func namesHaving(part: String, among candidates: some Sequence<String>) -> [String] {
  let wanted = folded(part)
  guard wanted.count >= 3 else { return [] }
  let found = candidates.compactMap { candidate -> (place: Int, name: String)? in
    let other = folded(candidate)
    guard other != wanted else { return nil }
    let starts = other.indices.filter { $0 == 0 || [UInt8(ascii: "-"), UInt8(ascii: "/")].contains(other[$0 - 1]) }
    return starts.first { other[$0...].starts(with: wanted) }.map { ($0, candidate) }
  }.sorted { a, b in
    ((a.place == 0 ? 0 : 1), a.name.utf8.count, a.name) < ((b.place == 0 ? 0 : 1), b.name.utf8.count, b.name)
  }
  var result: [String] = []
  for match in found where !result.contains(match.name) {
    result.append(match.name)
    if result.count == 3 { break }
  }
  return result
}

/// "did you mean `a`, `b` or `c`?", or nil.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  question(nearMatches(to: name, among: candidates))
}

/// The same for the id of an entity, of which somebody may remember a part only.
public func suggestion(forID name: String, among candidates: some Sequence<String>) -> String? {
  suggestion(for: name, among: candidates) ?? question(namesHaving(part: name, among: candidates))
}

private func question(_ names: [String]) -> String? {
  let matches = names.map { "`\($0)`" }
  guard let last = matches.last else { return nil }
  let head = matches.dropLast().joined(separator: ", ")
  return "did you mean \(head.isEmpty ? last : "\(head) or \(last)")?"
}

private func folded(_ name: String) -> [UInt8] {
  name.utf8.prefix(80).map { byte in
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
    case UInt8(ascii: "_"), UInt8(ascii: " "): UInt8(ascii: "-")
    default: byte
    }
  }
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i]
    row.reserveCapacity(b.count + 1)
    for j in 1...b.count {
      var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
