internal import Glibc

/// Names as bytes, each with a number: found without making a string of what is looked for.
struct NameTable: Sendable {
  private struct Entry {
    var start: UInt32
    var count: UInt32
    var hash: UInt32
    var value: Int32
  }

  private var entries: [Entry] = []
  private var arena: [UInt8] = []
  /// Open addressing, a power of two long: a hash above, a place in `entries` and 1 below; 0 where there is none.
  private var slots: [UInt64] = []

  init() {}

  init(_ names: some Sequence<(String, Int32)>) {
    for (name, value) in names { insert(name, value) }
  }

  var count: Int { entries.count }

  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard !slots.isEmpty else { return nil }
    return place(of: bytes, Self.hash(bytes)).known.map { entries[$0].value }
  }

  /// Where a name stands, and the slot where it stands or would stand.
  /// - Precondition: there is a free slot.
  private func place(of bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> (known: Int?, slot: Int) {
    slots.withUnsafeBufferPointer { slots in
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 {
        if slots[slot] >> 32 == UInt64(hash) {
          let place = Int(slots[slot] & 0xFFFF_FFFF) - 1
          if isEqual(entries[place], bytes) { return (place, slot) }
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      return (nil, slot)
    }
  }

  func find(_ name: String) -> Int32? {
    var name = name
    return name.withUTF8 { find($0) }
  }

  /// False where the name is there already; it keeps its number.
  @discardableResult
  mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, _ value: Int32) -> Bool {
    if (entries.count + 1) * 2 > slots.count { grow() }
    let hash = Self.hash(bytes)
    let (known, slot) = place(of: bytes, hash)
    guard known == nil else { return false }
    slots[slot] = Self.slot(hash, entries.count)
    entries.append(Entry(start: UInt32(arena.count), count: UInt32(bytes.count), hash: hash, value: value))
    arena.append(contentsOf: bytes)
    return true
  }

  @discardableResult
  mutating func insert(_ name: String, _ value: Int32) -> Bool {
    var name = name
    return name.withUTF8 { insert($0, value) }
  }

  /// The names in the order in which they came.
  var names: [String] { entries.indices.map(name) }

  private func name(_ place: Int) -> String {
    let start = Int(entries[place].start)
    return String(decoding: arena[start..<start + Int(entries[place].count)], as: UTF8.self)
  }

  /// At most `limit` names that may be near a mistyped one: about as long, and made of about the same letters. One pass
  /// over the names without a string for each, so that many mistakes in a large estate stay cheap.
  func candidates(for wanted: String, limit: Int = 100) -> [String] {
    let length = wanted.utf8.count
    let letters = Self.letters(wanted.utf8)
    var byDistance: [[Int]] = Array(repeating: [], count: 7)
    for place in entries.indices where abs(Int(entries[place].count) - length) <= 3 {
      let start = Int(entries[place].start)
      let distance = (Self.letters(arena[start..<start + Int(entries[place].count)]) ^ letters).nonzeroBitCount
      if distance < byDistance.count, byDistance[distance].count < limit { byDistance[distance].append(place) }
    }
    return byDistance.joined().prefix(limit).map(name)
  }

  /// Which bytes occur, folded to 64 bits.
  private static func letters(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  private func isEqual(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(entry.count) == bytes.count else { return false }
    guard let wanted = bytes.baseAddress else { return true }
    return arena.withUnsafeBytes { arena in
      arena.baseAddress.map { memcmp($0 + Int(entry.start), wanted, bytes.count) == 0 } ?? bytes.isEmpty
    }
  }

  private static func slot(_ hash: UInt32, _ place: Int) -> UInt64 { UInt64(hash) << 32 | UInt64(place + 1) }

  private mutating func grow() {
    let size = max(16, slots.count * 2)
    slots = Array(repeating: 0, count: size)
    for (place, entry) in entries.enumerated() {
      var slot = Int(entry.hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Self.slot(entry.hash, place)
    }
  }

  /// FNV-1a over eight bytes at a time, mixed at the end. Not seeded: nothing that is printed depends on it.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let raw = UnsafeRawBufferPointer(bytes)
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var index = 0
    while index + 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      index += 8
    }
    while index < raw.count {
      hash = (hash ^ UInt64(raw[index])) &* 0x0000_0100_0000_01B3
      index += 1
    }
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
