/// The name of a node: ours, never a text from outside.
struct DOTName: Hashable, Sendable {
  let text: String
}

/// Gives names that come from what they stand for, not from a place in a list: a system more leaves all others' names
/// and so their lines in DOT as they were.
struct DOTNames {
  private var taken: Set<UInt32> = []

  /// A name for an identity: `n` and eight hexadecimal digits of its FNV-1a hash; the next free one where two meet.
  mutating func name(for identity: String) -> DOTName {
    var hash: UInt32 = 2_166_136_261
    for byte in identity.utf8 { hash = (hash ^ UInt32(byte)).multipliedReportingOverflow(by: 16_777_619).partialValue }
    while !taken.insert(hash).inserted { hash = hash == .max ? 0 : hash + 1 }
    let digits = String(hash, radix: 16)
    return DOTName(text: "n" + String(repeating: "0", count: 8 - digits.count) + digits)
  }
}
