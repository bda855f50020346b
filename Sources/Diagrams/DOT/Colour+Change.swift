/// What an initiative does: a dark colour for outlines and lines, a light one behind ink. A sign and a word always stand
/// with them.
extension Colour {
  static let added = Colour(0x0A6B3D)
  static let addedFill = Colour(0xDDF3E4)
  static let changed = Colour(0x5A3296)
  static let changedFill = Colour(0xECE4F8)
  static let retired = Colour(0xA3123A)
  static let retiredFill = Colour(0xFBE1E6)
}
