/// Finds one text in another, byte for byte, in time that is proportional to both: Knuth, Morris and Pratt, "Fast
/// Pattern Matching in Strings", SIAM Journal on Computing 6 (1977). Where one UTF-8 text stands in another it stands
/// at the border of code points.
struct TextSearch {
  private let pattern: [UInt8]
  /// For each length of a matching beginning, the length of its longest proper beginning that is also its end. Empty for
  /// a short text, which is compared at each place.
  private let borders: [Int32]
  private static let shortLength = 8

  /// - Precondition: the text is shorter than 2^31 bytes.
  init(_ pattern: [UInt8]) {
    self.pattern = pattern
    guard pattern.count > Self.shortLength else {
      borders = []
      return
    }
    var borders: [Int32] = [0, 0]
    borders.reserveCapacity(pattern.count + 1)
    var length = 0
    for place in pattern.indices.dropFirst() {
      while length > 0, pattern[length] != pattern[place] { length = Int(borders[length]) }
      if pattern[length] == pattern[place] { length += 1 }
      borders.append(Int32(length))
    }
    self.borders = borders
  }

  /// Calls for each place where the text stands, overlapping ones too, until one is refused.
  /// - Precondition: the pattern is not empty.
  private func forEachPlace(in text: [UInt8], from start: Int, _ goesOn: (Int) -> Bool) {
    if borders.isEmpty {
      let first = pattern[0]
      for place in start..<max(start, text.count - pattern.count + 1)
      where text[place] == first && text[place..<(place + pattern.count)].elementsEqual(pattern) && !goesOn(place) {
        return
      }
      return
    }
    var length = 0
    for place in text.indices.dropFirst(start) {
      while length > 0, pattern[length] != text[place] { length = Int(borders[length]) }
      if pattern[length] == text[place] { length += 1 }
      if length == pattern.count {
        if !goesOn(place + 1 - length) { return }
        length = Int(borders[length])
      }
    }
  }

  /// The first place at or behind one; of an empty pattern that place.
  func first(in text: [UInt8], from start: Int = 0) -> Int? {
    if pattern.isEmpty { return start <= text.count ? start : nil }
    guard pattern.count <= text.count - start else { return nil }
    var result: Int?
    forEachPlace(in: text, from: start) { place in
      result = place
      return false
    }
    return result
  }

  /// The last place at or before one; of an empty pattern that place.
  func last(in text: [UInt8], upTo end: Int) -> Int? {
    if pattern.isEmpty { return end }
    var result: Int?
    forEachPlace(in: text, from: 0) { place in
      if place <= end { result = place }
      return place <= end
    }
    return result
  }
}
