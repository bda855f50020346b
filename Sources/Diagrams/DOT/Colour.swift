/// A colour of ours, on light ground: 0xRRGGBB.
struct Colour: Equatable, Sendable {
  var value: UInt32

  init(_ value: UInt32) { self.value = value }

  /// As it is drawn in the theme in force.
  var hex: String {
    let digits = String(Theme.current.shown(self).value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  static let ink = Colour(0x1A1A1A)
  /// Small print.
  static let muted = Colour(0x404B55)
  /// What must not be overlooked; a word or a sign always stands with it.
  static let alarm = Colour(0x9B1C1C)
  static let line = Colour(0x55626E)
  static let paper = Colour(0xFFFFFF)
  static let groupFill = Colour(0xF1F4F6)
  static let groupLine = Colour(0x75828E)
  static let headFill = Colour(0xDCE3E8)
}
