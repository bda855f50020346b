/// A fill with what it says: one line of the legend.
struct LandscapeTone: Equatable, Sendable {
  var title: String
  var fill: Colour
  /// How many boxes have it.
  var count = 0
}

/// Gives values their fills: an enumeration's in its order, others one each for those that most boxes have.
enum LandscapeTones {
  /// The fills of some values in the order of a legend, and which of them each value has.
  ///
  /// - Parameters:
  ///   - values: one for each box.
  ///   - length: how many values an enumeration has; nil: the values are of none.
  static func tones(
    of values: [FieldWords], length: Int?, isOrdered: Bool
  ) -> (tones: [LandscapeTone], places: [Int]) {
    var counts: [FieldWords: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let sorted = counts.keys.sorted(by: FieldWords.precedes)
    let known = sorted.filter { $0.state == .known }
    var fills: [FieldWords: Colour] = [:]
    if let length, isOrdered || length <= Colour.kinds.count, known.allSatisfy({ $0.ordinal != nil }) {
      for value in known {
        let ordinal = value.ordinal ?? 0
        fills[value] =
          isOrdered ? Colour.steps[step(ordinal, of: length)] : Colour.kinds[min(ordinal, Colour.kinds.count - 1)]
      }
    } else {
      let most = known.indices.sorted { (-counts[known[$0], default: 0], $0) < (-counts[known[$1], default: 0], $1) }
      for (fill, place) in zip(Colour.kinds, most.prefix(Colour.kinds.count).sorted()) { fills[known[place]] = fill }
    }
    var tones: [LandscapeTone] = []
    var places: [FieldWords: Int] = [:]
    for value in known {
      guard let fill = fills[value] else { continue }
      places[value] = tones.count
      tones.append(LandscapeTone(title: value.text, fill: fill, count: counts[value, default: 0]))
    }
    let rest = known.filter { fills[$0] == nil }
    if !rest.isEmpty {
      for value in rest { places[value] = tones.count }
      tones.append(
        LandscapeTone(
          title: "\(rest.count) other values, as the boxes say", fill: .otherFill,
          count: rest.reduce(0) { $0 + counts[$1, default: 0] }))
    }
    for value in sorted where value.state != .known {
      places[value] = tones.count
      tones.append(
        LandscapeTone(
          title: value.text, fill: value.state == .none ? .paper : .unrecordedFill, count: counts[value, default: 0]))
    }
    return (tones, values.map { places[$0, default: 0] })
  }

  /// The steps are spread over the whole enumeration, the greatest value always the deepest.
  static func step(_ ordinal: Int, of length: Int) -> Int {
    let last = Colour.steps.count - 1
    guard length > 1 else { return last }
    return min(last, max(0, ordinal) * last / (length - 1))
  }
}
