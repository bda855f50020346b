import Foundation

/// Makes one slip in the text of a document: a misspelt key, a key that goes, another value, a key too many. The same seed
/// makes the same slips.
struct DocumentSlips {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  private mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(max(1, limit)))
  }

  private static let values = [
    "[a, b]", "{a: b}", "7", "2026-13-01", "2026-02-28", "true", "maybe", "~", "unknown", "4h", "P7Y", "\"\"", "-3",
    "[]",
    "{}", "GBP 45", "https://x.example", "never", "system:x", "nosuch:x", "[{a: b}]", "[7, true]", "A b", "ALL",
  ]

  /// Nil where no line of the document is one in which a slip stays a slip.
  mutating func make(in text: String) -> (text: String, slip: String)? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let places = lines.indices.filter { Self.entry(lines[$0]) != nil && !Self.goesOn(lines, $0) }
    guard !places.isEmpty else { return nil }
    let place = places[next(below: places.count)]
    guard let (before, key, value) = Self.entry(lines[place]) else { return nil }
    let old = lines[place]
    switch next(below: 7) {
    case 0:
      let middle = key.index(key.startIndex, offsetBy: next(below: key.count))
      let misspelt = String(key[...middle]) + String(key[middle...])
      lines[place] = "\(before)\(misspelt): \(value)"
    case 1 where !before.hasSuffix("- "):
      lines.remove(at: place)
      return (lines.joined(separator: "\n"), "`\(old)` is gone")
    case 2 where !before.hasSuffix("- "): lines[place] = "\(before)colour: red\n\(old)"
    case 3 where value.contains("{") && value.contains(": "):
      lines[place] = "\(before)\(key): " + value.replacingOccurrences(of: "}", with: ", colour: red}")
    default: lines[place] = "\(before)\(key): \(Self.values[next(below: Self.values.count)])"
    }
    return (lines.joined(separator: "\n"), "`\(lines[place])` for `\(old)`")
  }

  /// A line that is a key and a value: what stands before the key, the key, the value.
  private static func entry(_ line: String) -> (before: String, key: String, value: String)? {
    guard let colon = line.range(of: ": ") else { return nil }
    let head = line[..<colon.lowerBound]
    let key = head.reversed().prefix { $0.isLetter }.reversed()
    let before = String(head.dropLast(key.count))
    guard key.count > 1, before.allSatisfy({ $0 == " " || $0 == "-" }) else { return nil }
    let value = String(line[colon.upperBound...])
    if value.isEmpty || value.hasPrefix(">") || value.hasPrefix("|") { return nil }
    for (open, close) in [("{", "}"), ("[", "]")]
    where value.components(separatedBy: open).count != value.components(separatedBy: close).count { return nil }
    if value.components(separatedBy: "\"").count % 2 == 0 || value.components(separatedBy: "'").count % 2 == 0 {
      return nil
    }
    return (before, String(key), value)
  }

  /// Whether the next line belongs to the value.
  private static func goesOn(_ lines: [String], _ place: Int) -> Bool {
    guard place + 1 < lines.count, let (before, _, _) = entry(lines[place]) else { return false }
    let next = lines[place + 1]
    guard next.contains(where: { $0 != " " }) else { return false }
    return next.prefix { $0 == " " }.count > before.count
  }
}
