extension Value {
  /// How much there is to go through in a value: one for itself, everything in it as often as it is there, and one for
  /// each 16 bytes of text. Told in constant time but for records and optionals, which hold little.
  var weight: Int {
    switch self {
    case .string(let text): 1 + text.utf8.count >> 4
    case .bytes(let box): 1 + box.bytes.count >> 4
    case .related(let slice): 1 + Int(slice.end - slice.start)
    case .list(let box): box.weight
    case .map(let box): box.weight
    case .optional(let box): box.value.map { Self.sum(1, $0.weight) } ?? 1
    case .record(let box): box.fields.reduce(1) { Self.sum($0, $1.weight) }
    case .path(let box): 1 + box.nodes.count
    default: 1
    }
  }

  /// A list or a map of more weight is not made: one that holds another twice, and is held twice itself, would soon take
  /// for ever to be compared.
  static let weightLimit = 1 << 24
  static let tooHeavy = Value.error(
    .costLimit, "a list or map has more than \(weightLimit) elements, those of the lists in it counted")

  /// A sum of weights; what is far beyond the limit is all the same.
  static func sum(_ a: Int, _ b: Int) -> Int { min(a + b, 1 << 40) }
}
