/// The words of a question in the order in which they were typed, folded to lower case.
struct AskedWords {
  /// A question is a sentence or two, not a document: what is beyond is not looked at.
  static let limit = 64
  private static let longestWord = 64

  /// All of them, at most `limit`.
  let all: [String]
  /// How many are beyond the limit.
  let leftOut: Int

  init(_ text: String) {
    let words = Self.words(of: text)
    all = Array(words.prefix(Self.limit))
    leftOut = max(0, words.count - Self.limit)
  }

  /// The words of a text, however many.
  static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
      {
        word.append(scalar)
      } else if !word.isEmpty {
        words.append(String(word))
        word = String.UnicodeScalarView()
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words.map { String($0.prefix(Self.longestWord)).lowercased() }
  }

  /// Those that say what is asked for; each once.
  var telling: [String] {
    var known: Set<String> = []
    return all.filter { !Self.fillers.contains($0) && known.insert($0).inserted }
  }

  /// Words of every question, whatever it is about.
  private static let fillers: Set<String> = Set(
    """
    a about able above across after again all allow also am an and another any anybody anyone anything are around as ask
    at away back be because been before being between both but by can cannot could did do does doing don done each either
    else enough ever every everybody everyone everything few find for from further get gets getting give given go goes
    going good got had has have having he help her here him his how however i if in instead into is isn it its itself
    just keep keeps know let lets like ll looking lot made make makes making many may maybe me might more most much must
    my need needed needs neither new no nobody nor not nothing now of off often on once one only onto or other others our
    out over own per please possible put quite rather re really s same say see shall she should since so some somebody
    someone something somewhere soon still such sure t take takes taking tell than that the their them then there these
    they thing things this those through to together too two under until up upon us use used using ve very via want wants
    was way we well were what when where whether which while who whole whom whose why will wish with within without won
    would yet you your
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
