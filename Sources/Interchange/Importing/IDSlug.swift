/// Ids made of names.
enum IDSlug {
  enum Failure: Error, Equatable {
    case empty
    case tooLong
    /// A letter of which no letter of an id can be made.
    case letter(Unicode.Scalar)
  }

  /// Lower-case letters and digits stay; accents are left out, as are apostrophes; all between becomes a hyphen.
  static func make(of name: String) throws(Failure) -> String {
    var result: [UInt8] = []
    var isGap = false
    for scalar in name.unicodeScalars {
      guard let letters = try letters(scalar) else {
        isGap = true
        continue
      }
      if letters.isEmpty { continue }
      if isGap, !result.isEmpty { result.append(UInt8(ascii: "-")) }
      isGap = false
      result += letters
    }
    if result.isEmpty { throw .empty }
    if result.count > 80 { throw .tooLong }
    return String(decoding: result, as: UTF8.self)
  }

  /// What stands for a character; nil where it divides words.
  private static func letters(_ scalar: Unicode.Scalar) throws(Failure) -> [UInt8]? {
    switch scalar {
    case "a"..."z", "0"..."9": return [UInt8(scalar.value)]
    case "A"..."Z": return [UInt8(scalar.value) | 0x20]
    case "'", "\u{2019}", "\u{2BC}", "\u{300}"..."\u{36F}": return []
    default: break
    }
    if scalar.value < 0x80 { return nil }
    for (letters, plain) in accented where letters.unicodeScalars.contains(scalar) { return Array(plain.utf8) }
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { throw .letter(scalar) }
    return nil
  }

  private static let accented = [
    ("àáâãäåāăąÀÁÂÃÄÅĀĂĄ", "a"), ("æÆ", "ae"), ("çćčÇĆČ", "c"), ("ďđðĎĐÐ", "d"), ("èéêëēęěÈÉÊËĒĘĚ", "e"), ("ğĞ", "g"),
    ("ìíîïīıÌÍÎÏĪİ", "i"), ("łľŁĽ", "l"), ("ñńňÑŃŇ", "n"), ("òóôõöøōőÒÓÔÕÖØŌŐ", "o"), ("œŒ", "oe"), ("řŘ", "r"),
    ("śšşŚŠŞ", "s"), ("ß", "ss"), ("ťŤ", "t"), ("þÞ", "th"), ("ùúûüūůűÙÚÛÜŪŮŰ", "u"), ("ýÿÝŸ", "y"), ("źżžŹŻŽ", "z"),
  ]
}
