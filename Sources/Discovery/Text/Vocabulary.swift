/// The words that can be found, to guess what was meant by one that cannot.
struct Vocabulary {
  /// What is shorter has too many neighbours.
  private static let shortestMisspelt = 5
  private static let shortestStart = 4
  /// How many letters a word may go on for after what was asked.
  private static let longestEnd = 6
  /// How many guesses a word has at most.
  private static let mostGuesses = 8

  /// In the order of their bytes, so that guesses are the same each time.
  private let words: [String]

  init(_ texts: some Sequence<String>) {
    var known: Set<String> = []
    for text in texts { known.formUnion(AskedWords.words(of: text)) }
    words = known.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Words that differ by one letter, or by two that changed places; where there are none, words that begin so.
  func guesses(for word: String) -> [String] {
    let asked = Array(word.unicodeScalars)
    if asked.contains(where: { $0.properties.numericType != nil }) { return [] }
    var found: [String] = []
    if asked.count >= Self.shortestMisspelt {
      let singular = asked.last == "s" ? Array(asked.dropLast()) : asked
      found = words.filter { other in
        let scalars = Array(other.unicodeScalars)
        return Self.isNear(asked, scalars) || Self.isNear(singular, scalars)
      }
    }
    if found.isEmpty, asked.count >= Self.shortestStart {
      found = words.filter {
        $0.utf8.starts(with: word.utf8) && $0.unicodeScalars.count <= asked.count + Self.longestEnd
      }
    }
    return Array(found.prefix(Self.mostGuesses))
  }

  /// Whether one letter is put in, left out or exchanged, or two neighbours have changed places.
  private static func isNear(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    if abs(a.count - b.count) > 1 || min(a.count, b.count) < shortestMisspelt - 1 { return false }
    var start = 0
    while start < a.count, start < b.count, a[start] == b[start] { start += 1 }
    var end = 0
    while end < a.count - start, end < b.count - start, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    let (left, right) = (a[start..<(a.count - end)], b[start..<(b.count - end)])
    if left.count <= 1, right.count <= 1 { return true }
    return left.count == 2 && right.count == 2 && left.elementsEqual(right.reversed())
  }

  /// A word as two: `carpark` as `car park`.
  static func halves(of word: String) -> [[String]] {
    let scalars = Array(word.unicodeScalars)
    guard scalars.count >= 6 else { return [] }
    func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: part)
      return String(view)
    }
    return (3...(scalars.count - 3)).map { [text(scalars[..<$0]), text(scalars[$0...])] }
  }
}
