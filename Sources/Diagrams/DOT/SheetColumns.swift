/// Puts boxes into columns, top to bottom in their order, in as many as make the sheet's sides like those of A3 landscape.
enum SheetColumns {
  /// Height over width of A3 landscape.
  static let ratio = 0.707

  /// - Parameters:
  ///   - heights: of the boxes, in inches.
  ///   - widths: of the boxes; a column is as wide as its widest one.
  static func arranged(heights: [Double], widths: [Double]) -> [[Int]] {
    var result: [[Int]] = []
    var best = Double.infinity
    for count in 1...max(1, min(heights.count, 60)) {
      let filled = filled(heights, columns: count)
      let height = filled.map { $0.reduce(0) { $0 + heights[$1] } }.max() ?? 1
      let width = filled.reduce(0) { $0 + ($1.map { widths[$0] }.max() ?? 0) }
      // A title takes one and a half.
      let shape = (height + 1.5) / max(width, 0.1) / ratio
      let distance = max(shape, 1 / shape)
      if distance < best { (best, result) = (distance, filled) }
    }
    return result
  }

  /// The boxes in at most so many columns, the highest as low as it can be.
  private static func filled(_ heights: [Double], columns: Int) -> [[Int]] {
    guard !heights.isEmpty else { return [] }
    var low = heights.max() ?? 0
    var high = heights.reduce(0, +)
    func fill(_ limit: Double) -> [[Int]] {
      var result: [[Int]] = [[]]
      var sum = 0.0
      for (index, height) in heights.enumerated() {
        if sum + height > limit, !result[result.count - 1].isEmpty {
          result.append([])
          sum = 0
        }
        result[result.count - 1].append(index)
        sum += height
      }
      return result
    }
    for _ in 0..<40 where high - low > 0.01 {
      let middle = (low + high) / 2
      if fill(middle).count <= columns { high = middle } else { low = middle }
    }
    return fill(high)
  }
}
