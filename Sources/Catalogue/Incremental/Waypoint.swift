/// A row in a state of an expression's ways, or of a condition: walks go through millions of them.
struct Waypoint: Hashable {
  var state: Int32
  var row: Int32

  /// Three multiplications in the place of the library's hash, which is made for keys that somebody else chooses and took a
  /// quarter of the walks' time. The seed stands before a shift, so that tables of different sizes have
  /// different orders.
  func _rawHashValue(seed: Int) -> Int {
    var bits = UInt64(UInt32(bitPattern: state)) << 32 | UInt64(UInt32(bitPattern: row))
    bits = (bits &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(seed))
    bits = (bits ^ bits >> 32) &* 0xD6E8_FEB8_6659_FD93
    bits = (bits ^ bits >> 32) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: bits ^ bits >> 32)
  }
}
